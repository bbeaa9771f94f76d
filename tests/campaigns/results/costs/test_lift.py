"""What a survey says, and when it says nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.results.costs.lift import reading_of


def test_the_interval_is_newcombes() -> None:
    """His example: 56 of 70 and 48 of 80, a difference of 20.0 points between 5.2 and 33.4 (1998, table II, method 10)."""
    reading = reading_of(70, 56, 80, 48)
    assert (reading.points, reading.low, reading.high) == (Decimal("20.0"), Decimal("5.2"), Decimal("33.4"))


@pytest.mark.parametrize(
    ("counts", "too_few"), [((200, 80, 200, 60), False), ((40, 10, 40, 9), True), ((10, 10, 10, 0), True)]
)
def test_a_difference_that_may_be_chance_is_none(counts: tuple[int, int, int, int], too_few: bool) -> None:
    assert reading_of(*counts).is_too_few is too_few


@given(st.integers(1, 500), st.integers(0, 500), st.integers(1, 500), st.integers(0, 500))
def test_the_difference_lies_in_its_interval(n: int, yes: int, m: int, also: int) -> None:
    reading = reading_of(n, min(yes, n), m, min(also, m))
    assert -100 <= reading.low <= reading.points <= reading.high <= 100
