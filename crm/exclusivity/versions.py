"""What a clause said and what it says instead, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from crm.base.formats import day_words
from crm.base.zones import local_date
from crm.exclusivity.models import Clause
from crm.exclusivity.words import allowed_in_words, sentence_of

FOLDED = (
    "count_mode", "counts_presence", "suspend_during_pause", "survival", "tail_days", "blocks", "buffer_days",
    "cure_days", "note",
)  # fmt: skip
"""What a clause says apart from its sentence and the line of what stays allowed."""


@dataclass(frozen=True)
class Difference:
    """One thing that changes."""

    label: str
    was: str
    will: str


@dataclass(frozen=True)
class Version:
    """What a clause said at one time, from when until when."""

    clause: Clause
    sentence: str
    allowed: str
    since: str
    until: str


def differences(former: Clause, fresh: Clause) -> list[Difference]:
    """Everything two versions say differently; ask for both `with_scope()`."""
    pairs = [
        (_("The promise"), sentence_of(former), sentence_of(fresh)),
        (_("What stays allowed"), allowed_in_words(former), allowed_in_words(fresh)),
        *_folded(former, fresh),
    ]
    return [Difference(label, was, will) for label, was, will in pairs if was != will]


def _folded(former: Clause, fresh: Clause) -> Iterator[tuple[str, str, str]]:
    for name in FOLDED:
        label = str(Clause._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        yield label[:1].upper() + label[1:], _shown(former, name), _shown(fresh, name)


def _shown(clause: Clause, name: str) -> str:
    value: Any = getattr(clause, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    named = getattr(clause, f"get_{name}_display", None)
    return str(named() if named else value)


def version_of(clause: Clause) -> Version:
    """One version of a clause with the days it speaks of; ask for it `with_scope()`."""
    since = day_words(local_date(clause.takes_over_at, clause.zone), "short") if clause.takes_over_at else ""
    until = day_words(local_date(clause.holds_until, clause.zone), "short") if clause.holds_until else ""
    return Version(clause, sentence_of(clause), allowed_in_words(clause), since, until)
