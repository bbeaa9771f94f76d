"""What forgetting a person would do, line by line, before anybody presses anything."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst

from crm.base.hers import Held
from crm.base.places import forgets, her_data
from crm.privacy.erasing import holds_on
from crm.privacy.whose import her_of


@dataclass(frozen=True)
class Line:
    """One table: how many rows, and for those that stay the reason."""

    what: str
    number: int
    why: Any = ""


@dataclass(frozen=True)
class Ahead:
    """What goes, what is emptied, what a hold keeps, what stays without her name; and what has to end first."""

    goes: Sequence[Line]
    emptied: Sequence[Line]
    kept: Sequence[Line]
    stays: Sequence[Line]
    blocking: Sequence[Held]
    holding: Sequence[Held]

    @property
    def until_on(self) -> dt.date | None:
        return max((held.until_on for held in self.holding if held.until_on), default=None)


def look_ahead(person_pk: int, on: dt.date) -> Ahead:
    """One short question for each table, however much it holds."""
    her = her_of(person_pk)
    held = holds_on(her, on)
    standing = {one.key: one for one in held}
    goes: list[Line] = []
    emptied: list[Line] = []
    kept: list[Line] = []
    stays: list[Line] = []
    for placed in her_data.all():
        words, rows = placed.words, placed.call(her)
        what, number = str(capfirst(words["what"])), rows.count()
        held_now = _held(placed.key, rows, standing)
        if held_now:
            kept.append(Line(what, held_now, standing[forgets[placed.key].words["held"]].words))
        if number > held_now:
            (goes if words["goes"] else emptied).append(Line(what, number - held_now))
        if number and words["stays"]:
            stays.append(Line(what, number, words["why"]))
    blocking, holding = [one for one in held if one.blocks], [one for one in held if not one.blocks]
    return Ahead(goes, emptied, kept, stays, blocking, holding)


def _held(key: str, rows: "QuerySet[Any]", standing: dict[str, Held]) -> int:
    words = forgets[key].words
    if words["held"] not in standing:
        return 0
    return rows.filter(words["held_if"]).count() if words["held_if"] is not None else rows.count()
