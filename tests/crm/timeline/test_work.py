"""Carrying a run to its end: batch by batch, decided anew when somebody else was quicker, never past its status."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError

from crm.influencers.models import BulkRun, Tag
from crm.timeline import work
from crm.timeline.record import SYSTEM
from crm.timeline.work import Work, carry_or_stop
from tests.conftest import NOW

pytestmark = pytest.mark.django_db

Batch = Callable[[BulkRun, int], int]


@pytest.fixture
def run() -> BulkRun:
    found = BulkRun.objects.create(action="archive", total=3)
    found.confirm(at=NOW, actor=SYSTEM)
    return found


def one_by_one(run: BulkRun, _last: int) -> int:
    """Three rows, one in each batch; each leaves a tag."""
    if run.cursor == 3:
        return 0
    Tag.objects.create(name=f"row {run.cursor + 1}")
    run.reach(cursor=run.cursor + 1)
    return run.cursor + 1


def end(run: BulkRun) -> None:
    run.finish({}, at=NOW, actor=SYSTEM)


def tried(times: int, sign: type[Exception]) -> Batch:
    """Writes and then fails so many times before it goes well."""
    left = [times]

    def batch(run: BulkRun, last: int) -> int:
        did = one_by_one(run, last)
        if left[0]:
            left[0] -= 1
            raise sign
        return did

    return batch


def test_a_run_is_carried_to_its_end(run: BulkRun) -> None:
    assert Work("confirmed", one_by_one, end).carry(run) is True
    assert (run.status, run.cursor, Tag.objects.count()) == ("done", 3, 3)


def test_each_batch_is_told_where_the_one_before_ended(run: BulkRun) -> None:
    told: list[int] = []

    def batch(locked: BulkRun, last: int) -> int:
        told.append(last)
        return one_by_one(locked, last)

    Work("confirmed", batch, end).carry(run)
    assert told == [0, 1, 2, 3]


def test_a_batch_somebody_else_was_quicker_with_is_decided_anew_and_leaves_nothing_twice(run: BulkRun) -> None:
    assert Work("confirmed", tried(work.TRIES - 1, IntegrityError), end).carry(run) is True
    assert (run.status, Tag.objects.count()) == ("done", 3)


def test_a_batch_that_never_goes_well_ends_the_work_where_it_stood(run: BulkRun) -> None:
    with pytest.raises(IntegrityError):
        Work("confirmed", tried(work.TRIES, IntegrityError), end).carry(run)
    run.refresh_from_db()
    assert (run.status, run.cursor, Tag.objects.count()) == ("confirmed", 0, 0)


def test_another_error_is_not_tried_again(run: BulkRun) -> None:
    with pytest.raises(KeyError):
        Work("confirmed", tried(1, KeyError), end).carry(run)
    assert Tag.objects.count() == 0


def test_a_sort_of_work_may_name_more_signs_that_somebody_was_quicker(run: BulkRun) -> None:
    signs = (*Work.again, KeyError)
    assert Work("confirmed", tried(1, KeyError), end, again=signs).carry(run) is True


def test_a_run_that_has_not_the_status_is_left_alone(run: BulkRun) -> None:
    run.stop("no", at=NOW, actor=SYSTEM)
    assert Work("confirmed", one_by_one, end).carry(run) is False
    assert (run.status, run.cursor, Tag.objects.count()) == ("failed", 0, 0)


def test_a_run_that_is_stopped_in_the_middle_is_not_finished(run: BulkRun) -> None:
    def batch(locked: BulkRun, last: int) -> int:
        did = one_by_one(locked, last)
        locked.stop("enough", at=NOW, actor=SYSTEM)
        return did

    assert Work("confirmed", batch, end).carry(run) is False
    run.refresh_from_db()
    assert (run.status, run.cursor, Tag.objects.count()) == ("failed", 1, 1)


def test_a_run_that_cannot_go_on_says_so_as_it_stands(run: BulkRun) -> None:
    broken = Work("confirmed", tried(1, KeyError), end)
    carry_or_stop(run, broken.carry, lambda it, error: it.stop(repr(error), at=NOW, actor=SYSTEM))
    assert (run.status, run.why) == ("failed", "KeyError()")
