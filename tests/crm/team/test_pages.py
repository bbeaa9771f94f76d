"""The team's pages: who may see them, what they show, that typed words survive a refusal."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from crm.base.models import Organisation
from crm.outbox.models import Contact, Email
from crm.team import invitations
from crm.team.middleware import PersonalLocaleMiddleware
from crm.team.models import Invitation, Role, User
from crm.timeline.models import Entry
from tests.factories import BrandFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_the_team_page_costs_the_same_for_one_and_for_many(
    as_owner: Client, owner: User, organisation: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    organisation.brand_walls = True
    organisation.save()
    as_owner.get("/team/")
    with django_assert_num_queries(7):
        assert as_owner.get("/team/").status_code == 200
    for number in range(3):
        UserFactory().brand_access.create(brand=BrandFactory())
        invitations.invite(f"new{number}@mitra.example", Role.VIEWER, by=owner, at=timezone.now())
    with django_assert_num_queries(8):
        page = as_owner.get("/team/")
    assert page.content.decode().count("new2@mitra.example") == 1
    for number in range(3, 6):
        UserFactory().brand_access.create(brand=BrandFactory())
        invitations.invite(f"new{number}@mitra.example", Role.VIEWER, by=owner, at=timezone.now())
    with django_assert_num_queries(8):
        as_owner.get("/team/")


def test_a_viewer_sees_colleagues_but_no_invitations(as_viewer: Client, owner: User) -> None:
    invitations.invite("new@mitra.example", Role.VIEWER, by=owner, at=timezone.now())
    page = as_viewer.get("/team/").content.decode()
    assert "Owner Satu" in page
    assert "new@mitra.example" not in page
    assert reverse("team-invite") not in page


@pytest.mark.parametrize("name", ["team-colleague", "team-role", "team-brands", "team-deactivate", "team-reactivate"])
def test_a_coordinator_changes_nobody(as_coordinator: Client, owner: User, name: str) -> None:
    before = User.objects.order_by("pk").values()
    answer = as_coordinator.post(reverse(name, args=[owner.pk]), {"role": "viewer"})
    assert answer.status_code == 403 if name != "team-colleague" else answer.status_code in (403, 405)
    assert list(User.objects.order_by("pk").values()) == list(before)


def test_strangers_are_sent_to_sign_in(owner: User) -> None:
    answer = Client().get("/team/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=/team/")


def test_inviting_tells_that_the_letter_is_on_its_way(as_owner: Client) -> None:
    answer = as_owner.post(
        reverse("team-invite"), {"email": "Sari@Mitra.example", "name": "Sari", "role": "coordinator"}, follow=True
    )
    assert "The invitation to sari@mitra.example is on its way." in answer.content.decode()
    assert Invitation.objects.get().email == "sari@mitra.example"


def test_a_refused_invitation_keeps_what_was_typed(as_owner: Client, coordinator: User) -> None:
    answer = as_owner.post(reverse("team-invite"), {"email": coordinator.email, "name": "Dinda", "role": "viewer"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{coordinator.email} already works here, as Dinda Ayuningrum." in page
    assert 'value="Dinda"' in page
    assert Invitation.objects.count() == 0


def test_an_admin_is_not_offered_the_role_of_owner(admin_colleague: User, browser: Callable[[User], Client]) -> None:
    page = browser(admin_colleague).get(reverse("team-invite")).content.decode()
    assert 'value="manager"' in page
    assert 'value="owner"' not in page
    answer = browser(admin_colleague).post(reverse("team-invite"), {"email": "s@mitra.example", "role": "owner"})
    assert answer.status_code == 422
    assert Invitation.objects.count() == 0


def test_the_last_owner_reads_why_her_role_stays(as_owner: Client, owner: User) -> None:
    answer = as_owner.post(reverse("team-role", args=[owner.pk]), {"role": "viewer"})
    assert answer.status_code == 422
    assert "Owner Satu is the only owner. Make somebody else owner first" in answer.content.decode()
    assert User.objects.get(pk=owner.pk).role == Role.OWNER


def test_closing_an_account_asks_first_and_then_does_it(as_owner: Client, coordinator: User) -> None:
    address = reverse("team-deactivate", args=[coordinator.pk])
    assert "Close the account of Dinda Ayuningrum?" in as_owner.get(address).content.decode()
    assert User.objects.get(pk=coordinator.pk).is_active
    answer = as_owner.post(address, follow=True)
    assert not User.objects.get(pk=coordinator.pk).is_active
    assert "The account of Dinda Ayuningrum is closed" in answer.content.decode()
    as_owner.post(reverse("team-reactivate", args=[coordinator.pk]))
    assert User.objects.get(pk=coordinator.pk).is_active


def test_brands_are_chosen_on_the_colleagues_page(as_owner: Client, coordinator: User) -> None:
    lumi = BrandFactory(name="Lumi Skincare")
    assert "Lumi Skincare" in as_owner.get(reverse("team-colleague", args=[coordinator.pk])).content.decode()
    as_owner.post(reverse("team-brands", args=[coordinator.pk]), {"brands": [lumi.pk]})
    assert list(coordinator.brand_access.values_list("brand_id", flat=True)) == [lumi.pk]


def test_withdrawing_a_settled_invitation_says_so(as_owner: Client, owner: User) -> None:
    invitation = invitations.invite("new@mitra.example", Role.VIEWER, by=owner, at=timezone.now())
    address = reverse("team-withdraw", args=[invitation.pk])
    assert "no longer works" in as_owner.post(address, follow=True).content.decode()
    assert "settled already" in as_owner.post(address, follow=True).content.decode()


# ---- one's own account -----------------------------------------------------------------------------------------------


def profile_of(user: User, **changed: object) -> dict[str, object]:
    return {"name": user.name, "phone": "", "language": user.language, "zone": user.zone, "theme": "auto", **changed}


def test_the_profile_is_saved_with_its_contact_and_speaks_the_new_language(
    as_coordinator: Client, coordinator: User
) -> None:
    changed = profile_of(coordinator, language="id", zone="Asia/Makassar", phone="0812-3456-7890", theme="dark")
    answer = as_coordinator.post(reverse("profile"), changed)
    user = User.objects.get(pk=coordinator.pk)
    assert answer.status_code == 302
    assert (user.language, user.zone, str(user.phone), user.theme, user.digest) == (
        "id",
        "Asia/Makassar",
        "+6281234567890",
        "dark",
        False,
    )
    contact = Contact.objects.get(pk=user.contact_id)
    assert (contact.language, contact.zone, str(contact.phone)) == ("id", "Asia/Makassar", "+6281234567890")
    assert (answer.cookies["django_language"].value, answer.cookies["theme"].value) == ("id", "dark")
    page = as_coordinator.get(reverse("profile"))
    assert page.headers["Content-Language"] == "id"


def test_a_refused_profile_keeps_what_was_typed_and_changes_nothing(as_coordinator: Client, coordinator: User) -> None:
    answer = as_coordinator.post(reverse("profile"), profile_of(coordinator, name="Dinda A.", zone="Mars/Base"))
    assert answer.status_code == 422
    assert 'value="Dinda A."' in answer.content.decode()
    assert User.objects.get(pk=coordinator.pk).name == "Dinda Ayuningrum"


def test_nobody_promotes_herself_through_her_profile(as_coordinator: Client, coordinator: User) -> None:
    as_coordinator.post(reverse("profile"), profile_of(coordinator, role="owner", is_active="", email="x@y.example"))
    user = User.objects.get(pk=coordinator.pk)
    assert (user.role, user.email) == ("coordinator", coordinator.email)


def test_the_language_switch_works_for_strangers_and_for_colleagues(coordinator: User) -> None:
    client = Client()
    answer = client.post(reverse("set_language"), {"language": "id", "next": "/accounts/login/"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/")
    assert client.get("/accounts/login/").headers["Content-Language"] == "id"
    client.force_login(coordinator)
    client.post(reverse("set_language"), {"language": "id"})
    assert User.objects.get(pk=coordinator.pk).language == "id"


def test_the_language_switch_leads_nowhere_else_and_knows_two_languages(owner: User) -> None:
    answer = Client().post(reverse("set_language"), {"language": "id", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/home/"
    assert Client().post(reverse("set_language"), {"language": "xx"}).status_code == 400
    assert Client().get(reverse("set_language")).status_code == 405


# ---- the house -------------------------------------------------------------------------------------------------------

SETTING_UP = {
    "organisation": "Rumah Kirana",
    "zone": "Asia/Makassar",
    "currency": "IDR",
    "language": "en",
    "name": "Rani Pramesti",
    "email": "Rani@Kirana.example",
    "password": "satu rumah banyak mitra",
}


def test_an_empty_house_leads_everybody_to_its_first_page(db: None) -> None:
    for address in ("/", "/team/", "/accounts/login/", "/profile/", "/admin/"):
        answer = Client().get(address, follow=True)
        assert answer.redirect_chain[-1] == ("/setup/", 302)
    assert "Set up Mitra" in Client().get("/setup/").content.decode()


def test_setting_up_makes_the_owner_and_signs_her_in(db: None) -> None:
    client = Client()
    answer = client.post("/setup/", SETTING_UP)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/settings/mail/")
    house, owner = Organisation.load(), User.objects.get()
    assert (house.name, house.zone, house.currency, house.language) == ("Rumah Kirana", "Asia/Makassar", "IDR", "en")
    assert house.opened_at is not None
    assert (owner.email, owner.role, owner.zone, owner.name) == (
        "rani@kirana.example",
        "owner",
        "Asia/Makassar",
        "Rani Pramesti",
    )
    assert client.get("/settings/mail/").status_code == 200
    assert Entry.objects.get().verb == "team.house_opened"


def test_the_first_page_is_closed_once_somebody_works_here(owner: User) -> None:
    for answer in (Client().get("/setup/"), Client().post("/setup/", SETTING_UP)):
        assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/")
    assert list(User.objects.all()) == [owner]
    assert Organisation.load().name == "Mitra"


def test_of_two_people_setting_up_the_second_changes_nothing(db: None) -> None:
    from crm.team.actions import TeamRefused
    from crm.team.house import open_house

    now = timezone.now()
    open_house(at=now, **SETTING_UP)
    with pytest.raises(TeamRefused):
        open_house(at=now, **{**SETTING_UP, "email": "second@kirana.example", "organisation": "Second"})
    assert (User.objects.count(), Organisation.load().name) == (1, "Rumah Kirana")


def test_a_refused_first_page_keeps_what_was_typed(db: None) -> None:
    answer = Client().post("/setup/", {**SETTING_UP, "password": "rani@kirana.example"})
    assert answer.status_code == 422
    assert 'value="Rumah Kirana"' in answer.content.decode()
    assert User.objects.count() == 0


def settings_of(house: Organisation, **changed: object) -> dict[str, object]:
    return {
        "name": house.name, "postal_address": house.postal_address, "country": "ID", "currency": "IDR",
        "zone": house.zone, "language": house.language, "tier_scheme": house.tier_scheme, "remind_at": "09:00",
        "quiet_from": "21:00", "quiet_until": "08:00", "news_to": "agreed", **changed,
    }  # fmt: skip


def test_changed_settings_are_told_with_what_they_were(as_owner: Client, organisation: Organisation) -> None:
    answer = as_owner.post("/settings/", settings_of(organisation, name="Kirana", brand_walls="on"))
    assert answer.status_code == 302
    house = Organisation.load()
    assert (house.name, house.brand_walls) == ("Kirana", True)
    entry = Entry.objects.get()
    assert (entry.verb, entry.changes) == (
        "settings.changed",
        {"name": ["Mitra", "Kirana"], "brand_walls": ["False", "True"]},
    )


def test_the_amounts_contracts_go_by_are_set_here(as_owner: Client, organisation: Organisation) -> None:
    amounts = {
        "contracts_approved_above": "10,000,000",
        "contracts_by_chat_up_to": "2jt",
        "contracts_by_code_above": "500rb",
    }
    assert as_owner.post("/settings/", settings_of(organisation, **amounts)).status_code == 302
    house = Organisation.load()
    assert (house.contracts_approved_above, house.contracts_by_chat_up_to, house.contracts_by_code_above) == (
        10_000_000, 2_000_000, 500_000,
    )  # fmt: skip
    refused = as_owner.post("/settings/", settings_of(organisation, contracts_by_code_above="much"))
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["contracts_by_code_above"])
    assert Organisation.load().contracts_by_code_above == 500_000


def test_saving_the_settings_unchanged_tells_nothing(as_owner: Client, organisation: Organisation) -> None:
    assert as_owner.post("/settings/", settings_of(organisation)).status_code == 302
    assert Entry.objects.count() == 0


def test_quiet_hours_without_length_are_refused(as_owner: Client, organisation: Organisation) -> None:
    answer = as_owner.post("/settings/", settings_of(organisation, quiet_from="08:00", name="Kirana"))
    assert answer.status_code == 422
    assert 'value="Kirana"' in answer.content.decode()
    assert Organisation.load().name == "Mitra"


def test_settings_are_for_owners_and_admins(as_coordinator: Client) -> None:
    assert as_coordinator.get("/settings/").status_code == 403
    assert as_coordinator.post("/settings/mail/").status_code == 403
    assert Email.objects.count() == 0


def test_the_test_message_is_handed_over_while_one_waits(
    as_owner: Client, owner: User, mailoutbox: list[object]
) -> None:
    page = as_owner.post("/settings/mail/", follow=True).content.decode()
    assert "The mail server took it" in page
    assert Email.objects.get().state == "sent"
    assert [message.to for message in mailoutbox] == [[owner.email]]  # type: ignore[attr-defined]


def test_a_mail_server_that_is_away_is_told_with_its_answer(as_owner: Client, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # type: ignore[attr-defined]
    page = as_owner.post("/settings/mail/", follow=True).content.decode()
    assert "The mail server took it" not in page
    assert "127.0.0.1:9" in page
    email = Email.objects.get()
    assert (email.state, email.attempts) == ("queued", 1)
    assert "notice warn" in page


@pytest.mark.parametrize(
    ("headers", "kept"),
    [
        ({"Content-Type": "text/html; charset=utf-8"}, "private, no-cache"),
        (
            {"Content-Type": "text/html", "Content-Disposition": 'attachment; filename="letter.html"'},
            "private, no-store",
        ),
        ({"Content-Type": "application/json"}, "private, no-store"),
        ({"Content-Type": "text/html", "Cache-Control": "no-store, private"}, "no-store, private"),
    ],
)
def test_a_colleague_who_goes_back_finds_her_page_and_of_files_nothing_stays(
    coordinator: User, rf: RequestFactory, headers: dict[str, str], kept: str
) -> None:
    request = rf.get("/")
    request.user = coordinator
    answer = PersonalLocaleMiddleware(lambda _request: HttpResponse(headers=headers))(request)
    assert answer.headers["Cache-Control"] == kept
