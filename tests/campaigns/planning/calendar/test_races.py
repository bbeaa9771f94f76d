"""Two colleagues press "three days later" at the same moment: it moves once. The control shows what happens without the lock."""

import datetime as dt
import threading

import pytest

from campaigns.planning.calendar.moving import do_moves, picks_of, plan_moves
from campaigns.planning.models import Deliverable
from crm.reminders.registry import Shift
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.factories import CollaborationFactory, DeliverableFactory, UserFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
POST_DAY = dt.date(2026, 12, 4)
LATER = dt.timedelta(days=3)


def a_reel() -> Deliverable:
    return DeliverableFactory(
        collaboration=CollaborationFactory(status="making"), draft_due_on=None, post_due_on=POST_DAY
    )


def stories(row: Deliverable) -> int:
    return Entry.objects.filter(verb="deliverable.rescheduled", subject=f"campaigns.deliverable:{row.pk}").count()


def test_two_who_press_at_once_move_it_once(organisation: object, now: dt.datetime) -> None:
    row, colleagues = a_reel(), [UserFactory(role="owner") for _each in range(2)]
    shift, told = Shift(by=LATER.days), []
    both_ready = threading.Barrier(2)

    def press(user: User) -> None:
        plans = plan_moves(picks_of([f"deliverable.post:{row.pk}"]), shift, user, now)
        both_ready.wait()
        told.extend(one.done for one in do_moves(plans, shift, user, now))

    assert together(*(lambda user=user: press(user) for user in colleagues)) == []  # type: ignore[misc]
    row.refresh_from_db()
    assert (sorted(told), row.post_due_on, stories(row)) == ([False, True], POST_DAY + LATER, 1)


def test_without_looking_again_under_the_lock_both_tell_that_they_moved_it(
    organisation: object, owner: User, now: dt.datetime
) -> None:
    row = a_reel()
    both_ready = threading.Barrier(2)

    def press() -> None:
        mine = Deliverable.objects.with_card().get(pk=row.pk)
        both_ready.wait()
        mine.reschedule(draft_due_on=None, post_due_on=mine.post_due_on + LATER, at=now, actor=Actor.user(owner))

    assert together(press, press) == []
    assert stories(row) == 2
