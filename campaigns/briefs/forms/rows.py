"""Rows of a form that are added, taken away and moved by buttons, without a script: items and references of a brief."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Any, TypeVar

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import QueryDict
from django.utils.translation import gettext as _

from campaigns.briefs.content import Item, Level, Pointer
from crm.base.models import StoredFile

MOST = 60
SALT = "file of a brief"
ITEM_LENGTH, URL_LENGTH, NOTE_LENGTH = 300, 500, 200
Row = TypeVar("Row")


@dataclass(frozen=True)
class ItemRow:
    """One item as it was typed."""

    text: str = ""
    level: str = str(Level.SHOULD)
    error: str = ""


@dataclass(frozen=True)
class PointerRow:
    """One reference as it was typed; `kept` is the signed id of a file that arrived already."""

    url: str = ""
    note: str = ""
    kept: str = ""
    label: str = ""
    error: str = ""


def items_typed(data: QueryDict) -> list[ItemRow]:
    """The rows of the form, checked; a level that is none counts as “should”."""
    pairs = list(zip_longest(data.getlist("item"), data.getlist("level"), fillvalue=""))[:MOST]
    return [_checked_item(_plain(text), level) for text, level in pairs]


def _checked_item(text: str, level: str) -> ItemRow:
    error = _("At most %(n)d characters. Make two of it.") % {"n": ITEM_LENGTH} if len(text) > ITEM_LENGTH else ""
    return ItemRow(text, level if level in Level.values else str(Level.SHOULD), error)


def pointers_typed(data: QueryDict) -> list[PointerRow]:
    """The references of the form, checked."""
    columns = [data.getlist(name) for name in ("ref_url", "ref_note", "ref_file")]
    rows = list(zip_longest(*columns, fillvalue=""))[:MOST]
    known = _files_of([kept for _url, _note, kept in rows])
    return [_checked_pointer(_plain(url), _plain(note), kept, known) for url, note, kept in rows]


def _checked_pointer(url: str, note: str, kept: str, known: Mapping[str, StoredFile]) -> PointerRow:
    address = f"https://{url}" if url and "://" not in url else url
    stored = known.get(kept)
    error = ""
    if address and not _is_address(address):
        error = _("This is no address of the web. Paste it as the browser shows it.")
    elif note and not address and stored is None:
        error = _("Give a file or an address.")
    elif len(note) > NOTE_LENGTH:
        error = _("At most %(n)d characters.") % {"n": NOTE_LENGTH}
    return PointerRow(address, note, kept if stored else "", stored.label if stored else "", error)


def _is_address(address: str) -> bool:
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        return False
    return len(address) <= URL_LENGTH


def _plain(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())


def kept(stored: StoredFile) -> PointerRow:
    """A file that has just arrived."""
    return PointerRow(kept=token_of(stored.pk), label=stored.label)


def token_of(pk: int) -> str:
    """Nobody makes one up for a file she may not see."""
    return signing.dumps(pk, salt=SALT)


def _pk_of(token: str) -> int | None:
    try:
        return int(signing.loads(token, salt=SALT))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def _files_of(tokens: Iterable[str]) -> dict[str, StoredFile]:
    pks = {token: pk for token in tokens if token and (pk := _pk_of(token)) is not None}
    found = StoredFile.objects.in_bulk(pks.values()) if pks else {}
    return {token: found[pk] for token, pk in pks.items() if pk in found}


def item_rows(items: Iterable[Item]) -> list[ItemRow]:
    return [ItemRow(item.text, str(item.level)) for item in items]


def pointer_rows(references: Iterable[Pointer]) -> list[PointerRow]:
    return [PointerRow(row.url, row.note, token_of(row.file) if row.file else "", row.label) for row in references]


def as_items(rows: Iterable[ItemRow]) -> tuple[Item, ...]:
    return tuple(Item(row.text, row.level) for row in rows if row.text)


def as_pointers(rows: Iterable[PointerRow]) -> tuple[Pointer, ...]:
    """What there is to look at, each file with its id again."""
    return tuple(
        Pointer(row.url, row.note, _pk_of(row.kept) if row.kept else None, row.label)
        for row in rows
        if row.url or row.kept
    )


def pressed(rows: Sequence[Row], button: str, empty: Row) -> list[Row]:
    """What the rows are after a button: `add`, `drop-2`, `up-2`, `down-2`. Anything else changes nothing."""
    verb, _dash, digits = button.partition("-")
    place = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 4 else -1
    after = list(rows)
    if verb == "add" and len(after) < MOST:
        after.append(empty)
    elif verb == "drop" and 0 <= place < len(after):
        after.pop(place)
    elif verb in ("up", "down"):
        other = place + (-1 if verb == "up" else 1)
        if 0 <= place < len(after) and 0 <= other < len(after):
            after[place], after[other] = after[other], after[place]
    return after


def without_errors(rows: Iterable[Any]) -> list[Any]:
    """While rows are moved about, nothing is said about them."""
    return [replace(row, error="") for row in rows]
