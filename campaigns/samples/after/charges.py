"""What a loan that never came back might cost. Mitra proposes; only a person charges (domain rule 4.5.9)."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from campaigns.samples.models import ReturnRequest, SampleTerm, terms_on
from crm.base.zones import local_date
from crm.reminders.tick import upkeep
from crm.timeline.record import SYSTEM

MONTH = 30
WHOLE = Decimal(1)


def worn(value: Decimal, months: int, percent: int) -> Decimal:
    """What something is still worth after so many begun months of wear.

    A dress of Rp2,000,000, lent for 61 days at 5 % a month: three months have begun, 15 % are gone, Rp1,700,000 are left.
    Nothing is worth less than nothing.
    """
    left = max(Decimal(100) - months * percent, Decimal(0))
    return (value * left / 100).quantize(WHOLE, ROUND_HALF_UP)


def begun_months(first: dt.date, last: dt.date) -> int:
    """How many months of thirty days have begun between two days."""
    return max(-((first - last).days // MONTH), 0)


def charge_for(row: ReturnRequest, on: dt.date, percent: int) -> Money | None:
    """The price of what was lent, less its wear since it arrived; nothing where prices are missing or of several currencies."""
    parcel = row.shipment
    since = local_date(parcel.delivered_at, zone_of(row)) if parcel.delivered_at else row.due_on
    lines = [(line.item.value, line.quantity) for line in parcel.items.select_related("item")]
    values: list[tuple[Any, int]] = [(value, quantity) for value, quantity in lines if value is not None]
    if not values or len(values) < len(lines) or len({value.currency for value, _quantity in values}) > 1:
        return None
    whole = sum((value.amount * quantity for value, quantity in values), Decimal(0))
    return Money(worn(whole, begun_months(since, on), percent), values[0][0].currency)


def zone_of(row: ReturnRequest) -> str:
    """Whose days count: the campaign's; of what has none, its owner's."""
    request = row.shipment.request
    card = request.collaboration
    return card.campaign.zone if card is not None else request.owner.zone


@upkeep("loans")
def propose_charges(now: dt.datetime) -> dict[str, int]:
    """Loans so many days over their day: what a colleague may charge, proposed once. Nothing is charged by it."""
    terms = terms_on(local_date(now, "UTC"))
    late = local_date(now, "UTC") - dt.timedelta(days=terms[SampleTerm.Code.LOAN_CHARGE] - 1)
    rows = ReturnRequest.objects.filter(
        status=ReturnRequest.Status.ASKED,
        reason=ReturnRequest.Reason.LOAN,
        charge_proposed_at__isnull=True,
        due_on__lt=late,
    )
    proposed = 0
    for row in rows.with_request().order_by("pk")[:200]:
        today = local_date(now, zone_of(row))
        if (today - row.due_on).days >= terms[SampleTerm.Code.LOAN_CHARGE]:
            proposed += propose(row, today, terms[SampleTerm.Code.LOAN_WEAR], now)
    return {"proposed": proposed} if proposed else {}


def propose(row: ReturnRequest, today: dt.date, percent: int, now: dt.datetime) -> int:
    """Note the proposal, unless somebody else just did or it is on its way; 1 when it was noted."""
    amount = charge_for(row, today, percent)
    rows = ReturnRequest.objects.filter(pk=row.pk, status=ReturnRequest.Status.ASKED, charge_proposed_at__isnull=True)
    with transaction.atomic():
        change: dict[str, Any] = {"charge_proposed_at": now, "updated_at": now}
        if not rows.update(**change, **({"charge": amount} if amount is not None else {})):
            return 0
        sentence = _(
            "%(what)s has not come back. A charge is proposed: %(amount)s. Nothing is charged before somebody decides"
        )
        row.tell("return.proposed", sentence, now, SYSTEM, amount=str(amount or "?"))
    return 1
