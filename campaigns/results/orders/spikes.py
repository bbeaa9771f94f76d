"""Codes that are suddenly redeemed far more often than usual: perhaps they stand on a coupon page (domain section 8.4)."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count

from campaigns.results.models import Order
from campaigns.tracking.models import VoucherCode

USUAL_DAYS = 14
TIMES, AT_LEAST = 3, 10


@dataclass(frozen=True)
class Spike:
    """A code that was redeemed far more often on a day than usual: perhaps it stands on a coupon page."""

    code: VoucherCode
    on: dt.date
    times: int
    usual: Decimal


def spikes(codes: Collection[int], today: dt.date) -> list[Spike]:
    """Codes with more than ten redemptions yesterday or today, and more than three times the mean of the fortnight
    before (domain section 8.4). Two queries."""
    first_on = today - dt.timedelta(days=USUAL_DAYS + 1)
    rows = Order.objects.standing().between(first_on, today).filter(code__in=codes).order_by()
    counted: dict[int, dict[dt.date, int]] = {}
    for code, on, times in rows.values_list("code", "ordered_on").annotate(Count("pk")):
        counted.setdefault(code, {})[on] = times
    found = [(code, *worst) for code, days in counted.items() for worst in [_worst(days, today)] if worst is not None]
    known = (
        VoucherCode.objects.standing()
        .select_related("collaboration__influencer", "campaign")
        .in_bulk([code for code, *_rest in found])
    )
    return [Spike(known[code], on, times, usual) for code, on, times, usual in found if code in known]


def _worst(days: Mapping[dt.date, int], today: dt.date) -> tuple[dt.date, int, Decimal] | None:
    for on in (today, today - dt.timedelta(days=1)):
        times = days.get(on, 0)
        before = sum(days.get(on - dt.timedelta(days=back), 0) for back in range(1, USUAL_DAYS + 1))
        if times > AT_LEAST and times * USUAL_DAYS > TIMES * before:
            return on, times, (Decimal(before) / USUAL_DAYS).quantize(Decimal("0.1"))
    return None
