"""How the work of each part came out."""

import datetime as dt

import pytest

from crm.base.outcomes import Outcome, came_out

pytestmark = pytest.mark.django_db
FIRST = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
LATER = FIRST + dt.timedelta(hours=1)


def row(name: str) -> tuple[dt.datetime | None, dt.datetime | None, str, object]:
    return Outcome.objects.values_list("ok_at", "failed_at", "why", "said").get(name=name)


def test_a_good_outcome_is_kept_with_its_figures() -> None:
    came_out("backup", FIRST, size=12)
    assert row("backup") == (FIRST, None, "", {"size": 12})


def test_a_bad_outcome_leaves_the_last_good_one_standing() -> None:
    came_out("backup", FIRST)
    came_out("backup", LATER, why="The disk is full.")
    assert row("backup") == (FIRST, LATER, "The disk is full.", {})
    assert list(Outcome.objects.bad().values_list("name", flat=True)) == ["backup"]
    assert not Outcome.objects.good().exists()


def test_once_it_came_out_well_again_nothing_is_wrong_any_more() -> None:
    came_out("backup", FIRST, why="The disk is full.")
    came_out("backup", LATER)
    assert row("backup") == (LATER, FIRST, "", {})
    assert not Outcome.objects.bad().exists()


def test_a_long_reason_is_cut() -> None:
    came_out("backup", FIRST, why="x" * 5000)
    assert row("backup")[2] == "x" * 2000
