"""Parts of quotas, amounts and periods: the vectors of the domain rules, and sums that are always exact."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.ambassadors.schedule.looking_ahead import review_due
from crm.ambassadors.schedule.rests import Rest, until
from crm.ambassadors.schedule.shares import Segment, money_share, rounded, segments, share, split, thirty_360

ISO = dt.date.fromisoformat
MILLIONS = Decimal(10_000_000)


@pytest.mark.parametrize(("how", "expected"), [("half_up", 3), ("floor", 2), ("ceil", 3)])
def test_four_in_21_of_31_days_round_as_the_quota_says(how: str, expected: int) -> None:
    part = share(4, 21, 31)
    assert (part, round(float(part), 4), rounded(part, how)) == (Fraction(84, 31), 2.7097, expected)


@pytest.mark.parametrize(("active", "nominal", "how", "expected"), [
    (1, 2, "half_up", 1), (1, 2, "floor", 0), (1, 2, "ceil", 1), (0, 30, "ceil", 0), (31, 31, "floor", 1),
])  # fmt: skip
def test_a_half_goes_up_and_a_whole_stays(active: int, nominal: int, how: str, expected: int) -> None:
    assert rounded(share(1, active, nominal), how) == expected


@pytest.mark.parametrize(
    ("active", "nominal", "expected"),
    [
        (21, 31, 6_774_194), (10, 31, 3_225_806), (10, 28, 3_571_429), (10, 29, 3_448_276), (0, 30, 0),
        (16, 31, 5_161_290), (20, 31, 6_451_613), (31, 31, 10_000_000),
    ],
)  # fmt: skip
def test_ten_million_rupiah_for_a_part_of_a_month(active: int, nominal: int, expected: int) -> None:
    assert money_share(MILLIONS, Fraction(active, nominal), "IDR") == Decimal(expected)


@pytest.mark.parametrize(
    ("amount", "part", "currency", "expected"),
    [
        ("100", Fraction(1, 3), "USD", "33.33"), ("100", Fraction(1, 8), "EUR", "12.50"), ("0.05", Fraction(1, 2), "USD", "0.03"),
        ("-0.05", Fraction(1, 2), "USD", "-0.03"), ("3", Fraction(1, 2), "IDR", "2"), ("3", Fraction(1, 2), "JPY", "2"),
    ],
)  # fmt: skip
def test_money_rounds_half_up_to_the_smallest_unit(amount: str, part: Fraction, currency: str, expected: str) -> None:
    assert money_share(Decimal(amount), part, currency) == Decimal(expected)


def test_three_parts_leave_the_remainder_to_the_last() -> None:
    assert split(MILLIONS, 3, "IDR") == [Decimal(3_333_333), Decimal(3_333_333), Decimal(3_333_334)]


@given(st.decimals(-99_999_999, 99_999_999, places=2), st.integers(1, 60), st.sampled_from(["IDR", "USD"]))
def test_parts_come_to_the_amount_exactly(amount: Decimal, parts: int, currency: str) -> None:
    found = split(amount, parts, currency)
    assert (len(found), sum(found)) == (parts, amount)
    assert len(set(found[:-1])) <= 1


@given(st.integers(0, 400), st.lists(st.integers(0, 40), min_size=1, max_size=8))
def test_a_quota_cut_into_pieces_of_its_period_is_the_whole_quota(quantity: int, pieces: list[int]) -> None:
    nominal = sum(pieces) or 1
    total = sum((share(quantity, days, nominal) for days in pieces), Fraction(0))
    assert total == (quantity if sum(pieces) else 0)


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2026-03-01", "2026-03-31", 30), ("2026-02-01", "2026-02-28", 30), ("2028-02-01", "2028-02-29", 30),
        ("2026-03-11", "2026-03-31", 20), ("2027-03-01", "2027-03-10", 10), ("2026-03-31", "2026-03-31", 0),
        ("2026-02-28", "2026-02-28", 3), ("2026-01-01", "2026-12-31", 360), ("2026-01-15", "2026-02-14", 30),
    ],
)  # fmt: skip
def test_every_month_has_thirty_days(first: str, last: str, days: int) -> None:
    assert thirty_360(ISO(first), ISO(last)) == days


@given(st.dates(dt.date(2024, 1, 1), dt.date(2028, 12, 31)), st.integers(0, 500), st.integers(0, 500))
def test_parts_by_months_of_thirty_days_add_up(first_on: dt.date, some: int, more: int) -> None:
    middle, last = first_on + dt.timedelta(days=some), first_on + dt.timedelta(days=some + more + 1)
    parts = thirty_360(first_on, middle), thirty_360(middle + dt.timedelta(days=1), last)
    assert sum(parts) == thirty_360(first_on, last)
    assert min(parts) >= 0


JUNE = ISO("2026-06-01"), ISO("2026-06-30")


def test_a_value_raised_within_a_period_cuts_it_in_two() -> None:
    found = segments([(ISO("2026-06-16"), 12), (ISO("2026-01-01"), 10)], *JUNE)
    assert found == [Segment(JUNE[0], ISO("2026-06-15"), 15, 10), Segment(ISO("2026-06-16"), JUNE[1], 15, 12)]


def test_days_of_rest_are_in_no_segment_and_a_value_nobody_works_under_has_none() -> None:
    rests = [Rest(ISO("2026-06-11"), ISO("2026-06-20"), "freeze"), Rest(ISO("2026-06-25"), None, "freeze")]
    values = [(ISO("2026-01-01"), 10), (ISO("2026-06-16"), 12), (ISO("2026-06-26"), 14), (ISO("2026-07-01"), 16)]
    assert segments(values, *JUNE, rests) == [
        Segment(JUNE[0], ISO("2026-06-15"), 10, 10),
        Segment(ISO("2026-06-16"), ISO("2026-06-25"), 4, 12),
    ]


def test_before_its_first_value_a_period_has_no_segment() -> None:
    assert segments([(ISO("2026-06-21"), 2)], *JUNE) == [Segment(ISO("2026-06-21"), JUNE[1], 10, 2)]
    assert segments([(ISO("2026-07-01"), 2)], *JUNE) == []
    assert segments([], *JUNE) == []


@given(
    st.lists(
        st.tuples(st.dates(ISO("2026-05-01"), ISO("2026-07-31")), st.integers(0, 9)),
        max_size=6,
        unique_by=lambda d: d[0],
    ),
    st.lists(st.dates(*JUNE), max_size=2, unique=True),
)
def test_segments_never_overlap_and_come_to_the_days_that_count(
    values: list[tuple[dt.date, int]], resting: list[dt.date]
) -> None:
    rests = [Rest(on, on, "freeze") for on in resting]
    found = segments([(ISO("2026-01-01"), 1), *values], *JUNE, rests)
    assert sum(segment.days for segment in found) == 30 - len(resting)
    assert all(later.first_on > former.last_on for former, later in pairwise(found))


def test_an_open_rest_is_reckoned_to_end_on_the_day_asked() -> None:
    known, opened = Rest(ISO("2026-02-01"), ISO("2026-02-03"), "shift"), Rest(ISO("2026-06-01"), None, "shift")
    assert until([known, opened], ISO("2026-06-10")) == [known, Rest(ISO("2026-06-01"), ISO("2026-06-10"), "shift")]
    assert until([opened], ISO("2026-05-31")) == [opened]


@pytest.mark.parametrize(
    ("end", "notice", "due"),
    [("2027-03-10", {"days": 60}, "2026-12-26"), ("2026-12-31", {"days": 30}, "2026-11-17"),
     ("2027-03-31", {"months": 1}, "2027-02-14")],
)  # fmt: skip
def test_a_review_is_due_a_fortnight_before_the_day_for_notice(end: str, notice: dict[str, int], due: str) -> None:
    assert review_due(ISO(end), **notice) == ISO(due)
