"""Writing the ledger of money: something becomes due, is taken back, or is settled. Nothing in it is ever changed."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.base.formats import money_full
from crm.base.inserts import insert_missing
from crm.payments.models import LedgerLine
from crm.payments.queries import free_amounts

Step = LedgerLine.Step


class MoreThanOpen(ValidationError):
    """More would be taken back or settled than the line is still open for; nothing was written.

    What a payment that was released takes of it is not open any more: it is withdrawn first.
    """

    def __init__(self, line: LedgerLine, is_open: Money) -> None:
        said = _("“%(label)s” is open for %(amount)s. No more than that can be noted.")
        super().__init__(said, code="more_than_open", params={"label": line.label, "amount": money_full(is_open)})


def make_due(
    kind: str,
    amount: Money,
    *,
    key: str,
    influencer: int,
    brand: int,
    contract: int | None = None,
    due_on: dt.date | None = None,
    on: dt.date,
    at: dt.datetime,
    by: str,
    label: str,
    ref: str = "",
    note: str = "",
    is_net: bool = False,
) -> LedgerLine | None:
    """An amount is owed from now on: above zero to the influencer, below zero by her. Of a net amount the tax comes on top.

    None when the key is known: the same thing becomes due once. Nothing is written about an amount of nothing.
    """
    worth: Any = amount  # the stubs know no Money
    row = LedgerLine(
        step=Step.DUE, kind=kind, amount=worth, key=key, influencer_id=influencer, brand_id=brand,
        contract_id=contract, due_on=due_on, on=on, at=at, by=by, label=label[:200], ref=ref, note=note[:300],
        is_net=is_net,
    )  # fmt: skip
    return _written(row) if amount.amount else None


def take_back(
    line: LedgerLine,
    amount: Money | None = None,
    *,
    key: str,
    on: dt.date,
    at: dt.datetime,
    by: str,
    note: str = "",
) -> LedgerLine | None:
    """What a due line still asks for is no longer owed, in whole or by this amount, which has the line's own sign.

    None when the key is known. Raises MoreThanOpen.
    """
    return _later(Step.REVERSED, line, amount, key=key, on=on, at=at, by=by, note=note)


def settle(
    line: LedgerLine,
    amount: Money | None = None,
    *,
    key: str,
    on: dt.date,
    at: dt.datetime,
    by: str,
    note: str = "",
) -> LedgerLine | None:
    """What a due line still asks for was paid, in whole or by this amount. None when the key is known.

    Raises MoreThanOpen: of two who settle the same line at once, one wins.
    """
    return _later(Step.SETTLED, line, amount, key=key, on=on, at=at, by=by, note=note)


def unsettle(
    settled: LedgerLine, *, key: str, on: dt.date, at: dt.datetime, by: str, note: str = ""
) -> LedgerLine | None:
    """A transfer came back: what was settled is open again, by a row of the same step with the sign turned.

    The row that settled it stands as it was written. None when the key is known.
    """
    with transaction.atomic():
        due = LedgerLine.objects.due().select_for_update(of=("self",)).get(pk=settled.of_id or 0)
        back = Money(-settled.amount.amount, settled.amount.currency)
        return _written(_part_of(due, Step.SETTLED, back, key=key, on=on, at=at, by=by, note=note[:300]))


def _later(
    step: str, line: LedgerLine, amount: Money | None, *, key: str, on: dt.date, at: dt.datetime, by: str, note: str
) -> LedgerLine | None:
    with transaction.atomic():
        due = LedgerLine.objects.due().select_for_update(of=("self",)).get(pk=line.pk)
        if LedgerLine.objects.filter(key=key).exists():
            return None
        is_open = Money(free_amounts([due])[due.pk], due.amount.currency)
        part = is_open if amount is None else amount
        if not _fits(part, is_open):
            raise MoreThanOpen(due, is_open)
        return _written(_part_of(due, step, part, key=key, on=on, at=at, by=by, note=note[:300]))


def _part_of(due: LedgerLine, step: str, part: Money, **said: Any) -> LedgerLine:
    """A row that says what became of a due line; everything else is as that line has it."""
    alike = ("kind", "influencer_id", "brand_id", "contract_id", "is_net", "label", "ref")
    same: dict[str, Any] = {name: getattr(due, name) for name in alike}
    return LedgerLine(step=step, of=due, **{"amount": part, **same, **said})


def _fits(part: Money, is_open: Money) -> bool:
    """A part of what is open: of the same currency and sign, something, and no more than that."""
    same = part.currency == is_open.currency and part.amount * is_open.amount > 0
    return same and abs(part.amount) <= abs(is_open.amount)


def _written(row: LedgerLine) -> LedgerLine | None:
    if not insert_missing([row], "(key)"):
        return None
    return LedgerLine.objects.get(key=row.key)
