"""What the page about the money of a deal shows: what is open, what waits for a decision, and every line by month."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, RetainerCharge
from crm.base.formats import day_words, money_full
from crm.payments.models import LedgerLine, LedgerLineQuerySet
from crm.timeline.record import subject_of

Step = LedgerLine.Step


@dataclass(frozen=True)
class MoneyRow:
    """One row of the ledger as it reads: what it does to what is open, and what was open after it.

    Commission that becomes due in one month is paid in one, so it is told in one row, of so many orders.
    """

    line: LedgerLine
    effect: Money
    after: Money
    is_open: Money | None = None
    how: Sequence[str] = ()
    orders: int = 0
    is_taken_back: bool = False


@dataclass(frozen=True)
class Month:
    first_on: dt.date
    rows: Sequence[MoneyRow]


@dataclass(frozen=True)
class Question:
    """A charge somebody has to decide about."""

    charge: RetainerCharge
    size: Money
    how: Sequence[str]


@dataclass(frozen=True)
class MoneyPage:
    """Everything on the page, in a fixed number of queries."""

    open: Sequence[Money]
    settled: Sequence[Money]
    held: Sequence[Money]
    held_orders: int
    next_due: LedgerLine | None
    is_late: bool
    questions: Sequence[Question]
    months: Sequence[Month] = field(default_factory=list)


def money_page(deal: AmbassadorDeal, today: dt.date) -> MoneyPage:
    rows = LedgerLine.objects.of_contract(deal.contract_id)
    charges = list(RetainerCharge.objects.filter(period__deal=deal).select_related("period"))
    told = _rows(rows, {subject_of(charge): charge for charge in charges})
    held = list(deal.sales.held().values_list("commission_currency", "commission"))
    due = [one for one in told if one.is_open is not None and one.is_open.amount > 0 and one.line.due_on]
    next_due = min((one.line for one in due), key=_by_due, default=None)
    return MoneyPage(
        open=_summed((str(one.effect.currency), one.effect.amount) for one in told),
        settled=_summed((str(one.line.amount.currency), one.line.amount.amount) for one in told
                        if one.line.step == Step.SETTLED),
        held=_summed(held),
        held_orders=len(held),
        next_due=next_due,
        is_late=next_due is not None and next_due.due_on is not None and next_due.due_on < today,
        questions=[_question(charge) for charge in charges if charge.state == RetainerCharge.State.PROPOSED],
        months=list(_months(told)),
    )  # fmt: skip


def _by_due(line: LedgerLine) -> tuple[dt.date, int]:
    return (line.due_on or dt.date.max, line.pk)


def _summed(parts: Iterable[tuple[str, Decimal]]) -> list[Money]:
    sums: dict[str, Decimal] = {}
    for currency, amount in parts:
        sums[currency] = sums.get(currency, Decimal(0)) + amount
    return [Money(amount, currency) for currency, amount in sorted(sums.items()) if amount]


def _rows(rows: LedgerLineQuerySet, charges: Mapping[str, RetainerCharge]) -> list[MoneyRow]:
    """Oldest first, each with what was open after it in its currency."""
    lines = list(rows.order_by("on", "pk"))
    gone, back = _gone(lines), _gone(line for line in lines if line.step == Step.REVERSED)
    running: dict[str, Decimal] = {}
    found = []
    for together in sorted(_together(lines), key=lambda one: (one[-1].on, one[-1].pk)):
        last, currency = together[-1], str(together[-1].amount.currency)
        effect = sum((_effect(line) for line in together), Decimal(0))
        running[currency] = running.get(currency, Decimal(0)) + effect
        row = MoneyRow(last, Money(effect, currency), Money(running[currency], currency))
        found.append(_told(row, together, gone, back, charges.get(last.ref)))
    return found


def _gone(lines: Iterable[LedgerLine]) -> dict[int, Decimal]:
    """What came off each due line, by its id."""
    gone: dict[int, Decimal] = {}
    for line in lines:
        if line.of_id is not None:
            gone[line.of_id] = gone.get(line.of_id, Decimal(0)) + line.amount.amount
    return gone


def _effect(line: LedgerLine) -> Decimal:
    amount: Decimal = line.amount.amount
    return amount if line.step == Step.DUE else -amount


def _together(lines: Iterable[LedgerLine]) -> Iterable[list[LedgerLine]]:
    """Each line by itself, and the commission of a month that is to be paid on one day as one."""
    found: dict[Any, list[LedgerLine]] = {}
    for line in lines:
        is_due_commission = line.kind == LedgerLine.Kind.COMMISSION and line.step == Step.DUE and line.amount.amount > 0
        key: Any = (line.due_on, line.on.replace(day=1), line.amount.currency) if is_due_commission else line.pk
        found.setdefault(key, []).append(line)
    return found.values()


def _told(
    row: MoneyRow,
    lines: Sequence[LedgerLine],
    gone: Mapping[int, Decimal],
    back: Mapping[int, Decimal],
    charge: RetainerCharge | None,
) -> MoneyRow:
    if row.line.step != Step.DUE:
        return row
    left = sum((line.amount.amount - gone.get(line.pk, Decimal(0)) for line in lines), Decimal(0))
    is_back = not left and all(back.get(line.pk) == line.amount.amount for line in lines)
    how = how_of(charge) if charge is not None else ()
    orders = len(lines) if row.line.kind == LedgerLine.Kind.COMMISSION else 0
    return replace(row, is_open=Money(left, row.effect.currency), how=how, orders=orders, is_taken_back=is_back)


def _months(rows: Sequence[MoneyRow]) -> Iterator[Month]:
    """The latest month first, and in it the latest row."""
    newest = sorted(rows, key=lambda row: (row.line.on, row.line.pk), reverse=True)
    for first_on, found in groupby(newest, key=lambda row: row.line.on.replace(day=1)):
        yield Month(first_on, list(found))


def _question(charge: RetainerCharge) -> Question:
    return Question(charge, Money(abs(charge.amount.amount), charge.amount.currency), how_of(charge))


def how_of(charge: RetainerCharge) -> list[str]:
    """How a charge was reckoned, one sentence for each of its parts."""
    return [_part_said(part, str(charge.amount.currency)) for part in charge.parts]


def _part_said(part: Mapping[str, Any], currency: str) -> str:
    if "extra" in part:
        rate = money_full(Decimal(part["rate"]), currency)
        return _("%(count)s × %(what)s at %(rate)s") % {"count": part["extra"], "what": part["what"], "rate": rate}
    if "missed" in part:
        return _("%(what)s: %(missed)s missing, of %(of)s posts owed") % part
    first, last = (day_words(dt.date.fromisoformat(part[name]), "short") for name in ("from", "to"))
    said = {"first": first, "last": last, "days": part["days"], "of": part["of"],
            "rate": money_full(Decimal(part["rate"]), currency)}  # fmt: skip
    if part["days"] == part["of"]:
        return _("%(first)s to %(last)s: all of %(rate)s") % said
    return (
        ngettext(
            "%(first)s to %(last)s: %(days)s of %(of)s day of %(rate)s",
            "%(first)s to %(last)s: %(days)s of %(of)s days of %(rate)s",
            part["of"],
        )
        % said
    )


def money_tabs(deal: AmbassadorDeal, active: str, *, sees_money: bool) -> list[dict[str, Any]]:
    """The parts of what a deal pays."""
    pages = [("money", _("Money"), "ambassador-money"), ("orders", _("Orders"), "ambassador-orders"),
             ("perks", _("Perks and tier"), "ambassador-perks")]  # fmt: skip
    return [
        {"label": label, "url": reverse(name, args=[deal.pk]), "active": key == active}
        for key, label, name in pages
        if sees_money or key == "perks"
    ]
