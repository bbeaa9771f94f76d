"""Reminders on other pages: the outbox, a message, a person."""

import datetime as dt
from typing import Any, cast
from urllib.parse import urlencode

from django.db.models import F
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.places import panel
from crm.outbox.models import Email
from crm.outbox.queries import outbox_tab
from crm.reminders.models import Reminder, Todo
from crm.reminders.pauses import quiet_of_people
from crm.reminders.plan import dues_about
from crm.reminders.planned import PlannedLine
from crm.reminders.today import todo_line
from crm.team.models import User

Part = tuple[str, dict[str, Any]]
SHOWN = 5
LOOKED_AT = 60


@outbox_tab("outbox-planned", label=_("Planned"), order=10)
def planned_tab(user: User) -> int | None:
    """What is planned needs nobody."""
    return None


@outbox_tab("outbox-rules", label=_("Rules"), order=90)
def rules_tab(user: User) -> int | None:
    """Rules need nobody."""
    return None


@panel("email/reminder", order=10)
def of_email(request: HttpRequest, email: Email) -> Part | None:
    """Which reminder a message came from, and the way to its whole story."""
    rows = list(Reminder.objects.filter(email=email).select_related("rule"))
    if not rows:
        return None
    lines = [(row, f"{reverse('outbox-why')}?{urlencode({'about': row.subject})}") for row in rows]
    return "crm/reminders/email_panel.html", {"lines": lines}


@panel("resume/reminders", order=10)
def waiting_for_mail(request: HttpRequest, now: dt.datetime) -> Part:
    """How many reminders wait while mail is paused."""
    return "crm/reminders/resume_part.html", {"due": Reminder.objects.due(now).reachable().count()}


@panel("person-aside/tasks", order=10)
def tasks_about_person(request: HttpRequest, person: Any) -> Part | None:
    """What colleagues wrote down about a person and what waits for an answer, most urgent first."""
    user, now = cast(User, request.user), timezone.now()
    if not user.has_perm("crm.write_todo"):
        return None
    about = Todo.objects.open().visible_to(user).filter(influencer_ref=person.pk).select_related("author")
    rows = about.order_by(F("due_at").asc(nulls_last=True), "pk")[: SHOWN + 1]
    lines = [todo_line(todo, user, now) for todo in rows]
    return "crm/reminders/tasks_panel.html", {"lines": lines[:SHOWN], "more": len(lines) > SHOWN, "person": person}


@panel("person-aside/reminders", order=20)
def of_person(request: HttpRequest, person: Any) -> Part | None:
    """What a person will be asked next: of each thing the soonest reminder, the later ones stand under “Why?”."""
    if not request.user.has_perm("crm.view_outbox"):
        return None
    rows = Reminder.objects.visible_to(cast(User, request.user)).queued().select_related("contact").order_by("send_at")
    soonest: dict[str, Reminder] = {}
    for row in rows.filter(influencer_ref=person.pk)[:LOOKED_AT]:
        soonest.setdefault(row.subject, row)
    found = list(soonest.values())[:SHOWN]
    now = timezone.now()
    told = dues_about(found, now)
    lines = [PlannedLine.of(row, told.get((row.kind, row.subject))) for row in found]
    quiet = quiet_of_people({person.pk}, now).get(person.pk)
    return "crm/reminders/person_panel.html", {"lines": lines, "person": person, "quiet": quiet}
