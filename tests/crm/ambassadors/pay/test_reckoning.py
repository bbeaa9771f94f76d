"""What a period comes to: stubs, pauses, raises and ends, to the rupiah."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.ambassadors.pay.reckoning import Part, Piece, Whole, deducted, reckon, total_of
from crm.ambassadors.schedule.rests import FREEZE, Rest
from crm.ambassadors.schedule.shares import segments

TEN_MILLION = Decimal(10_000_000)
Day = tuple[int, int, int]


def on(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, day)


def of_days(first: Day, last: Day, *rests: Rest, rate: Decimal = TEN_MILLION) -> list[Piece]:
    return segments([(on(2020, 1, 1), rate)], on(*first), on(*last), rests)


def sum_of(first: Day, last: Day, whole: Whole, *rests: Rest) -> int:
    return int(total_of(reckon(of_days(first, last, *rests), whole, rests)))


@pytest.mark.parametrize(
    ("first", "last", "nominal", "comes_to"),
    [
        ((2026, 3, 11), (2026, 3, 31), 31, 6_774_194),
        ((2027, 3, 1), (2027, 3, 10), 31, 3_225_806),
        ((2026, 2, 1), (2026, 2, 10), 28, 3_571_429),
        ((2028, 2, 1), (2028, 2, 10), 29, 3_448_276),
        ((2026, 8, 1), (2026, 8, 20), 31, 6_451_613),
        ((2026, 8, 1), (2026, 8, 31), 31, 10_000_000),
    ],
)
def test_a_part_of_a_month_is_paid_by_its_days(first: Day, last: Day, nominal: int, comes_to: int) -> None:
    assert sum_of(first, last, Whole(nominal)) == comes_to


def test_both_stubs_of_a_term_come_to_exactly_one_month() -> None:
    first, last = sum_of((2026, 3, 11), (2026, 3, 31), Whole(31)), sum_of((2027, 3, 1), (2027, 3, 10), Whole(31))
    assert first + last == 10_000_000


FROZEN = Rest(on(2026, 6, 1), on(2026, 7, 15), FREEZE)


@pytest.mark.parametrize(
    ("first", "last", "nominal", "comes_to"),
    [((2026, 6, 1), (2026, 6, 30), 30, 0), ((2026, 7, 1), (2026, 7, 31), 31, 5_161_290)],
)
def test_frozen_days_are_not_paid(first: Day, last: Day, nominal: int, comes_to: int) -> None:
    assert sum_of(first, last, Whole(nominal), FROZEN) == comes_to


def test_a_raise_in_the_middle_makes_two_parts() -> None:
    rates = [(on(2026, 1, 1), TEN_MILLION), (on(2026, 8, 11), Decimal(12_000_000))]
    parts = reckon(segments(rates, on(2026, 8, 1), on(2026, 8, 31)), Whole(31))
    assert parts == [
        Part(on(2026, 8, 1), on(2026, 8, 10), TEN_MILLION, 10, 31, Decimal(3_225_806)),
        Part(on(2026, 8, 11), on(2026, 8, 31), Decimal(12_000_000), 21, 31, Decimal(8_129_033)),
    ]
    assert total_of(parts) == 11_354_839  # 3,225,806.45 and 8,129,032.26, rounded once


@pytest.mark.parametrize(
    ("first", "last", "comes_to"),
    [
        ((2026, 2, 1), (2026, 2, 28), 10_000_000),
        ((2026, 2, 1), (2026, 2, 10), 3_333_333),
        ((2026, 3, 11), (2026, 3, 31), 6_666_667),
        ((2026, 8, 31), (2026, 8, 31), 0),
    ],
)
def test_months_of_thirty_days_are_the_same_in_february(first: Day, last: Day, comes_to: int) -> None:
    days = {2: 28, 3: 31, 8: 31}[first[1]]
    assert sum_of(first, last, Whole(days, "30_360")) == comes_to


def test_frozen_days_leave_a_month_of_thirty_as_well() -> None:
    assert sum_of((2026, 7, 1), (2026, 7, 31), Whole(31, "30_360"), FROZEN) == 5_000_000


def test_weeks_are_counted_by_the_day_whatever_was_agreed_of_months() -> None:
    assert sum_of((2026, 3, 1), (2026, 3, 7), Whole(14, "30_360", "week", 2)) == 5_000_000


@pytest.mark.parametrize(("last", "comes_to"), [((2026, 8, 1), 10_000_000), ((2026, 8, 31), 10_000_000)])
def test_always_in_full_is_in_full(last: Day, comes_to: int) -> None:
    assert sum_of((2026, 8, 1), last, Whole(31, "none")) == comes_to


def test_always_in_full_pays_nothing_for_a_month_that_was_frozen() -> None:
    assert sum_of((2026, 6, 1), (2026, 6, 30), Whole(30, "none"), FROZEN) == 0


@pytest.mark.parametrize(
    ("missed", "owed", "comes_to"),
    [(1, 4, 2_500_000), (1, 3, 3_333_333), (4, 4, 10_000_000), (9, 4, 10_000_000), (0, 4, 0), (1, 0, 0)],
)
def test_too_few_posts_take_off_their_share_and_never_more_than_all(missed: int, owed: int, comes_to: int) -> None:
    assert deducted(TEN_MILLION, missed, owed, "IDR") == comes_to


@given(
    raises=st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 30_000_000)), min_size=1, max_size=5, unique_by=lambda one: one[0]
    ),
    pause=st.tuples(st.integers(0, 30), st.integers(0, 30)),
    proration=st.sampled_from(["actual", "30_360", "none"]),
)
def test_the_parts_of_a_period_always_come_to_its_sum(
    raises: list[tuple[int, int]], pause: tuple[int, int], proration: str
) -> None:
    """Rounded once: no part is lost, none is negative beyond what rounding gives back, and none exceeds its rate."""
    begin = on(2026, 8, 1)
    rates = [(begin - dt.timedelta(days=9) + dt.timedelta(days=day), Decimal(rate)) for day, rate in raises]
    first, last = sorted(pause)
    rests = [Rest(begin + dt.timedelta(days=first), begin + dt.timedelta(days=last), FREEZE)]
    found = segments(rates, begin, on(2026, 8, 31), rests)
    parts = reckon(found, Whole(31, proration), rests)
    assert total_of(parts) == total_of(parts).to_integral_value()
    assert total_of(parts) <= max(rate for _day, rate in rates)
    assert all(part.amount >= -len(parts) for part in parts)
