"""On Today, for the keepers: mail that waits since everything came back from a copy, and a backup that did not come out."""

import datetime as dt
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.archive.backups.looking import OUTCOME as CHECK
from crm.archive.backups.taking import OUTCOME as BACKUP
from crm.archive.returning import since_return
from crm.base.outcomes import Outcome
from crm.base.places import panel
from crm.outbox.reasons import in_words
from crm.team.models import User

Shown = tuple[str, dict[str, Any]] | None


@panel("today-top/return", order=5)
def came_back(request: HttpRequest, user: User) -> Shown:
    """Until somebody lets mail go on: how much may have left once already. That mail is paused is told beside it."""
    if not user.has_perm("crm.pause_mail"):
        return None
    found = since_return(timezone.now())
    return ("crm/archive/came_back.html", {"found": found}) if found and found.messages else None


@panel("resume/return", order=5)
def what_may_be_twice(request: HttpRequest, now: dt.datetime) -> Shown:
    """A line of the page that lets mail go on."""
    found = since_return(now)
    return ("crm/archive/may_be_twice.html", {"found": found}) if found and found.messages else None


@panel("today-top/backup", order=6)
def backup_failed(request: HttpRequest, user: User) -> Shown:
    """The last word about backups, while it is a bad one."""
    if not user.has_perm("crm.change_settings"):
        return None
    bad = Outcome.objects.bad().filter(name__in=[BACKUP, CHECK]).order_by("-failed_at").first()
    return ("crm/archive/backup_failed.html", {"why": in_words(bad.why)}) if bad else None
