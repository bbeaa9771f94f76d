"""Wherever a day of waiting work would stand, there is the parcel instead; what moved says from where and why."""

import datetime as dt
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from campaigns.planning.her_page import parts_of
from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.portal import Deliverables
from campaigns.samples.dates import hold, hold_words, lift
from campaigns.samples.dates.shown import for_request
from campaigns.samples.models import SampleRequest
from crm.portal.registry import Asking
from crm.team.models import User
from crm.timeline.record import Actor
from tests.campaigns.samples.dates.conftest import day, only_hold
from tests.factories import DeliverableFactory

pytestmark = pytest.mark.django_db


def asking(card: Collaboration, now: dt.datetime) -> Asking:
    return Asking(card.influencer_id, card.campaign.brand_id, now, "Asia/Jakarta")


def test_her_task_has_no_day_and_takes_a_draft_all_the_same(
    ask: Callable[..., SampleRequest], reel: Deliverable, card: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    hold(ask(), [reel], days_after=5, at=now, actor=actor)
    (task,) = Deliverables().open(asking(card, now))
    assert (task.due_on, task.is_late) == (None, False)
    assert [str(line) for line in task.lines] == ["Draft due 5 days after the parcel. You can send it earlier."]
    assert task.answers[0].code == "draft"
    fresh = Deliverable.objects.with_card().get(pk=reel.pk)
    fresh.submit(at=now, actor=actor)
    assert only_hold(reel).lifted_at is None


def test_what_she_only_reads_has_no_day_either(
    parcel: SampleRequest, reel: Deliverable, card: Collaboration, now: dt.datetime
) -> None:
    card.campaign.status = "paused"
    card.campaign.save()
    (part,) = [one for one in parts_of(card, asking(card, now)) if one.template == "campaigns/her/work.html"]
    assert [rest.when for rest in part.context["rest"]] == ["after the parcel"]


def test_the_board_says_it_waits_instead_of_a_day(
    parcel: SampleRequest, card: Collaboration, as_coordinator: Client
) -> None:
    page = as_coordinator.get(f"/campaigns/{card.campaign_id}/").content.decode()
    assert "Waits for parcel" in page and "after the parcel" in page
    assert "27 Nov" not in page


def test_the_collaboration_says_what_moved_and_from_where(
    parcel: SampleRequest,
    reel: Deliverable,
    card: Collaboration,
    as_coordinator: Client,
    now: dt.datetime,
    actor: Actor,
) -> None:
    url = f"/campaigns/collaborations/{card.pk}/"
    assert "Waits for the parcel" in as_coordinator.get(url).content.decode()
    lift(parcel, arrived_on=day(27, 11), at=now, actor=actor)
    page = as_coordinator.get(url).content.decode()
    assert "The parcel came 3 days late" in page
    assert "Planned before: Draft Fri 27 Nov, post Fri 4 Dec" in page


def test_the_request_shows_planned_now_and_why(
    parcel: SampleRequest, reel: Deliverable, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    (one,) = for_request(parcel, coordinator, now)["rows"]
    assert (one.planned, one.today, one.why, one.if_today) == (
        "Draft Fri 27 Nov, post Fri 4 Dec", "after the parcel", "Waits for the parcel", "",
    )  # fmt: skip
    (one,) = for_request(parcel, coordinator, now + dt.timedelta(days=4))["rows"]
    assert one.if_today == "If it comes today: Draft Tue 1 Dec, post Tue 8 Dec"
    lift(parcel, arrived_on=day(27, 11), at=now, actor=actor)
    (one,) = for_request(parcel, coordinator, now)["rows"]
    assert (one.planned, one.today, one.why) == (
        "Draft Fri 27 Nov, post Fri 4 Dec", "Draft Mon 30 Nov, post Mon 7 Dec", "The parcel came 3 days late",
    )  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_the_dates_of_a_request_cost_four_queries(
    count: int, ask: Callable[..., SampleRequest], card: Collaboration, coordinator: User, now: dt.datetime, actor: Actor,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    request = ask()
    rows = [DeliverableFactory(collaboration=card) for _number in range(count)]
    hold(request, rows, days_after=None, at=now, actor=actor)
    with django_assert_num_queries(4):  # the work, its holds, and what the brief asks for: two
        shown = for_request(request, coordinator, now)
        assert [(one.planned, one.why) for one in shown["rows"]] == [
            ("Draft Fri 27 Nov, post Fri 4 Dec", "Waits for the parcel")
        ] * count


def test_words_for_colleagues_name_the_planned_day(parcel: SampleRequest, reel: Deliverable) -> None:
    assert hold_words([only_hold(reel)]) == "after the parcel, planned for Fri 27 Nov"


def test_a_request_page_shows_the_dates(parcel: SampleRequest, as_coordinator: Client, now: dt.datetime) -> None:
    with time_machine.travel(now, tick=False):
        page = as_coordinator.get(f"/samples/{parcel.pk}/").content.decode()
    assert "Dates that follow it" in page and "after the parcel" in page
