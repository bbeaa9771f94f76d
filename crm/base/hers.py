"""What a table holds about a person, said once by the room that owns it: an export reads it, erasure empties it."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Concat

from crm.base.models import StoredFile
from crm.base.places import forgets, her_data, named_to_her

ERASED = "[…]"
"""Stands where words were. It is the same in every language, and a text that must not be empty is not."""

MARKED = (models.CharField, models.TextField)
PLAIN = (models.EmailField, models.URLField, models.GenericIPAddressField)
"""Texts with a form of their own: a mark would not be an address, so they are left empty."""


@dataclass(frozen=True)
class Her:
    """Everything one person is found under."""

    pk: int
    people: frozenset[int]
    """Her own id and those of everybody who goes on as her."""
    contacts: frozenset[int]
    """Contacts that stand for nobody else: an agent of several people is not hers."""
    words: tuple[str, ...] = ()
    """Names, handles, addresses and numbers that mean nobody but her, longest first."""


@dataclass
class Lost:
    """What one table lost: rows that went, rows that were emptied, rows a hold keeps, and the files they showed."""

    gone: int = 0
    emptied: int = 0
    kept: int = 0
    files: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Forgetting:
    """One erasure under way: who, which holds stand, when."""

    her: Her
    holds: frozenset[str]
    at: dt.datetime
    actor: Any


@dataclass(frozen=True)
class Held:
    """Why something must be kept, or why nobody may be forgotten yet (`blocks`)."""

    key: str
    words: Any
    source: Any = ""
    until_on: dt.date | None = None
    blocks: bool = False
    way_out: Any = ""


BOOK_YEARS = 10
"""UU KUP (law 6/1983 as last changed by law 7/2021), article 28(11), and law 8/1997, article 11: books and the papers
behind them are kept for ten years, counted from the end of the book year."""


def years_of_books(on: dt.date) -> dt.date:
    """Until when a paper of this day is kept."""
    return dt.date(on.year + BOOK_YEARS, 12, 31)


def among(model: type[models.Model], paths: str, her: Her) -> "QuerySet[Any]":
    """Rows that lead to her by one of these ways: `…contact` and `contact_ref` lead to a contact, all others to a person."""
    ends = ((path, path.rsplit("__", 1)[-1].removesuffix("_ref") == "contact") for path in paths.split())
    asked = [Q(**{f"{path}__in": her.contacts if is_contact else her.people}) for path, is_contact in ends]
    found: QuerySet[Any] = model._base_manager.filter(reduce(or_, asked))
    return model._base_manager.filter(pk__in=found.order_by().values("pk"))


def hers(
    model: type[models.Model],
    paths: str = "",
    *,
    empties: str = "",
    goes: bool = False,
    stays: str = "",
    why: Any = "",
    held: str = "",
    held_if: Q | None = None,
    unsaid: str = "",
    rows: "Callable[[Her], QuerySet[Any]] | None" = None,
    order: int = 100,
) -> None:
    """One table with data of a person. When she is forgotten its rows go, or the fields in `empties` are emptied.

    `stays` names fields that tell something of her and stay, and `why` says for what. `held` is the hold that keeps the
    rows (those of `held_if` only) for as long as it stands. `unsaid` is not in her export: it is not hers, or a secret.
    """
    found = rows or (lambda her: among(model, paths, her))
    key = model._meta.label
    what = model._meta.verbose_name_plural
    said = {"model": model, "what": what, "unsaid": unsaid.split(), "stays": stays.split(), "why": why}
    her_data(key, order=order, goes=goes, empties=empties.split(), **said)(found)

    def forget(one: Forgetting) -> Lost:
        lost, theirs = Lost(), found(one.her)
        if held in one.holds:
            stay = theirs.filter(held_if) if held_if is not None else theirs
            lost.kept = stay.count()
            theirs = theirs.exclude(pk__in=stay.order_by().values("pk"))
        return drop(theirs, lost) if goes else empty(theirs, empties.split(), lost)

    forget.__qualname__ = f"forget:{key}"
    forgets(key, order=order, model=model, what=what, held=held, held_if=held_if)(forget)


def file_fields(model: type[models.Model], names: Iterable[str] | None = None) -> list[Any]:
    """Columns and lists of a table that show kept files."""
    every = [*model._meta.concrete_fields, *model._meta.many_to_many]
    of_files = [one for one in every if one.related_model is StoredFile]
    return [one for one in of_files if names is None or one.name in set(names)]


def shown_files(rows: "QuerySet[Any]", names: Iterable[str] | None = None) -> set[int]:
    """Which kept files these rows show."""
    found: set[int] = set()
    for one in file_fields(rows.model, names):
        found |= set(rows.filter(**{f"{one.name}__isnull": False}).values_list(one.name, flat=True))
    return found


def drop(rows: "QuerySet[Any]", lost: Lost) -> Lost:
    """The rows go, and so do files that nothing else shows."""
    pks = list(rows.order_by().values_list("pk", flat=True))
    theirs = rows.model._base_manager.filter(pk__in=pks)
    lost.files |= shown_files(theirs)
    lost.gone += len(pks)
    QuerySet(rows.model).filter(pk__in=pks).delete()
    return lost


def empty(rows: "QuerySet[Any]", names: Iterable[str], lost: Lost) -> Lost:
    """These fields of the rows are emptied. What is empty already is left alone, so a second time changes nothing."""
    model, names = rows.model, list(names)
    pks = list(rows.filter(_full(model, names)).order_by().values_list("pk", flat=True).distinct()) if names else []
    theirs = model._base_manager.filter(pk__in=pks)
    lost.files |= shown_files(theirs, names)
    for one in model._meta.many_to_many:
        if one.name in names:
            getattr(model, one.name).through._base_manager.filter(**{f"{model._meta.model_name}__in": pks}).delete()
    values = {name: emptied(model._meta.get_field(name)) for name in names}
    values = {name: value for name, value in values.items() if value is not LEFT}
    if values and pks:
        theirs.update(**values)
    lost.emptied += len(pks)
    return lost


LEFT = object()
"""A column that cannot be emptied by itself: a list of rows, or a file that must be there and is emptied in its place."""


def emptied(column: Any) -> Any:
    """What stands in a column once it tells nothing of anybody."""
    if column.many_to_many or (column.is_relation and not column.null):
        return LEFT
    if column.null:
        return None
    if isinstance(column, models.JSONField):
        return column.get_default()
    if is_marked(column):
        told = _number(column) if _is_a_key(column) else Value(ERASED)
        return Case(When(**{column.name: ""}, then=Value("")), default=told)
    return "" if isinstance(column, MARKED) else column.get_default()


def is_marked(column: Any) -> bool:
    """Free text: a mark stands where it was."""
    form = type(column).__name__ == "PhoneNumberField" or isinstance(column, PLAIN)
    short = (column.max_length or 100) < len(ERASED) if hasattr(column, "max_length") else True
    return isinstance(column, MARKED) and not form and not short and not column.choices


def _is_a_key(column: Any) -> bool:
    """No two rows may have the same."""
    keys = [getattr(one, "fields", ()) for one in column.model._meta.constraints]
    return bool(column.unique) or any(column.name in fields for fields in keys)


def _number(column: Any) -> Any:
    """Where every row needs its own: the mark and the number of the row."""
    return Concat(Value(f"{ERASED}-"), Cast("pk", models.CharField()))


def _full(model: type[models.Model], names: list[str]) -> Q:
    """Rows that still tell something in one of these fields."""
    asked = Q()
    for name in names:
        column: Any = model._meta.get_field(name)
        if column.many_to_many or column.is_relation or column.null:
            asked |= Q(**{f"{name}__isnull": False})
        elif isinstance(column, models.JSONField):
            asked |= ~Q(**{name: column.get_default()})
        elif is_marked(column):
            asked |= ~(Q(**{name: ""}) | Q(**{f"{name}__startswith": ERASED}))
        else:
            asked |= ~Q(**{name: ""})
    return asked


def called_by_name(*models_: type[models.Model]) -> None:
    """Rows of these tables are about nobody else, so what leads to them is told to her by their names."""
    for model in models_:
        named_to_her(model._meta.label)(str)


def may_name(
    model: type[models.Model], names: str, *, held: str = "", held_if: Q | None = None, order: int = 500
) -> None:
    """One table of something else in which people may be named: her own words are taken out of it, the rest stays.

    While the hold `held` stands, rows (those of `held_if` only) are left as they are: a signed paper is not rewritten.
    """
    key = f"words:{model._meta.label}"

    def forget(one: Forgetting) -> Lost:
        rows = model._base_manager.all()
        if held in one.holds:
            rows = rows.exclude(held_if) if held_if is not None else rows.none()
        return Lost(emptied=strike(rows, names.split(), one.her.words))

    forget.__qualname__ = f"forget:{key}"
    what = model._meta.verbose_name_plural
    forgets(key, order=order, model=model, what=what, held=held, names=names.split())(forget)


def strike(rows: "QuerySet[Any]", names: list[str], words: Iterable[str]) -> int:
    """Take words out of texts, wherever they stand by themselves; how many rows had one."""
    words = [word for word in words if word]
    if not words:
        return 0
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(word)}(?!\w)" for word in words), re.IGNORECASE)
    holding = reduce(or_, (Q(**{f"{name}__icontains": word}) for name in names for word in words))
    found = list(rows.filter(holding).only("pk", *names))
    struck = [row for row in found if _strike_row(row, names, pattern)]
    rows.model._base_manager.bulk_update(struck, names, batch_size=200)
    return len(struck)


def _strike_row(row: Any, names: list[str], pattern: "re.Pattern[str]") -> bool:
    was = {name: getattr(row, name) for name in names}
    for name, value in was.items():
        setattr(row, name, _struck(value, pattern))
    return any(getattr(row, name) != value for name, value in was.items())


def _struck(value: Any, pattern: "re.Pattern[str]") -> Any:
    """The value without the words, however deep they stand in it."""
    if isinstance(value, str):
        return pattern.sub(ERASED, value)
    if isinstance(value, dict):
        return {_struck(key, pattern): _struck(one, pattern) for key, one in value.items()}
    if isinstance(value, list):
        return [_struck(one, pattern) for one in value]
    return value
