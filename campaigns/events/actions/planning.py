"""An event is planned, changed, moved and called off; whoever was asked hears it from us."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from campaigns.events.actions.seats import held, move_up, seats_taken
from campaigns.events.letters import CANCELLED, INVITATION, MOVED, SEAT, written
from campaigns.events.models import Event, Guest
from campaigns.events.words import when_words
from campaigns.planning.actions.work import Days, move_days
from campaigns.planning.models import Collaboration, Refused, ring_after_commit
from campaigns.planning.verdicts import Verdict
from crm.base.zones import local_date
from crm.influencers.models import Influencer
from crm.timeline.record import Actor, record
from crm.timeline.transitions import TransitionRefused

MANY_SEATS = _("%(taken)d seats are promised already. Take a guest off the list first.")


def plan_event(event: Event, *, at: dt.datetime, actor: Actor) -> Event:
    """A new event; nobody is told by this."""
    with transaction.atomic():
        event.save()
        record(
            "event.planned", _("Planned %(event)s: %(when)s"), at=at, actor=actor, subject=event, brand=event.brand_id,
            params={"event": event, "when": when_words(event)},
        )  # fmt: skip
    return event


def change_event(event: Event, *, at: dt.datetime, actor: Actor) -> list[Guest]:
    """What was typed about it. Fewer seats than are promised are refused; more let people move up, and those are told."""
    with held(event):
        taken = seats_taken(event)
        if event.seats is not None and event.seats < taken:
            raise Refused(event, str(MANY_SEATS) % {"taken": taken})
        event.save()
        record(
            "event.changed", _("%(event)s was changed"), at=at, actor=actor, subject=event, brand=event.brand_id,
            params={"event": event},
        )  # fmt: skip
        up = move_up(event, at=at)
        tell_moved_up(up, at)
    ring_after_commit()
    return up


def list_guests(event: Event, people: Iterable[Influencer], *, at: dt.datetime, actor: Actor) -> list[Guest]:
    """Put people on the list, once each; whoever has a card in the campaign comes with it. Nobody is told by this."""
    with held(event):
        there = set(event.guests.values_list("influencer_id", flat=True))
        new = [person for person in people if person.pk not in there]
        cards = cards_of(event, new)
        made = [
            Guest.objects.create(event=event, influencer=person, collaboration=cards.get(person.pk)) for person in new
        ]
        for guest in made:
            record(
                "event.listed", _("On the guest list of %(event)s"), at=at, actor=actor, subject=guest,
                params={"event": event}, influencer=guest.influencer_id, brand=event.brand_id,
            )  # fmt: skip
    return made


def cards_of(event: Event, people: Sequence[Influencer]) -> dict[int, Collaboration]:
    """Each person's part in the event's campaign."""
    if event.campaign_id is None:
        return {}
    rows = Collaboration.objects.filter(campaign=event.campaign_id, influencer__in=people)
    return {card.influencer_id: card for card in rows}


def invite(guests: Sequence[Guest], *, at: dt.datetime, actor: Actor) -> list[Verdict]:
    """Ask each of them by mail, or leave a task to do it by hand; a verdict for every one."""
    return _each(guests, lambda guest: _invite(guest, at, actor))


def _invite(guest: Guest, at: dt.datetime, actor: Actor) -> str:
    with held(guest.event):
        guest.take(Guest.Status.INVITED, at=at, actor=actor, also={"invited_at": at})
        said = written(INVITATION, guest, at=at, key=f"{at:%Y%m%d%H%M%S}")
    ring_after_commit()
    return said


@dataclass(frozen=True)
class Move:
    """To when, what is said of it, whether they are written to, and whether their work moves along."""

    starts_at: dt.datetime
    ends_at: dt.datetime | None
    words: str = ""
    tell: bool = True
    work_too: bool = False


def move_event(event: Event, move: Move, *, at: dt.datetime, actor: Actor) -> list[Verdict]:
    """Another time, told to everybody who was asked. A verdict for each guest; work that cannot move says why."""
    days = (local_date(move.starts_at, event.zone) - local_date(event.starts_at, event.zone)).days
    with held(event):
        before, event.starts_at, event.ends_at = when_words(event), move.starts_at, move.ends_at
        event.save(update_fields=["starts_at", "ends_at", "updated_at"])
        record(
            "event.moved", _("%(event)s was moved to %(when)s"), at=at, actor=actor, subject=event, brand=event.brand_id,
            params={"event": event, "when": when_words(event)}, changes={"starts_at": (before, when_words(event))},
        )  # fmt: skip
        guests = list(asked_of(event))
        news = [_tell_move(guest, move, at) for guest in guests]
    verdicts = news + (_move_work(guests, days, at, actor) if move.work_too and days else [])
    ring_after_commit()
    return verdicts


def asked_of(event: Event) -> Any:
    """Everybody who was asked and has not said no."""
    rows = event.guests.filter(status__in=[Guest.Status.INVITED, Guest.Status.COMING, Guest.Status.WAITING])
    return rows.select_related("influencer", "event__brand", "event__owner", "collaboration__campaign").order_by("pk")


def _tell_move(guest: Guest, move: Move, at: dt.datetime) -> Verdict:
    said = written(MOVED, guest, at=at, key=f"{at:%Y%m%d%H%M%S}", words=move.words) if move.tell else _now("Not told.")
    return Verdict(guest.influencer.stage_name, said, True, guest.url, guest.influencer_id)


def _move_work(guests: Sequence[Guest], days: int, at: dt.datetime, actor: Actor) -> list[Verdict]:
    cards = [guest.collaboration for guest in guests if guest.collaboration is not None]
    for card, guest in zip(cards, (one for one in guests if one.collaboration is not None), strict=True):
        card.influencer = guest.influencer
    return move_days(cards, Days(shift=days), at=at, actor=actor)


def call_off(event: Event, *, words: str = "", tell: bool = True, at: dt.datetime, actor: Actor) -> list[Verdict]:
    """It does not take place; whoever was asked is told."""
    with transaction.atomic():
        guests = list(asked_of(event))
        event.cancel(at=at, actor=actor)
        said = [written(CANCELLED, guest, at=at, key="off", words=words) if tell else "" for guest in guests]
    ring_after_commit()
    return [
        Verdict(guest.influencer.stage_name, text or _now("Not told."), True, guest.url, guest.influencer_id)
        for guest, text in zip(guests, said, strict=True)
    ]


def tell_moved_up(guests: Iterable[Guest], at: dt.datetime) -> None:
    """Those who waited and have a seat now."""
    for guest in guests:
        written(SEAT, guest, at=at, key=f"{at:%Y%m%d%H%M%S}")


def _each(guests: Sequence[Guest], do: Any) -> list[Verdict]:
    verdicts = []
    for guest in guests:
        name = guest.influencer.stage_name
        try:
            verdicts.append(Verdict(name, do(guest), True, guest.url, guest.influencer_id))
        except TransitionRefused as refused:
            verdicts.append(Verdict(name, str(refused), False, guest.url, guest.influencer_id))
    return verdicts


def invited_in_words(verdicts: Sequence[Verdict]) -> str:
    done = sum(verdict.done for verdict in verdicts)
    return ngettext("%(n)d person is invited.", "%(n)d people are invited.", done) % {"n": done}
