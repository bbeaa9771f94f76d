"""A reminder as a colleague passes it on: before it is mailed, or because she is reached by hand."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from crm.outbox.checks import barred_people
from crm.outbox.hand_over import Passing, hand_over
from crm.outbox.models import Email
from crm.outbox.reasons import reason
from crm.reminders import reasons
from crm.reminders.by_hand import KEY
from crm.reminders.models import Reminder, Todo
from crm.reminders.plan import why_not_true
from crm.reminders.registry import Due
from crm.reminders.todos import settle_todo
from crm.reminders.writing import letter_for
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

if TYPE_CHECKING:
    from crm.team.models import User


class NoLongerNeeded(TransitionRefused):
    """The reminder was mailed, taken back or said by somebody else in the meantime."""

    def __init__(self, row: Reminder) -> None:
        self.thing, self.to, self.now = row, Reminder.State.MAILED, row.state
        Exception.__init__(
            self, _("This message is no longer needed: what it asks for has come, moved or been stopped.")
        )


def is_needed(row: Reminder, due: Due | None, now: dt.datetime) -> bool:
    """Whether what it says is still so and somebody may say it."""
    if due is None or row.state not in (Reminder.State.QUEUED, Reminder.State.SKIPPED) or why_not_true(row, due):
        return False
    is_by_hand = row.state == Reminder.State.QUEUED or row.why == reason(reasons.BY_HAND)
    return is_by_hand and row.influencer_ref not in barred_people({row.influencer_ref or 0}, now)


def pass_on(row: Reminder, due: Due, *, by: "User", at: dt.datetime, channel: str = Email.Channel.WHATSAPP) -> Passing:
    """Take the text with her own link; the reminder is not mailed and its task on Today closes.

    Raises NoLongerNeeded, nothing changed, when somebody was faster by another way.
    """
    with transaction.atomic():
        passing = hand_over(letter_for(row, due, at), by=Actor.user(by), at=at, channel=channel)
        if passing.has_link and passing.handed is not None and not _follow(row, passing.handed, at):
            raise NoLongerNeeded(row)
        for todo in Todo.objects.open().filter(key=f"{KEY}{row.pk}"):
            settle_todo(todo, by=by, at=at)
    return passing


def _follow(row: Reminder, handed: Email, now: dt.datetime) -> int:
    """The reminder belongs to what was passed on: one that waits, or one that was left to a colleague."""
    free = Q(state=Reminder.State.QUEUED) | Q(state=Reminder.State.SKIPPED, why=reason(reasons.BY_HAND))
    mine = Reminder.objects.filter(free, pk=row.pk)
    return mine.update(state=Reminder.State.MAILED, email=handed, why="", updated_at=now)
