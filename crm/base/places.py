"""Places: a low room offers one, high rooms put themselves there. A dict and a decorator, nothing more."""

import datetime as dt
import pkgutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from django.db.models import QuerySet

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Placed(Generic[F]):
    """What a feature put into a place: its key, its function, and the extra words it came with."""

    key: str
    call: F
    order: int
    words: dict[str, Any]


class Place(Generic[F]):
    """A named registry. `place("deliverable.draft", label=...)` decorates the function to call."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._placed: dict[str, Placed[F]] = {}

    def __call__(self, key: str, *, order: int = 100, **words: Any) -> Callable[[F], F]:
        def put(function: F) -> F:
            there = self._placed.get(key)
            if there is not None and there.call.__qualname__ != function.__qualname__:
                raise ValueError(f"{self.name} already has “{key}”, from {there.call.__module__}.")
            self._placed[key] = Placed(key, function, order, words)
            return function

        return put

    def __contains__(self, key: str) -> bool:
        return key in self._placed

    def __getitem__(self, key: str) -> Placed[F]:
        return self._placed[key]

    def all(self) -> list[Placed[F]]:
        """Everything in this place, in its order."""
        return sorted(self._placed.values(), key=lambda placed: (placed.order, placed.key))


panel: Place[Callable[..., Any]] = Place("panel")
"""`@panel("person/campaigns", order=10)`: function(request, thing) -> (template name, context) or None to stay away.
Keys are page/name; pages: person, brand, campaign, collaboration, contract, today; today-top stands above the list."""

one_person: Place[Callable[[int], Iterable[int]]] = Place("one_person")
"""`@one_person("merged")`: function(person's id) -> ids of those who go on as this person. What was written, planned or
sent for them keeps their id."""


def ids_of_person(pk: int) -> set[int]:
    """Under which ids a person is found in rows that never change."""
    return {pk, *(other for placed in one_person.all() for other in placed.call(pk))}


told_by_readyz: Place[Callable[..., tuple[bool, str]]] = Place("told_by_readyz")
"""`@told_by_readyz("platforms")`: function(now) -> (is it well, in a word how). Told by /readyz, never a reason to be red."""

status_line: Place[Callable[..., Any]] = Place("status_line")
"""`@status_line("platforms", group="clockwork")`: function(outcomes by name, now) -> Line of crm.watch.status.lines, shown in that
group of the status page."""

her_data: Place[Callable[..., Any]] = Place("her_data")
"""`@her_data("crm.Address", model=..., what=...)`: function(Her) -> the rows one table holds about a person. A room says
it with `crm.base.hers.hers`, which also says what is emptied when she is forgotten."""

forgets: Place[Callable[..., Any]] = Place("forgets")
"""`@forgets("crm.Address", model=..., what=..., held="books")`: function(Forgetting) -> Lost; empties or takes away what a
table holds about her, except what the named hold keeps. Called in its order, in one transaction."""

named_to_her: Place[Callable[..., str]] = Place("named_to_her")
"""`@named_to_her("crm.Brand")`: function(row) -> what it is called in her export. Of rows nobody put here she gets the
number only: they may be somebody else's. A room says it with `crm.base.hers.called_by_name`."""

holds: Place[Callable[..., Any]] = Place("holds")
"""`@holds("books")`: function(Her, on) -> list of Held: why something of hers must be kept, until when, by which law."""


@dataclass(frozen=True)
class Outlived:
    """What is older than its rule allows: which rows, how some of them go by their ids, and how one of them is named.

    `take` returns how many went, and runs in one transaction. Without it, only a person can let them go. `rows` leaves out
    whatever has to stay, so that what is counted beforehand is what goes.
    """

    rows: "QuerySet[Any]"
    take: Callable[[Sequence[Any]], int] | None = None
    shown: Callable[[Any], tuple[str, str]] = lambda row: (str(row), "")
    """Of one row: its name, and the address where it is looked at."""


kept_for: Place[Callable[[dt.datetime, dt.datetime], Outlived]] = Place("kept_for")
"""`@kept_for("portal_links", label=..., goes=..., days=90)`: function(before, now) -> what was last needed before that moment.
`days` and `source` are those a fresh installation begins with; `asks_first=True` leaves a line on Today instead;
`set_by` is a function that tells the days where another setting of the house says them, None for never."""

searchable: Place[Callable[..., Any]] = Place("searchable")
"""`@searchable("influencers", label=_("People"))`: function(user, words, limit) -> list of Found."""


@dataclass(frozen=True)
class Found:
    """One line of the global search."""

    label: str
    detail: str
    url: str
    icon: str


def panels_for(page: str, request: Any, thing: Any) -> list[tuple[str, dict[str, Any]]]:
    """The panels of a page that have something to show, in order."""
    asked = (placed.call(request, thing) for placed in panel.all() if placed.key.split("/")[0] == page)
    return [shown for shown in asked if shown is not None]


FILLED_FROM = (
    "permissions",
    "seeds",
    "emails",
    "reminders",
    "panels",
    "portal",
    "searches",
    "nav",
    "merging",
    "bringing",
    "owned",
    "upkeep",
    "privacy",
    "retention",
    "leaving",
)
"""The files of a feature that put things into places; imported once when the apps are ready."""

NO_PARTS = ("actions", "forms", "management", "migrations", "models", "views")
"""Packages that hold one kind of thing, not a part of a feature."""


def fill_places(app: str) -> None:
    """Import every feature's place-filling files of one app. The fixed vocabulary of file names is the registration."""
    for room in pkgutil.iter_modules(import_module(app).__path__, f"{app}."):
        if room.ispkg:
            _fill_from(room.name, parts=True)


def _fill_from(package: str, *, parts: bool = False) -> None:
    """The files of one package by their names; of a room also those of its parts."""
    here = list(pkgutil.iter_modules(import_module(package).__path__))
    names = {module.name for module in here if not module.ispkg}
    for name in FILLED_FROM:
        if name in names:
            import_module(f"{package}.{name}")
    for module in here:
        if parts and module.ispkg and module.name not in NO_PARTS:
            _fill_from(f"{package}.{module.name}")
