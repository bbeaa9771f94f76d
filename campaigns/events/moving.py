"""An event's day as calendars move it: by days, at the same hour; everybody who was asked is told."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.events.actions.planning import Move, asked_of, move_event
from campaigns.events.actions.seats import NOT_PLANNED
from campaigns.events.models import Event
from campaigns.planning.models import Refused
from crm.base.formats import day_words
from crm.base.zones import local_date, local_instant, zone_info
from crm.reminders.registry import Movable, Outlook, Shift, movable
from crm.timeline.record import Actor

if TYPE_CHECKING:
    from crm.team.models import User


class EventDays:
    """Movable for the day of an event."""

    def preview(self, pks: Collection[int], shift: Shift, user: "User", now: dt.datetime) -> list[Outlook]:
        rows = Event.objects.visible_to(user).in_bulk(list(pks)) if user.has_perm("campaigns.change_event") else {}
        return [self._outlook(rows[pk], shift, now) for pk in pks if pk in rows]

    def _outlook(self, event: Event, shift: Shift, now: dt.datetime) -> Outlook:
        from_on = local_date(event.starts_at, event.zone)
        to_on = shift.day(from_on)
        asked = asked_of(event).count()
        told = ngettext("%(n)d guest is told by mail.", "%(n)d guests are told by mail.", asked) % {"n": asked}
        past = _("That day is over.") if to_on < local_date(now, event.zone) else ""
        campaign = event.campaign
        outside = campaign is not None and not campaign.start_on <= to_on <= campaign.end_on
        warnings = [told] if asked else []
        if outside and campaign is not None:
            days = {"first": day_words(campaign.start_on, "brief"), "last": day_words(campaign.end_on, "brief")}
            warnings.append(_("The campaign runs from %(first)s to %(last)s.") % days)
        return Outlook(
            pk=event.pk,
            who=event.name,
            what=event.get_kind_display(),
            from_on=from_on,
            to_on=to_on,
            refused=past or ("" if event.is_planned else NOT_PLANNED),
            warnings=tuple(warnings),
            url=event.url,
        )

    def move(self, pk: int, shift: Shift, user: "User", at: dt.datetime) -> Any:
        rows = Event.objects.visible_to(user).select_related("brand", "owner", "campaign")
        event = rows.get(pk=pk)
        from_on = local_date(event.starts_at, event.zone)
        to_on = shift.day(from_on)
        if to_on < local_date(at, event.zone):
            raise Refused(event, _("That day is over."))
        starts, ends = moved(event, to_on - from_on)
        told = move_event(event, Move(starts, ends), at=at, actor=Actor.user(user))
        said = ngettext("Moved, and %(n)d guest is told.", "Moved, and %(n)d guests are told.", len(told))
        return said % {"n": len(told)}


def moved(event: Event, by: dt.timedelta) -> tuple[dt.datetime, dt.datetime | None]:
    """Begin and end so many days later, at the same hour by the clock of the place."""

    def later(at: dt.datetime) -> dt.datetime:
        local = at.astimezone(zone_info(event.zone))
        return local_instant(local.date() + by, local.time(), event.zone)

    return later(event.starts_at), later(event.ends_at) if event.ends_at else None


@movable("event.day")
def event_days() -> Movable:
    return EventDays()
