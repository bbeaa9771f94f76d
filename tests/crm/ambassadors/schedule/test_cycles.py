"""Periods of a term: the vectors of the domain rules, one by one, and what holds for any of them."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.ambassadors.schedule.cycles import Cycle, Span, boundary, cut, end_ahead, number_at, spans
from crm.ambassadors.schedule.rests import Rest, live_days, shifted_end
from crm.ambassadors.schedule.shares import money_share
from crm.base.windows import months_later, term_end

DAY = dt.timedelta(days=1)
ISO = dt.date.fromisoformat


def firsts(cycle: Cycle, count: int) -> list[str]:
    return [boundary(cycle, n).isoformat() for n in range(count)]


def told(found: list[Span]) -> list[str]:
    return [
        f"{span.number} {span.first_on} {span.last_on} {span.active_days}/{span.nominal_days}{' stub' * span.is_stub}"
        for span in found
    ]


# ---- The vectors -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("anchor", "unit", "sticky", "expected"),
    [
        ("2026-01-31", "month", False,
         ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30", "2026-07-31"]),
        ("2028-01-31", "month", False, ["2028-01-31", "2028-02-29", "2028-03-31", "2028-04-30"]),
        ("2028-02-29", "year", False, ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"]),
        ("2025-11-30", "quarter", False, ["2025-11-30", "2026-02-28", "2026-05-30", "2026-08-30", "2026-11-30"]),
        ("2025-11-30", "quarter", True, ["2025-11-30", "2026-02-28", "2026-05-31", "2026-08-31", "2026-11-30"]),
        ("2026-02-28", "month", False, ["2026-02-28", "2026-03-28", "2026-04-28", "2026-05-28"]),
        ("2026-02-28", "month", True, ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        ("2026-03-11", "week", False, ["2026-03-11", "2026-03-18", "2026-03-25"]),
    ],
)  # fmt: skip
def test_boundaries_are_counted_from_the_anchor(anchor: str, unit: str, sticky: bool, expected: list[str]) -> None:
    assert firsts(Cycle(ISO(anchor), unit, 1, eom_sticky=sticky), len(expected)) == expected


def test_the_first_of_years_from_a_leap_day_ends_on_27_february() -> None:
    found = spans(Cycle(ISO("2028-02-29"), "year", 1), ISO("2028-02-29"), ISO("2030-02-27"))
    assert told(found) == ["1 2028-02-29 2029-02-27 365/365", "2 2029-02-28 2030-02-27 365/365"]


def test_by_the_calendar_a_term_begins_and_ends_with_a_stub_and_both_are_one_month() -> None:
    end_on = term_end(ISO("2026-03-11"), 12)
    found = spans(Cycle(ISO("2026-03-11"), "month", 1, "calendar"), ISO("2026-03-11"), end_on)
    assert end_on == ISO("2027-03-10")
    assert told([found[0], found[1], found[-1]]) == [
        "1 2026-03-11 2026-03-31 21/31 stub",
        "2 2026-04-01 2026-04-30 30/30",
        "13 2027-03-01 2027-03-10 10/31 stub",
    ]
    paid = [money_share(Decimal(10_000_000), Fraction(span.active_days, span.nominal_days), "IDR") for span in found]
    assert (paid[0], paid[-1], paid[0] + paid[-1]) == (Decimal(6_774_194), Decimal(3_225_806), Decimal(10_000_000))


YEAR = Cycle(ISO("2026-01-01"), "month", 1)
NEW_YEAR, LAST_DAY = ISO("2026-01-01"), ISO("2026-12-31")
SUMMER = ISO("2026-06-01"), ISO("2026-07-15")


def test_a_pause_of_45_days_that_shifts_moves_the_end_by_45_days() -> None:
    rests = [Rest(*SUMMER, "shift")]
    found = spans(YEAR, NEW_YEAR, LAST_DAY, rests)
    assert shifted_end(LAST_DAY, rests) == ISO("2027-02-14")
    assert told([found[4], found[5], found[6], found[11]]) == [
        "5 2026-05-01 2026-07-15 31/31",
        "6 2026-07-16 2026-08-14 30/30",
        "7 2026-08-15 2026-09-14 31/31",
        "12 2027-01-15 2027-02-14 31/31",
    ]


def test_the_same_pause_that_freezes_leaves_every_day_and_takes_its_own_out() -> None:
    rests = [Rest(*SUMMER, "freeze")]
    found = spans(YEAR, NEW_YEAR, LAST_DAY, rests)
    assert shifted_end(LAST_DAY, rests) == LAST_DAY
    assert told(found[4:8]) == [
        "5 2026-05-01 2026-05-31 31/31",
        "6 2026-06-01 2026-06-30 0/30",
        "7 2026-07-01 2026-07-31 16/31",
        "8 2026-08-01 2026-08-31 31/31",
    ]


def test_a_period_in_progress_keeps_its_remaining_days_behind_a_pause() -> None:
    found = spans(YEAR, NEW_YEAR, LAST_DAY, [Rest(ISO("2026-06-11"), ISO("2026-06-20"), "shift")])
    assert told(found[5:7]) == ["6 2026-06-01 2026-07-10 30/30", "7 2026-07-11 2026-08-10 31/31"]


def test_a_pause_over_a_boundary_moves_it_and_no_number_changes() -> None:
    found = spans(YEAR, NEW_YEAR, LAST_DAY, [Rest(ISO("2026-06-26"), ISO("2026-07-05"), "shift")])
    assert told(found[5:7]) == ["6 2026-06-01 2026-07-10 30/30", "7 2026-07-11 2026-08-10 31/31"]
    assert [span.number for span in found] == list(range(1, 13))


def test_a_pause_from_the_first_day_belongs_to_the_first_period() -> None:
    found = spans(YEAR, NEW_YEAR, LAST_DAY, [Rest(ISO("2026-01-01"), ISO("2026-01-10"), "shift")])
    assert told(found[:2]) == ["1 2026-01-01 2026-02-10 31/31", "2 2026-02-11 2026-03-10 28/28"]


def test_a_pause_on_the_last_day_moves_only_that_day() -> None:
    rests = [Rest(LAST_DAY, ISO("2027-01-09"), "shift")]
    assert told(spans(YEAR, NEW_YEAR, LAST_DAY, rests)[-1:]) == ["12 2026-12-01 2027-01-10 31/31"]


def test_two_pauses_add_up_and_the_second_is_laid_over_the_moved_calendar() -> None:
    rests = [Rest(ISO("2026-07-20"), ISO("2026-07-29"), "shift"), Rest(*SUMMER, "shift")]
    found = spans(YEAR, NEW_YEAR, LAST_DAY, rests)
    assert told(found[5:7]) == ["6 2026-07-16 2026-08-24 30/30", "7 2026-08-25 2026-09-24 31/31"]
    assert shifted_end(LAST_DAY, rests) == ISO("2027-02-24")


def test_a_frozen_stretch_behind_a_shift_is_counted_on_the_calendar_as_it_is() -> None:
    rests = [Rest(*SUMMER, "shift"), Rest(ISO("2026-08-10"), ISO("2026-08-20"), "freeze")]
    assert told(spans(YEAR, NEW_YEAR, LAST_DAY, rests)[5:7]) == [
        "6 2026-07-16 2026-08-14 25/30",
        "7 2026-08-15 2026-09-14 25/31",
    ]


def test_a_pause_nobody_knows_the_end_of_moves_nothing_yet_or_freezes_all_that_is_ahead() -> None:
    whole = spans(YEAR, NEW_YEAR, LAST_DAY)
    assert spans(YEAR, NEW_YEAR, LAST_DAY, [Rest(ISO("2026-11-11"), None, "shift")]) == whole
    frozen = spans(YEAR, NEW_YEAR, LAST_DAY, [Rest(ISO("2026-11-11"), None, "freeze")])
    assert told(frozen[10:]) == ["11 2026-11-01 2026-11-30 10/30", "12 2026-12-01 2026-12-31 0/31"]


@pytest.mark.parametrize(
    ("cycle", "start", "end", "expected"),
    [
        (Cycle(ISO("2026-08-15"), "quarter", 1, "calendar", year_begins=7), "2026-08-15", "2027-02-14",
         ["1 2026-08-15 2026-09-30 47/92 stub", "2 2026-10-01 2026-12-31 92/92", "3 2027-01-01 2027-02-14 45/90 stub"]),
        (Cycle(ISO("2026-02-10"), "quarter", 1, "calendar", year_begins=2), "2026-02-10", "2026-06-30",
         ["1 2026-02-10 2026-04-30 80/89 stub", "2 2026-05-01 2026-06-30 61/92 stub"]),
        (Cycle(ISO("2026-03-11"), "week", 1, "calendar"), "2026-03-11", "2026-03-25",
         ["1 2026-03-11 2026-03-15 5/7 stub", "2 2026-03-16 2026-03-22 7/7", "3 2026-03-23 2026-03-25 3/7 stub"]),
        (Cycle(ISO("2026-03-11"), "year", 1, "calendar", year_begins=4), "2026-03-11", "2027-03-31",
         ["1 2026-03-11 2026-03-31 21/365 stub", "2 2026-04-01 2027-03-31 365/365"]),
        (Cycle(ISO("2026-03-11"), "month", 2, "calendar"), "2026-03-11", "2026-06-30",
         ["1 2026-03-11 2026-04-30 51/61 stub", "2 2026-05-01 2026-06-30 61/61"]),
        (Cycle(ISO("2026-03-11"), "days", 10), "2026-03-11", "2026-04-04",
         ["1 2026-03-11 2026-03-20 10/10", "2 2026-03-21 2026-03-30 10/10", "3 2026-03-31 2026-04-04 5/10 stub"]),
        (Cycle(ISO("2026-01-05"), "month", 1), "2026-03-11", "2026-05-04",
         ["1 2026-03-11 2026-04-04 25/31 stub", "2 2026-04-05 2026-05-04 30/30"]),
        (Cycle(ISO("2026-04-01"), "month", 1), "2026-03-11", "2026-04-30",
         ["1 2026-03-11 2026-03-31 21/31 stub", "2 2026-04-01 2026-04-30 30/30"]),
    ],
    ids=["fiscal quarters", "quarters from February", "weeks", "fiscal year", "pairs of months", "days", "older anchor",
         "anchor ahead"],
)  # fmt: skip
def test_a_term_in_other_units(cycle: Cycle, start: str, end: str, expected: list[str]) -> None:
    assert told(spans(cycle, ISO(start), ISO(end))) == expected


def test_an_early_end_drops_what_is_behind_it_and_shortens_the_period_it_lies_in() -> None:
    found = cut(spans(YEAR, NEW_YEAR, LAST_DAY), ISO("2026-08-20"))
    assert told(found[6:]) == ["7 2026-07-01 2026-07-31 31/31", "8 2026-08-01 2026-08-20 20/31 stub"]


def test_an_early_end_in_a_frozen_month_counts_only_the_days_before_the_frost() -> None:
    rests = [Rest(ISO("2026-08-11"), ISO("2026-08-25"), "freeze")]
    found = cut(spans(YEAR, NEW_YEAR, LAST_DAY, rests), ISO("2026-08-20"), rests)
    assert told(found[7:]) == ["8 2026-08-01 2026-08-20 10/31 stub"]


def test_an_end_on_the_last_day_of_a_period_leaves_it_whole() -> None:
    found = spans(YEAR, NEW_YEAR, LAST_DAY)
    assert cut(found, ISO("2026-08-31")) == found[:8]


def test_a_term_without_an_end_is_looked_at_so_many_periods_ahead() -> None:
    cycle = Cycle(ISO("2026-01-31"), "month", 1)
    until_on = end_ahead(cycle, ISO("2026-03-30"), 12)
    assert until_on == ISO("2027-03-30")
    assert [span.number for span in spans(cycle, ISO("2026-01-31"), until_on)][-1] == 14


# ---- What holds for any of them --------------------------------------------------------------------------------------

DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2032, 12, 31))
UNITS = st.sampled_from([("days", 90), ("week", 8), ("month", 14), ("quarter", 5), ("year", 2)])


@st.composite
def cycles(draw: st.DrawFn) -> Cycle:
    unit, most = draw(UNITS)
    return Cycle(
        draw(DAYS), unit, draw(st.integers(1, most)), draw(st.sampled_from(["anniversary", "calendar"])),
        draw(st.booleans()), draw(st.integers(1, 12)),
    )  # fmt: skip


@st.composite
def terms(draw: st.DrawFn) -> tuple[dt.date, dt.date]:
    start_on = draw(DAYS)
    return start_on, start_on + dt.timedelta(days=draw(st.integers(0, 900)))


@st.composite
def resting(draw: st.DrawFn, start_on: dt.date, effects: tuple[str, ...] = ("shift", "freeze")) -> list[Rest]:
    """Rests that never overlap, from the first day on."""
    found, on = list[Rest](), start_on
    for _ in range(draw(st.integers(0, 4))):
        first_on = on + dt.timedelta(days=draw(st.integers(0, 200)))
        last_on = first_on + dt.timedelta(days=draw(st.integers(0, 90)))
        found.append(Rest(first_on, last_on, draw(st.sampled_from(effects))))
        on = last_on + DAY
    return draw(st.permutations(found))


@given(cycles(), terms(), st.data())
def test_periods_cover_the_term_without_gap_or_overlap(
    cycle: Cycle, term: tuple[dt.date, dt.date], data: st.DataObject
) -> None:
    rests = data.draw(resting(term[0]))
    found = spans(cycle, *term, rests)
    assert [span.number for span in found] == list(range(1, len(found) + 1))
    assert (found[0].first_on, found[-1].last_on) == (term[0], shifted_end(term[1], rests))
    assert [later.first_on - former.last_on for former, later in pairwise(found)] == [DAY] * (len(found) - 1)
    assert all(span.first_on <= span.last_on for span in found)
    assert all(0 <= span.active_days <= span.nominal_days for span in found)


@given(cycles(), terms(), st.data())
def test_the_days_that_count_are_those_without_rest(
    cycle: Cycle, term: tuple[dt.date, dt.date], data: st.DataObject
) -> None:
    rests = data.draw(resting(term[0]))
    for span in spans(cycle, *term, rests):
        live = live_days(span, rests)
        assert sum((last - first).days + 1 for first, last in live) == span.active_days
        assert all(span.first_on <= first <= last <= span.last_on for first, last in live)


@given(cycles(), terms(), st.data())
def test_what_shifts_keeps_the_days_of_every_period_and_its_number(
    cycle: Cycle, term: tuple[dt.date, dt.date], data: st.DataObject
) -> None:
    rests = data.draw(resting(term[0], ("shift",)))
    kept = [(span.number, span.active_days, span.nominal_days, span.is_stub) for span in spans(cycle, *term)]
    moved = spans(cycle, *term, rests)
    assert [(span.number, span.active_days, span.nominal_days, span.is_stub) for span in moved] == kept
    moved_by = sum(rest.days for rest in rests if rest.first_on <= moved[-1].last_on)
    assert moved[-1].last_on - term[1] == dt.timedelta(days=moved_by)


@given(cycles(), terms(), st.data())
def test_what_freezes_keeps_every_day(cycle: Cycle, term: tuple[dt.date, dt.date], data: st.DataObject) -> None:
    rests = data.draw(resting(term[0], ("freeze",)))
    kept = [(span.number, span.first_on, span.last_on, span.nominal_days) for span in spans(cycle, *term)]
    assert [
        (span.number, span.first_on, span.last_on, span.nominal_days) for span in spans(cycle, *term, rests)
    ] == kept


@given(cycles(), st.integers(-40, 40))
def test_boundaries_never_drift(cycle: Cycle, n: int) -> None:
    """Each is the anchor's day of its month, or that month's last day, whatever lies between."""
    on, origin_on = boundary(cycle, n), boundary(cycle, 0)
    if cycle.days:
        assert (on - origin_on).days == n * cycle.days
        return
    assert (on.year - origin_on.year) * 12 + on.month - origin_on.month == n * cycle.months
    last_of_month = (months_later(on.replace(day=1), 1) - DAY).day
    assert on.day in (min(origin_on.day, last_of_month), last_of_month)
    assert boundary(cycle, n) < boundary(cycle, n + 1)


@given(cycles(), DAYS)
def test_every_day_lies_in_the_stretch_of_its_number(cycle: Cycle, on: dt.date) -> None:
    n = number_at(cycle, on)
    assert boundary(cycle, n) <= on < boundary(cycle, n + 1)


@given(cycles(), terms(), st.data())
def test_an_early_end_leaves_what_was_before_it_as_it_was(
    cycle: Cycle, term: tuple[dt.date, dt.date], data: st.DataObject
) -> None:
    rests = data.draw(resting(term[0]))
    found = spans(cycle, *term, rests)
    on = data.draw(st.dates(term[0], found[-1].last_on))
    kept = cut(found, on, rests)
    assert kept[-1].last_on == on
    assert kept[:-1] == found[: len(kept) - 1]
    live = live_days(kept[-1], rests)
    assert sum((last - first).days + 1 for first, last in live) == kept[-1].active_days


@given(cycles(), terms(), st.integers(1, 800))
def test_a_longer_term_only_appends(cycle: Cycle, term: tuple[dt.date, dt.date], days: int) -> None:
    short = spans(cycle, *term)
    long = spans(cycle, term[0], term[1] + dt.timedelta(days=days))
    assert long[: len(short) - 1] == short[:-1]
    assert (long[len(short) - 1].number, long[len(short) - 1].first_on) == (short[-1].number, short[-1].first_on)
