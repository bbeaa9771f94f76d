"""The whole page, the same for people and for machines."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from crm.base.outcomes import Outcome
from crm.base.places import status_line
from crm.base.release import VERSION
from crm.watch.status import clockwork, copies, machine, mail
from crm.watch.status.lines import BAD, LOOK, Group, Line


@dataclass(frozen=True)
class Status:
    """How everything is at one moment."""

    groups: list[Group]
    at: dt.datetime

    @property
    def lines(self) -> list[Line]:
        return [line for group in self.groups for line in group.lines]

    @property
    def bad(self) -> list[Line]:
        return [line for line in self.lines if line.state == BAD]

    @property
    def to_look_at(self) -> list[Line]:
        return [line for line in self.lines if line.state == LOOK]

    def as_json(self) -> dict[str, Any]:
        return {
            "ok": not self.bad,
            "at": self.at.isoformat(),
            "version": VERSION,
            "parts": [line.as_json() for line in self.lines],
        }


def look_around(now: dt.datetime) -> Status:
    """Each part once, in the reader's language."""
    outcomes = {row.name: row for row in Outcome.objects.all()}
    groups = [
        Group("mail", _("Messages"), "send", list(mail.lines(outcomes, now))),
        Group("clockwork", _("By itself"), "activity", list(clockwork.lines(outcomes, now))),
        Group("copies", _("Copies and order"), "archive", list(copies.lines(outcomes, now))),
        Group("machine", _("The machine"), "gear", list(machine.lines())),
    ]
    for placed in status_line.all():
        group = next(one for one in groups if one.key == placed.words["group"])
        group.lines.append(placed.call(outcomes, now))
    return Status(groups, now)
