"""Role, brands, leaving: what may change and what is refused."""

import datetime as dt

import pytest
from django.test import Client

from crm.base.models import Organisation
from crm.outbox.checks import refused
from crm.team.actions import TeamRefused, change_role, deactivate, reactivate, roles_given_by, set_brands
from crm.team.emails import send_test_letter
from crm.team.invitations import invite
from crm.team.models import Invitation, Role, User
from crm.team.tokens import RESET_TOKENS
from crm.timeline.models import Entry
from tests.factories import BrandFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_changed_role_is_told_with_what_it_was(owner: User, coordinator: User, now: dt.datetime) -> None:
    change_role(coordinator, Role.MANAGER, by=owner, at=now)
    assert User.objects.get(pk=coordinator.pk).role == Role.MANAGER
    entry = Entry.objects.get()
    assert (entry.verb, entry.changes, entry.actor_label) == (
        "team.role_changed",
        {"role": ["coordinator", "manager"]},
        "Owner",
    )
    assert entry.sentence_en == "Dinda Ayuningrum is now Manager"


def test_the_same_role_again_is_no_change(owner: User, coordinator: User, now: dt.datetime) -> None:
    change_role(coordinator, Role.COORDINATOR, by=owner, at=now)
    assert Entry.objects.count() == 0


def test_the_last_owner_keeps_her_role(owner: User, now: dt.datetime) -> None:
    with pytest.raises(TeamRefused, match="Owner Satu is the only owner"):
        change_role(owner, Role.ADMIN, by=owner, at=now)
    assert User.objects.get(pk=owner.pk).role == Role.OWNER
    assert Entry.objects.count() == 0


def test_one_of_two_owners_may_step_back_but_not_both(owner: User, now: dt.datetime) -> None:
    second = UserFactory(role=Role.OWNER)
    change_role(owner, Role.ADMIN, by=second, at=now)
    with pytest.raises(TeamRefused):
        change_role(second, Role.ADMIN, by=second, at=now)
    assert list(User.objects.owners()) == [second]


def test_an_owner_who_left_does_not_count_as_one(owner: User, now: dt.datetime) -> None:
    UserFactory(role=Role.OWNER, is_active=False)
    with pytest.raises(TeamRefused):
        change_role(owner, Role.ADMIN, by=owner, at=now)


def test_what_was_read_before_does_not_save_an_owner_who_is_the_last_now(owner: User, now: dt.datetime) -> None:
    second = UserFactory(role=Role.OWNER)
    seen_before = User.objects.get(pk=second.pk)
    change_role(owner, Role.ADMIN, by=second, at=now)
    with pytest.raises(TeamRefused):
        change_role(seen_before, Role.MANAGER, by=second, at=now)
    assert User.objects.get(pk=second.pk).role == Role.OWNER


def test_an_admin_neither_makes_nor_unmakes_owners(admin_colleague: User, owner: User, now: dt.datetime) -> None:
    second, coordinator = UserFactory(role=Role.OWNER), UserFactory()
    assert roles_given_by(admin_colleague) == [role for role in Role if role != Role.OWNER]
    for user, role in ((coordinator, Role.OWNER), (second, Role.ADMIN)):
        with pytest.raises(TeamRefused, match="Only an owner"):
            change_role(user, role, by=admin_colleague, at=now)
    with pytest.raises(TeamRefused, match="Only an owner"):
        deactivate(second, by=admin_colleague, at=now)
    assert User.objects.owners().count() == 2
    assert Entry.objects.count() == 0


def test_leaving_ends_every_session_at_once(owner: User, coordinator: User, now: dt.datetime) -> None:
    phone, laptop = Client(), Client()
    for client in (phone, laptop):
        client.force_login(coordinator)
        assert client.get("/profile/").status_code == 200
    deactivate(coordinator, by=owner, at=now)
    for client in (phone, laptop):
        assert client.get("/profile/").status_code == 302
    reactivate(coordinator, by=owner, at=now)
    for client in (phone, laptop):
        assert client.get("/profile/").status_code == 302
    assert [entry.verb for entry in Entry.objects.order_by("pk")] == ["team.deactivated", "team.reactivated"]


def test_leaving_leaves_other_peoples_sessions_alone(owner: User, coordinator: User, now: dt.datetime) -> None:
    client = Client()
    client.force_login(owner)
    deactivate(coordinator, by=owner, at=now)
    assert client.get("/profile/").status_code == 200


def test_a_link_for_a_new_password_dies_with_the_account(owner: User, coordinator: User, now: dt.datetime) -> None:
    token = RESET_TOKENS.make_token(coordinator)
    assert RESET_TOKENS.check_token(coordinator, token)
    deactivate(coordinator, by=owner, at=now)
    assert not RESET_TOKENS.check_token(User.objects.get(pk=coordinator.pk), token)


def test_nobody_closes_her_own_account(owner: User, now: dt.datetime) -> None:
    UserFactory(role=Role.OWNER)
    with pytest.raises(TeamRefused, match="your own account"):
        deactivate(owner, by=owner, at=now)
    assert User.objects.get(pk=owner.pk).is_active


def test_the_last_owner_stays_even_when_two_owners_close_each_other(owner: User, now: dt.datetime) -> None:
    second = UserFactory(role=Role.OWNER)
    as_read_before = User.objects.get(pk=second.pk)
    deactivate(second, by=owner, at=now)
    with pytest.raises(TeamRefused, match="only owner"):
        deactivate(owner, by=as_read_before, at=now)
    assert list(User.objects.owners()) == [owner]


def test_closing_twice_is_told_once(owner: User, coordinator: User, now: dt.datetime) -> None:
    deactivate(coordinator, by=owner, at=now)
    deactivate(coordinator, by=owner, at=now)
    assert Entry.objects.count() == 1


def test_leaving_takes_back_an_open_invitation_to_the_same_address(owner: User, now: dt.datetime) -> None:
    invitation = invite("sari@mitra.example", Role.VIEWER, by=owner, at=now)
    sari = UserFactory(email="sari@mitra.example")
    deactivate(sari, by=owner, at=now)
    assert Invitation.objects.get(pk=invitation.pk).withdrawn_at == now


def test_brands_are_given_and_taken_in_one_step(owner: User, coordinator: User, now: dt.datetime) -> None:
    lumi, wana, kaia = BrandFactory(), BrandFactory(), BrandFactory()
    set_brands(coordinator, [lumi.pk, wana.pk], by=owner, at=now)
    set_brands(coordinator, [wana.pk, kaia.pk], by=owner, at=now)
    assert set(coordinator.brand_access.values_list("brand_id", flat=True)) == {wana.pk, kaia.pk}
    assert Entry.objects.filter(verb="team.brands_changed").count() == 2
    set_brands(coordinator, [wana.pk, kaia.pk], by=owner, at=now)
    assert Entry.objects.filter(verb="team.brands_changed").count() == 2


def test_walls_limit_what_a_coordinator_sees_at_once(
    organisation: Organisation, owner: User, coordinator: User, now: dt.datetime
) -> None:
    lumi, _wana = BrandFactory(), BrandFactory()
    assert coordinator.brand_ids() is None
    organisation.brand_walls = True
    organisation.save()
    set_brands(coordinator, [lumi.pk], by=owner, at=now)
    assert coordinator.brand_ids() == frozenset({lumi.pk})
    assert User.objects.get(pk=owner.pk).brand_ids() is None


def test_nothing_is_sent_any_more_to_somebody_who_left(owner: User, coordinator: User, now: dt.datetime) -> None:
    email = send_test_letter(coordinator, now)
    stays = send_test_letter(owner, now)
    assert email is not None and stays is not None
    deactivate(coordinator, by=owner, at=now)
    assert refused([email, stays], now) == {email.pk: "This colleague no longer works with Mitra."}
