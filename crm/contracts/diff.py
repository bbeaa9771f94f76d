"""What an amendment changes, term by term: what was and what it becomes, in words; and the clause it makes of a promise."""

import datetime as dt
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from djmoney.money import Money

from crm.base.formats import day_words, money_full
from crm.base.matching import steps
from crm.contracts.models import Contract, PayLine, PromisedPost, TermChange, UsageRight
from crm.contracts.models.changes import parsed_day
from crm.exclusivity.models import Clause
from crm.exclusivity.words import sentence_of

What = TermChange.What
FIELDS = (
    "anchor", "kind", "unit", "count_mode", "start_offset", "end_offset", "own_house_counts", "counts_presence",
    "buffer_days", "survival", "tail_days", "suspend_during_pause", "blocks", "cure_days", "note",
)  # fmt: skip
DAYS = ("fixed_start_on", "fixed_end_on")


@dataclass(frozen=True)
class Difference:
    """One term: how it was and how it becomes; nothing becomes of what is taken out."""

    change: TermChange
    label: str
    was: str
    becomes: str

    @property
    def is_dropped(self) -> bool:
        return self.change.what in (What.LINE_DROPPED, What.POST_DROPPED, What.CLAUSE_ENDED)


@dataclass(frozen=True)
class Paragraph:
    """One paragraph of the words: kept, gone or new."""

    text: str
    tone: str


def said_of(row: "PayLine | PromisedPost | UsageRight") -> dict[str, Any]:
    """What of a term an amendment may change, as plain JSON."""
    if isinstance(row, PayLine):
        return {"amount": amount_said(row.amount), "rate_bp": row.rate_bp}
    if isinstance(row, PromisedPost):
        return {"due_on": iso(row.due_on)}
    return {"end_on": iso(row.end_on), "days": row.days}


def said_of_clause(clause: Clause, sets: Mapping[str, Iterable[int]] | None = None) -> dict[str, Any]:
    """A promise as plain JSON; `sets` in place of those stored."""
    said: dict[str, Any] = {name: getattr(clause, name) for name in FIELDS}
    said |= {name: iso(getattr(clause, name)) for name in DAYS}
    said["act_numbers"] = sorted(clause.act_numbers)
    for name in Clause.SCOPE:
        stored = [row.pk for row in getattr(clause, name).all()] if sets is None or name not in sets else sets[name]
        said[name] = sorted(stored)
    return said


def clause_saying(former: Clause, said: Mapping[str, Any]) -> tuple[Clause, dict[str, list[int]]]:
    """The promise as plain JSON has it, not saved, with its sets."""
    typed = copy(former)
    for name in FIELDS:
        setattr(typed, name, said[name])
    for name in DAYS:
        setattr(typed, name, parsed_day(said[name]))
    typed.act_numbers = frozenset(said["act_numbers"])
    sets = {name: list(said[name]) for name in Clause.SCOPE}
    known: dict[str, Any] = {}
    for name in Clause.SCOPE:
        model: Any = Clause._meta.get_field(name).related_model
        known[name] = model._default_manager.filter(pk__in=sets[name])
    typed._prefetched_objects_cache = known  # type: ignore[attr-defined]
    return typed, sets


def differences_of(changes: Iterable[TermChange]) -> list[Difference]:
    """Each changed term in the words of the reader's language."""
    return [Difference(one, _label(one), _was(one), _becomes(one)) for one in changes]


def change_in_words(difference: Difference) -> str:
    """One line for the paper: Last day: 31 Mar 2026, from now on 30 Apr 2026."""
    what = f"{difference.change.get_what_display()}, {difference.label}"
    if difference.change.what == What.LAST_DAY:
        what = difference.label
    if difference.is_dropped:
        return _("%(what)s: no longer holds (was: %(was)s)") % {"what": what, "was": difference.was}
    return _("%(what)s: was %(was)s, becomes %(becomes)s") % {
        "what": what, "was": difference.was, "becomes": difference.becomes,
    }  # fmt: skip


def changes_in_words(contract: Contract) -> list[str]:
    """What an amendment changes, one line each; nothing for any other contract."""
    return [change_in_words(one) for one in differences_of(contract.changes.all())] if contract.amends_id else []


def words_apart(before: str, after: str) -> list[Paragraph]:
    """Two texts paragraph by paragraph; what both say is left out."""
    old, new = (text.strip().split("\n\n") for text in (before, after))
    found: list[Paragraph] = []
    for tag, i1, i2, j1, j2 in steps(old, new):
        if tag != "equal":
            found += [Paragraph(text, "gone") for text in old[i1:i2] if text]
            found += [Paragraph(text, "new") for text in new[j1:j2] if text]
    return found


def iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def amount_said(amount: Any) -> list[str] | None:
    """An amount as plain JSON: always with its cents, so that the same is the same."""
    return [f"{amount.amount:.2f}", str(amount.currency)] if amount is not None else None


def money_said(said: list[str] | None) -> Any:
    """An amount as it stands in a change."""
    return Money(Decimal(said[0]), said[1]) if said else None


def _label(change: TermChange) -> str:
    return str(change.get_what_display()) if change.what == What.LAST_DAY else change.label


def _was(change: TermChange) -> str:
    return _said(change, change.was)


def _becomes(change: TermChange) -> str:
    return "" if change.what in (What.LINE_DROPPED, What.POST_DROPPED, What.CLAUSE_ENDED) else _said(
        change, change.becomes
    )  # fmt: skip


def _said(change: TermChange, said: Mapping[str, Any]) -> str:
    what = change.what
    if what == What.LAST_DAY:
        day = parsed_day(said.get("end_on"))
        return day_words(day, "short") if day else _("until somebody ends it")
    if what in (What.LINE_CHANGED, What.LINE_DROPPED):
        return _pay(said)
    if what in (What.POST_MOVED, What.POST_DROPPED):
        day = parsed_day(said.get("due_on"))
        return _("by %(day)s") % {"day": day_words(day, "short")} if day else _("any day of the term")
    if what == What.RIGHT_CHANGED:
        return _right(said)
    clause = Clause.objects.select_related("brand__owner").filter(pk=pk_of(change)).first()
    return sentence_of(clause_saying(clause, said)[0]) if clause else _("gone")


def _pay(said: Mapping[str, Any]) -> str:
    if said.get("amount"):
        return str(money_full(money_said(said["amount"])))
    return _("%(rate)s %% of what is sold") % {"rate": f"{(said.get('rate_bp') or 0) / 100:g}"}


def _right(said: Mapping[str, Any]) -> str:
    day, days = parsed_day(said.get("end_on")), said.get("days")
    if day:
        return _("until %(day)s") % {"day": day_words(day, "short")}
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days} if days is not None else _("for good")


def pk_of(change: TermChange) -> int:
    """The row a change is about."""
    return int(change.target.rpartition(":")[2] or 0)
