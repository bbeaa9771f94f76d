"""The main navigation: a place that features fill from their urls or panels modules.

    nav_item(order=20, label=_("People"), icon="people", url_name="people", permission="crm.view_influencer")

The first four items a person may use are the dock of a phone; the rest stand behind "More".
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from crm.base.places import Place

Count = Callable[[Any], int]

DOCK = 4

first_page: Place[Callable[[Any], str]] = Place("first_page")
"""`@first_page("overview", order=10)`: function(user) -> the address where the day of such a colleague begins, empty for
others. The first that answers is where signing in and the mark of the house lead; for everybody else that is Today."""


@dataclass(frozen=True)
class NavItem:
    """One entry: its words, where it leads, who may use it, and how many things wait there."""

    order: int
    label: str | Promise
    icon: str
    url_name: str
    permission: str | None
    count: Count | None
    also: tuple[str, ...] = ()
    """Names of further pages that belong to it, though their addresses begin otherwise."""

    @property
    def key(self) -> str:
        return self.url_name.replace(":", "-")

    @property
    def is_counted(self) -> bool:
        return self.count is not None

    @property
    def url(self) -> str:
        return reverse(self.url_name)

    @property
    def urls(self) -> list[str]:
        return [self.url, *map(reverse, self.also)]

    def is_for(self, user: Any) -> bool:
        return self.permission is None or user.has_perm(self.permission)


@dataclass(frozen=True)
class Pinned:
    """A thing somebody keeps at hand: shown under the navigation with the colour of its house (a, b, c or d)."""

    label: str
    url: str
    house: str = "a"


@dataclass(frozen=True)
class Shown:
    """An item as the page shows it."""

    item: NavItem
    url: str
    is_active: bool
    is_extra: bool


ITEMS: dict[str, NavItem] = {}
PINS: list[Callable[[Any], Iterable[Pinned]]] = []


def nav_item(
    *,
    order: int,
    label: str | Promise,
    icon: str,
    url_name: str,
    permission: str | None = None,
    count: Count | None = None,
    also: tuple[str, ...] = (),
) -> None:
    """Put an entry into the main navigation. `count(user)`: how many things wait; asked once the page is up."""
    ITEMS[url_name] = NavItem(order, label, icon, url_name, permission, count, also)


def pinned_source(read: Callable[[Any], Iterable[Pinned]]) -> Callable[[Any], Iterable[Pinned]]:
    """Decorates a function(user) whose answers stand under "Pinned"."""
    if read not in PINS:
        PINS.append(read)
    return read


def items_for(user: Any) -> list[NavItem]:
    return [item for item in sorted(ITEMS.values(), key=lambda item: item.order) if item.is_for(user)]


def shown_to(request: HttpRequest) -> list[Shown]:
    """The navigation of this page. The active entry is the one whose address begins the page's address furthest."""
    items = items_for(request.user)
    reaches = [(url, item) for item in items for url in item.urls if _leads_to(url, request.path)]
    _, active = max(reaches, key=lambda reach: len(reach[0]), default=("", None))
    return [Shown(item, item.url, is_active=item is active, is_extra=place >= DOCK) for place, item in enumerate(items)]


def _leads_to(url: str, path: str) -> bool:
    return path == url or (url != "/" and path.startswith(url))


def pinned_for(user: Any) -> list[Pinned]:
    return [pin for read in PINS for pin in read(user)]


def home_of(user: Any, otherwise: str) -> str:
    """Where this colleague's day begins."""
    return next((url for placed in first_page.all() if (url := placed.call(user))), otherwise)


def counts_for(user: Any) -> dict[str, int]:
    """How many things wait behind each entry that counts, by the entry's key."""
    return {item.key: item.count(user) for item in items_for(user) if item.count is not None}
