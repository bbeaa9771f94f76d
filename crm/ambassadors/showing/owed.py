"""What is owed in the periods of a deal, as pages say it: figures, sentences and states."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, PeriodQuota, QuotaLine
from crm.ambassadors.quotas.rings import Ring, ring_of
from crm.base import year_strip as strip
from crm.base.charts import share


def with_balances(periods: "QuerySet[DealPeriod]") -> "QuerySet[DealPeriod]":
    """With what each is owed, in two queries."""
    rows = PeriodQuota.objects.select_related("line__format__platform").order_by("line_id")
    return periods.prefetch_related(Prefetch("balances", rows))


def rings_in(period: DealPeriod) -> list[Ring]:
    """Quota by quota, those with nothing to it left out; asks nothing where `with_balances` has read them."""
    found = [ring_of(balance) for balance in period.balances.all()]
    return [one for one in found if one.owed or one.done]


def together(rings: Iterable[Ring]) -> tuple[int, int]:
    """Done and owed of all quotas; what is beyond one of them does not make up for another."""
    rows = list(rings)
    return sum(min(one.done, one.owed) for one in rows), sum(one.owed for one in rows)


def is_kept(rings: Iterable[Ring]) -> bool:
    return all(one.done >= one.owed for one in rings)


def says(ring: Ring) -> str:
    """Instagram Reel: 1 of 2."""
    return _("%(what)s: %(done)s of %(owed)s") % {"what": ring.name, "done": ring.done, "owed": ring.owed}


def state_of(period: DealPeriod, rings: Sequence[Ring]) -> str:
    """Its colour in the picture of the term."""
    if not period.is_closed:
        return STATES[period.state]
    if not any(one.owed for one in rings):
        return strip.CLOSED
    return strip.OK if is_kept(rings) else strip.SHORT


STATES: dict[str, str] = {
    DealPeriod.State.PLANNED: strip.AHEAD,
    DealPeriod.State.OPEN: strip.NOW,
    DealPeriod.State.IN_REVIEW: strip.WAITS,
    DealPeriod.State.PAUSED: strip.PAUSED,
    DealPeriod.State.VOID: strip.CLOSED,
}


def told_period(period: DealPeriod, usual: str, url: str) -> strip.Period:
    """A period as the picture of the term tells it; `usual` says what one ahead will owe."""
    rings = rings_in(period)
    done, owed = together(rings)
    return strip.Period(
        name=name_of(period),
        first_on=period.first_on,
        last_on=period.last_on,
        state=state_of(period, rings),
        figure=f"{done}/{owed}" if owed else "",
        says=", ".join(says(one) for one in rings) or usual,
        share=share(done, owed) if owed else None,
        url=url,
    )


def name_of(period: Any) -> str:
    """Period 3; one that is shorter than the others says so."""
    name = _("Period %(number)s") % {"number": period.number}
    return _("%(name)s, a part of one") % {"name": name} if period.is_stub else name


def usual_of(lines: Iterable[QuotaLine], on: dt.date) -> str:
    """2 × Instagram Reel, 4 × Instagram Story: what a whole period owes by the terms of that day."""
    said = [(quantity_on(line, on), line) for line in lines]
    return ", ".join(f"{count} × {line}" for count, line in said if count)


def quantity_on(line: QuotaLine, on: dt.date) -> int:
    """How many a whole period owes by the terms of a day; what was agreed for later counts once its day has come."""
    rows = sorted(line.quantities.all(), key=lambda row: row.from_on)
    known = [row.quantity for row in rows if row.from_on <= on]
    return known[-1] if known else 0


def lines_of(deal: AmbassadorDeal) -> list[QuotaLine]:
    """The quotas of a deal with all their quantities, in two queries."""
    return list(deal.quotas.select_related("format__platform").prefetch_related("quantities"))
