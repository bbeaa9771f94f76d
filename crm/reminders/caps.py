"""How much is enough: messages to one person a day, within seven days, and about one thing.

What left counts, what is on its way, and what a colleague passes on by hand, done or still on her list. Colleagues are not spared, and a message
somebody asked for herself counts for nothing.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from crm.base.models import Holiday, Organisation
from crm.base.windows import is_working_day, next_allowed
from crm.base.zones import local_date, local_instant
from crm.outbox.kinds import on_request
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import reason
from crm.reminders import reasons
from crm.reminders.models import Cap, Recipient, Reminder
from crm.reminders.registry import days_off_of

DAY = dt.timedelta(days=1)
WEEK = 7
FURTHEST = 60  # days: a person with more days off than this hears on a day off

Pair = tuple[int, int | None]
"""A contact and whom it is about: an agent hears about each of hers as if they were on their own. None: about anybody."""
Thing = tuple[int, str, str, str]
"""contact, kind, subject, the deadline's day: what the cap about one thing counts; a new day is a new promise."""


class NoRoom(Exception):
    """Somebody else's message took the last room in the meantime."""


@dataclass(frozen=True)
class Room:
    """When one more message may go to a contact; `why` is a stored reason, empty when that is now."""

    may_go_at: dt.datetime
    why: str = ""

    @property
    def is_now(self) -> bool:
        return not self.why


@dataclass(frozen=True)
class Calendar:
    """The house's caps and hours on one day, read once."""

    most: Mapping[str, int]
    house: Organisation
    holidays: Collection[dt.date] = field(default_factory=frozenset)

    @classmethod
    def on(cls, now: dt.datetime) -> "Calendar":
        house = Organisation.load()
        return cls(Cap.objects.in_force(local_date(now, house.zone)), house, Holiday.objects.free_days(house.country))

    def leaves_at(self, at: dt.datetime, zone: str) -> dt.datetime:
        return next_allowed(at, zone, self.house.quiet_from, self.house.quiet_until)


def room_for(contact_ids: Collection[int], now: dt.datetime) -> dict[int, Room]:
    """When one more message may go to each of these contacts, whoever it is about; a fixed number of queries."""
    rooms = rooms_for({(contact, None) for contact in contact_ids}, now)
    return {contact: room for (contact, _person), room in rooms.items()}


def rooms_for(
    pairs: Collection[Pair], now: dt.datetime, calendar: Calendar | None = None, *, on_lists: bool = True
) -> dict[Pair, Room]:
    """The same where it matters whom the message is about: an agent may hear about each of her people once a day.

    Without `on_lists` what colleagues still have to pass on counts for nothing.
    """
    calendar = calendar or Calendar.on(now)
    zones = dict(
        Contact.objects.partners().filter(pk__in={contact for contact, _person in pairs}).values_list("pk", "zone")
    )
    told = _days_told(zones, calendar, now, on_lists=on_lists)
    away = days_off_of({person for _contact, person in pairs if person})
    return {
        (contact, person): _room(calendar, told[contact], person, zones[contact], away.get(person or 0, ()), now)
        if contact in zones
        else Room(now)
        for contact, person in pairs
    }


def hold(contact: Contact) -> None:
    """Within a transaction: nobody else counts this contact's messages until it ends."""
    contact.hold()


def has_room(pair: Pair, calendar: Calendar, now: dt.datetime) -> bool:
    """Whether one more message may go now; ask while the contact is held."""
    zones = dict(Contact.objects.partners().filter(pk=pair[0]).values_list("pk", "zone"))
    if not zones:
        return True
    told = _days_told(zones, calendar, now)[pair[0]]
    return _room(calendar, told, pair[1], zones[pair[0]], (), now).is_now


Told = list[tuple[int | None, dt.date]]


def _days_told(
    zones: Mapping[int, str], calendar: Calendar, now: dt.datetime, *, on_lists: bool = True
) -> dict[int, Told]:
    """The days on which each contact had, or will have, a message; with whom it was about."""
    rows = Email.objects.counting_since(now - (WEEK + 1) * DAY).filter(contact_id__in=zones)
    rows = rows.exclude(name__in=on_request())
    told: dict[int, Told] = defaultdict(list)
    columns = ("contact_id", "influencer_ref", "sent_at", "data_started_at", "send_at")
    for contact, person, sent_at, started_at, send_at in rows.values_list(*columns):
        left_at = sent_at or started_at or calendar.leaves_at(max(send_at, now), zones[contact])
        told[contact].append((person, local_date(left_at, zones[contact])))
    for contact, person, asked_at in _on_somebodys_list(zones, now) if on_lists else ():
        told[contact].append((person, local_date(asked_at, zones[contact])))
    return told


def _on_somebodys_list(contacts: Collection[int], now: dt.datetime) -> Iterator[tuple[int, int | None, dt.datetime]]:
    """What a colleague was asked to pass on lately and has not yet; what would be one e-mail counts once."""
    rows = Reminder.objects.to_pass_on().filter(contact_id__in=contacts, updated_at__gte=now - (WEEK + 1) * DAY)
    columns = ("contact_id", "influencer_ref", "updated_at", "brand_ref", "owner_ref")
    for contact, person, asked_at, _brand, _owner in rows.order_by().values_list(*columns).distinct():
        yield contact, person, asked_at


def _room(
    calendar: Calendar, told: Told, person: int | None, zone: str, away: Collection[dt.date], now: dt.datetime
) -> Room:
    days = Counter(day for about, day in told if None in (about, person) or about == person)
    today = local_date(calendar.leaves_at(now, zone), zone)
    why = _why_not(today, days, calendar.most)
    if not why:
        return Room(now)
    free = frozenset(away) | frozenset(calendar.holidays)
    for number in count(1):
        on = today + number * DAY
        if number > FURTHEST or (is_working_day(on, free) and not _why_not(on, days, calendar.most)):
            return Room(local_instant(on, calendar.house.remind_at, zone), why)
    raise AssertionError("count() never ends")


def _why_not(on: dt.date, days: Counter[dt.date], most: Mapping[str, int]) -> str:
    """Why one more message would be too many on that day; empty when it is not."""
    a_day, a_week = most.get(Cap.Scope.DAY), most.get(Cap.Scope.WEEK)
    if a_day is not None and days[on] >= a_day:
        return reason(reasons.CAP_DAY, most=a_day)
    if a_week is not None and any(_within(on + last * DAY, days) >= a_week for last in range(WEEK)):
        return reason(reasons.CAP_WEEK, most=a_week)
    return ""


def _within(last: dt.date, days: Counter[dt.date]) -> int:
    """How many messages fall into the seven days that end on that one."""
    return sum(days[last - back * DAY] for back in range(WEEK))


def said_already(rows: Iterable[Reminder]) -> Counter[Thing]:
    """How often each of these things was said to its contact; what could not wait is not counted."""
    subjects = {row.subject for row in rows}
    said = Reminder.objects.mailed().filter(subject__in=subjects, email__state__in=Email.COUNTING)
    return Counter(thing_of(row) for row in said.select_related("rule") if not row.is_urgent)


def thing_of(row: Reminder) -> Thing:
    return row.contact_id, row.kind, row.subject, row.due_key.partition("/")[0]


def over_item_cap(row: Reminder, said: Mapping[Thing, int], most: Mapping[str, int]) -> str:
    """Why nothing more is said about this thing; empty while there is room, and for what cannot wait."""
    limit = most.get(Cap.Scope.ITEM)
    if limit is None or row.is_urgent or row.recipient != Recipient.INFLUENCER or said.get(thing_of(row), 0) < limit:
        return ""
    return reason(reasons.CAP_ITEM, most=limit)
