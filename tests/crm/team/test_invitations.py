"""Nobody signs up. An invitation works once, for seven days, and is stored only as a hash."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from crm.base.models import Organisation
from crm.outbox.models import Contact, Email
from crm.team import invitations
from crm.team.actions import TeamRefused
from crm.team.emails import invitation_link, token_of
from crm.team.models import Invitation, Role, User
from crm.timeline.models import Entry
from tests.factories import BrandFactory, UserFactory

pytestmark = pytest.mark.django_db

JOINING = {"name": "Sari Dewi", "password": "kopi susu gula aren", "language": "id"}


@pytest.fixture
def invitation(owner: User, now: dt.datetime) -> Invitation:
    return invitations.invite("Sari@Mitra.Example", Role.COORDINATOR, name="Sari", by=owner, at=now)


def test_an_invitation_is_a_letter_whose_link_is_made_when_it_leaves(invitation: Invitation, now: dt.datetime) -> None:
    email = Email.objects.get()
    assert (email.name, email.to_address, email.from_name) == ("invitation", "sari@mitra.example", "Owner Satu, Mitra")
    assert email.send_at == now
    token = token_of(invitation)
    assert token not in "".join(str(value) for value in Email.objects.values().get().values())
    assert token not in "".join(str(value) for value in Invitation.objects.values().get().values())
    assert invitation_link(email, email.late_fields["invitation"]).endswith(f"/join/{token}/")


def test_the_link_is_the_same_for_a_second_try_at_sending(invitation: Invitation) -> None:
    email = Email.objects.get()
    first = invitation_link(email, email.late_fields["invitation"])
    assert invitation_link(email, email.late_fields["invitation"]) == first


def test_the_link_opens_until_the_last_second(invitation: Invitation, now: dt.datetime) -> None:
    end = now + dt.timedelta(days=7)
    assert invitations.find(token_of(invitation), end - dt.timedelta(seconds=1)) == invitation
    assert invitations.find(token_of(invitation), end) is None


def test_a_wrong_token_finds_nothing(invitation: Invitation, now: dt.datetime) -> None:
    token = token_of(invitation)
    assert invitations.find(token[:-1] + ("0" if token[-1] != "0" else "1"), now) is None
    assert invitations.find(invitation.token_sha256, now) is None
    assert invitations.find("", now) is None


def test_accepting_makes_the_account_with_role_zone_and_contact(invitation: Invitation, now: dt.datetime) -> None:
    user = invitations.accept(invitation, at=now, **JOINING)
    assert (user.email, user.name, user.role, user.language, user.zone) == (
        "sari@mitra.example",
        "Sari Dewi",
        "coordinator",
        "id",
        "Asia/Jakarta",
    )
    assert user.check_password("kopi susu gula aren")
    contact = Contact.objects.get(email="sari@mitra.example")
    assert (user.contact, contact.kind, contact.name) == (contact, "colleague", "Sari Dewi")
    settled = Invitation.objects.get()
    assert (settled.accepted_at, settled.accepted_by) == (now, user)
    assert [entry.sentence_en for entry in Entry.objects.order_by("pk")] == [
        "sari@mitra.example was invited as Coordinator",
        "Sari Dewi joined as Coordinator",
    ]


def test_accepting_twice_makes_one_account(invitation: Invitation, now: dt.datetime) -> None:
    same = Invitation.objects.get(pk=invitation.pk)
    invitations.accept(invitation, at=now, **JOINING)
    with pytest.raises(TeamRefused):
        invitations.accept(same, at=now, **JOINING)
    assert User.objects.filter(email="sari@mitra.example").count() == 1


def test_accepting_is_refused_when_somebody_took_the_address_meanwhile(
    invitation: Invitation, now: dt.datetime
) -> None:
    UserFactory(email="sari@mitra.example")
    with pytest.raises(TeamRefused):
        invitations.accept(invitation, at=now, **JOINING)
    assert Invitation.objects.get().accepted_at is None
    assert User.objects.filter(email="sari@mitra.example").count() == 1


def test_sending_again_makes_a_new_link_and_kills_the_old(
    invitation: Invitation, owner: User, now: dt.datetime
) -> None:
    old = token_of(invitation)
    later = now + dt.timedelta(days=8)
    invitations.resend(invitation, by=owner, at=later)
    new = token_of(Invitation.objects.get())
    assert new != old
    assert invitations.find(old, later) is None
    assert invitations.find(new, later) == invitation
    assert Email.objects.filter(name="invitation").count() == 2
    assert Contact.objects.filter(email="sari@mitra.example").count() == 1


def test_withdrawing_kills_the_link_and_cannot_be_undone(invitation: Invitation, owner: User, now: dt.datetime) -> None:
    invitations.withdraw(invitation, by=owner, at=now)
    assert invitations.find(token_of(invitation), now) is None
    for act in (invitations.withdraw, invitations.resend):
        with pytest.raises(TeamRefused, match="settled"):
            act(invitation, by=owner, at=now)
    with pytest.raises(TeamRefused):
        invitations.accept(invitation, at=now, **JOINING)
    assert not User.objects.filter(email="sari@mitra.example").exists()


def test_who_works_here_or_is_invited_is_not_invited_again(
    invitation: Invitation, owner: User, now: dt.datetime
) -> None:
    UserFactory(email="dinda@mitra.example", name="Dinda")
    UserFactory(email="left@mitra.example", name="Budi", is_active=False)
    for email, why in (
        ("SARI@mitra.example", "invited already"),
        ("Dinda@mitra.example", "already works here, as Dinda"),
        ("left@mitra.example", "worked here before"),
    ):
        with pytest.raises(TeamRefused, match=why):
            invitations.invite(email, Role.VIEWER, by=owner, at=now)
    assert Invitation.objects.count() == 1
    assert Email.objects.count() == 1


def test_an_admin_invites_no_owner(admin_colleague: User, now: dt.datetime) -> None:
    with pytest.raises(TeamRefused, match="Only an owner"):
        invitations.invite("sari@mitra.example", Role.OWNER, by=admin_colleague, at=now)
    assert Invitation.objects.count() == 0


def test_brands_of_the_invitation_are_given_unless_archived_meanwhile(owner: User, now: dt.datetime) -> None:
    lumi, wana = BrandFactory(), BrandFactory()
    invitation = invitations.invite("s@mitra.example", Role.VIEWER, brand_ids=[lumi.pk, wana.pk], by=owner, at=now)
    wana.archived_at = now
    wana.save()
    user = invitations.accept(invitation, at=now, **JOINING)
    assert list(user.brand_access.values_list("brand_id", flat=True)) == [lumi.pk]


# ---- the page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def fresh(owner: User) -> Invitation:
    from django.utils import timezone

    return invitations.invite("sari@mitra.example", Role.COORDINATOR, name="Sari", by=owner, at=timezone.now())


def address(invitation: Invitation) -> str:
    return reverse("team-accept", args=[token_of(invitation)])


def test_opening_the_link_changes_nothing_however_often(fresh: Invitation) -> None:
    before = list(Invitation.objects.values())
    for _ in range(3):
        page = Client().get(address(fresh))
        assert page.status_code == 200
    assert "Owner Satu invites you to work here as Coordinator" in page.content.decode()
    assert list(Invitation.objects.values()) == before
    assert User.objects.count() == 1


def test_joining_signs_in_and_shows_the_profile(fresh: Invitation) -> None:
    client = Client()
    joined = client.post(address(fresh), JOINING, follow=True)
    assert joined.redirect_chain == [("/profile/", 302)]
    assert joined.context["user"].email == "sari@mitra.example"
    assert Client().get(address(fresh)).status_code == 404


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "at least 10 characters"),
        ("password1234", "too common"),
        ("sari@mitra.example", "too similar"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason_and_keeps_the_name(
    fresh: Invitation, password: str, why: str
) -> None:
    page = Client().post(address(fresh), {**JOINING, "password": password, "language": "en"})
    assert page.status_code == 422
    assert why in page.content.decode()
    assert 'value="Sari Dewi"' in page.content.decode()
    assert User.objects.count() == 1


def test_unknown_and_used_links_look_the_same(fresh: Invitation, owner: User) -> None:
    used = Client().get(address(fresh)).status_code
    Client().post(address(fresh), JOINING)
    gone, unknown = Client().get(address(fresh)), Client().get(reverse("team-accept", args=["0" * 64]))
    assert (used, gone.status_code, unknown.status_code) == (200, 404, 404)
    assert gone.content.count(b"no longer works") == unknown.content.count(b"no longer works") == 1


def test_the_house_language_is_used_for_the_letter(organisation: Organisation, owner: User, now: dt.datetime) -> None:
    organisation.language = "en"
    organisation.save()
    invitations.invite("sari@mitra.example", Role.VIEWER, by=owner, at=now)
    assert Email.objects.get().subject == "Owner Satu invites you to Mitra"
