from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from crm.base.windows import (
    CountMode,
    Window,
    add_working_days,
    anchored_window,
    day_window,
    hour_window,
    is_working_day,
    months_later,
    next_allowed,
    next_working_day,
    offset_day,
    previous_working_day,
    validate_period,
    working_day_on_or_after,
    working_day_on_or_before,
)
from crm.base.zones import local_date, zone_info

WIB = "Asia/Jakarta"
LONDON = "Europe/London"
MARCH = day_window(date(2026, 3, 1), date(2026, 3, 31), WIB)
EVENING, MORNING = time(21), time(8)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


def minute(at: datetime) -> Window:
    return Window(at, at + timedelta(minutes=1))


def test_inclusive_dates_become_half_open_instants() -> None:
    window = day_window(date(2026, 3, 1), date(2026, 3, 31), WIB)

    assert (window.start_at, window.end_at) == (utc(2026, 2, 28, 17), utc(2026, 3, 31, 17))


def test_the_last_minute_overlaps_one_day_and_the_next_midnight_none() -> None:
    last = MARCH.overlap(minute(utc(2026, 3, 31, 16, 59)))

    assert last == Window(utc(2026, 3, 31, 16, 59), utc(2026, 3, 31, 17))
    assert last.days(WIB) == 1
    assert not MARCH.overlaps(minute(utc(2026, 3, 31, 17)))


def test_a_post_after_midnight_further_east_still_falls_into_march_in_jakarta() -> None:
    assert MARCH.overlaps(minute(utc(2026, 3, 31, 15, 30)))


def test_two_periods_sharing_their_edge_day_overlap_for_that_day() -> None:
    april = day_window(date(2026, 3, 31), date(2026, 4, 30), WIB)
    shared = MARCH.overlap(april)

    assert shared == day_window(date(2026, 3, 31), date(2026, 3, 31), WIB)
    assert shared.days(WIB) == 1


def test_a_side_without_limit_reaches_everything_on_that_side() -> None:
    from_march, until_march = day_window(date(2026, 3, 1), None, WIB), day_window(None, date(2026, 3, 31), WIB)

    assert from_march.overlaps(minute(utc(2099, 1, 1)))
    assert until_march.overlaps(minute(utc(1950, 1, 1)))
    assert not until_march.overlaps(minute(utc(2099, 1, 1)))
    assert from_march.overlap(until_march) == MARCH
    assert from_march.days(WIB) is None


def test_a_window_holds_its_start_and_not_its_end() -> None:
    assert utc(2026, 2, 28, 17) in MARCH
    assert utc(2026, 3, 31, 17) not in MARCH


def test_an_end_before_the_start_is_refused_and_the_same_day_is_one_day() -> None:
    with pytest.raises(ValidationError) as refusal:
        day_window(date(2026, 3, 2), date(2026, 3, 1), WIB)

    assert refusal.value.messages == ["The last day is before the first day. Swap them or correct one."]
    assert day_window(date(2026, 3, 1), date(2026, 3, 1), WIB).days(WIB) == 1


@pytest.mark.parametrize("on", [date(1, 1, 1), date(1899, 12, 31), date(3000, 1, 1), date.max])
def test_a_year_outside_the_calendar_is_refused(on: date) -> None:
    with pytest.raises(ValidationError) as refusal:
        validate_period(on, None)

    assert refusal.value.messages == ["Check the year: it must lie between 1900 and 2999."]


@pytest.mark.parametrize(
    ("start_on", "end_on", "hours"),
    [
        (date(2026, 3, 29), date(2026, 3, 29), 23),
        (date(2026, 10, 25), date(2026, 10, 25), 25),
        (date(2026, 3, 28), date(2026, 3, 30), 71),
        (date(2028, 2, 28), date(2028, 3, 1), 72),
    ],
)
def test_london_days_are_calendar_days(start_on: date, end_on: date, hours: int) -> None:
    window = day_window(start_on, end_on, LONDON)

    assert window.start_at is not None and window.end_at is not None
    assert window.end_at - window.start_at == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("anchor_on", "days", "mode", "expected"),
    [
        (date(2026, 5, 10), 30, CountMode.AFTER, date(2026, 6, 9)),
        (date(2026, 5, 10), 30, CountMode.INCLUDING, date(2026, 6, 8)),
        (date(2026, 5, 10), -30, CountMode.AFTER, date(2026, 4, 10)),
        (date(2026, 5, 10), -1, CountMode.INCLUDING, date(2026, 5, 10)),
        (date(2026, 5, 10), 1, CountMode.INCLUDING, date(2026, 5, 10)),
        (date(2026, 5, 10), 0, CountMode.AFTER, date(2026, 5, 10)),
        (date(2026, 5, 10), 0, CountMode.INCLUDING, date(2026, 5, 10)),
        (date(2027, 1, 30), 30, CountMode.AFTER, date(2027, 3, 1)),
        (date(2028, 1, 30), 30, CountMode.AFTER, date(2028, 2, 29)),
    ],
)
def test_an_offset_counts_days_as_its_mode_says(anchor_on: date, days: int, mode: CountMode, expected: date) -> None:
    assert offset_day(anchor_on, days, mode) == expected


def test_thirty_days_either_side_of_a_post_include_both_edge_days() -> None:
    window = anchored_window(date(2026, 5, 10), -30, 30, CountMode.AFTER, WIB)

    assert window == day_window(date(2026, 4, 10), date(2026, 6, 9), WIB)
    assert window.days(WIB) == 61


def test_hours_count_in_instants_and_the_end_is_open() -> None:
    silence = hour_window(utc(2026, 5, 10, 11), -24, 24)

    assert silence.overlaps(minute(utc(2026, 5, 11, 10, 59)))
    assert not silence.overlaps(minute(utc(2026, 5, 11, 11)))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (utc(2026, 11, 24, 13, 59), utc(2026, 11, 24, 13, 59)),
        (utc(2026, 11, 24, 14), utc(2026, 11, 25, 1)),
        (utc(2026, 11, 24, 17), utc(2026, 11, 25, 1)),
        (utc(2026, 11, 25, 0, 59, 59), utc(2026, 11, 25, 1)),
        (utc(2026, 11, 25, 1), utc(2026, 11, 25, 1)),
    ],
)
def test_quiet_hours_across_midnight_end_in_the_morning(at: datetime, expected: datetime) -> None:
    assert next_allowed(at, WIB, EVENING, MORNING) == expected


def test_quiet_hours_within_a_day_end_the_same_day() -> None:
    assert next_allowed(utc(2026, 11, 24, 5, 30), WIB, time(12), time(13)) == utc(2026, 11, 24, 6)


def test_equal_times_mean_no_quiet_hours() -> None:
    assert next_allowed(utc(2026, 11, 24, 17), WIB, MORNING, MORNING) == utc(2026, 11, 24, 17)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (utc(2026, 3, 28, 23), utc(2026, 3, 29, 1, 30)),  # 01:30 does not exist that night
        (utc(2026, 10, 24, 23), utc(2026, 10, 25, 0, 30)),  # the first 01:30
        (utc(2026, 10, 25, 1, 10), utc(2026, 10, 25, 1, 30)),  # quiet again by the clock: the second 01:30
    ],
)
def test_quiet_hours_ending_in_a_clock_change_end_once(at: datetime, expected: datetime) -> None:
    assert next_allowed(at, LONDON, time(22), time(1, 30)) == expected


def instants_until(year: int) -> st.SearchStrategy[datetime]:
    seconds = int((utc(year, 1, 1) - utc(2026, 1, 1)).total_seconds())
    return st.integers(0, seconds).map(lambda passed: utc(2026, 1, 1) + timedelta(seconds=passed))


@given(
    instants_until(2029),
    st.sampled_from([WIB, LONDON, "America/New_York", "Asia/Beirut", "Asia/Kathmandu"]),
    st.times(),
    st.times(),
)
@example(utc(2026, 3, 29, 0, 45), LONDON, time(2), time(1, 30))
def test_an_allowed_instant_is_never_early_never_quiet_and_stable(
    at: datetime, zone: str, quiet_from: time, quiet_until: time
) -> None:
    allowed_at = next_allowed(at, zone, quiet_from, quiet_until)
    clock = allowed_at.astimezone(zone_info(zone)).time()
    quiet = (
        quiet_from <= clock < quiet_until if quiet_from <= quiet_until else clock >= quiet_from or clock < quiet_until
    )

    assert at <= allowed_at <= at + timedelta(hours=49)
    assert not quiet
    assert next_allowed(allowed_at, zone, quiet_from, quiet_until) == allowed_at


instants = st.none() | instants_until(2027)


@given(instants, instants, instants, instants)
def test_overlap_agrees_with_the_comparison_of_edges(
    a: datetime | None, b: datetime | None, c: datetime | None, d: datetime | None
) -> None:
    low, high = utc(1, 1, 1), utc(9999, 1, 1)
    one, other = Window(*_ordered(a, b)), Window(*_ordered(c, d))
    expected = (one.start_at or low) < (other.end_at or high) and (other.start_at or low) < (one.end_at or high)

    assert one.overlaps(other) == other.overlaps(one) == expected


def _ordered(start_at: datetime | None, end_at: datetime | None) -> tuple[datetime | None, datetime | None]:
    if start_at and end_at:
        start_at, end_at = min(start_at, end_at), max(start_at, end_at) + timedelta(microseconds=1)
    return start_at, end_at


@given(
    st.dates(min_value=date(2000, 1, 1), max_value=date(2036, 1, 1)),
    st.integers(min_value=0, max_value=800),
    st.sampled_from([WIB, LONDON, "America/Havana", "UTC"]),
)
def test_a_day_window_counts_back_to_its_days(start_on: date, more: int, zone: str) -> None:
    window = day_window(start_on, start_on + timedelta(days=more), zone)

    assert window.days(zone) == more + 1
    assert window.start_at is not None and local_date(window.start_at, zone) == start_on


HOLIDAYS = {date(2026, 3, 19), date(2026, 3, 20), date(2026, 3, 23), date(2026, 3, 24)}


def test_working_days_skip_weekends_holidays_and_joint_leave() -> None:
    assert next_working_day(date(2026, 3, 18), HOLIDAYS) == date(2026, 3, 25)
    assert previous_working_day(date(2026, 3, 25), HOLIDAYS) == date(2026, 3, 18)
    assert working_day_on_or_after(date(2026, 3, 18), HOLIDAYS) == date(2026, 3, 18)
    assert working_day_on_or_after(date(2026, 3, 21), HOLIDAYS) == date(2026, 3, 25)
    assert working_day_on_or_before(date(2026, 3, 24), HOLIDAYS) == date(2026, 3, 18)
    assert not is_working_day(date(2026, 3, 21), set())


def test_working_days_are_added_and_taken_away() -> None:
    assert add_working_days(date(2026, 3, 18), 2, HOLIDAYS) == date(2026, 3, 26)
    assert add_working_days(date(2026, 3, 26), -2, HOLIDAYS) == date(2026, 3, 18)
    assert add_working_days(date(2026, 3, 21), 0, HOLIDAYS) == date(2026, 3, 21)


@pytest.mark.parametrize(
    ("on", "months", "later"),
    [
        (date(2026, 11, 12), 6, date(2027, 5, 12)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 12, date(2027, 12, 31)),
        (date(2026, 1, 1), 1, date(2026, 2, 1)),
    ],
)
def test_months_later_is_the_same_day_or_the_months_last(on: date, months: int, later: date) -> None:
    assert months_later(on, months) == later
