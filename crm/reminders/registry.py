"""One source of dates: features say what is due; reminders, Today, calendars and the outbox all read it here."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crm.base.places import Place

if TYPE_CHECKING:
    from crm.team.models import User


@dataclass(frozen=True)
class Asked:
    """A question for due things: within an instant range, or (with `subjects`) about exactly these rows.

    With `subjects` a source answers for every row that still exists, settled or not, and says in `Due.stopped_why`
    why nobody should be reminded of it; without, it leaves stopped things out. For a `calendar` it also tells of days on
    which nobody has to do anything. `known` keeps what sources that share their rows have read for this question.
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
    manager_ids: tuple[int, ...] = ()
    contact_ids: tuple[int, ...] = ()  # who is asked: she, her agent
    copy_ids: tuple[int, ...] = ()  # who reads the same, without being asked
    url: str = ""  # where a colleague settles it
    verb: Any = ""  # the verb that settles it, for the button
    icon: str = "check2"
    detail: Any = ""  # second line
    stopped_why: Any = ""  # empty while it is really due
    on_hold: bool = False  # stopped for a while (paused): moments that pass meanwhile never mail
    born_at: dt.datetime | None = None  # from when on anybody could be asked: steps before it never mail
    went_on_at: dt.datetime | None = None  # when the last pause ended: what passed before and was not said stays unsaid
    held_until: dt.datetime | None = None  # an answer waits to be read: no step leaves before
    entered_at: dt.datetime | None = None  # when its day was entered: what was over by then never mails
    changed_at: dt.datetime | None = None  # when its row last changed: what calendars want to know
    facts: dict[str, Any] = field(default_factory=dict)  # JSON-safe facts for e-mails

    @property
    def was_over(self) -> bool:
        """Its day was over before anybody entered it: shown as late, never mailed about."""
        return self.entered_at is not None and self.due_at <= self.entered_at


due: Place[Callable[[Asked], Iterable[Due]]] = Place("due")
"""`@due("deliverable.draft", label=_("Drafts"))`: function(Asked) -> dues of this kind. With `clock=True` it is a window
that stands on the clock and in calendars."""


def windows() -> dict[str, Any]:
    """The kinds that stand on the clock and in calendars, with their words."""
    return {placed.key: placed.words.get("label", placed.key) for placed in due.all() if placed.words.get("clock")}


def dues(asked: Asked, kinds: Collection[str] | None = None) -> Iterator[Due]:
    """Everything due that was asked for, of all kinds or of these."""
    for placed in due.all():
        if kinds is None or placed.key in kinds:
            yield from placed.call(asked)


quiet_days: Place[Callable[[Collection[int]], Mapping[int, Collection[dt.date]]]] = Place("quiet_days")
"""`@quiet_days("days_off")`: function(influencer ids) -> {influencer id: days she does not want to hear from us}."""


def days_off_of(influencer_ids: Collection[int]) -> dict[int, Collection[dt.date]]:
    """The days each of these people is away."""
    found: dict[int, Collection[dt.date]] = {}
    for placed in quiet_days.all() if influencer_ids else ():
        found |= placed.call(influencer_ids)
    return found
