"""Money on the page of a deal: what is open, what was paid, what came due last, and what comes next."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Sum
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, RetainerRate
from crm.payments.models import LedgerLine, LedgerLineQuerySet
from crm.payments.queries import open_amounts

if TYPE_CHECKING:
    from crm.team.models import User

FEW = 5


@dataclass(frozen=True)
class DueLine:
    """One amount that became due, and what of it is still open."""

    line: LedgerLine
    open: Money | None


@dataclass(frozen=True)
class DealMoney:
    """Sums by currency, the newest amounts, and the retainer as it is today."""

    open: Sequence[Money]
    paid: Sequence[Money]
    last: Sequence[DueLine]
    retainer: Money | None
    more: bool

    @property
    def is_empty(self) -> bool:
        return not self.last and self.retainer is None


def money_of(deal: AmbassadorDeal, user: "User", today: dt.date) -> DealMoney:
    """Four queries, or two where nothing became due."""
    rows = LedgerLine.objects.visible_to(user).of_contract(deal.contract_id)
    due = due_lines(rows, FEW + 1)
    left, paid = open_and_paid(rows) if due else ({}, {})
    return DealMoney(
        open=_sums(left),
        paid=_sums(paid),
        last=due[:FEW],
        retainer=rate_on(deal.retainers.all(), today),
        more=len(due) > FEW,
    )


def open_and_paid(rows: LedgerLineQuerySet) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """What is open and what was settled, by currency, in one query."""
    left: dict[str, Decimal] = {}
    paid: dict[str, Decimal] = {}
    for currency, step, amount in rows.order_by().values_list("amount_currency", "step").annotate(Sum("amount")):
        left[currency] = left.get(currency, Decimal(0)) + (amount if step == LedgerLine.Step.DUE else -amount)
        if step == LedgerLine.Step.SETTLED:
            paid[currency] = amount
    return {currency: amount for currency, amount in left.items() if amount}, paid


def due_lines(rows: LedgerLineQuerySet, most: int = 12) -> list[DueLine]:
    """The newest amounts that became due. Two queries, or one."""
    due = list(rows.due().order_by("-on", "-id")[:most])
    left = open_amounts(due) if due else {}
    return [DueLine(one, _open(one, left)) for one in due]


def rate_on(rates: Iterable[RetainerRate], on: dt.date) -> Money | None:
    """What a whole period is paid by the terms of a day; before the first of them, the first."""
    known = sorted(rates, key=lambda rate: rate.from_on)
    begun = [rate for rate in known if rate.from_on <= on]
    found = begun[-1] if begun else known[0] if known else None
    return found.amount if found is not None and found.amount.amount else None


def _open(line: LedgerLine, left: Mapping[int, Decimal]) -> Money | None:
    amount = left.get(line.pk)
    return Money(amount, line.amount.currency) if amount else None


def _sums(found: Mapping[str, Decimal]) -> tuple[Money, ...]:
    return tuple(Money(amount, currency) for currency, amount in sorted(found.items()))
