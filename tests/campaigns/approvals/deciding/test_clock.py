"""Until when we answer, by how much we missed it, and which day that leaves her."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.approvals.deciding.clock import due, her_day, late_hours
from crm.base.models import Holiday
from crm.base.zones import local_instant

JAKARTA = "Asia/Jakarta"
LEBARAN = frozenset(dt.date(2026, 3, day) for day in (18, 19, 20, 21, 22, 23, 24))
HOURS, WORKING = "hours", "working_days"
BEGAN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
moments = st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: BEGAN + dt.timedelta(minutes=minutes))
hours = st.integers(0, 400)
free = st.frozensets(st.dates(dt.date(2026, 1, 1), dt.date(2028, 2, 1)), max_size=30)
calendars = st.sampled_from([HOURS, WORKING])
zones = st.sampled_from([JAKARTA, "Europe/London", "America/New_York"])


def wib(month: int, day: int, hour: int = 10) -> dt.datetime:
    return local_instant(dt.date(2026, month, day), dt.time(hour), JAKARTA)


@pytest.mark.django_db
def test_three_working_days_from_17_march_end_on_27_march_as_the_ministers_decided() -> None:
    free_days = Holiday.objects.free_days("ID")
    assert due(wib(3, 17), 72, WORKING, JAKARTA, free_days) == wib(3, 27)
    assert her_day(wib(3, 17), None, days=3, late=0, calendar=WORKING, zone=JAKARTA, free_days=free_days) == dt.date(
        2026, 3, 27
    )


@pytest.mark.parametrize(
    ("start", "count", "calendar", "expected"),
    [
        (wib(11, 24), 48, HOURS, wib(11, 26)),
        (wib(11, 24), 48, WORKING, wib(11, 26)),
        (wib(11, 27), 24, HOURS, wib(11, 28)),
        (wib(11, 27), 24, WORKING, wib(11, 30)),
        (wib(11, 28), 24, WORKING, wib(12, 1, 0)),
        (wib(11, 27), 14, WORKING, wib(11, 28, 0)),
        (wib(11, 28), 0, WORKING, wib(11, 28)),
    ],
    ids=[
        "hours",
        "within the week",
        "hours over a weekend",
        "over a weekend",
        "begun on Saturday",
        "to the end",
        "none",
    ],
)
def test_hours_of_working_days_stand_still_while_nobody_works(
    start: dt.datetime, count: int, calendar: str, expected: dt.datetime
) -> None:
    assert due(start, count, calendar, JAKARTA, frozenset()) == expected


def test_a_day_when_clocks_change_has_the_hours_it_has() -> None:
    friday = local_instant(dt.date(2026, 3, 27), dt.time(12), "Europe/London")
    monday = local_instant(dt.date(2026, 3, 30), dt.time(12), "Europe/London")
    assert due(friday, 24, WORKING, "Europe/London", frozenset()) == monday


@given(moments, hours, hours, calendars, zones, free)
def test_counting_on_is_counting_once(
    start: dt.datetime, a: int, b: int, calendar: str, zone: str, free_days: frozenset[dt.date]
) -> None:
    middle = due(start, a, calendar, zone, free_days)
    assert due(middle, b, calendar, zone, free_days) == due(start, a + b, calendar, zone, free_days)


@given(moments, st.integers(0, 10_000), hours, calendars, zones, free)
def test_who_begins_later_is_never_due_earlier(
    start: dt.datetime, minutes: int, count: int, calendar: str, zone: str, free_days: frozenset[dt.date]
) -> None:
    later = start + dt.timedelta(minutes=minutes)
    assert due(start, count, calendar, zone, free_days) <= due(later, count, calendar, zone, free_days)


@given(moments, hours, calendars, zones, free)
def test_whoever_answers_so_many_hours_late_is_that_late(
    start: dt.datetime, count: int, calendar: str, zone: str, free_days: frozenset[dt.date]
) -> None:
    assert late_hours(start, due(start, count, calendar, zone, free_days), calendar, zone, free_days) == count


def test_a_begun_hour_counts_and_an_answer_in_time_is_not_late() -> None:
    due_at = wib(11, 26)
    minutes = [-60, 0, 1, 60, 61]
    found = [late_hours(due_at, due_at + dt.timedelta(minutes=one), WORKING, JAKARTA, ()) for one in minutes]
    assert found == [0, 0, 1, 1, 2]
    assert late_hours(None, due_at, WORKING, JAKARTA, ()) == 0


@pytest.mark.parametrize(
    ("decided", "draft_due", "late", "expected"),
    [
        (wib(11, 24), dt.date(2026, 11, 23), 0, dt.date(2026, 11, 26)),
        (wib(11, 27), dt.date(2026, 11, 23), 0, dt.date(2026, 12, 1)),
        (wib(11, 24), dt.date(2026, 11, 27), 0, dt.date(2026, 11, 26)),
        (wib(11, 24), dt.date(2026, 11, 27), 1, dt.date(2026, 11, 30)),
        (wib(11, 24), dt.date(2026, 11, 25), 24, dt.date(2026, 11, 26)),
        (wib(11, 24), dt.date(2026, 11, 25), 25, dt.date(2026, 11, 27)),
        (wib(11, 24), None, 25, dt.date(2026, 11, 26)),
    ],
)
def test_her_day_counts_from_our_answer_and_carries_every_hour_we_were_late(
    decided: dt.datetime, draft_due: dt.date | None, late: int, expected: dt.date
) -> None:
    found = her_day(decided, draft_due, days=2, late=late, calendar=WORKING, zone=JAKARTA, free_days=LEBARAN)
    assert found == expected
