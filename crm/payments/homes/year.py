"""What one advertiser gave one person for one aim in a year, in money and in kind, against what a country's law counts.

In force of law: in France a written contract is compulsory from a yearly sum on (decree 2025-1137). The sums are what became
due in the year less what was taken back of it, and benefits at what they sell for.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.contracts.models import Contract
from crm.influencers.models import Influencer
from crm.payments.homes.places import objectives
from crm.payments.models import Benefit, ExchangeRate, LedgerLine, YearlyThreshold
from crm.team.models import User

NO_AIM = ("", _("No campaign"))
NEAR = Decimal("0.8")
"""From this part of a threshold on, somebody should look."""


class Whose(NamedTuple):
    """One advertiser, one person, one aim."""

    owner: int
    influencer: int
    aim: str


@dataclass
class Sums:
    cash: Decimal = Decimal(0)
    in_kind: Decimal = Decimal(0)

    @property
    def total(self) -> Decimal:
        return self.cash + self.in_kind


@dataclass
class YearRow:
    """One line: who, for whom, what for, how much, and what follows from it."""

    owner: str
    person: str
    influencer_id: int
    aim: Any
    by_currency: dict[str, Sums] = field(default_factory=dict)
    contracts: set[int] = field(default_factory=set)
    has_contract: bool = False
    threshold: YearlyThreshold | None = None
    counted: Money | None = None
    needs_rate: bool = False

    @property
    def share(self) -> Decimal | None:
        """How much of the threshold is reached."""
        if self.threshold is None or self.counted is None:
            return None
        return Decimal(self.counted.amount) / self.threshold.amount

    @property
    def is_reached(self) -> bool:
        return self.share is not None and self.share >= 1

    @property
    def is_near(self) -> bool:
        return self.share is not None and NEAR <= self.share < 1

    @property
    def lacks_contract(self) -> bool:
        return self.is_reached and not self.has_contract


class Given(NamedTuple):
    """One sum of the year, as the tables have it."""

    owner: int
    owner_name: str
    owner_country: str
    influencer: int
    contract: int | None
    currency: str
    amount: Decimal


def year_rows(user: User, year: int) -> list[YearRow]:
    """Everybody of the year, the largest first. Eight queries, however many rows."""
    cash, kind = _cash(user, year), _in_kind(user, year)
    people = _people({one.influencer for one in (*cash, *kind)})
    contracts = {one.contract for one in (*cash, *kind) if one.contract is not None}
    aims = objectives(contracts)
    rows: dict[Whose, YearRow] = {}
    countries: dict[Whose, set[str]] = {}
    for given, name in [*((one, "cash") for one in cash), *((one, "in_kind") for one in kind)]:
        person = people[given.influencer]
        code, words = aims.get(given.contract or 0, NO_AIM)
        whose = Whose(given.owner, person.pk, code)
        row = rows.setdefault(whose, YearRow(given.owner_name, person.stage_name, person.pk, words))
        countries[whose] = {given.owner_country, str(person.country)}
        sums = row.by_currency.setdefault(given.currency, Sums())
        setattr(sums, name, getattr(sums, name) + given.amount)
        row.contracts |= {given.contract} if given.contract is not None else set()
    _judge(rows, countries, contracts, year)
    return sorted(rows.values(), key=_weight, reverse=True)


def years(user: User) -> list[int]:
    """The years in which anything was given, the latest first."""
    found = LedgerLine.objects.visible_to(user).order_by().dates("on", "year")
    more = Benefit.objects.visible_to(user).order_by().dates("on", "year")
    return sorted({day.year for day in (*found, *more)}, reverse=True)


def _judge(rows: Mapping[Whose, YearRow], countries: Mapping[Whose, set[str]], contracts: set[int], year: int) -> None:
    """Which threshold counts for each, how far it is reached, and whether a signed contract is there."""
    end_on = dt.date(year, 12, 31)
    thresholds = list(YearlyThreshold.objects.valid_on(end_on).order_by("country", "valid_from"))
    signed = set(Contract.objects.filter(pk__in=contracts, signed_at__isnull=False).values_list("pk", flat=True))
    worth = _Worth({threshold.currency for threshold in thresholds}, end_on)
    for whose, row in rows.items():
        row.has_contract = bool(row.contracts & signed)
        row.threshold = next((one for one in thresholds if one.country in countries[whose]), None)
        if row.threshold is not None:
            row.counted = worth.together(row.by_currency, row.threshold.currency)
            row.needs_rate = row.counted is None


class _Worth:
    """Sums of several currencies in one, by the latest rates somebody wrote down up to a day."""

    def __init__(self, into: set[str], until_on: dt.date) -> None:
        rows = ExchangeRate.objects.filter(on__lte=until_on).filter(Q(base__in=into) | Q(quote__in=into)).order_by("on")
        self.rates: dict[tuple[str, str], Decimal] = {}
        for base, quote, rate in rows.values_list("base", "quote", "rate") if into else ():
            self.rates[base, quote] = rate
            self.rates[quote, base] = 1 / rate

    def together(self, by_currency: Mapping[str, Sums], into: str) -> Money | None:
        """None while a rate is missing."""
        total = Decimal(0)
        for currency, sums in by_currency.items():
            rate = Decimal(1) if currency == into else self.rates.get((currency, into))
            if rate is None:
                return None
            total += sums.total * rate
        return Money(total.quantize(Decimal("0.01")), into)


def _cash(user: User, year: int) -> list[Given]:
    rows = LedgerLine.objects.visible_to(user).exclude(step=LedgerLine.Step.SETTLED).filter(on__year=year)
    rows = rows.exclude(kind=LedgerLine.Kind.REIMBURSED).order_by()
    summed = rows.values_list("step", *COLUMNS).annotate(total=Sum("amount"))
    sign = {LedgerLine.Step.DUE: 1, LedgerLine.Step.REVERSED: -1}
    return _given((*columns, sign[step] * total) for step, *columns, total in summed)


def _in_kind(user: User, year: int) -> list[Given]:
    rows = Benefit.objects.visible_to(user).filter(on__year=year)
    return _given(rows.order_by().values_list(*COLUMNS).annotate(total=Sum("retail")))


COLUMNS = (
    "brand__owner", "brand__owner__name", "brand__owner__country", "influencer", "contract", "amount_currency",
)  # fmt: skip


def _given(rows: Any) -> list[Given]:
    return [given for given in map(Given._make, rows) if given.amount]


def _people(pks: set[int]) -> dict[int, Influencer]:
    """By the id a row was written with, whoever goes on as her."""
    found = Influencer.objects.filter(pk__in=pks).select_related("merged_into")
    return {person.pk: person.merged_into or person for person in found}


def _weight(row: YearRow) -> tuple[bool, Decimal, Decimal]:
    return (
        row.lacks_contract,
        row.share or Decimal(0),
        max((one.total for one in row.by_currency.values()), default=Decimal(0)),
    )
