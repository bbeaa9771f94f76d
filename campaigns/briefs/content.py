"""What a brief says, as plain values: of a version, of a form that is being filled in, of the library. Asks no database."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from campaigns.briefs.models import BriefItem, BriefVersion

Level = BriefItem.Level
WORDS = (
    "language", "colour_tone", "pose", "caption", "upload_time", "brand_story", "product_story", "public_benefit",
    "key_messages", "disclosure", "link", "rights_note",
)  # fmt: skip
LISTS = ("hashtags", "mentions", "claims", "forbidden")
FIELDS = (*WORDS, *LISTS, "embargo_at", "use_days")
"""Everything a version says beside its items and references; a variant may override each of them, and `items`."""


@dataclass(frozen=True)
class Item:
    """One thing to do or to leave, and how binding it is."""

    text: str
    level: str = Level.SHOULD


@dataclass(frozen=True)
class Pointer:
    """Something to look at: an address, or a file of ours by its id and name."""

    url: str = ""
    note: str = ""
    file: int | None = None
    label: str = ""


@dataclass(frozen=True)
class Content:
    """What a brief says. A field nobody filled in is simply not there."""

    values: Mapping[str, Any] = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    references: tuple[Pointer, ...] = ()
    zone: str = "Asia/Jakarta"

    def words(self, name: str) -> str:
        return str(self.values.get(name) or "").strip()

    def entries(self, name: str) -> list[str]:
        return [str(one) for one in self.values.get(name) or []]

    @property
    def embargo_at(self) -> dt.datetime | None:
        return self.values.get("embargo_at")

    @property
    def use_days(self) -> int | None:
        return self.values.get("use_days")

    def at_level(self, level: str) -> list[str]:
        return [item.text for item in self.items if item.level == level]

    def empty_five(self) -> list[str]:
        """Which of the five fields a brief is known by nobody has filled in yet (domain rule R1-26)."""
        return [name for name in BriefVersion.FIVE if not (self.entries(name) if name in LISTS else self.words(name))]


def content_of(version: BriefVersion) -> Content:
    """What a version says."""
    return Content(
        values={name: getattr(version, name) for name in FIELDS},
        items=tuple(Item(item.text, item.level) for item in version.items.all()),
        references=tuple(
            Pointer(row.url, row.note, row.file_id, str(row.file) if row.file_id else "")
            for row in version.references.all()
        ),
        zone=version.brief.campaign.zone,
    )


def merged(content: Content, overrides: Mapping[str, Any] | None) -> Content:
    """What somebody reads whose variant differs in these fields; `items` are lists of text and level."""
    given = dict(overrides or {})
    items = given.pop("items", None)
    values = {name: moment(value) if name == "embargo_at" else value for name, value in given.items() if name in FIELDS}
    changed = replace(content, values={**content.values, **values})
    return changed if items is None else replace(changed, items=items_from(items))


def items_from(rows: Iterable[Any]) -> tuple[Item, ...]:
    """Items as they stand in plain JSON: pairs of text and level. What is neither is left out."""
    return tuple(Item(str(row[0]), str(row[1])) for row in rows if len(row) == 2 and row[1] in Level.values)


def as_json(content: Content) -> dict[str, Any]:
    """For the library: everything but the days and the files, which belong to one campaign."""
    said: dict[str, Any] = {name: content.values.get(name) for name in FIELDS if name != "embargo_at"}
    said["items"] = [[item.text, str(item.level)] for item in content.items]
    said["references"] = [[row.url, row.note] for row in content.references if row.url]
    return {name: value for name, value in said.items() if value not in (None, "", [])}


def from_json(said: Mapping[str, Any], zone: str) -> Content:
    """A brief of the library."""
    return Content(
        values={name: said[name] for name in FIELDS if name in said and name != "embargo_at"},
        items=items_from(said.get("items", [])),
        references=tuple(Pointer(str(url), str(note)) for url, note in said.get("references", [])),
        zone=zone,
    )


def moment(value: Any) -> dt.datetime | None:
    """An instant as it is, or as plain JSON has it."""
    return dt.datetime.fromisoformat(value) if isinstance(value, str) and value else value or None
