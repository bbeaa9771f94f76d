"""Which days a view shows: weeks begin on Monday, months have the length they have."""

import datetime as dt

import pytest

from campaigns.planning.calendar.days import day_of, list_of, month_of, same_day, week_of

D = dt.date


@pytest.mark.parametrize(
    ("on", "first", "last", "weeks"),
    [
        (D(2026, 11, 24), D(2026, 10, 26), D(2026, 12, 6), 6),
        (D(2026, 2, 14), D(2026, 1, 26), D(2026, 3, 1), 5),
        (D(2027, 2, 28), D(2027, 2, 1), D(2027, 2, 28), 4),  # begins on a Monday and fits into four weeks
        (D(2028, 2, 29), D(2028, 1, 31), D(2028, 3, 5), 5),  # a leap year
        (D(2026, 12, 31), D(2026, 11, 30), D(2027, 1, 3), 5),
    ],
)
def test_a_month_is_shown_in_whole_weeks_from_monday_to_sunday(on: D, first: D, last: D, weeks: int) -> None:
    span = month_of(on)
    assert (span.first, span.last, len(span.weeks)) == (first, last, weeks)
    assert {(week[0].weekday(), week[6].weekday(), len(week)) for week in span.weeks} == {(0, 6, 7)}


def test_the_arrows_of_a_month_keep_the_day_where_the_month_has_it() -> None:
    assert (month_of(D(2028, 3, 31)).earlier, month_of(D(2028, 1, 31)).later) == (D(2028, 2, 29), D(2028, 2, 29))
    assert (same_day(D(2026, 1, 31), 1), same_day(D(2026, 1, 15), -1)) == (D(2026, 2, 28), D(2025, 12, 15))


def test_a_week_a_list_and_a_day() -> None:
    week, rows, day = week_of(D(2027, 1, 1)), list_of(D(2028, 2, 10)), day_of(D(2026, 3, 1))
    assert (week.first, week.last, week.earlier) == (D(2026, 12, 28), D(2027, 1, 3), D(2026, 12, 25))
    assert (rows.first, rows.last, len(rows.days)) == (D(2028, 2, 1), D(2028, 2, 29), 29)
    assert (day.days, day.earlier, day.later) == ([D(2026, 3, 1)], D(2026, 2, 28), D(2026, 3, 2))
