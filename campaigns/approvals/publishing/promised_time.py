"""Whether something went out when it was to: pure, from its days and the hour before which nobody posts."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from campaigns.approvals.models import Deviation
from crm.base.zones import end_of_day, local_date, zone_info

GRACE = dt.timedelta(days=1)
"""A day off either way is no case: she is still reminded on the day after, and only then is anybody told that it is late."""

NOON = dt.time(12, 0)
Kind = Deviation.Kind


@dataclass(frozen=True)
class Planned:
    """The day it was to go out on, in its zone, and the hour before which nobody was to post."""

    due_on: dt.date
    zone: str
    embargo_at: dt.datetime | None = None


def wrong_times(published_at: dt.datetime, planned: Planned) -> dict[str, dict[str, Any]]:
    """What speaks against the moment it went out, with its details; nothing where it was in time."""
    found: dict[str, dict[str, Any]] = {}
    on = local_date(published_at, planned.zone)
    details = {"due_on": planned.due_on.isoformat(), "days": abs((on - planned.due_on).days)}
    if planned.embargo_at is not None and _before(published_at, planned.embargo_at, planned.zone):
        found[Kind.EMBARGO] = {"embargo_at": planned.embargo_at.isoformat()}
    elif on < planned.due_on - GRACE:
        found[Kind.EARLY] = details
    if published_at >= end_of_day(planned.due_on + GRACE, planned.zone):
        found[Kind.LATE] = details
    return found


def _before(published_at: dt.datetime, embargo_at: dt.datetime, zone: str) -> bool:
    """Whoever tells only the day says noon by it: on the day of the embargo itself that proves nothing."""
    local = published_at.astimezone(zone_info(zone))
    is_a_guess = local.time() == NOON and local.date() == local_date(embargo_at, zone)
    return published_at < embargo_at and not is_a_guess
