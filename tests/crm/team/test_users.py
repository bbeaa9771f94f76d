"""A colleague signs in with an e-mail address, has a role, and is somebody mail can go to."""

import pytest
from django.contrib.auth import authenticate
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from crm.outbox.models import Contact
from crm.team.models import Role, User
from crm.team.permissions import TABLE
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_a_new_colleague_gets_a_contact_of_her_own() -> None:
    user = User.objects.create_user("Sari@Mitra.Example ", "a long enough password", name="Sari", zone="Asia/Makassar")
    contact = Contact.objects.get()
    assert user.contact == contact
    assert (contact.kind, contact.name, contact.email, contact.zone, contact.language) == (
        "colleague",
        "Sari",
        "sari@mitra.example",
        "Asia/Makassar",
        "id",
    )


def test_a_colleague_without_a_name_is_called_by_her_address() -> None:
    user = User.objects.create_user("sari@mitra.example", "a long enough password")
    assert (str(user), Contact.objects.get().name) == ("sari@mitra.example", "sari@mitra.example")


def test_the_contact_follows_a_new_address_and_works_again() -> None:
    user = UserFactory(email="old@mitra.example")
    Contact.objects.filter(pk=user.contact_id).update(email_state="bounced", email_state_why="550 no such user")
    user = User.objects.get(pk=user.pk)
    user.email, user.language = "new@mitra.example", "id"
    user.save()
    contact = Contact.objects.get(pk=user.contact_id)
    assert (contact.email, contact.language) == ("new@mitra.example", "id")
    assert (contact.email_state, contact.email_state_why) == ("ok", "")


def test_the_contact_follows_a_save_of_single_fields() -> None:
    user = UserFactory(name="Sari")
    user.name = "Sari Dewi"
    user.save(update_fields=["name"])
    assert Contact.objects.get(pk=user.contact_id).name == "Sari Dewi"


def test_a_save_that_concerns_mail_nothing_leaves_the_contact_alone(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = User.objects.get(pk=UserFactory().pk)
    user.theme = User.Theme.DARK
    with django_assert_num_queries(1):
        user.save(update_fields=["theme"])


def test_sign_in_works_with_any_spelling_of_the_address() -> None:
    user = UserFactory(email="dinda@mitra.example")
    assert authenticate(None, email="Dinda@Mitra.Example", password="a long enough password") == user
    assert authenticate(None, email="dinda@mitra.example", password="another password") is None


def test_a_session_belongs_to_its_user_and_ends_when_she_leaves() -> None:
    user = UserFactory()
    client = Client()
    client.force_login(user)
    assert client.session["_auth_user_backend"] == "crm.team.backends.RoleBackend"
    from django.contrib.auth import get_user

    request = type("Request", (), {"session": client.session, "META": {}})()
    assert get_user(request) == user
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not get_user(request).is_authenticated


@pytest.mark.parametrize("role", list(Role))
def test_a_role_has_exactly_the_verbs_of_the_table(role: Role) -> None:
    user = UserFactory(role=role)
    assert {verb for verb in TABLE if user.has_perm(verb)} == {verb for verb, roles in TABLE.items() if role in roles}


@pytest.mark.parametrize("role", list(Role))
def test_only_owners_and_admins_change_tables_in_the_admin(role: Role) -> None:
    user = UserFactory(role=role)
    assert user.has_perm("crm.change_user") == (role in (Role.OWNER, Role.ADMIN))
    assert user.has_module_perms("crm") == (role in (Role.OWNER, Role.ADMIN))


def test_somebody_who_left_has_no_verb_left() -> None:
    user = UserFactory(role=Role.OWNER, is_active=False)
    assert [verb for verb in TABLE if user.has_perm(verb)] == []
    assert not user.has_perm("crm.change_user")


def test_an_admin_does_not_appoint_owners() -> None:
    assert not UserFactory(role=Role.ADMIN).has_perm("crm.appoint_owner")


def test_a_refused_verb_costs_no_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    user = User.objects.get(pk=UserFactory(role=Role.VIEWER).pk)
    with django_assert_num_queries(0):
        assert not user.has_perm("crm.set_role")
