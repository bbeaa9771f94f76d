"""What a colleague's own calendar reads: deadlines, what closes or both, everybody's or hers, of one campaign or of all."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.models import Organisation
from crm.reminders.feeds import Wish, calendar_of, new_address
from crm.reminders.models import CalendarFeed
from crm.team.models import User
from crm.timeline.record import Actor
from tests.factories import CampaignFactory, CollaborationFactory, DeliverableFactory, UserFactory

pytestmark = pytest.mark.django_db
DEADLINES = Wish(reads="deadlines")


def events(user: User, now: dt.datetime, wish: Wish = DEADLINES) -> list[Any]:
    return list(Calendar.from_ical(calendar_of(user, now, wish)).walk("VEVENT"))


def told(user: User, now: dt.datetime, **wish: str) -> list[str]:
    return [str(one["summary"]) for one in events(user, now, Wish(**{"reads": "deadlines", **wish}))]


def test_a_deadline_is_a_whole_day_of_its_own_zone_for_a_reader_anywhere(
    reel: Deliverable, coordinator: User, now: dt.datetime
) -> None:
    coordinator.zone = "Europe/Berlin"
    draft, post = events(coordinator, now)
    assert (draft.decoded("dtstart"), draft.decoded("dtend")) == (dt.date(2026, 11, 27), dt.date(2026, 11, 28))
    assert str(draft["uid"]).startswith(f"deliverable.draft.campaigns.deliverable.{reel.pk}@")
    assert str(post["summary"]) == "Kirana Maheswari: Post of Instagram Reel"
    assert str(post["description"]) == "Glow, Lumi\nUntil the end of that day in Asia/Jakarta."


def test_a_moved_day_keeps_its_name_and_counts_on(
    reel: Deliverable, coordinator: User, actor: Actor, now: dt.datetime
) -> None:
    Deliverable.objects.update(dates_set_at=now - dt.timedelta(days=1))
    before, again = events(coordinator, now)[1], events(coordinator, now + dt.timedelta(hours=3))[1]
    assert before == again
    later = now + dt.timedelta(hours=4)
    reel.reschedule(draft_due_on=reel.draft_due_on, post_due_on=dt.date(2026, 12, 8), at=later, actor=actor)
    after = events(coordinator, later)[1]
    assert (after["uid"], after.decoded("dtstart")) == (before["uid"], dt.date(2026, 12, 8))
    assert (after["sequence"] > before["sequence"], after.decoded("last-modified")) == (True, later)


def test_hers_alone_or_one_campaign(reel: Deliverable, coordinator: User, now: dt.datetime) -> None:
    other = CampaignFactory(owner=UserFactory(name="Rani Kusuma"))
    theirs = CollaborationFactory(campaign=other, status="making")
    DeliverableFactory(collaboration=theirs, draft_due_on=None, post_due_on=dt.date(2026, 12, 6))
    hers = ["Kirana Maheswari: Draft of Instagram Reel", "Kirana Maheswari: Post of Instagram Reel"]
    rest = [f"{theirs.influencer.stage_name}: Post of Instagram Reel"]
    assert told(coordinator, now) == hers + rest
    assert told(coordinator, now, whose="mine") == hers
    assert told(coordinator, now, within=f"campaigns.campaign:{other.pk}") == rest
    assert told(coordinator, now, reads="closes") == []
    assert told(coordinator, now, reads="both") == hers + rest


def test_an_address_costs_the_same_however_much_stands_in_it(
    collaboration: Collaboration, coordinator: User, now: dt.datetime
) -> None:
    address = new_address(coordinator, Wish(reads="both"), at=now)
    path = address[address.index("/calendar/") :]
    counted = []
    for _number in range(2):
        DeliverableFactory.create_batch(3, collaboration=collaboration, draft_due_on=None)
        with time_machine.travel(now, tick=False), CaptureQueriesContext(connection) as asked:
            answer = Client().get(path)
        counted.append((len(asked), answer.content.count(b"BEGIN:VEVENT")))
    assert counted == [(25, 3), (25, 6)]


def test_each_campaign_has_an_address_of_its_own_beside_the_one_for_everything(
    campaign: Campaign, as_coordinator: Client, coordinator: User
) -> None:
    page, everything = reverse("campaign-feed", args=[campaign.pk]), reverse("calendar-feed")
    shown = as_coordinator.post(page, {"reads": "deadlines", "whose": "all"})
    assert f'value="{shown.context["address"]}"' in shown.content.decode()
    as_coordinator.post(everything, {"reads": "both", "whose": "mine"})
    standing = CalendarFeed.objects.filter(revoked_at=None).order_by("within")
    assert list(standing.values_list("reads", "whose", "within", "within_label")) == [
        ("both", "mine", "", ""),
        ("deadlines", "all", f"campaigns.campaign:{campaign.pk}", "Glow"),
    ]
    assert "Glow" in as_coordinator.get(everything).content.decode()
    as_coordinator.post(page, {"end": "1"})
    assert list(standing.values_list("within", flat=True)) == [""]


def test_a_wish_that_makes_no_sense_makes_no_address(as_coordinator: Client) -> None:
    answer = as_coordinator.post(reverse("calendar-feed"), {"reads": "secrets", "whose": "all"})
    assert (answer.status_code, CalendarFeed.objects.count()) == (422, 0)


def test_a_campaign_behind_the_wall_is_in_no_calendar(
    reel: Deliverable, coordinator: User, organisation: Organisation, now: dt.datetime
) -> None:
    within = f"campaigns.campaign:{reel.collaboration.campaign_id}"
    assert len(told(coordinator, now, within=within)) == 2
    organisation.brand_walls = True
    organisation.save()
    coordinator.forget_brands()
    assert told(coordinator, now, within=within) == []
