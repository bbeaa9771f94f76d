"""The windows a colleague may see: what the clock shows, and what her calendar reads."""

import datetime as dt
from typing import TYPE_CHECKING

from crm.reminders.registry import Asked, Due, dues, windows

if TYPE_CHECKING:
    from crm.team.models import User


def closing(user: "User", now: dt.datetime, *, back: dt.timedelta, ahead: dt.timedelta) -> list[Due]:
    """Every window that closes in time, or is over and still open, the soonest first."""
    asked = Asked(now=now, from_at=now - back, to_at=now + ahead, user=user, calendar=True)
    found = (one for one in dues(asked, windows().keys()) if not one.stopped_why)
    return sorted(found, key=lambda one: (one.due_at, one.influencer_label, one.subject))
