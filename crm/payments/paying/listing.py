"""What is due and not on the way yet: by payee and brand, each line with what stands against paying it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.text import one_line
from crm.brands.models import Brand
from crm.payments.models import LedgerLine, LedgerLineQuerySet
from crm.payments.paying.gate import Gate, gate_of
from crm.payments.queries import still_free
from crm.team.models import User

WEEK = dt.timedelta(days=7)
TABS: dict[str, Any] = {
    "": _("All"), "late": _("Late"), "week": _("Within a week"), "later": _("Later"), "hers": _("She owes"),
}  # fmt: skip


@dataclass(frozen=True)
class DueFilter:
    """Which due lines somebody looks at: a standing, words, one brand."""

    today: dt.date
    tab: str = ""
    words: str = ""
    brand: Brand | None = None

    @classmethod
    def read(cls, given: Mapping[str, str], user: User, today: dt.date) -> "DueFilter":
        tab, asked = given.get("tab", ""), given.get("brand", "")
        brand = None
        if asked.isascii() and asked.isdecimal() and len(asked) < 19:
            brand = Brand.objects.visible_to(user).filter(pk=int(asked)).first()
        return cls(today, tab if tab in TABS else "", one_line(given.get("q", "")), brand)

    @property
    def narrows(self) -> bool:
        return bool(self.tab or self.words or self.brand)

    def found(self, rows: LedgerLineQuerySet) -> LedgerLineQuerySet:
        """What the words and the brand leave."""
        if self.brand is not None:
            rows = rows.filter(brand=self.brand)
        if self.words:
            rows = rows.filter(
                Q(influencer__stage_name__icontains=self.words)
                | Q(label__icontains=self.words)
                | Q(brand__name__icontains=self.words)
            )
        return still_free(rows.to_be_paid())

    def of_tab(self, rows: LedgerLineQuerySet) -> LedgerLineQuerySet:
        shown = rows.filter(self._conditions()[self.tab])
        joined = shown.select_related("influencer", "brand", "contract")
        return joined.order_by("due_on", "influencer__stage_name", "brand__name", "pk")

    def tabs(self, rows: LedgerLineQuerySet) -> list[dict[str, Any]]:
        """The standings with how many lines of this search each has. One query."""
        conditions = self._conditions()
        counts = rows.order_by().aggregate(
            **{f"n_{key or 'all'}": Count("pk", filter=condition) for key, condition in conditions.items()}
        )
        return [
            {"label": label, "url": self.url(tab=key), "active": key == self.tab, "count": counts[f"n_{key or 'all'}"]}
            for key, label in TABS.items()
        ]

    def chips(self) -> list[dict[str, Any]]:
        """The filter as the parts of a sentence, each of which can go."""
        said = [(self.brand and str(self.brand), {"brand": ""}), (self.words and f"“{self.words}”", {"q": ""})]
        return [{"label": label, "remove_url": self.url(**without)} for label, without in said if label]

    def url(self, **instead: str) -> str:
        named = {"tab": self.tab, "q": self.words, "brand": str(self.brand.pk) if self.brand else "", **instead}
        return f"?{urlencode({name: value for name, value in named.items() if value})}"

    def _conditions(self) -> dict[str, Q]:
        owed, near = Q(amount__gt=0), self.today + WEEK
        return {
            "": Q(pk__isnull=False),
            "late": owed & Q(due_on__lt=self.today),
            "week": owed & (Q(due_on__gte=self.today, due_on__lte=near) | Q(due_on__isnull=True)),
            "later": owed & Q(due_on__gt=near),
            "hers": Q(amount__lt=0),
        }


@dataclass(frozen=True)
class DueRow:
    """One due line: how much of it can still be paid, and what stands against it."""

    line: LedgerLine
    free: Money
    gate: Gate
    is_late: bool

    @property
    def is_hers(self) -> bool:
        """She owes it."""
        return self.free.amount < 0

    @property
    def may_leave(self) -> bool:
        return self.gate.is_open and not self.is_hers


@dataclass(frozen=True)
class DueGroup:
    """What one payee gets from one brand."""

    person: Any
    brand: Brand
    payee: Any
    rows: list[DueRow] = field(default_factory=list)

    @property
    def totals(self) -> Sequence[Money]:
        found: dict[str, Decimal] = {}
        for row in self.rows:
            currency = str(row.free.currency)
            found[currency] = found.get(currency, Decimal(0)) + row.free.amount
        return [Money(amount, currency) for currency, amount in found.items()]

    @property
    def notes(self) -> Sequence[Any]:
        return list({note.words: note for row in self.rows for note in row.gate.notes if not row.is_hers}.values())


def due_groups(lines: Sequence[Any], today: dt.date) -> list[DueGroup]:
    """The lines of one page in groups, in the order of their first line."""
    gates, found = gate_of(lines, today), dict[tuple[Any, ...], DueGroup]()
    for line in lines:
        gate = gates[line.pk]
        key = (gate.payee.pk if gate.payee else None, line.influencer_id, line.brand_id)
        group = found.setdefault(key, DueGroup(line.influencer, line.brand, gate.payee))
        is_late = line.due_on is not None and line.due_on < today
        group.rows.append(DueRow(line, Money(line.free, line.amount.currency), gate, is_late))
    return list(found.values())
