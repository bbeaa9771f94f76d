"""What a rule would do: its steps over made-up days, so that whoever edits it sees weekends and holidays at work."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.base.zones import end_of_day, local_date
from crm.outbox.kinds import KINDS
from crm.reminders.models import Rule
from crm.reminders.moments import leaves_at
from crm.reminders.plan import house_hours
from crm.reminders.registry import Due

AHEAD = dt.timedelta(weeks=4)
WEDNESDAY, SUNDAY = 2, 6


@dataclass(frozen=True)
class Example:
    """One step as it would leave."""

    at: dt.datetime
    message: Any
    to: Any


def examples_of(rule: Rule, now: dt.datetime) -> Iterator[tuple[dt.date, list[Example]]]:
    """The rule's messages about something due on a Wednesday, and about something due on a Sunday."""
    zone, hours = Organisation.load().zone, house_hours()
    steps = list(rule.steps.all())
    for weekday in (WEDNESDAY, SUNDAY):
        due = due_on(rule, _next(weekday, local_date(now + AHEAD, zone)), zone)
        told = [
            Example(leaves_at(step, due, zone, hours, now=now), _message(step.email_name), step.get_recipient_display())
            for step in steps
        ]
        yield due.due_on, sorted(told, key=lambda one: one.at)


def due_on(rule: Rule, day: dt.date, zone: str) -> Due:
    """A made-up thing that is due at the end of that day."""
    return Due(rule.kind, "example:0", day, end_of_day(day, zone), zone, _("Example"))


def _next(weekday: int, day: dt.date) -> dt.date:
    return day + dt.timedelta(days=(weekday - day.weekday()) % 7)


def _message(name: str) -> Any:
    return KINDS[name].label if name in KINDS else name
