"""Posts of a period are spread over the days that count, always to the same days."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from campaigns.planning.standing.spreading import Step, Stretch, days_of, draft_day, posting_days

DAY = dt.timedelta(days=1)


def on(month: int, day: int) -> dt.date:
    return dt.date(2026, month, day)


NOVEMBER = (on(11, 1), on(11, 30))


def test_four_posts_of_a_month_fall_a_week_apart_on_working_days() -> None:
    assert posting_days([(on(11, 1), 4)], [NOVEMBER]) == [on(11, 4), on(11, 11), on(11, 18), on(11, 25)]


def test_one_post_falls_in_the_middle() -> None:
    assert posting_days([(on(11, 1), 1)], [NOVEMBER]) == [on(11, 16)]


def test_a_holiday_is_left_out() -> None:
    assert posting_days([(on(11, 1), 1)], [NOVEMBER], {on(11, 16)}) == [on(11, 13)]


def test_a_pause_in_the_middle_is_left_out() -> None:
    halves = [(on(11, 1), on(11, 7)), (on(11, 23), on(11, 30))]
    assert posting_days([(on(11, 1), 4)], halves) == [on(11, 3), on(11, 5), on(11, 24), on(11, 26)]


def test_three_posts_of_a_weekend_use_all_three_days_there_are() -> None:
    weekend = (on(11, 6), on(11, 8))
    assert posting_days([(on(11, 6), 3)], [weekend]) == [on(11, 6), on(11, 7), on(11, 8)]


def test_what_is_owed_later_goes_into_the_gaps_from_that_day_on() -> None:
    steps = [(on(11, 1), 2), (on(11, 12), 1)]
    assert posting_days(steps, [NOVEMBER]) == [on(11, 9), on(11, 23), on(11, 16)]


def test_what_was_owed_last_falls_away_first() -> None:
    steps = [(on(11, 1), 3), (on(11, 5), -1)]
    assert posting_days(steps, [NOVEMBER]) == posting_days([(on(11, 1), 3)], [NOVEMBER])[:2]


def test_owed_again_after_it_fell_away_it_gets_a_day_from_then_on() -> None:
    steps = [(on(11, 1), 2), (on(11, 2), -1), (on(11, 25), 1)]
    assert posting_days(steps, [NOVEMBER]) == [on(11, 9), on(11, 27)]


def test_owed_after_its_last_day_it_falls_on_the_last_day() -> None:
    assert posting_days([(on(12, 5), 1)], [NOVEMBER]) == [on(11, 30)]


def test_where_no_day_counts_nothing_is_planned() -> None:
    assert posting_days([(on(11, 1), 4)], []) == []


def test_a_draft_is_due_a_week_before_its_post() -> None:
    assert draft_day(on(11, 26), on(11, 1), 7) == on(11, 19)


def test_a_draft_of_an_early_post_has_half_of_the_time_there_is() -> None:
    assert draft_day(on(11, 11), on(11, 4), 7) == on(11, 6)  # three days before is Sunday


def test_a_draft_is_never_due_before_it_was_owed() -> None:
    assert draft_day(on(11, 8), on(11, 7), 7) == on(11, 7)


stretches_of = st.lists(st.tuples(st.integers(1, 20), st.integers(0, 12)), min_size=1, max_size=4)
steps_of = st.lists(st.tuples(st.integers(0, 40), st.integers(-4, 6).filter(bool)), min_size=1, max_size=4)


def laid(gaps: list[tuple[int, int]]) -> list[Stretch]:
    """Stretches in a row: so many days of work, then so many of rest."""
    found, first = [], on(11, 1)
    for long, rest in gaps:
        found.append((first, first + DAY * (long - 1)))
        first += DAY * (long + rest)
    return found


def dated(numbers: list[tuple[int, int]]) -> list[Step]:
    return sorted((on(11, 1) + DAY * after, more) for after, more in numbers)


@given(stretches_of, steps_of)
def test_every_post_owed_has_a_day_that_counts(gaps: list[tuple[int, int]], numbers: list[tuple[int, int]]) -> None:
    stretches, steps = laid(gaps), dated(numbers)
    owed = 0
    for _since, more in steps:
        owed = max(0, owed + more)
    found = posting_days(steps, stretches)
    assert len(found) == owed
    assert set(found) <= set(days_of(stretches))


@given(stretches_of, st.integers(1, 12))
def test_the_last_day_is_only_used_where_days_are_short(gaps: list[tuple[int, int]], count: int) -> None:
    stretches = laid(gaps)
    days = days_of(stretches)
    found = posting_days([(days[0], count)], stretches)
    assert found == sorted(found)
    if len(days) > count:
        assert days[-1] not in found
        assert len(set(found)) == count


@given(stretches_of, steps_of, st.integers(0, 400))
def test_moved_by_whole_weeks_the_days_move_as_far(
    gaps: list[tuple[int, int]], numbers: list[tuple[int, int]], weeks: int
) -> None:
    stretches, steps, step = laid(gaps), dated(numbers), dt.timedelta(weeks=weeks)
    moved = posting_days(
        [(since + step, more) for since, more in steps], [(first + step, last + step) for first, last in stretches]
    )
    assert moved == [day + step for day in posting_days(steps, stretches)]


@given(st.integers(0, 60), st.integers(0, 20))
def test_a_draft_lies_between_the_day_it_is_owed_and_its_post(after: int, lead: int) -> None:
    since = on(11, 2)
    post_on = since + DAY * after
    assert since <= draft_day(post_on, since, lead) <= post_on
