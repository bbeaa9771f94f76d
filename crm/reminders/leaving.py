"""A colleague's calendars answer no more once she has left, and not again if she comes back."""

import datetime as dt

from crm.reminders.models import CalendarFeed
from crm.team.models import User
from crm.team.places import has_left
from crm.timeline.record import Actor


@has_left("calendars")
def end_calendars(user: User, by: Actor, at: dt.datetime) -> None:
    CalendarFeed.objects.visible_to(user).filter(revoked_at__isnull=True).update(revoked_at=at)
