"""A deal of the months of 2026 whose periods are written by hand, in whatever state a test needs."""

import calendar
import datetime as dt
from typing import Any

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, QuotaEntry, QuotaLine
from crm.ambassadors.quotas.ledger import write
from crm.base.zones import local_midnight

AT = dt.datetime(2026, 4, 2, 3, 0, tzinfo=dt.UTC)
"""10.00 on 2 April in Jakarta."""


def month(deal: AmbassadorDeal, number: int, state: str = "open", **fields: Any) -> DealPeriod:
    """The period of that month of 2026."""
    days = calendar.monthrange(2026, number)[1]
    first_on = dt.date(2026, number, 1)
    usual: dict[str, Any] = {"first_on": first_on, "last_on": first_on.replace(day=days), "nominal_days": days}
    began = local_midnight(first_on, deal.contract.zone)
    usual |= {"opened_at": None if state == "planned" else began, "closed_at": AT if state == "closed" else None}
    said = {"active_days": days, **usual, **fields}
    return DealPeriod.objects.create(deal=deal, number=number, state=state, **said)


def grant(period: DealPeriod, line: QuotaLine, quantity: int) -> None:
    write(
        period, line, "grant", quantity, key=f"quota:{period.pk}:{line.pk}:grant", on=period.first_on, at=AT, by="Mitra"
    )


def rows(line: QuotaLine, period: DealPeriod | None = None) -> list[tuple[str, int]]:
    """What the ledger of a quota says, in order."""
    found = QuotaEntry.objects.filter(line=line).order_by("pk")
    return list((found.filter(period=period) if period else found).values_list("kind", "quantity"))
