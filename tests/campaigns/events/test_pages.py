"""Events on their pages: planned, listed, invited, moved, called off, noted."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.events.models import Event, Guest
from campaigns.events.portal import Invitations
from crm.outbox.models import Email
from crm.portal.registry import Asking
from crm.team.models import User
from tests.factories import BrandFactory, CampaignFactory, CollaborationFactory, RepresentationFactory, UserFactory

pytestmark = pytest.mark.django_db
Evening, Invited = Callable[..., Event], Callable[..., Guest]


@pytest.fixture
def me(client: Client) -> User:
    user = UserFactory()
    client.force_login(user)
    return user


def typed(**other: str) -> dict[str, str]:
    return {
        "name": "Lumi Night", "kind": "private", "on": "2026-12-11", "at_clock": "19:00", "seats": "20", "seats_each": "1",
        "value_0": "", "value_1": "IDR", "place": "Senopati", **other,
    }  # fmt: skip


def test_an_event_is_planned_by_the_clock_of_its_brand(client: Client, me: User) -> None:
    campaign = CampaignFactory(brand=BrandFactory(zone="Asia/Makassar"))
    answer = client.post(f"{reverse('event-new')}?campaign={campaign.pk}", typed())
    made = Event.objects.get()
    assert answer.headers["Location"] == reverse("event", args=[made.pk])
    assert (made.starts_at, made.zone, made.campaign, made.owner) == (
        dt.datetime(2026, 12, 11, 11, 0, tzinfo=dt.UTC), "Asia/Makassar", campaign, me,
    )  # fmt: skip


def test_what_was_typed_stays_when_it_ends_before_it_begins(client: Client, me: User) -> None:
    campaign = CampaignFactory()
    answer = client.post(f"{reverse('event-new')}?campaign={campaign.pk}", typed(ends_clock="18:00"))
    assert answer.status_code == 422
    assert b"It ends before it begins." in answer.content
    assert b'value="Lumi Night"' in answer.content
    assert Event.objects.count() == 0


def test_people_of_the_board_are_listed_and_invited_each_with_a_result(
    client: Client, me: User, evening: Evening
) -> None:
    campaign = CampaignFactory()
    event = evening(brand=campaign.brand, campaign=campaign)
    cards = [CollaborationFactory(campaign=campaign) for _each in range(3)]
    for card in cards[:2]:
        RepresentationFactory(influencer=card.influencer)
    client.post(reverse("event-guests", args=[event.pk]), {"people": [card.influencer_id for card in cards]})
    assert Email.objects.count() == 0
    page = client.post(reverse("event-invite", args=[event.pk])).content.decode()
    assert page.count("by e-mail") == 2
    assert page.count("Nobody is on file to write to. Tell her yourself.") == 1
    assert list(event.guests.values_list("status", flat=True)) == ["invited"] * 3
    assert Email.objects.filter(name="event_invitation", state="queued").count() == 2


def test_inviting_twice_writes_once(client: Client, me: User, evening: Evening) -> None:
    campaign = CampaignFactory()
    event = evening(brand=campaign.brand, campaign=campaign)
    card = CollaborationFactory(campaign=campaign)
    RepresentationFactory(influencer=card.influencer)
    client.post(reverse("event-guests", args=[event.pk]), {"people": [card.influencer_id]})
    for _time in range(2):
        client.post(reverse("event-invite", args=[event.pk]))
    assert Email.objects.count() == 1


def test_a_stranger_is_not_invited_by_mail_without_her_yes_to_offers(
    client: Client, me: User, evening: Evening
) -> None:
    event = evening()
    stranger = RepresentationFactory().influencer
    client.post(reverse("event-guests", args=[event.pk]), {"people": [stranger.pk]})
    page = client.post(reverse("event-invite", args=[event.pk])).content.decode()
    assert "not sent." in page
    assert [email.state for email in Email.objects.all()] == ["skipped"]


def test_moving_says_first_who_hears_of_it(client: Client, me: User, evening: Evening, invited: Invited) -> None:
    event = evening()
    guest = invited(event)
    RepresentationFactory(influencer=guest.influencer)
    new = {"on": "2026-12-18", "at_clock": "19:00", "words": "The room is free a week later.", "tell": "on"}
    asked = client.post(reverse("event-move", args=[event.pk]), new)
    assert guest.influencer.stage_name in asked.content.decode()
    assert Event.objects.get().starts_at == event.starts_at
    client.post(reverse("event-move", args=[event.pk]), {**new, "sure": "1"})
    assert Event.objects.get().starts_at == event.starts_at + dt.timedelta(days=7)
    assert Email.objects.get().subject == "New time: Lumi Night, Fri 18 Dec"


def test_a_shoot_moved_for_everybody_moves_what_they_make_when_ticked(
    client: Client, me: User, evening: Evening, invited: Invited
) -> None:
    from tests.factories import DeliverableFactory

    campaign = CampaignFactory()
    event = evening(brand=campaign.brand, campaign=campaign, kind="shoot")
    rows = [DeliverableFactory(collaboration=CollaborationFactory(campaign=campaign)) for _each in range(3)]
    for row in rows:
        invited(event, influencer=row.collaboration.influencer, collaboration=row.collaboration)
    new = {"on": "2026-12-13", "at_clock": "19:00", "work_too": "on", "sure": "1"}
    client.post(reverse("event-move", args=[event.pk]), new)
    for row in rows:
        before = row.post_due_on
        row.refresh_from_db()
        assert row.post_due_on - before == dt.timedelta(days=2)


def test_calling_it_off_tells_those_who_were_asked(
    client: Client, me: User, evening: Evening, invited: Invited
) -> None:
    event = evening()
    coming, said_no = invited(event, status="coming"), invited(event, status="not_coming")
    for guest in (coming, said_no):
        RepresentationFactory(influencer=guest.influencer)
    client.post(reverse("event-cancel", args=[event.pk]), {"tell": "1"})
    assert Event.objects.get().status == "cancelled"
    assert [email.influencer_ref for email in Email.objects.filter(name="event_cancelled")] == [coming.influencer_id]


def test_being_there_is_worth_her_seats_and_a_no_show_nothing(
    client: Client, me: User, evening: Evening, invited: Invited
) -> None:
    event = evening(value=750_000)
    there, missed = invited(event, status="coming", seats=2), invited(event, status="coming")
    answer = client.post(
        reverse("event-attendance", args=[event.pk]), {f"guest_{there.pk}": "came", f"guest_{missed.pk}": "no_show"}
    )
    assert answer.status_code == 302
    page = client.get(reverse("event", args=[event.pk])).content.decode().replace("\xa0", " ")
    assert page.count("IDR 1,500,000") == 1
    assert [Guest.objects.get(pk=one.pk).status for one in (there, missed)] == ["came", "no_show"]


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_page_asks_as_much_for_many_guests_as_for_one(
    how_many: int,
    client: Client,
    me: User,
    evening: Evening,
    invited: Invited,
    django_assert_num_queries: Callable[..., object],
) -> None:
    event = evening()
    for _each in range(how_many):
        invited(event)
    client.get(reverse("event", args=[event.pk]))
    with django_assert_num_queries(5):  # type: ignore[attr-defined]
        client.get(reverse("event", args=[event.pk]))


@pytest.mark.parametrize("how_many", [1, 3])
def test_the_list_asks_as_much_for_many_events_as_for_one(
    how_many: int, client: Client, me: User, evening: Evening, django_assert_num_queries: Callable[..., object]
) -> None:
    for number in range(how_many):
        evening(name=f"Lumi {number}")
    client.get(reverse("events"))
    with django_assert_num_queries(5):  # type: ignore[attr-defined]
        client.get(reverse("events"))


def test_she_reads_her_answer_in_her_words_and_the_hour_by_her_clock(
    evening: Evening, invited: Invited, now: dt.datetime
) -> None:
    guest = invited(evening(place="Senopati"), status=Guest.Status.COMING)
    contact = RepresentationFactory(influencer=guest.influencer).contact
    hers = Asking(guest.influencer_id, guest.event.brand_id, now, "Asia/Jayapura", contact)
    (task,) = Invitations().open(hers)
    assert task.lines == ["You are coming", "Senopati", "By your clock: Fri, 11 Dec 2026 21:00 WIT"]
    (told,) = Invitations().open(replace(hers, contact=None))
    assert told.lines == ["Comes", "Senopati", "Fri, 11 Dec 2026 21:00 WIT"]


def test_events_are_reached_from_the_calendar_which_stays_lit(client: Client, me: User) -> None:
    page = client.get(reverse("calendar")).content.decode()
    assert f'href="{reverse("events")}"' in page
    lit = [shown.item.label for shown in client.get(reverse("events")).context["nav"]() if shown.is_active]
    assert lit == ["Calendar"]
