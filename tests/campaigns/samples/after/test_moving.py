"""A loan's day as calendars move it, with the reminders that follow."""

import datetime as dt

import pytest

from campaigns.planning.models import Refused
from campaigns.samples.after.moving import RETURN
from campaigns.samples.models import ReturnRequest
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.reminders.registry import Shift, movable
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor

pytestmark = pytest.mark.django_db
EIGHTH, FIFTEENTH = dt.date(2026, 12, 8), dt.date(2026, 12, 15)
WEEK = Shift(by=7)


def test_a_look_says_what_would_follow_and_changes_nothing(
    back: ReturnRequest, coordinator: User, now: dt.datetime
) -> None:
    ReturnRequest.objects.update(created_at=now - dt.timedelta(days=5))
    plan(now)
    waits = Reminder.objects.queued().count()
    look = movable[RETURN].call().preview([back.pk], WEEK, coordinator, now)[0]
    assert (look.who, look.what, look.from_on, look.to_on, look.refused, look.warnings) == (
        "Kirana Maheswari", "To come back: 1 × Glow Lamp", EIGHTH, FIFTEENTH, "", (),
    )  # fmt: skip
    assert (look.cancelled, look.planned, look.url) == (waits, waits, f"/samples/{back.shipment.request_id}/#returns")
    assert (ReturnRequest.objects.get().due_on, Entry.objects.count()) == (EIGHTH, 0)


def test_moving_it_is_told_and_its_reminders_follow(back: ReturnRequest, coordinator: User, now: dt.datetime) -> None:
    ReturnRequest.objects.update(created_at=now - dt.timedelta(days=5))
    assert movable[RETURN].call().move(back.pk, WEEK, coordinator, now) == "To be back by Tue, 15 Dec 2026"
    plan(now)
    first = Reminder.objects.queued().order_by("send_at")[0].send_at.date()
    assert (ReturnRequest.objects.get().due_on, first) == (FIFTEENTH, dt.date(2026, 12, 8))
    assert Entry.objects.get(verb="return.extended").changes == {"due_on": ["2026-12-08", "2026-12-15"]}


@pytest.mark.parametrize(
    ("how", "shift"),
    [
        ("under way", WEEK),
        ("waits", Shift(to_on=dt.date(2026, 11, 1))),
        ("waits", Shift(to_on=EIGHTH)),
        ("waits", Shift(to_on=FIFTEENTH, from_on=dt.date(2026, 12, 1))),
    ],
)
def test_what_cannot_move_stays_on_its_day(
    back: ReturnRequest, coordinator: User, actor: Actor, now: dt.datetime, how: str, shift: Shift
) -> None:
    if how == "under way":
        back.sent_back(at=now, actor=actor)
    with pytest.raises(Refused):
        movable[RETURN].call().move(back.pk, shift, coordinator, now)
    assert (ReturnRequest.objects.get().due_on, Entry.objects.filter(verb="return.extended").count()) == (EIGHTH, 0)


def test_a_proposed_charge_is_said_and_who_only_looks_moves_nothing(
    back: ReturnRequest, coordinator: User, viewer: User, now: dt.datetime
) -> None:
    ReturnRequest.objects.update(charge_proposed_at=now)
    mover = movable[RETURN].call()
    assert mover.preview([back.pk], WEEK, coordinator, now)[0].warnings == (
        "A charge is proposed for it already. Decide that on its page.",
    )
    assert mover.preview([back.pk], WEEK, viewer, now) == []
    with pytest.raises(ReturnRequest.DoesNotExist):
        mover.move(back.pk, WEEK, viewer, now)
    assert ReturnRequest.objects.get().due_on == EIGHTH
