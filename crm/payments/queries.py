"""What the ledger of money says: what is open, and what somebody is owed on a day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from crm.base.places import ids_of_person
from crm.contracts.models import Contract
from crm.influencers.models import Influencer
from crm.payments.models import LedgerLine, LedgerLineQuerySet, Payment, PaymentPart


def open_amounts(lines: Iterable[LedgerLine]) -> dict[int, Decimal]:
    """What each of these due lines still asks for, by its id. One query."""
    amounts = {line.pk: line.amount.amount for line in lines}
    gone = LedgerLine.objects.filter(of__in=amounts).order_by().values_list("of").annotate(Sum("amount"))
    less = dict(gone)
    return {pk: amount - less.get(pk, Decimal(0)) for pk, amount in amounts.items()}


def on_the_way(lines: Iterable[LedgerLine]) -> dict[int, Decimal]:
    """What payments that were released and are not paid yet take of these due lines, by the line's id. One query."""
    parts = PaymentPart.objects.filter(line__in=[line.pk for line in lines], payment__in=Payment.objects.on_the_way())
    return dict(parts.order_by().values_list("line").annotate(Sum("amount")))


def free_amounts(lines: Sequence[LedgerLine]) -> dict[int, Decimal]:
    """What may still be released, settled or taken back of these due lines: open, and not on the way. Two queries."""
    taken = on_the_way(lines)
    return {pk: amount - taken.get(pk, Decimal(0)) for pk, amount in open_amounts(lines).items()}


NEARLY_NOTHING = Decimal("0.005")
"""SQLite keeps amounts as floats: what is less than half a cent is nothing."""


IS_FREE = Q(free__gt=NEARLY_NOTHING) | Q(free__lt=-NEARLY_NOTHING)


def with_free(rows: LedgerLineQuerySet) -> LedgerLineQuerySet:
    """The due lines among these, with what is neither settled, taken back nor on the way of each in `free`."""
    gone = LedgerLine.objects.filter(of=OuterRef("pk")).order_by().values("of").annotate(sum=Sum("amount"))
    parts = PaymentPart.objects.filter(line=OuterRef("pk"), payment__in=Payment.objects.on_the_way())
    taken = parts.order_by().values("line").annotate(sum=Sum("amount"))
    return rows.due().annotate(free=F("amount") - _or_nothing(gone) - _or_nothing(taken))


def still_free(rows: LedgerLineQuerySet) -> LedgerLineQuerySet:
    """The due lines among these of which something is free; it stands in `free`."""
    return with_free(rows).filter(IS_FREE)


def _or_nothing(rows: Any) -> Any:
    money = DecimalField(max_digits=14, decimal_places=2)
    return Coalesce(Subquery(rows.values("sum"), output_field=money), Decimal(0), output_field=money)


def balance(of: Influencer | Contract, until_on: dt.date | None = None) -> dict[str, Decimal]:
    """What is open by currency, as the rows up to a day have it: above zero we owe, below zero she does."""
    return balance_of(_rows_of(of), until_on)


def balance_of(rows: LedgerLineQuerySet, until_on: dt.date | None = None) -> dict[str, Decimal]:
    """The same of any rows that hang together: what became due less what came back and what was settled."""
    if until_on is not None:
        rows = rows.filter(on__lte=until_on)
    found: dict[str, Decimal] = {}
    steps = rows.order_by().values_list("amount_currency", "step").annotate(Sum("amount"))
    for currency, step, amount in steps:
        sign = 1 if step == LedgerLine.Step.DUE else -1
        found[currency] = found.get(currency, Decimal(0)) + sign * amount
    return {currency: amount for currency, amount in found.items() if amount}


def settled_of(rows: LedgerLineQuerySet) -> dict[str, Decimal]:
    """What was settled so far, by currency."""
    found = rows.settled().order_by().values_list("amount_currency").annotate(Sum("amount"))
    return dict(found)


def _rows_of(of: Influencer | Contract) -> LedgerLineQuerySet:
    if isinstance(of, Contract):
        return LedgerLine.objects.of_contract(of.pk)
    return LedgerLine.objects.filter(influencer__in=ids_of_person(of.pk))
