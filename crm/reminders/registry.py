"""One source of dates: features say what is due; reminders, Today, calendars and the outbox all read it here."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from crm.base.places import Place
from crm.base.tables import filled

if TYPE_CHECKING:
    from crm.team.models import User


@dataclass(frozen=True)
class Asked:
    """A question for due things: within an instant range, or (with `subjects`) about exactly these rows.

    With `subjects` a source answers for every row that still exists, settled or not, and says in `Due.stopped_why`
    why nobody should be reminded of it; without, it leaves stopped things out. For a `calendar` it also tells of days on
    which nobody has to do anything, and says nothing of who is asked and who is told of lateness: nobody is written to.
    `known` keeps what sources that share their rows have read for this question.
    """

    now: dt.datetime
    from_at: dt.datetime | None = None
    to_at: dt.datetime | None = None
    user: "User | None" = None
    subjects: Collection[int] | None = None
    calendar: bool = False
    known: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, name: str, read: Callable[[], Any]) -> Any:
        """What `read` gives, asked once however many kinds are made of it."""
        if name not in self.known:
            self.known[name] = read()
        return self.known[name]


@dataclass(frozen=True, slots=True)
class Due:
    """One dated thing somebody has to do."""

    kind: str
    subject: str  # "campaigns.deliverable:12"
    due_on: dt.date  # the day, in `zone`
    due_at: dt.datetime  # the instant it turns late: the end of that day in `zone`
    zone: str
    title: Any  # lazy sentence for colleagues, with the person's name left out
    influencer_id: int | None = None
    influencer_label: str = ""
    brand_id: int | None = None
    brand_label: str = ""
    owner_id: int | None = None  # the colleague who answers for it
    colleague_ids: tuple[int, ...] = ()  # the colleagues who are asked where it is not the one who answers for it
    manager_ids: tuple[int, ...] = ()
    contact_ids: tuple[int, ...] = ()  # who is asked: she, her agent
    copy_ids: tuple[int, ...] = ()  # who reads the same, without being asked
    url: str = ""  # where a colleague settles it
    verb: Any = ""  # the verb that settles it, for the button
    icon: str = "check2"
    within: str = ""  # the bigger thing it belongs to: "campaigns.campaign:5"
    within_label: str = ""
    detail: Any = ""  # second line
    stopped_why: Any = ""  # empty while it is really due
    on_hold: bool = False  # stopped for a while (paused): moments that pass meanwhile never mail
    born_at: dt.datetime | None = None  # from when on anybody could be asked: steps before it never mail
    went_on_at: dt.datetime | None = None  # when the last pause ended: what passed before and was not said stays unsaid
    held_until: dt.datetime | None = None  # an answer waits to be read: no step leaves before
    entered_at: dt.datetime | None = None  # when its day was entered: what was over by then never mails
    changed_at: dt.datetime | None = None  # when its row last changed: what calendars want to know
    never_before: bool = False  # a question about its day: a free day puts it off and never brings it forward
    facts: dict[str, Any] = field(default_factory=dict)  # JSON-safe facts for e-mails

    @property
    def was_over(self) -> bool:
        """Its day was over before anybody entered it: shown as late, never mailed about."""
        return self.entered_at is not None and self.due_at <= self.entered_at


due: Place[Callable[[Asked], Iterable[Due]]] = Place("due")
"""`@due("deliverable.draft", label=_("Drafts"))`: function(Asked) -> dues of this kind. With `clock=True` it is a window
that closes and stands on the clock; with `closes=True` calendars show it among those. With `on_calendar=False` its day is the
one it began on, not one by which anything is to be done, and calendars leave it out. `of="crm.Contract"` names the model whose
rows it reads first: whoever looks at everything again and again does not ask it while that table is empty.

A source of a calendar is read with `Asked(user=..., calendar=True)` for a month of everybody's work: one query however many
rows, so no addresses (`mail_routes`), no managers and no words for e-mails, and kinds made of the same rows read them by
`asked.once`. A thing of a campaign says so in `within` and `within_label`. For a day somebody may move, see `movable`."""


def windows() -> dict[str, Any]:
    """The kinds that stand on the clock and in calendars, with their words."""
    return {placed.key: placed.words.get("label", placed.key) for placed in due.all() if placed.words.get("clock")}


def dated(*, closing: bool = True, deadlines: bool = True) -> dict[str, Any]:
    """The kinds a calendar may show, with their words: windows that close, deadlines of work, or both."""
    wanted = {True: closing, False: deadlines}
    placed_here = (placed for placed in due.all() if placed.words.get("on_calendar", True))
    return {
        placed.key: placed.words.get("label", placed.key)
        for placed in placed_here
        if wanted[bool(placed.words.get("closes", placed.words.get("clock")))]
    }


def kinds_with_rows(kinds: Collection[str]) -> set[str]:
    """These kinds without those whose table is empty: one short question where each of them would put a wide one."""
    of = {placed.key: placed.words.get("of", "") for placed in due.all() if placed.key in kinds}
    there = filled([label for label in of.values() if label])
    return {kind for kind, label in of.items() if not label or label in there}


def dues(asked: Asked, kinds: Collection[str] | None = None) -> Iterator[Due]:
    """Everything due that was asked for, of all kinds or of these."""
    for placed in due.all():
        if kinds is None or placed.key in kinds:
            yield from placed.call(asked)


def wanted(found: Due, asked: Asked) -> Iterator[Due]:
    """It, where it was asked for: by name, or because it is really due in the asked time."""
    is_in_time = (asked.from_at or found.due_at) <= found.due_at <= (asked.to_at or found.due_at)
    if asked.subjects is not None or (is_in_time and not found.stopped_why):
        yield found


quiet_days: Place[Callable[[Collection[int]], Mapping[int, Collection[dt.date]]]] = Place("quiet_days")
"""`@quiet_days("days_off")`: function(influencer ids) -> {influencer id: days she does not want to hear from us}."""


def days_off_of(influencer_ids: Collection[int]) -> dict[int, Collection[dt.date]]:
    """The days each of these people is away."""
    found: dict[int, Collection[dt.date]] = {}
    for placed in quiet_days.all() if influencer_ids else ():
        found |= placed.call(influencer_ids)
    return found


@dataclass(frozen=True)
class Shift:
    """To which day dated things move: to this one, or by so many days; with what hangs on them, or without."""

    to_on: dt.date | None = None
    by: int = 0
    along: bool = True
    from_on: dt.date | None = None  # only while it still stands on this day: two who press at once move it once

    def day(self, on: dt.date) -> dt.date:
        return self.to_on or on + dt.timedelta(days=self.by)


@dataclass(frozen=True)
class Outlook:
    """What moving one dated thing would do, said before it is done. Empty `refused`: it can be done."""

    pk: int
    who: str
    what: Any
    from_on: dt.date
    to_on: dt.date
    refused: Any = ""
    also: tuple[str, ...] = ()  # what moves with it: "Draft: Fri 27 Nov → Mon 30 Nov"
    warnings: tuple[str, ...] = ()
    cancelled: int = 0  # reminders that wait and would be taken back
    planned: int = 0  # reminders that would be planned instead
    url: str = ""


class Movable(Protocol):
    """How the days of one kind move. The rows are those this colleague may see and change; others are left out."""

    def preview(self, pks: Collection[int], shift: Shift, user: "User", now: dt.datetime) -> list[Outlook]:
        """What it would do to each, in the order of `pks`; nothing stays changed."""
        ...

    def move(self, pk: int, shift: Shift, user: "User", at: dt.datetime) -> Any:
        """Do it to one and say what was done, for a person. Raises TransitionRefused, nothing changed."""
        ...


movable: Place[Callable[[], Movable]] = Place("movable")
"""`@movable("deliverable.draft", along="deliverable.post")`: function() -> Movable for the dues of that kind. Calendars let it be
dragged, moved by keyboard and many at once; kinds that are not here stay where they are. `along` names the kind that carries
this one: when both are chosen for the same row, the carrier moves both."""
