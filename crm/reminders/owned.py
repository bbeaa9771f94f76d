"""What a colleague answers for here: open tasks, and mail that still waits and is answered to her."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from crm.outbox.models import Email
from crm.reminders.models import Reminder, Todo
from crm.team.models import User
from crm.team.places import Owned, owned


def open_tasks() -> "QuerySet[Todo]":
    return Todo.objects.open()


def waiting_mail() -> "QuerySet[Email]":
    return Email.objects.waiting()


def planned_reminders() -> "QuerySet[Reminder]":
    return Reminder.objects.queued()


def answered_to(user: User) -> Mapping[str, Any]:
    """Answers to mail that waits go to whoever has it now."""
    return {"reply_to": user.email}


@owned("tasks", label=_("Open tasks"), order=10)
def tasks() -> Owned:
    return Owned(open_tasks, "owner", brand="brand_ref", person="influencer_ref")


@owned("mail", label=_("Mail on its way"), order=40)
def mail() -> Owned:
    return Owned(waiting_mail, "sender_ref", brand="brand_ref", also=answered_to, told=False)


@owned("reminders", label=_("Planned reminders"), order=50)
def reminders() -> Owned:
    return Owned(planned_reminders, "owner_ref", brand="brand_ref", told=False)
