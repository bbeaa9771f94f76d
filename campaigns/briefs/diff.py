"""What differs between two briefs: words within sentences, items by their place; and whether people must accept anew."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.briefs.content import LISTS, Content, Item, Level, Pointer, content_of, merged
from campaigns.briefs.days_named import days_named
from campaigns.briefs.models import BriefVersion
from crm.base.formats import when_zone
from crm.base.matching import steps

SAME, NEW, GONE = "same", "new", "gone"
SCALARS = ("language", "embargo_at", "use_days", "link", "disclosure")
BINDING = ("claims", "forbidden", "disclosure", "link", "embargo_at", "use_days", "rights_note")
"""What nobody may change behind the back of somebody who accepted it, besides items that are musts."""

ORDER: dict[str, Any] = {
    "brand_story": gettext_lazy("About the brand"),
    "product_story": gettext_lazy("About the product"),
    "public_benefit": gettext_lazy("What it is good for"),
    "key_messages": gettext_lazy("Key messages"),
    "items": gettext_lazy("What to do"),
    "colour_tone": gettext_lazy("Colour tone"),
    "pose": gettext_lazy("Pose and scene"),
    "caption": gettext_lazy("Caption"),
    "hashtags": gettext_lazy("Hashtags"),
    "upload_time": gettext_lazy("Best time to post"),
    "mentions": gettext_lazy("Accounts to mention"),
    "disclosure": gettext_lazy("Label as advertising"),
    "embargo_at": gettext_lazy("Not before"),
    "use_days": gettext_lazy("Days she uses it first"),
    "claims": gettext_lazy("May be said"),
    "forbidden": gettext_lazy("Must not be said"),
    "link": gettext_lazy("Product page"),
    "rights_note": gettext_lazy("How we may use it"),
    "references": gettext_lazy("References"),
    "language": gettext_lazy("Language"),
}


@dataclass(frozen=True)
class Piece:
    """Some words: the same on both sides, new, or gone."""

    tone: str
    text: str


@dataclass(frozen=True)
class Row:
    """One item or entry: what became of it in words, its place, and its text piece by piece."""

    tone: str
    said: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Difference:
    """One part of the brief that differs: as running text, or as rows."""

    code: str
    label: str
    pieces: tuple[Piece, ...] = ()
    rows: tuple[Row, ...] = ()
    asks_again: bool = False


def differences(old: Content, new: Content) -> list[Difference]:
    """Every part that differs, in the order of the page."""
    binding = set(binding_changes(old, new))
    return [
        Difference(code, str(label), pieces, rows, code in binding)
        for code, label in ORDER.items()
        for pieces, rows in [_apart(old, new, code)]
        if pieces or rows
    ]


def binding_changes(old: Content, new: Content) -> list[str]:
    """The parts whose change needs a new acceptance: a must, a day, a claim, a word, the label, money or link."""
    found = [name for name in BINDING if _value(old, name) != _value(new, name)]
    if old.at_level(Level.MUST) != new.at_level(Level.MUST):
        found.append("items")
    if days_named(old.words("upload_time")) != days_named(new.words("upload_time")):
        found.append("upload_time")
    return found


def needs_new_acceptance(
    old: BriefVersion,
    new: BriefVersion,
    old_overrides: Mapping[str, Any] | None = None,
    new_overrides: Mapping[str, Any] | None = None,
) -> bool:
    """Whether somebody who accepted the old one has to accept the new one before it counts."""
    return bool(binding_changes(merged(content_of(old), old_overrides), merged(content_of(new), new_overrides)))


def suggested_change(old: Content | None, new: Content) -> str:
    """Ask again for what binds, and for the first version; otherwise people are told."""
    asks = old is None or bool(binding_changes(old, new))
    return str(BriefVersion.Change.ASK_AGAIN if asks else BriefVersion.Change.SMALL)


def words_apart(before: str, after: str) -> tuple[Piece, ...]:
    """Two texts word by word; nothing when they say the same."""
    old, new = _tokens(before), _tokens(after)
    if old == new:
        return ()
    found: list[Piece] = []
    for tag, i1, i2, j1, j2 in steps(old, new):
        if tag == "equal":
            found.append(Piece(SAME, "".join(old[i1:i2])))
            continue
        found += [Piece(GONE, "".join(old[i1:i2]))] if i1 < i2 else []
        found += [Piece(NEW, "".join(new[j1:j2]))] if j1 < j2 else []
    return tuple(found)


def _tokens(text: str) -> list[str]:
    return re.findall(r"\s+|\w+|[^\w\s]", text.replace("\r\n", "\n").strip())


def _apart(old: Content, new: Content, code: str) -> tuple[tuple[Piece, ...], tuple[Row, ...]]:
    if code == "items":
        return (), tuple(_items_apart(old.items, new.items))
    if code == "references":
        return (), tuple(_entries_apart(_said_of(old.references), _said_of(new.references)))
    if code in LISTS:
        return (), tuple(_entries_apart(old.entries(code), new.entries(code)))
    if code in SCALARS:
        return _replaced(_said(old, code), _said(new, code)), ()
    return words_apart(old.words(code), new.words(code)), ()


def _replaced(before: str, after: str) -> tuple[Piece, ...]:
    if before == after:
        return ()
    return tuple(piece for piece in (Piece(GONE, before), Piece(NEW, after)) if piece.text)


def _value(content: Content, name: str) -> Any:
    if name in LISTS:
        return content.entries(name)
    return content.values.get(name) or None if name in ("embargo_at", "use_days") else content.words(name)


def _said(content: Content, name: str) -> str:
    if name == "embargo_at":
        return when_zone(content.embargo_at, content.zone) if content.embargo_at else ""
    if name == "use_days":
        days = content.use_days
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if days else ""
    if name == "language":
        return {"id": _("Indonesian"), "en": _("English")}.get(content.words(name), content.words(name))
    return content.words(name)


def _said_of(references: Iterable[Pointer]) -> list[str]:
    return [" ".join(filter(None, (row.note, row.label, row.url))) for row in references]


def _entries_apart(old: Sequence[str], new: Sequence[str]) -> Iterator[Row]:
    """Entries of a list whose order says nothing."""
    if list(old) == list(new):
        return
    for one in old:
        tone, said = (SAME, "") if one in new else (GONE, _("Gone"))
        yield Row(tone, said, (Piece(tone, one),))
    for one in new:
        if one not in old:
            yield Row(NEW, _("New"), (Piece(NEW, one),))


def _items_apart(old: Sequence[Item], new: Sequence[Item]) -> Iterator[Row]:
    """Each item with the one it came from; those of the old brief that nothing became of stand last."""
    if tuple(old) == tuple(new):
        return
    came_from = _matched(old, new)
    kept = sorted(before for before in came_from.values())
    for place, item in enumerate(new):
        before = came_from.get(place)
        if before is None:
            yield Row(NEW, _("New, place %(n)d, %(level)s") % _at(place, item), (Piece(NEW, item.text),))
            continue
        former = old[before]
        moved = kept.index(before) != sorted(came_from).index(place)
        said = _became(former, item, before if moved else place, place)
        pieces = words_apart(former.text, item.text) or (Piece(SAME, item.text),)
        yield Row(SAME if not said and former.text == item.text else "changed", said, pieces)
    for place, item in enumerate(old):
        if place not in kept:
            yield Row(GONE, _("Gone, was place %(n)d, %(level)s") % _at(place, item), (Piece(GONE, item.text),))


def _at(place: int, item: Item) -> dict[str, Any]:
    return {"n": place + 1, "level": Level(item.level).label}


def _became(former: Item, item: Item, before: int, place: int) -> str:
    """What became of an item besides its words: its level, its place."""
    said = []
    if former.level != item.level:
        said.append(
            _("now %(level)s, was %(was)s") % {"level": Level(item.level).label, "was": Level(former.level).label}
        )
    if before != place:
        said.append(_("from place %(was)d to place %(n)d") % {"was": before + 1, "n": place + 1})
    if former.text != item.text:
        said.append(_("other words"))
    return ", ".join(said)


def _matched(old: Sequence[Item], new: Sequence[Item]) -> dict[int, int]:
    """Which item of the old brief each of the new one came from: the same words first, then words that are close."""
    found: dict[int, int] = {}
    free = list(range(len(old)))
    for close in (1.0, 0.5):
        for place, item in enumerate(new):
            best = max(free, key=lambda one: _likeness(old[one].text, item.text), default=None)
            if place not in found and best is not None and _likeness(old[best].text, item.text) >= close:
                found[place] = best
                free.remove(best)
    return found


def _likeness(before: str, after: str) -> float:
    return difflib.SequenceMatcher(a=_tokens(before), b=_tokens(after), autojunk=False).ratio()
