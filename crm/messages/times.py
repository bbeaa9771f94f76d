"""When a message leaves for each recipient: her hours, her days, and how much mail she had."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from crm.base.models import Holiday, Organisation
from crm.base.windows import next_allowed, working_day_on_or_after
from crm.base.zones import local_date, local_instant
from crm.messages import reasons
from crm.messages.models import Message
from crm.outbox.models import Contact
from crm.outbox.reasons import reason
from crm.reminders.caps import Pair, Room, rooms_for
from crm.reminders.registry import days_off_of

TURNS = 8


class Leaving(NamedTuple):
    """An instant, and the stored reason when it is later than was asked."""

    at: dt.datetime
    why: str = ""


@dataclass(frozen=True)
class Clock:
    """What decides about everybody's hour, read once for a batch."""

    house: Organisation
    now: dt.datetime
    free: frozenset[dt.date] = frozenset()
    away: Mapping[int, Collection[dt.date]] = field(default_factory=dict)
    rooms: Mapping[Pair, Room] = field(default_factory=dict)

    @classmethod
    def read(cls, message: Message, pairs: Collection[Pair], now: dt.datetime) -> "Clock":
        house = Organisation.load()
        if message.is_urgent:
            return cls(house, now)
        away = days_off_of({person for _contact, person in pairs if person})
        return cls(house, now, Holiday.objects.free_days(house.country), away, rooms_for(pairs, now))

    def leaving(self, message: Message, person: int, contact: Contact) -> Leaving:
        """The first instant at which she may get it, from the one that was asked on."""
        asked = asked_at(message, contact.zone, self.now)
        if message.is_urgent:
            return self._out_of_quiet(Leaving(asked), contact)
        leaving = Leaving(asked)
        for _turn in range(TURNS):  # each rule may push it onto another's day; a few turns settle it
            before = leaving.at
            leaving = self._turn(leaving, person, contact)
            if leaving.at == before:
                break
        return leaving

    def _turn(self, leaving: Leaving, person: int, contact: Contact) -> Leaving:
        room = self.rooms.get((contact.pk, person))
        if room is not None and not room.is_now and room.may_go_at > leaving.at:
            leaving = Leaving(room.may_go_at, room.why)
        return self._out_of_quiet(self._on_working_day(leaving, person, contact), contact)

    def _on_working_day(self, leaving: Leaving, person: int, contact: Contact) -> Leaving:
        on, away = local_date(leaving.at, contact.zone), frozenset(self.away.get(person, ()))
        works = working_day_on_or_after(on, self.free | away)
        if works == on:
            return leaving
        why = reasons.ON_LEAVE if on in away else reasons.WAITS_FOR_DAY
        return Leaving(local_instant(works, self.house.remind_at, contact.zone), reason(why))

    def _out_of_quiet(self, leaving: Leaving, contact: Contact) -> Leaving:
        at = next_allowed(leaving.at, contact.zone, self.house.quiet_from, self.house.quiet_until)
        return leaving if at == leaving.at else Leaving(at, leaving.why or reason(reasons.WAITS_FOR_HOURS))


def asked_at(message: Message, zone: str, now: dt.datetime) -> dt.datetime:
    """The instant the writer chose, where the recipient is or at one instant for all; now when she chose none."""
    if message.leave_on is None:
        return now
    clock = message.leave_clock or dt.time(9, 0)
    return max(now, local_instant(message.leave_on, clock, message.zone or zone))
