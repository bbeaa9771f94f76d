"""What a merge would do, and what one has done, for the pages that show it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crm.influencers.merging.actions import PEOPLE, reasons_against, reasons_against_parting
from crm.influencers.merging.tables import added_since, in_the_way, tables
from crm.influencers.merging.values import GOES, Field, Pair, fields_of, stricter_bar
from crm.influencers.models import Influencer, Merge
from crm.outbox.models import Contact
from crm.team.models import User

Counted = tuple[str, int]


@dataclass(frozen=True)
class Preview:
    """Everything the page says before somebody presses Merge."""

    pair: Pair
    fields: Sequence[Field]
    moves: Sequence[Counted]
    remains: Sequence[Counted]
    reasons: Sequence[str]
    bars: bool

    @property
    def fills(self) -> list[Field]:
        """What the one who stays takes over without a question."""
        return [field for field in self.fields if not field.is_conflict and field.default == GOES]


def preview(stays: Influencer, goes: Influencer, user: User) -> Preview:
    """What would move, what would be asked, and what stands against it."""
    pair = Pair.of(stays, goes)
    moves: list[Counted] = []
    remains: list[Counted] = []
    for held in tables():
        number = held.rows(goes.pk).count()
        kept = len(in_the_way(held, goes.pk, stays.pk)) if number else 0
        if number > kept:
            moves.append((held.name, number - kept))
        if kept:
            remains.append((held.name, kept))
    reasons = [str(reason) for reason in reasons_against(stays, goes, user)]
    return Preview(pair, fields_of(pair), moves, remains, reasons, bool(stricter_bar(pair)))


@dataclass(frozen=True)
class Changed:
    """One value a merge changed, as people read it."""

    label: str
    before: str
    after: str
    is_contact: bool


@dataclass(frozen=True)
class Told:
    """Everything the page of a merge says."""

    merge: Merge
    moved: Sequence[Counted]
    changed: Sequence[Changed]
    added: Sequence[Counted]
    reasons: Sequence[str]


def told(merge: Merge, user: User) -> Told:
    """What moved, what changed, what came since, and what stands against parting."""
    names = {held.key: held.name for held in tables()}
    moved = [(names.get(key, key), len(rows)) for key, rows in merge.moved.items() if key != PEOPLE]
    added = added_since(merge.stays_id, merge.values.get("last", {})) if merge.is_standing else []
    reasons = [str(reason) for reason in reasons_against_parting(merge, user)] if merge.is_standing else []
    return Told(merge, moved, changes_of(merge), added, reasons)


def changes_of(merge: Merge) -> list[Changed]:
    """The values before and after, in the reader's words."""
    found = []
    for part, model in (("person", Influencer), ("contact", Contact)):
        for name, (before, after) in merge.values.get(part, {}).items():
            label = str(model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            said = (_in_words(model, name, before), _in_words(model, name, after))
            found.append(Changed(label, *said, is_contact=part == "contact"))
    return found


def _in_words(model: Any, name: str, value: Any) -> str:
    field = model._meta.get_field(name)
    if value is None or value == "":
        return ""
    if field.is_relation:
        row = field.related_model._base_manager.filter(pk=value).first()
        return str(row or value)
    if name.endswith("_at"):
        return dt.datetime.fromisoformat(value).date().isoformat()
    return str(dict(field.flatchoices).get(value, value))
