"""Campaigns that go live by themselves, those that wait to be wrapped up, and the counter of open issues."""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from campaigns.planning.opening import open_by_date, to_wrap_up
from crm.reminders.models import Todo
from crm.reminders.registry import Asked
from crm.timeline.models import Entry
from crm.timeline.record import subject_of
from tests.factories import CampaignFactory, CollaborationFactory, DeliverableFactory, RepresentationFactory
from tests.races import together

pytestmark = pytest.mark.django_db
FIRST = dt.date(2026, 12, 1)
BEGINS = dt.datetime(2026, 11, 30, 17, 0, tzinfo=dt.UTC)  # midnight in Jakarta


def draft(**given: Any) -> Campaign:
    asked = {"status": "draft", "opens_alone": True, "offers_open_at": BEGINS, "start_on": FIRST, **given}
    return CampaignFactory(**asked)


def test_a_draft_goes_live_on_its_first_day_where_it_runs() -> None:
    campaign = draft()
    assert open_by_date(BEGINS - dt.timedelta(seconds=1)) == {}
    assert open_by_date(BEGINS) == {"opened": 1}
    assert open_by_date(BEGINS) == {}
    campaign.refresh_from_db()
    assert (campaign.status, campaign.live_at) == ("live", BEGINS)
    assert Entry.objects.get(verb="campaign.live").actor_kind == Entry.ActorKind.SYSTEM


@pytest.mark.parametrize(
    "given",
    [
        {"opens_alone": False},
        {"offers_open_at": None},
        {"status": "cancelled"},
        {"start_on": dt.date(2026, 11, 1), "end_on": dt.date(2026, 11, 30)},
    ],
)
def test_nothing_else_goes_live_by_itself(given: dict[str, Any]) -> None:
    campaign = draft(**given)
    assert open_by_date(BEGINS) == {}
    assert Campaign.objects.get().status == campaign.status


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_ticks_at_once_one_opens_it() -> None:
    for _round in range(3):
        campaign = draft()
        assert together(lambda: open_by_date(BEGINS), lambda: open_by_date(BEGINS)) == []
        told = Entry.objects.filter(verb="campaign.live", subject=subject_of(campaign))
        assert (Campaign.objects.get(pk=campaign.pk).status, told.count()) == ("live", 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_control_a_tick_that_only_looks_first_would_open_it_twice() -> None:
    pk, opened = draft().pk, []
    both_looked = threading.Barrier(2)

    def carelessly() -> None:
        campaign = Campaign.objects.standing(Campaign.Status.DRAFT).get(pk=pk)
        both_looked.wait(timeout=10)
        campaign.status = Campaign.Status.LIVE
        campaign.save(update_fields=["status"])
        opened.append(pk)

    assert together(carelessly, carelessly) == []
    assert opened == [pk, pk]


def waits(now: dt.datetime, **asked: Any) -> list[str]:
    return [found.subject for found in to_wrap_up(Asked(now=now, to_at=now, **asked))]


def test_a_campaign_that_is_over_and_done_stands_on_today_a_week_later() -> None:
    campaign = CampaignFactory(end_on=FIRST)
    later = dt.datetime(2026, 12, 8, 17, 0, tzinfo=dt.UTC)
    assert waits(later - dt.timedelta(hours=1)) == []
    assert waits(later) == [subject_of(campaign)]
    made = DeliverableFactory(collaboration=CollaborationFactory(campaign=campaign))
    assert waits(later) == []
    Deliverable.objects.filter(pk=made.pk).update(status="dropped")
    assert waits(later) == [subject_of(campaign)]
    Campaign.objects.update(status="wrapped")
    assert waits(later) == []
    (found,) = to_wrap_up(Asked(now=later, subjects=[campaign.pk]))
    assert str(found.stopped_why) == "It is wrapped up, or not running any more"


def test_open_issues_are_counted_by_sort_and_each_leads_to_its_people(
    campaign: Campaign, as_coordinator: Client
) -> None:
    late, asking, fine = (
        DeliverableFactory(
            collaboration=CollaborationFactory(campaign=campaign, influencer=RepresentationFactory().influencer),
            draft_due_on=None, post_due_on=day,
        )
        for day in (dt.date(2020, 1, 1), dt.date(2099, 1, 1), dt.date(2099, 1, 1))
    )  # fmt: skip
    Todo.objects.create(
        kind="question", text="?", influencer_ref=asking.collaboration.influencer_id, subject=subject_of(asking)
    )
    Collaboration.objects.filter(pk=late.collaboration_id).update(over_budget_because="Worth it")
    nowhere = CollaborationFactory(campaign=campaign, status="shortlist")
    page = as_coordinator.get(f"/campaigns/{campaign.pk}/")
    risk = page.context["board"].risk
    assert [(sort.code, sort.count, sort.label) for sort in risk.sorts] == [
        ("late", 1, "late"), ("asked", 1, "question waiting"), ("unreachable", 1, "without an address"),
        ("over", 1, "over the budget"),
    ]  # fmt: skip
    assert (risk.issues, risk.people, risk.share) == (4, 4, "100%")
    assert b'href="?issue=late"' in page.content

    def shown(issue: str) -> set[int]:
        board = as_coordinator.get(f"/campaigns/{campaign.pk}/?issue={issue}").context["board"]
        return {card.collaboration.pk for card in board.shown}

    assert shown("late") == shown("over") == {late.collaboration_id}
    assert shown("asked") == {asking.collaboration_id}
    assert shown("unreachable") == {nowhere.pk}
    assert len(shown("nonsense")) == 4
    assert fine.collaboration_id in shown("")


def test_a_board_of_five_hundred_costs_seven_queries_with_what_rooms_above_ask(
    campaign: Campaign, as_coordinator: Client
) -> None:
    person = RepresentationFactory().influencer
    made = type(person).objects.bulk_create(
        [type(person)(stage_name=f"Person {number}") for number in range(500)], batch_size=500
    )
    Collaboration.objects.bulk_create(
        [Collaboration(campaign=campaign, influencer=one, status="making") for one in made], batch_size=500
    )
    as_coordinator.get(f"/campaigns/{campaign.pk}/")
    with CaptureQueriesContext(connection) as queries:
        assert as_coordinator.get(f"/campaigns/{campaign.pk}/").status_code == 200
    assert len(queries) == 7
