"""A parcel so late that the post would fall after the campaign: somebody chooses, once, and sees first what it does."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.test import Client

from campaigns.planning.models import Campaign, Deliverable, Refused
from campaigns.planning.waiting.choosing import Way, choices_of, choose, question_of
from campaigns.samples.dates import hold, let_go, lift
from campaigns.samples.models import SampleRequest
from crm.reminders.models import Todo
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.samples.dates.conftest import day, days_of, only_hold

pytestmark = pytest.mark.django_db
PLANNED = (day(27, 11), day(4))


@pytest.fixture
def late(parcel: SampleRequest, reel: Deliverable, now: dt.datetime, actor: Actor) -> Deliverable:
    """Seven days late: the post would be on 11 December, and the campaign ends on the 10th."""
    lift(parcel, arrived_on=day(1), at=now, actor=actor)
    return Deliverable.objects.with_card().get(pk=reel.pk)


def told(late: Deliverable, now: dt.datetime, actor: Actor) -> dict[str, list[str]]:
    asked = question_of(late)
    assert asked is not None
    return {choice.way.value: [*choice.says] for choice in choices_of(asked, at=now, actor=actor)}


def test_every_way_says_what_it_does_and_nothing_is_changed_by_asking(
    late: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    assert told(late, now, actor) == {
        "widen": [
            "Glow ends on 11 December 2026 instead of 10 December 2026, for everybody in it.",
            "New days: Draft Fri 4 Dec, post Fri 11 Dec.",
        ],
        "shorten": [
            "New days: Draft Fri 4 Dec, post Thu 10 Dec.",
            "Days between draft and post: 6 instead of 7.",
        ],
        "drop": [
            "It will not be made, and nobody is reminded of it.",
            "“Open it again” on the collaboration's page brings it back.",
        ],
    }
    assert (days_of(late), Campaign.objects.get().end_on, only_hold(late).is_undecided) == (PLANNED, day(10), True)


@pytest.mark.parametrize(
    "way, days, ends_on, outcome, moved",
    [
        (Way.WIDEN, (day(4), day(11)), day(11), "widened", (7, 7)),
        (Way.SHORTEN, (day(4), day(10)), day(10), "shortened", (7, 6)),
        (Way.DROP, PLANNED, day(10), "dropped", (0, 0)),
    ],
)
def test_one_way_is_taken_and_the_task_is_done(
    way: Way, days: tuple[dt.date, dt.date], ends_on: dt.date, outcome: str, moved: tuple[int, int],
    late: Deliverable, now: dt.datetime, actor: Actor,
) -> None:  # fmt: skip
    choose(late, way, at=now, actor=actor)
    assert (days_of(late), Campaign.objects.get().end_on) == (days, ends_on)
    found = only_hold(late)
    assert (found.outcome, (found.draft_moved_days, found.moved_days), found.lifted_at) == (outcome, moved, now)
    assert (Todo.objects.open().count(), Todo.objects.get().done_by_id) == (0, actor.user_id)


def test_whoever_comes_second_is_told_and_changes_nothing(late: Deliverable, now: dt.datetime, actor: Actor) -> None:
    second = Deliverable.objects.with_card().get(pk=late.pk)
    choose(late, Way.SHORTEN, at=now, actor=actor)
    with pytest.raises(Refused, match="Somebody has decided about this already"):
        choose(second, Way.WIDEN, at=now, actor=actor)
    assert (days_of(late), Campaign.objects.get().end_on) == ((day(4), day(10)), day(10))


def test_new_days_by_hand_decide_it_too(late: Deliverable, now: dt.datetime, actor: Actor) -> None:
    late.reschedule(draft_due_on=day(5), post_due_on=day(9), at=now, actor=actor)
    assert (only_hold(late).outcome, Todo.objects.open().count()) == ("by_hand", 0)


def test_posting_it_or_letting_the_parcel_go_leaves_nothing_to_decide(
    late: Deliverable, parcel: SampleRequest, now: dt.datetime, actor: Actor
) -> None:
    let_go(parcel, at=now, actor=actor)
    assert (only_hold(late).outcome, Todo.objects.open().count()) == ("let_go", 0)


def test_a_post_that_is_out_leaves_nothing_to_decide(late: Deliverable, now: dt.datetime, actor: Actor) -> None:
    late.publish(at=now, actor=actor)
    assert (only_hold(late).outcome, Todo.objects.open().count()) == ("nothing", 0)


def test_the_page_offers_the_ways_and_takes_one(late: Deliverable, as_coordinator: Client) -> None:
    url = f"/campaigns/deliverables/{late.pk}/late/"
    page = as_coordinator.get(url).content.decode()
    assert "Make the campaign longer" in page and "New days: Draft Fri 4 Dec, post Thu 10 Dec." in page
    assert as_coordinator.post(url, {"way": "perhaps"}).status_code == 422
    assert days_of(late) == PLANNED
    assert as_coordinator.post(url, {"way": "shorten"}).status_code == 302
    assert days_of(late) == (day(4), day(10))
    again = as_coordinator.get(url, follow=True).content.decode()
    assert "Somebody has decided about this already. Nothing was changed." in again


def test_corrected_beyond_the_campaign_asks_about_the_rest_only(
    ask: Callable[..., SampleRequest], reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    request = ask()
    hold(request, [reel], days_after=None, at=now, actor=actor)
    lift(request, arrived_on=day(28, 11), at=now, actor=actor)
    assert days_of(reel) == (day(1), day(8))
    lift(request, arrived_on=day(1), at=now, actor=actor)
    assert days_of(reel) == (day(1), day(8))
    row = Deliverable.objects.with_card().get(pk=reel.pk)
    choose(row, Way.WIDEN, at=now, actor=actor)
    assert (days_of(reel), Campaign.objects.get().end_on) == ((day(4), day(11)), day(11))
    assert Entry.objects.filter(verb="deliverable.too_late").count() == 1
