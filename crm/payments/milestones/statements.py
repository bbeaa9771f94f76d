"""The commission of a month, of each person and brand: carried in, earned, taken back, paid out, carried on."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.formats import money_full
from crm.base.models import Holiday, Organisation
from crm.base.windows import months_later, working_day_on_or_after
from crm.contracts.models import Contract
from crm.payments.actions import make_due, take_back
from crm.payments.milestones.commissions import held
from crm.payments.models import CommissionStatement, LedgerLine, LedgerLineQuerySet, PayTerms
from crm.payments.queries import open_amounts
from crm.timeline.record import SYSTEM, in_language, record, subject_of

CLOSED = _("Commission of %(month)s: %(paid)s to be paid, %(carried)s carried on")
LABEL = _("Commission of %(month)s")
A_DAY = dt.timedelta(days=1)
GATHERED = ":gathered"


@dataclass(frozen=True)
class Whose:
    """One statement is about one person, one brand and one currency."""

    influencer: int
    brand: int
    currency: str


def close_month(month_on: dt.date, *, at: dt.datetime) -> list[CommissionStatement]:
    """Write the statements of a month that are not written yet, and make due what is worth a transfer. Twice does it once."""
    last_on = months_later(month_on, 1) - A_DAY
    return [made for whose in _owed_one(month_on, last_on) if (made := _close(whose, month_on, last_on, at))]


def _owed_one(month_on: dt.date, last_on: dt.date) -> list[Whose]:
    """Whoever earned or lost something that no statement tells yet, or has something carried from before."""
    rows = LedgerLine.objects.commissions().filter(_told_with(month_on, last_on))
    newest = rows.order_by().values_list("influencer", "brand", "amount_currency").annotate(Max("on"))
    told = _told_until()
    moved = [tuple(whose) for *whose, on in newest if on >= told.get(tuple(whose), dt.date.min)]
    before = CommissionStatement.objects.filter(month_on=months_later(month_on, -1)).exclude(carried_on=0)
    carried = before.values_list("influencer", "brand", "currency")
    return [Whose(*one) for one in sorted({*moved, *carried})]


def _told_until() -> dict[tuple[Any, ...], dt.date]:
    """The first day after the last statement, by person, brand and currency."""
    rows = CommissionStatement.objects.order_by().values_list("influencer", "brand", "currency")
    return {tuple(whose): months_later(last, 1) for *whose, last in rows.annotate(Max("month_on"))}


def _close(whose: Whose, month_on: dt.date, last_on: dt.date, at: dt.datetime) -> CommissionStatement | None:
    with transaction.atomic():
        held(whose.influencer)
        rows = CommissionStatement.objects.filter(
            influencer=whose.influencer, brand=whose.brand, currency=whose.currency
        )
        if rows.filter(month_on__gte=month_on).exists():
            return None
        before = rows.order_by("-month_on").first()
        lines = list(_lines_since(before, whose, month_on, last_on))
        made = CommissionStatement(
            influencer_id=whose.influencer, brand_id=whose.brand, currency=whose.currency, month_on=month_on,
            carried_in=before.carried_on if before else Decimal(0), **_sums(lines),
        )  # fmt: skip
        at_once = sum((line.amount.amount * _sign(line) for line in lines if is_a_deals(line)), Decimal(0))
        kept = made.carried_in + made.earned - made.returned - at_once
        payout = kept if kept > 0 and kept >= least(whose.currency) else Decimal(0)
        made.paid_out = at_once + payout
        made.carried_on = kept - payout
        made.save()
        if payout:
            _pay_out(made, whose, last_on, payout, at)
        _tell(made, payout, at)
        return made


def lines_in(statement: CommissionStatement) -> list[LedgerLine]:
    """The orders a statement is made of, and what came back in that month."""
    last_on = months_later(statement.month_on, 1) - A_DAY
    whose = Whose(statement.influencer_id, statement.brand_id, statement.currency)
    rows = CommissionStatement.objects.filter(influencer=whose.influencer, brand=whose.brand, currency=whose.currency)
    before = rows.filter(month_on__lt=statement.month_on).order_by("-month_on").first()
    return list(_lines_since(before, whose, statement.month_on, last_on))


def least(currency: str) -> Decimal:
    """The least that is paid out; the house says it in its own currency."""
    house = Organisation.load()
    return house.commission_paid_from if currency == house.currency else Decimal(0)


def is_a_deals(line: LedgerLine) -> bool:
    """Of an ambassador deal, which says itself when each order is paid; so does whatever came back of such an order."""
    return line.due_on is not None or (line.of is not None and line.of.due_on is not None)


def _sign(line: LedgerLine) -> int:
    return 1 if line.step == LedgerLine.Step.DUE else -1


def _lines(whose: Whose) -> LedgerLineQuerySet:
    """What was earned and lost; neither what a statement gathered nor what it made due, and no payment."""
    rows = LedgerLine.objects.commissions().filter(
        influencer=whose.influencer, brand=whose.brand, amount_currency=whose.currency
    )
    return rows.select_related("of").order_by("pk")


def _lines_since(
    before: CommissionStatement | None, whose: Whose, month_on: dt.date, last_on: dt.date
) -> LedgerLineQuerySet:
    """What the statement before does not tell yet."""
    rows = _lines(whose).filter(_told_with(month_on, last_on))
    return rows.filter(on__gte=months_later(before.month_on, 1)) if before is not None else rows


def _told_with(month_on: dt.date, last_on: dt.date) -> Q:
    """Lines of the month, and what waits to be gathered from months that were closed for others before it was told."""
    waits = Q(of__isnull=True, due_on__isnull=True) | Q(of__isnull=False, of__due_on__isnull=True)
    return Q(on__lte=last_on) & (Q(on__gte=month_on) | waits)


def _sums(lines: Sequence[LedgerLine]) -> dict[str, Decimal | int]:
    earned = [line for line in lines if line.step == LedgerLine.Step.DUE and line.amount.amount > 0]
    back = [line for line in lines if line not in earned]
    return {
        "earned": sum((line.amount.amount for line in earned), Decimal(0)),
        "returned": sum((abs(line.amount.amount) for line in back), Decimal(0)),
        "orders": len(earned),
    }


def _pay_out(made: CommissionStatement, whose: Whose, last_on: dt.date, payout: Decimal, at: dt.datetime) -> None:
    """Everything that stands goes into one line that is to be paid."""
    standing = list(_lines(whose).due().filter(due_on__isnull=True, on__lte=last_on))
    left = open_amounts(standing)
    open_lines = [line for line in standing if left[line.pk]]
    today = last_on + A_DAY
    for line in open_lines:
        take_back(line, key=f"{line.key}{GATHERED}", on=today, at=at, by=SYSTEM.label, note=str(made.month_on))
    contract = _contract_of(open_lines)
    house = Organisation.load()
    language = contract.language if contract else house.language
    due_on = today + dt.timedelta(days=_net_days(contract))
    make_due(
        LedgerLine.Kind.COMMISSION, Money(payout, whose.currency), key=f"statement:{made.pk}", brand=whose.brand,
        influencer=whose.influencer, contract=contract.pk if contract else None, on=today, at=at, by=SYSTEM.label,
        due_on=working_day_on_or_after(due_on, Holiday.objects.free_days(house.country)),
        label=in_language(language, LABEL, {"month": f"{made.month_on:%m/%Y}"}), ref=subject_of(made),
    )  # fmt: skip


def _contract_of(lines: Iterable[LedgerLine]) -> Contract | None:
    """The one under which all of it was earned; None where there are several."""
    pks = {line.contract_id or 0 for line in lines}
    return Contract.objects.filter(pk__in=pks).first() if len(pks) == 1 else None


def _net_days(contract: Contract | None) -> int:
    found = PayTerms.objects.filter(contract=contract.pk).first() if contract else None
    return (found or PayTerms()).net_days


def _tell(made: CommissionStatement, payout: Decimal, at: dt.datetime) -> None:
    params = {
        "month": f"{made.month_on:%m/%Y}", "paid": money_full(payout, made.currency),
        "carried": money_full(made.carried_on, made.currency),
    }  # fmt: skip
    record(
        "commission.closed", CLOSED, params=params, at=at, actor=SYSTEM, subject=made, influencer=made.influencer_id,
        brand=made.brand_id,
    )  # fmt: skip
