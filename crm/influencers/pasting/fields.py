"""The fields a column may be pasted into: how a cell is read, and by which action it is written."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from crm.base.formats import day_words
from crm.influencers.actions.tags import tag_words, tags_said
from crm.influencers.imports.reference import Reference
from crm.influencers.imports.values import is_blank, read_city, read_niches, tidy
from crm.influencers.imports.values.dates import read_date
from crm.influencers.imports.values.words import squash
from crm.influencers.models import Influencer
from crm.influencers.models.tags import LONGEST as LONGEST_TAG
from crm.influencers.vocabulary import Vocabulary
from crm.team.models import User

LONGEST_NOTE, LONGEST_WHY = 2_000, 200
UNTIL = re.compile(r"[\t;]")
CENTURY = dt.timedelta(days=36_525)


class Cell(NamedTuple):
    """A value as a form says it and as people read it; or why there is none."""

    value: str = ""
    shown: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Wordlist:
    """Words of a sheet for stages, niches and colleagues, in comparable form."""

    stages: dict[str, Cell] = field(default_factory=dict)
    niches: dict[str, str] = field(default_factory=dict)
    niche_ids: dict[str, int] = field(default_factory=dict)
    niche_names: dict[int, str] = field(default_factory=dict)
    owners: dict[str, Cell] = field(default_factory=dict)
    today: dt.date = dt.date.max

    @classmethod
    def load(cls, words: Vocabulary, on: dt.date) -> "Wordlist":
        """As it is on a day; one query per table."""
        reference = Reference.load(on)
        return cls(_stages(), reference.niche_words, reference.niches, words.niches, _owners(), on)


def _stages() -> dict[str, Cell]:
    """A stage by its code or by its word in either language."""
    found: dict[str, Cell] = {}
    for stage in Influencer.Stage:
        cell = Cell(str(stage.value), str(stage.label))
        found[squash(str(stage.value))] = cell
        for language in ("en", "id"):
            with override(language):
                found[squash(str(stage.label))] = cell
    return found


def _owners() -> dict[str, Cell]:
    """A colleague by e-mail, name or first name; a first name two have in common names nobody."""
    found: dict[str, Cell] = {}
    shared: set[str] = set()
    for user in User.objects.active():
        cell = Cell(str(user.pk), user.get_full_name())
        for word in {squash(user.email), squash(user.get_full_name()), squash(user.get_short_name())}:
            shared |= {word} if word in found else set()
            found[word] = cell
    return {word: cell for word, cell in found.items() if word not in shared}


def _city(text: str, words: Wordlist) -> Cell:
    city = read_city(text).value
    return Cell(city, city) if city else Cell(problem="too-long")


def _stage(text: str, words: Wordlist) -> Cell:
    return words.stages.get(squash(text), Cell(problem="no-stage"))


def _niche(text: str, words: Wordlist) -> Cell:
    codes = read_niches(text, words.niches).codes
    pk = words.niche_ids.get(codes[0]) if codes else None
    return Cell(str(pk), words.niche_names.get(pk, "")) if pk else Cell(problem="no-niche")


def _owner(text: str, words: Wordlist) -> Cell:
    return words.owners.get(squash(text), Cell(problem="no-colleague"))


def _note(text: str, words: Wordlist) -> Cell:
    said = text.strip()
    return Cell(said, said) if len(said) <= LONGEST_NOTE else Cell(problem="too-long")


def _why(text: str, words: Wordlist) -> Cell:
    """A reason, and in a further column until when."""
    why, day = (tidy(part) for part in [*UNTIL.split(text, maxsplit=1), ""][:2])
    until = read_date(day, words.today + CENTURY).value
    if is_blank(why) or len(why) > LONGEST_WHY:
        return Cell(problem="no-why" if is_blank(why) else "too-long")
    if until is None and not is_blank(day):
        return Cell(problem="no-day")
    if until is not None and until < words.today:
        return Cell(problem="past-day")
    return bar_cell(why, until)


def bar_cell(why: str, until: dt.date | None) -> Cell:
    """Why and until when, as one value."""
    if until is None:
        return Cell(why, why)
    return Cell(f"{why}\t{until.isoformat()}", f"{why} ({day_words(until)})")


def read_bar(value: str) -> tuple[str, dt.date | None]:
    """What `bar_cell` put together."""
    why, _tab, until = value.partition("\t")
    return why, dt.date.fromisoformat(until) if until else None


def _tags(text: str, words: Wordlist) -> Cell:
    names = tag_words(text)
    if any(len(name) > LONGEST_TAG for name in names):
        return Cell(problem="too-long")
    return Cell(tags_said(names), tags_said(names)) if names else Cell(problem="empty")


@dataclass(frozen=True)
class Field:
    """One field: its name, and how a cell is read."""

    label: Any
    read: Callable[[str, Wordlist], Cell]
    cell: bool = True
    """Whether it is one of the list's cells, which compare with what stood there."""
    may_be_empty: bool = True


FIELDS: dict[str, Field] = {
    "city": Field(_("City"), _city),
    "stage": Field(_("Stage"), _stage, may_be_empty=False),
    "main_niche": Field(_("Main niche"), _niche),
    "owner": Field(_("Owner"), _owner),
    "tags": Field(_("Tags"), _tags, cell=False),
    "note": Field(_("Note"), _note, cell=False, may_be_empty=False),
    "bar": Field(_("Do not contact, because"), _why, cell=False),
}


def read_cell(name: str, text: str, words: Wordlist, *, clears: bool = False) -> Cell:
    """What a cell says for a field. An empty one says nothing and leaves the person as she is, unless it clears."""
    if not is_blank(text):
        return FIELDS[name].read(text, words)
    if not clears:
        return Cell(problem="empty")
    return Cell() if FIELDS[name].may_be_empty else Cell(problem="never-empty")
