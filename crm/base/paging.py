"""Pages of long lists by position, not by number: page 2,000 costs what page 1 costs, and nobody counts the table.

A page is asked for with a cursor: the key of the row it begins behind (or ends before). A cursor that does not fit the
list, because somebody changed the address or the order, leads to the first page and never to an error.
"""

import base64
import binascii
import datetime as dt
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Field, GeneratedField, Q, QuerySet

from crm.base.formats import count_full

Row = TypeVar("Row")

SIZE = 50
CAP = 1_000
LONGEST_CURSOR = 600
LARGEST_ID = 2**63 - 1
BEHIND, BEFORE = "b", "a"


@dataclass(frozen=True)
class Order:
    """One way to sort a list: a column nobody leaves empty, and the id where it is equal."""

    key: str
    label: Any
    column: str
    descending: bool = True

    @property
    def columns(self) -> tuple[str, str]:
        sign = "-" if self.descending else ""
        return f"{sign}{self.column}", f"{sign}id"


@dataclass(frozen=True)
class Cursor:
    """A place in a list: rows behind the key, or, on the way back, rows before it."""

    order: str
    value: Any
    pk: int
    backwards: bool = False

    def __str__(self) -> str:
        value = self.value.isoformat() if isinstance(self.value, dt.datetime) else self.value
        said = json.dumps([self.order, BEFORE if self.backwards else BEHIND, value, self.pk], separators=(",", ":"))
        return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """The rows of one page and the cursors of its neighbours; an empty cursor means there is none."""

    rows: list[Row]
    earlier: str
    later: str

    @property
    def is_whole(self) -> bool:
        return not self.earlier and not self.later


@dataclass(frozen=True)
class Count:
    """How many rows match, counted no further than the cap: `312`, `1,000+`."""

    number: int
    is_capped: bool

    def __str__(self) -> str:
        return self.words

    @cached_property
    def words(self) -> str:
        """In the language of whoever reads it first: a count lives as long as its page."""
        return f"{count_full(self.number)}+" if self.is_capped else count_full(self.number)


def capped_count(rows: "QuerySet[Any, Any]", cap: int = CAP) -> Count:
    """Count to the cap and stop: the same price for a table of a thousand rows and of a million."""
    number = rows.order_by()[: cap + 1].count()
    return Count(min(number, cap), number > cap)


def page_of(
    rows: "QuerySet[Any, Row]",
    order: Order,
    cursor: str,
    *,
    key: Callable[[Row], tuple[Any, int]],
    size: int = SIZE,
) -> Page[Row]:
    """The page the cursor asks for. `key` reads the order's column and the id from a row."""
    asked = read_cursor(cursor, order, rows.model._meta.get_field(order.column))
    if asked is None:
        return _page(list(rows.order_by(*order.columns)[: size + 1]), order, key, size, first=True)
    if not asked.backwards:
        behind = rows.filter(_beyond(order, asked, order.descending)).order_by(*order.columns)
        return _page(list(behind[: size + 1]), order, key, size, first=False)
    turned = tuple(name.removeprefix("-") if order.descending else f"-{name}" for name in order.columns)
    before = rows.filter(_beyond(order, asked, not order.descending)).order_by(*turned)
    return _page_back(list(before[: size + 1]), order, key, size)


def _beyond(order: Order, asked: Cursor, descending: bool) -> Q:
    """Rows on the far side of a key. The first condition bounds the index; a plain OR alone would read the table."""
    than = "lt" if descending else "gt"
    bound = Q(**{f"{order.column}__{than}e": asked.value})
    return bound & (Q(**{f"{order.column}__{than}": asked.value}) | Q(**{f"id__{than}": asked.pk}))


def _page(
    found: list[Row], order: Order, key: Callable[[Row], tuple[Any, int]], size: int, *, first: bool
) -> Page[Row]:
    shown = found[:size]
    later = _cursor(order, key(shown[-1])) if len(found) > size else ""
    earlier = _cursor(order, key(shown[0]), backwards=True) if shown and not first else ""
    return Page(shown, earlier, later)


def _page_back(found: list[Row], order: Order, key: Callable[[Row], tuple[Any, int]], size: int) -> Page[Row]:
    shown = found[:size][::-1]
    earlier = _cursor(order, key(shown[0]), backwards=True) if len(found) > size else ""
    later = _cursor(order, key(shown[-1])) if shown else ""
    return Page(shown, earlier, later)


def _cursor(order: Order, at: tuple[Any, int], *, backwards: bool = False) -> str:
    value, pk = at
    return str(Cursor(order.key, value, pk, backwards))


def read_cursor(text: str, order: Order, column: Any) -> Cursor | None:
    """The place a cursor names, or None when it names no place in this list in this order."""
    if not text or len(text) > LONGEST_CURSOR:
        return None
    try:
        said = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        key, way, value, pk = said
    except (binascii.Error, ValueError, TypeError, RecursionError):
        return None
    read = _value(column, value)
    if key != order.key or way not in (BEHIND, BEFORE) or read is None or not _is_id(pk):
        return None
    return Cursor(order.key, read, pk, way == BEFORE)


def _is_id(pk: Any) -> bool:
    return type(pk) is int and 0 < pk <= LARGEST_ID


def _value(column: "Field[Any, Any] | GeneratedField", value: Any) -> Any:
    """The value as the column holds it; None for anything no row could hold."""
    field: Any = column.output_field if isinstance(column, GeneratedField) else column
    if not isinstance(value, str | int) or isinstance(value, bool) or "\x00" in str(value):
        return None
    try:
        read = field.to_python(value)
    except (ValidationError, OverflowError):
        return None
    if isinstance(read, dt.datetime) and read.tzinfo is None:
        return None
    if isinstance(read, int) and abs(read) > LARGEST_ID:
        return None
    return read


def order_named(orders: Sequence[Order], key: str) -> Order:
    """The order of that name; the first one for any other name."""
    return next((order for order in orders if order.key == key), orders[0])
