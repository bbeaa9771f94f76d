"""What happened beside posts and orders while a campaign ran: payments, what else may have moved figures, surveys."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import DecimalField, F, IntegerField, Value

from campaigns.planning.models import Campaign, Collaboration
from campaigns.results.models import BrandLift, Confounder
from crm.payments.models import LedgerLine

PAID, ALSO, ASKED = "paid", "also", "asked"
NOTHING = Value(Decimal(0), output_field=DecimalField(max_digits=16, decimal_places=2))
NONE, EMPTY = Value(0, output_field=IntegerField()), Value("")


@dataclass
class Meanwhile:
    """Payments by their day in the order they went out; the rest as rows that were never kept apart from their own."""

    paid: list[tuple[dt.date, Decimal]] = field(default_factory=list)
    confounders: list[Confounder] = field(default_factory=list)
    lifts: list[BrandLift] = field(default_factory=list)


def meanwhile_of(campaign: Campaign, ids: Collection[int], currency: str) -> Meanwhile:
    """Settled under the contracts of all these campaigns; noted of the one. One query."""
    found = Meanwhile()
    rows = _paid(ids, currency).union(_also(campaign), _asked(campaign), all=True)
    for what, _pk, on, last_on, label, words, amount, *asked in sorted(rows, key=lambda row: (row[2], row[1])):
        if what == PAID:
            found.paid.append((on, amount))
        elif what == ALSO:
            found.confounders.append(Confounder(kind=label, first_on=on, last_on=last_on, note=words))
        else:
            names = ("exposed", "exposed_yes", "control", "control_yes")
            found.lifts.insert(0, BrandLift(question=words, on=on, **dict(zip(names, asked, strict=True))))
    return found


def _paid(campaigns: Collection[int], currency: str) -> Any:
    contracts = Collaboration.objects.filter(campaign__in=list(campaigns)).order_by().values("party__contract")
    rows = LedgerLine.objects.settled().filter(contract__in=contracts, amount_currency=currency).order_by()
    return rows.values_list(Value(PAID), "pk", "on", F("on"), EMPTY, EMPTY, "amount", NONE, NONE, NONE, NONE)


def _also(campaign: Campaign) -> Any:
    rows = Confounder.objects.filter(campaign=campaign).order_by()
    return rows.values_list(
        Value(ALSO), "pk", "first_on", "last_on", "kind", "note", NOTHING, NONE, NONE, NONE, NONE
    )  # fmt: skip


def _asked(campaign: Campaign) -> Any:
    rows = BrandLift.objects.filter(campaign=campaign).order_by()
    return rows.values_list(
        Value(ASKED), "pk", "on", F("on"), EMPTY, "question", NOTHING, "exposed", "exposed_yes", "control", "control_yes"
    )  # fmt: skip
