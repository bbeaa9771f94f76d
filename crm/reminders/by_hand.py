"""Reminders for whoever reads WhatsApp or wants a call: Mitra prepares the text, a colleague passes it on."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.outbox.models import Contact
from crm.outbox.reasons import reason
from crm.reminders import reasons
from crm.reminders.caps import Calendar, NoRoom, has_room, hold
from crm.reminders.models import Reminder, Todo
from crm.reminders.models.todos import BY_HAND_KEY
from crm.reminders.plan import dues_about, why_not_true
from crm.reminders.registry import Due
from crm.reminders.todos import leave_todo, settle_todo
from crm.reminders.writing import Ask
from crm.team.models import User

KEY = BY_HAND_KEY
MOST = 500

WRITE = _("Write to %(name)s on WhatsApp: %(what)s")
CALL = _("Call %(name)s: %(what)s")


def is_by_hand(contact: Contact) -> bool:
    """Whether a person passes messages on: she prefers it, or has no e-mail address and a WhatsApp number."""
    if contact.prefers == Contact.Prefers.EMAIL:
        return not contact.email and bool(contact.whatsapp)
    return bool(contact.whatsapp or contact.phone)


def leave_to_hand(asks: Sequence[Ask], calendar: Calendar, now: dt.datetime) -> int:
    """Tasks for a colleague instead of one message, all of them or none; how many reminders that settled.

    They meet the caps of the day and the week like the message would; the contact is held while it counts. What takes
    the place of an older task takes its room, too. Raises NoRoom.
    """
    row = asks[0].row
    with transaction.atomic():
        hold(row.contact)
        for ask in asks:
            _close(_tasks_like(ask.row), now)
        is_urgent = any(ask.row.is_urgent for ask in asks)
        if not is_urgent and not has_room((row.contact_id, row.influencer_ref), calendar, now):
            raise NoRoom
        return sum(hand_over(ask.row, ask.due, now) for ask in asks)


def hand_over(row: Reminder, due: Due, now: dt.datetime) -> bool:
    """A task for a colleague instead of a message, once for each reminder.

    False when somebody else has dealt with the reminder meanwhile.
    """
    contact = row.contact
    owner = User.objects.active().filter(pk=due.owner_id).first() if due.owner_id else None
    with transaction.atomic():
        if not Reminder.objects.filter(pk=row.pk).skip(reason(reasons.BY_HAND), now):
            return False
        leave_todo(
            f"{KEY}{row.pk}",
            CALL if contact.prefers == Contact.Prefers.CALL else WRITE,
            language=owner.language if owner else Organisation.load().language,
            params={"name": contact.name, "what": due.title},
            kind=Todo.Kind.MESSAGE,
            due_at=due.due_at if due.due_at > now else now,
            owner=owner,
            influencer_ref=due.influencer_id,
            influencer_label=due.influencer_label,
            brand_ref=due.brand_id,
            subject=due.subject,
            url=reverse("by-hand", args=[row.pk]),
        )
    return True


def _tasks_like(row: Reminder) -> list[Todo]:
    """Open tasks from earlier reminders to the same contact about the same thing."""
    earlier = Reminder.objects.about(row.subject).filter(contact=row.contact_id, kind=row.kind).exclude(pk=row.pk)
    keys = [f"{KEY}{pk}" for pk in earlier.values_list("pk", flat=True)]
    return list(Todo.objects.open().filter(key__in=keys))


def _close(todos: Sequence[Todo], now: dt.datetime) -> int:
    return sum(settle_todo(todo, by=None, at=now) for todo in todos)


def take_back(now: dt.datetime, subjects: Collection[str] | None = None) -> dict[str, int]:
    """Close the tasks whose message is no longer true: the draft came, the day moved, she is left alone.

    All of them, or those about these things.
    """
    waiting = Todo.objects.open().filter(kind=Todo.Kind.MESSAGE, key__startswith=KEY)
    todos = (waiting if subjects is None else waiting.filter(subject__in=subjects)).order_by("pk")[:MOST]
    by_reminder = {int(todo.key.removeprefix(KEY)): todo for todo in todos}
    if not by_reminder:
        return {}
    rows = list(Reminder.objects.filter(pk__in=by_reminder))
    found = dues_about(rows, now)
    over = [by_reminder[row.pk] for row in rows if why_not_true(row, found.get((row.kind, row.subject)))]
    closed = _close(over, now)
    return {"closed": closed} if closed else {}
