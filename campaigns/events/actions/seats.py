"""Who comes: never more than there are seats. Whoever says yes too late waits, and moves up when a seat is given back.

Everything here holds the event first, so that of two people who want the last seat one gets it and the other waits.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from campaigns.events.models import Event, Guest
from campaigns.events.paid import follow_attendance
from campaigns.planning.models import Refused, ring_after_commit
from crm.timeline.record import SYSTEM, Actor

NOT_PLANNED = _("This event is over or was cancelled. Nothing was changed.")
TOO_MANY_SEATS = _("There are %(most)d seats for each guest. Ask for fewer, or change the event.")

KEEPS_HERS = _("Only %(left)d more seats are left. The seats she has stay hers.")


@contextmanager
def held(event: Event) -> Iterator[Event]:
    """A transaction that holds the event as it is stored; Refused once it is over or cancelled."""
    with transaction.atomic():
        stored = Event._base_manager.select_for_update().select_related("brand").get(pk=event.pk)
        if stored.status != Event.Status.PLANNED:
            raise Refused(event, NOT_PLANNED)
        yield stored


def seats_taken(event: Event) -> int:
    """Seats of everybody who said yes, companions included."""
    return event.guests.coming().aggregate(taken=Sum("seats"))["taken"] or 0


def seats_left(event: Event) -> int | None:
    """How many can still say yes; None where as many come as like."""
    return None if event.seats is None else max(0, event.seats - seats_taken(event))


def say_yes(
    guest: Guest, *, seats: int = 1, companion: str = "", at: dt.datetime, actor: Actor, **told: Any
) -> list[Guest]:
    """She comes, or waits where no seat is left for all of hers; who moved up where she takes fewer than before.

    Raises Refused and TransitionRefused, nothing changed.
    """
    with held(guest.event) as event:
        _check_seats(event, guest, seats)
        own = guest.seats if guest.status == Guest.Status.COMING else 0
        left = seats_left(event)
        fits = left is None or seats <= left + own
        if own and not fits:
            raise Refused(guest, str(KEEPS_HERS) % {"left": left})
        guest.take(
            Guest.Status.COMING if fits else Guest.Status.WAITING, at=at, actor=actor,
            also={"seats": seats, "companion": companion[:120], "answered_at": at}, **told,
        )  # fmt: skip
        up = move_up(event, at=at) if own > seats else []
    ring_after_commit()
    return up


def say_no(guest: Guest, *, at: dt.datetime, actor: Actor, note: str = "", **told: Any) -> list[Guest]:
    """She does not come; whoever waits longest and fits moves up. Those who did."""
    with held(guest.event) as event:
        also: Mapping[str, Any] = {"answered_at": at, "note": note[:300] or guest.note}
        guest.take(Guest.Status.NOT_COMING, at=at, actor=actor, also=also, **told)
        up = move_up(event, at=at)
    ring_after_commit()
    return up


def change_seats(event: Event, seats: int | None, *, at: dt.datetime, actor: Actor) -> list[Guest]:
    """More seats let people move up; fewer than are taken are refused. Those who moved up."""
    with held(event) as stored:
        taken = seats_taken(stored)
        if seats is not None and seats < taken:
            said = _now("%(taken)d seats are promised already. Take a guest off the list first.")
            raise Refused(event, said % {"taken": taken})
        stored.note_seats(seats, at=at, actor=actor)
        event.seats = seats
        return move_up(stored, at=at)


def move_up(event: Event, *, at: dt.datetime) -> list[Guest]:
    """Give free seats to those who wait, in the order of their answers; somebody who needs more than are left is passed over.

    Call it while the event is `held`.
    """
    waiting = event.guests.filter(status=Guest.Status.WAITING).select_related("influencer")
    up: list[Guest] = []
    for guest in waiting.order_by("answered_at", "pk"):
        left = seats_left(event)
        if left is not None and guest.seats > left:
            continue
        guest.event = event
        guest.take(Guest.Status.COMING, at=at, actor=SYSTEM, sentence=_("A seat became free at %(event)s"))
        up.append(guest)
    return up


def note_attendance(guest: Guest, came: bool, *, at: dt.datetime, actor: Actor) -> None:
    """She was there, or did not appear. A line of the pay is delivered only by being there (domain rule R1-66)."""
    to = Guest.Status.CAME if came else Guest.Status.NO_SHOW
    with transaction.atomic():
        guest.take(to, at=at, actor=actor, also={"came_at": at if came else None})
        follow_attendance(guest, at=at, actor=actor)
    ring_after_commit()


def _check_seats(event: Event, guest: Guest, seats: int) -> None:
    if not 1 <= seats <= event.seats_each:
        raise Refused(guest, str(TOO_MANY_SEATS) % {"most": event.seats_each})
