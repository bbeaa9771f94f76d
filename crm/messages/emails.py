"""What messages do when a colleague passes one on by hand, or says that it was not passed on after all."""

import datetime as dt

from django.db import transaction

from crm.messages import letters  # noqa: F401  declares the e-mails that carry messages
from crm.messages.models import MessageLine, MessageLineQuerySet
from crm.messages.sending import leave_task
from crm.outbox.checks import after_hand_over, after_take_back
from crm.outbox.hand_over import PREFIX
from crm.outbox.models import Email
from crm.reminders.todos import settle_todo

MINE = f"{PREFIX}message/"


def lines_of(row: Email) -> MessageLineQuerySet:
    """The lines that are written by hand with this very text."""
    number = row.key.removeprefix(MINE).partition("/")[0] if row.key.startswith(MINE) else ""
    lines = MessageLine.objects.filter(message=int(number) if number.isdigit() else 0, contact=row.contact_id)
    return lines.filter(outcome=MessageLine.Outcome.BY_HAND, influencer_ref=row.influencer_ref or 0)


@after_hand_over("messages")
def passed_on(_waiting: Email | None, row: Email, now: dt.datetime) -> None:
    """Its task is settled."""
    with transaction.atomic():
        for line in lines_of(row).select_related("todo"):
            MessageLine.objects.filter(pk=line.pk).update(email=row)
            if line.todo is not None:
                settle_todo(line.todo, by=None, at=now)


@after_take_back("messages")
def not_passed_on(row: Email, _waits: Email | None, now: dt.datetime) -> None:
    """The task is there again."""
    for line in lines_of(row).select_related("message__started_by", "contact"):
        todo = leave_task(line.message, line, row.subject, now)
        MessageLine.objects.filter(pk=line.pk).update(todo_id=todo, email=None)
