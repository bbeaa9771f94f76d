"""What the pages show of an event: the figures at its head, and everybody on the list."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from campaigns.events.models import Event, Guest
from campaigns.events.words import when
from crm.base.csv_out import Row
from crm.base.zones import local_date

GROUPS = ("coming", "waiting", "invited", "listed", "not_coming", "came", "no_show")


@dataclass(frozen=True)
class Line:
    """One guest on the page of an event."""

    guest: Guest
    worth: Any  # what her being there was worth, or None


def shown(event: Event, now: dt.datetime) -> dict[str, Any]:
    """Two queries, however many guests."""
    guests = list(event.guests.with_event().order_by("influencer__stage_name", "pk"))
    guests.sort(key=lambda guest: GROUPS.index(guest.status))
    taken = sum(guest.seats for guest in guests if guest.is_coming)
    return {
        "lines": [Line(guest, worth_of(guest)) for guest in guests],
        "when": when(event),
        "taken": taken,
        "left": None if event.seats is None else max(0, event.seats - taken),
        "waiting": sum(guest.status == Guest.Status.WAITING for guest in guests),
        "open_answers": sum(guest.is_asked for guest in guests),
        "to_invite": sum(guest.status == Guest.Status.LISTED for guest in guests),
        "came": sum(guest.status == Guest.Status.CAME for guest in guests),
        "is_over": event.starts_at <= now,
        "is_today": local_date(event.starts_at, event.zone) == local_date(now, event.zone),
        "may_be_noted": event.is_planned and local_date(event.starts_at, event.zone) <= local_date(now, event.zone),
    }


def worth_of(guest: Guest) -> Any:
    """What it was worth to her: the value of her seats once she was there, nothing before (domain rule R1-66)."""
    value = guest.event.value
    if value is None or guest.status != Guest.Status.CAME:
        return None
    return value * Decimal(guest.seats)


def guest_rows(event: Event) -> Iterator[Row]:
    """The guest list as rows of a table."""
    for guest in event.guests.with_event().order_by("influencer__stage_name", "pk"):
        worth = worth_of(guest)
        yield [
            guest.influencer.stage_name, str(guest.get_status_display()), guest.seats, guest.companion, guest.answered_at,
            guest.came_at, worth.amount if worth is not None else None,
        ]  # fmt: skip
