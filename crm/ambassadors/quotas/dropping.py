"""Periods that had begun and were dropped, because the deal ended before their first day: they come to nothing."""

import datetime as dt

from django.db.models import Sum

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, PeriodQuota, QuotaEntry
from crm.ambassadors.pay import retainers
from crm.ambassadors.places import period_closed
from crm.ambassadors.quotas.granting import take_grant_back
from crm.ambassadors.quotas.ledger import Kind, day_in, write
from crm.timeline.record import SYSTEM

DROP = "drop"


def come_to_nothing(deal: AmbassadorDeal, *, at: dt.datetime) -> None:
    """Nothing of its own is owed in a dropped period: what was carried in lapses, what was posted is noted as extra, and
    what was charged ahead is corrected. Twice does it once. The person and the deal are held.
    """
    for period in deal.periods.dropped().select_for_update(of=("self",)).order_by("number"):
        period.deal = deal
        owed_something = take_grant_back(period, at=at, by=SYSTEM.label)
        left_something = _settle(period, at)
        retainers.on_drop(period, at=at)
        if owed_something or left_something:
            for placed in period_closed.all():
                placed.call(period, at)


def _settle(period: DealPeriod, at: dt.datetime) -> bool:
    rows = PeriodQuota.objects.filter(period=period).exclude(left=0).select_related("line").order_by("line")
    for row in rows:
        _write(period, row, Kind.EXPIRE if row.left > 0 else Kind.EXTRA, -row.left, at)
    return bool(rows)


def stand_again(period: DealPeriod, *, at: dt.datetime) -> None:
    """The deal reaches a dropped period after all: what lapsed with it is owed again, what was posted counts again."""
    rows = QuotaEntry.objects.filter(period=period, key__startswith=f"{DROP}:{period.pk}:")
    sums = rows.order_by("line", "kind").values("line", "kind").annotate(sum=Sum("quantity")).exclude(sum=0)
    known = {row.line_id: row for row in PeriodQuota.objects.filter(period=period).select_related("line")}
    for found in sums:
        _write(period, known[found["line"]], found["kind"], -found["sum"], at)


def _write(period: DealPeriod, row: PeriodQuota, kind: str, quantity: int, at: dt.datetime) -> None:
    stem = f"{DROP}:{period.pk}:{row.line_id}:"
    turn = QuotaEntry.objects.filter(key__startswith=stem).count() + 1
    write(period, row.line, kind, quantity, key=f"{stem}{turn}", on=day_in(period, at), at=at, by=SYSTEM.label)
