"""What else happens while something waits: pauses, drops, promises, days of use, a parcel that came broken."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.waiting.choosing import choices_of, question_of
from campaigns.samples.dates import hold, lift, wait_again
from campaigns.samples.models import Purpose, SampleRequest
from crm.exclusivity.models import Clause
from crm.reminders.models import Todo
from crm.reminders.registry import Asked, dues
from crm.team.models import User
from crm.timeline.record import Actor
from tests.campaigns.briefs.conftest import released, said
from tests.campaigns.planning.test_promises import deal, promise, spoken, windows
from tests.campaigns.samples.dates.conftest import day, days_of, only_hold
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db
Step = Callable[[Deliverable, dt.datetime, Actor], Any]


def for_work(card: Collaboration, owner: User) -> SampleRequest:
    return SampleRequest.objects.create(
        influencer=card.influencer, brand=card.campaign.brand, collaboration=card, owner=owner,
        purpose=Purpose.CONTRACTUAL, given_as=Purpose.CONTRACTUAL, needed_by_on=day(24, 11),
    )  # fmt: skip


MEANWHILE: list[tuple[str, Step, bool, str]] = [
    ("campaign paused", lambda row, at, actor: row.collaboration.campaign.pause(at=at, actor=actor), True, "moved"),
    ("reminders paused", lambda row, at, actor: row.collaboration.pause_reminders(at=at, actor=actor), True, "moved"),
    ("draft early", lambda row, at, actor: row.submit(at=at, actor=actor), True, "moved"),
    ("off the board", lambda row, at, actor: Collaboration.objects.update(status="off"), True, "moved"),
    ("posted", lambda row, at, actor: row.publish(at=at, actor=actor), False, "nothing"),
    ("dropped", lambda row, at, actor: row.drop(at=at, actor=actor), False, "nothing"),
]


@pytest.mark.parametrize("step, moves, outcome", [row[1:] for row in MEANWHILE], ids=[row[0] for row in MEANWHILE])
def test_the_hold_stays_until_the_parcel_comes(
    step: Step, moves: bool, outcome: str, parcel: SampleRequest, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    step(Deliverable.objects.with_card().get(pk=reel.pk), now, actor)
    assert only_hold(reel).lifted_at is None
    lift(parcel, arrived_on=day(27, 11), at=now, actor=actor)
    assert (days_of(reel) != (day(27, 11), day(4)), only_hold(reel).outcome) == (moves, outcome)


def test_a_draft_that_came_early_still_waits_for_us(
    parcel: SampleRequest, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    Deliverable.objects.with_card().get(pk=reel.pk).submit(at=now, actor=actor)
    kinds = ["deliverable.review", "deliverable.draft", "deliverable.post"]
    assert [one.kind for one in dues(Asked(now=now), kinds)] == ["deliverable.review"]


def test_windows_counted_from_the_post_follow_its_new_day(coordinator: User, now: dt.datetime, actor: Actor) -> None:
    card = deal(InfluencerFactory(), "Lumi", day(10))
    clause = promise(card)
    card.put("agreed", at=now, actor=actor)
    request = for_work(card, coordinator)
    hold(request, [card.deliverables.get()], days_after=None, at=now, actor=actor)
    lift(request, arrived_on=day(27, 11), at=now, actor=actor)
    assert windows(Clause.objects.get(pk=clause.pk)) == [spoken(day(6), day(20), planned=True)]


def test_a_new_day_that_would_break_a_promise_is_asked_about_instead(
    coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    kirana = InfluencerFactory()
    ours = deal(kirana, "Lumi", day(10))
    promise(ours)
    ours.put("agreed", at=now, actor=actor)
    rival = deal(kirana, "Serasi", day(2))
    rival.put("agreed", at=now, actor=actor)
    request, post = for_work(rival, coordinator), rival.deliverables.get()
    hold(request, [post], days_after=None, at=now, actor=actor)
    assert lift(request, arrived_on=day(27, 11), at=now, actor=actor).words == "1 thing waits for a choice."
    assert days_of(post) == (None, day(2))
    assert "would break a promise" in Todo.objects.open().get(subject=f"campaigns.deliverable:{post.pk}").text
    asked = question_of(Deliverable.objects.with_card().get(pk=post.pk))
    assert asked is not None
    ways = choices_of(asked, at=now, actor=actor)
    assert [(one.way.value, one.refused) for one in ways] == [("shorten", ""), ("drop", "")]
    assert ways[0].says == ["New days: Post Wed 2 Dec."]


def test_days_of_use_count_from_the_arrival(
    parcel: SampleRequest, reel: Deliverable, card: Collaboration, now: dt.datetime, actor: Actor
) -> None:
    """Rule 4.5.5."""
    released(card.campaign, said(use_days=14, pose="Standing", items=[("Show the label", "must")]), now, actor)
    lift(parcel, arrived_on=day(24, 11), at=now, actor=actor)
    assert days_of(reel) == (day(1), day(8))
    assert (only_hold(reel).moved_days, only_hold(reel).is_our_fault) == (4, False)


def test_a_broken_one_is_waited_for_again_from_the_days_it_has_now(
    parcel: SampleRequest, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    lift(parcel, arrived_on=day(25, 11), at=now, actor=actor)
    wait_again(parcel, at=now, actor=actor)
    assert (only_hold(reel).lifted_at, only_hold(reel).expected_on) == (None, day(25, 11))
    lift(parcel, arrived_on=day(27, 11), at=now, actor=actor)
    assert days_of(reel) == (day(30, 11), day(7))


def test_the_campaign_counts_the_dates_that_moved(
    parcel: SampleRequest, card: Collaboration, as_coordinator: Client, now: dt.datetime, actor: Actor
) -> None:
    lift(parcel, arrived_on=day(27, 11), at=now, actor=actor)
    page = as_coordinator.get(f"/campaigns/{card.campaign_id}/").content.decode()
    assert "1 date moved by a late parcel" in page
