"""Noting payments: one line in whole or in part, or the commission of a month in one."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.payments.actions import settle
from crm.payments.models import LedgerLine
from crm.payments.queries import free_amounts
from crm.timeline.record import subject_of


def paid_with(line: LedgerLine) -> list[LedgerLine]:
    """The lines that are paid in one with this: the commission that is to be paid on the same day, else itself alone."""
    if line.kind != LedgerLine.Kind.COMMISSION or line.amount.amount < 0:
        return [line]
    rows = LedgerLine.objects.due().of_contract(line.contract_id or 0).filter(due_on=line.due_on, kind=line.kind)
    first_on = line.on.replace(day=1)
    found = rows.filter(
        amount_currency=line.amount.currency, amount__gt=0, on__year=first_on.year, on__month=first_on.month
    )
    return list(found.order_by("pk"))


def settle_together(lines: Sequence[LedgerLine], size: Decimal | None = None, **told: Any) -> None:
    """Note that these lines were paid: each for what it is open for, or one line for a part. All or none.

    Raises MoreThanOpen, and ValidationError where somebody noted one at the same moment.
    """
    with transaction.atomic():
        left = free_amounts(lines)
        for line in lines:
            if size is None and not left[line.pk]:
                continue
            amount = Money(size if left[line.pk] > 0 else -size, line.amount.currency) if size is not None else None
            key = f"{subject_of(line)}:paid:{line.later.count() + 1}"
            if settle(line, amount, key=key, **told) is None:
                raise ValidationError(_("Somebody noted a payment at the same moment. Look at the line again."))
