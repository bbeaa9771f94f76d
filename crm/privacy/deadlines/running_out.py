"""Everything that runs out: agreements taken back, incidents to be told, requests to be answered."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from crm.privacy.models import DataIncident, PrivacyRequest
from crm.reminders.models import Todo

LEFT = dt.timedelta(hours=24)


@dataclass(frozen=True)
class Clock:
    """One thing and when its hours end."""

    key: str
    what: Any
    due_at: dt.datetime
    path: str


def running_out(now: dt.datetime) -> Iterator[Clock]:
    """What nobody has settled and has a day left, or none."""
    soon = now + LEFT
    for todo in Todo.objects.open().filter(key__startswith="consent:", due_at__lte=soon).order_by("pk"):
        if todo.due_at:
            yield Clock(todo.key, todo.text, todo.due_at, todo.url or reverse("today"))
    for incident in DataIncident.objects.open().filter(due_at__lte=soon).order_by("pk"):
        yield Clock(
            f"incident:{incident.pk}", str(incident), incident.due_at, reverse("privacy-incident", args=[incident.pk])
        )
    for asked in PrivacyRequest.objects.open().filter(due_at__lte=soon).select_related("influencer").order_by("pk"):
        yield Clock(f"request:{asked.pk}", str(asked), asked.due_at, reverse("privacy-request", args=[asked.pk]))
