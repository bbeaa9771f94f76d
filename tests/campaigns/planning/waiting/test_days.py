"""By how many days work moves: never earlier than planned, the same whatever came first, told once or twice."""

import datetime as dt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.planning.waiting.days import Planned, Wait, days_to_move, expected_on, shortened

DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))
WAITS = st.lists(st.builds(Wait, st.none() | DAYS, DAYS), max_size=4)
USE = st.none() | st.integers(1, 60)


@st.composite
def planned(draw: st.DrawFn) -> Planned:
    post = draw(DAYS)
    before = draw(st.none() | st.integers(0, 40))
    return Planned(None if before is None else post - dt.timedelta(days=before), post)


@given(planned(), WAITS, USE, st.randoms(use_true_random=False))
def test_days_never_get_earlier_and_the_order_of_parcels_says_nothing(
    plan: Planned, waits: list[Wait], use_days: int | None, chance: Random
) -> None:
    days = days_to_move(plan, waits, use_days)
    mixed = [*waits]
    chance.shuffle(mixed)
    assert days == days_to_move(plan, mixed, use_days)
    after = plan.moved(days)
    assert after.post_on >= plan.post_on
    assert after.draft_on is None or plan.draft_on is None or plan.draft_on <= after.draft_on <= after.post_on


@given(planned(), WAITS, USE)
def test_the_latest_counts_alone_and_counting_it_again_changes_nothing(
    plan: Planned, waits: list[Wait], use_days: int | None
) -> None:
    days = days_to_move(plan, waits, use_days)
    assert days == max([days_to_move(plan, [wait], use_days) for wait in waits], default=0)
    assert days == days_to_move(plan, [*waits, *waits], use_days)


@given(planned(), WAITS, USE)
def test_whoever_has_moved_expects_what_came_by_then(plan: Planned, waits: list[Wait], use_days: int | None) -> None:
    days = days_to_move(plan, waits, use_days)
    step = dt.timedelta(days=days)
    shifted = [Wait(wait.expected_on + step if wait.expected_on else None, wait.arrived_on) for wait in waits]
    assert days_to_move(plan.moved(days), shifted, use_days) == 0


@given(planned(), st.integers(0, 90), st.integers(0, 90))
def test_a_shorter_review_keeps_within_the_last_day_and_in_order(plan: Planned, days: int, room: int) -> None:
    last_on = plan.post_on + dt.timedelta(days=room)
    after = shortened(plan, days, last_on)
    assert plan.post_on <= after.post_on <= last_on
    assert after.draft_on is None or plan.draft_on is None or plan.draft_on <= after.draft_on <= after.post_on


@pytest.mark.parametrize(
    "needed_by, days_after, on",
    [
        (None, None, dt.date(2026, 11, 27)),
        (dt.date(2026, 11, 24), None, dt.date(2026, 11, 24)),
        (dt.date(2026, 12, 2), None, dt.date(2026, 11, 27)),
        (dt.date(2026, 11, 24), 5, dt.date(2026, 11, 22)),
    ],
)
def test_what_the_plan_counts_on(needed_by: dt.date | None, days_after: int | None, on: dt.date) -> None:
    plan = Planned(dt.date(2026, 11, 27), dt.date(2026, 12, 4))
    assert expected_on(plan, needed_by, days_after) == on


def test_enough_days_to_use_it_before_the_post() -> None:
    plan, came = Planned(dt.date(2026, 11, 27), dt.date(2026, 12, 4)), Wait(None, dt.date(2026, 11, 25))
    assert days_to_move(plan, [came], 14) == 5
    assert days_to_move(plan, [came], 9) == 0
