"""Pauses of a person: nobody reminds her of anything for a while, and what passed meanwhile is not said afterwards."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from crm.base.places import Place
from crm.reminders.registry import Due

PAUSED = _("Reminders to this person are paused")


@dataclass(frozen=True)
class Quiet:
    """Whether a person is reminded of nothing now, and when the last such time ended."""

    until_on: dt.date | None = None  # the last day of the one that runs now
    why: str = ""
    ended_at: dt.datetime | None = None

    @property
    def is_on(self) -> bool:
        return self.until_on is not None


paused: Place[Callable[[Collection[int], dt.datetime], Mapping[int, Quiet]]] = Place("paused")
"""`@paused("people")`: function(influencer ids, now) -> {influencer id: Quiet}, for those who ever had a pause."""


def with_pauses(dues: Iterable[Due], now: dt.datetime) -> list[Due]:
    """The same dues, each knowing whether its person is left in peace now, and since when no longer."""
    found = list(dues)
    quiet = quiet_of_people({due.influencer_id for due in found if due.influencer_id}, now)
    return [_with(due, quiet[due.influencer_id or 0]) if due.influencer_id in quiet else due for due in found]


def quiet_of_people(influencer_ids: Collection[int], now: dt.datetime) -> dict[int, Quiet]:
    """The pauses of those among these who ever had one."""
    found: dict[int, Quiet] = {}
    for placed in paused.all() if influencer_ids else ():
        found |= placed.call(influencer_ids, now)
    return found


def _with(due: Due, quiet: Quiet) -> Due:
    if quiet.is_on and not due.stopped_why:
        return replace(due, stopped_why=PAUSED, on_hold=True)
    ends = [at for at in (due.went_on_at, quiet.ended_at) if at is not None]
    return replace(due, went_on_at=max(ends)) if ends else due
