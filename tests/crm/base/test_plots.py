"""Where things stand in pictures with axes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm.base.plots import across, area_path, down, lanes, line_path, radius, scale, stairs, top_of


@pytest.mark.parametrize(
    ("value", "top"), [(0, 4), (3, 4), (4, 4), (5, 8), (15_200, 20_000), (182_000, 200_000), (0.031, 0.04), (9, 10)]
)
def test_a_scale_ends_at_a_round_number(value: float, top: float) -> None:
    assert top_of(value) == pytest.approx(top)


@given(st.floats(min_value=1e-6, max_value=1e15))
def test_a_scale_holds_its_value_and_is_not_much_longer(value: float) -> None:
    assert value * (1 - 1e-6) <= top_of(value) <= value * 2.5


def test_a_scale_has_its_lines_at_even_steps() -> None:
    assert scale(20_000) == [0, 5_000, 10_000, 15_000, 20_000]


def test_values_stand_between_the_edges() -> None:
    assert [across(value, 200) for value in (-5, 0, 50, 200, 900)] == [0, 0, 25, 100, 100]
    assert (down(50, 200), across(5, 5, 5)) == (75, 0)


def test_a_line_and_what_lies_below_it() -> None:
    points = [(0.0, 80.0), (50.0, 20.0)]
    assert line_path(points) == "M0 80 L50 20"
    assert area_path(points) == "M0 80 L50 20 L50 100 L0 100 Z"
    assert (line_path([]), area_path([])) == ("", "")


def test_stairs_hold_a_value_until_the_next() -> None:
    assert stairs([(0, 90), (40, 60), (100, 10)]) == [(0, 90), (40, 90), (40, 60), (100, 60), (100, 10)]


def test_a_circle_of_four_times_the_value_is_twice_as_wide() -> None:
    assert (radius(100, 400), radius(400, 400)) == (11, 22)
    assert (radius(None, 400), radius(1, 400), radius(5, None)) == (4, 4, 4)


def test_dots_that_would_lie_on_each_other_step_aside() -> None:
    assert lanes([10, 10.5, 11, 20], apart=2) == [0, 1, -1, 0]


@given(st.lists(st.floats(0, 100), max_size=30).map(sorted))
def test_no_two_dots_of_a_lane_touch(places: list[float]) -> None:
    last: dict[int, float] = {}
    for place, lane in zip(places, lanes(places, 2), strict=True):
        assert place - last.get(lane, -10) >= 2
        last[lane] = place
