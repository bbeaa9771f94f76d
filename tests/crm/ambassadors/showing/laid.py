"""A deal laid out by hand: periods with what was owed and posted in each."""

import datetime as dt
from collections.abc import Sequence

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, PeriodQuota
from crm.base.windows import months_later

State = DealPeriod.State
A_DAY = dt.timedelta(days=1)
NOON = dt.datetime(2026, 11, 24, 5, tzinfo=dt.UTC)


def period_of(
    deal: AmbassadorDeal, number: int, state: str, *balances: tuple[int, int], carried: int = 0
) -> DealPeriod:
    """The period of that number; `balances` are owed and posted, quota by quota."""
    start_on = deal.contract.start_on
    assert start_on is not None
    first_on, after_on = months_later(start_on, number - 1), months_later(start_on, number)
    days = (after_on - first_on).days
    found = DealPeriod.objects.create(
        deal=deal, number=number, first_on=first_on, last_on=after_on - A_DAY, active_days=days, nominal_days=days,
        state=state, opened_at=None if state == State.PLANNED else NOON, closed_at=NOON if state == State.CLOSED else None,
    )  # fmt: skip
    for line, (owed, done) in zip(deal.quotas.order_by("pk"), balances, strict=False):
        balance_of(found, line.pk, owed, done, carried)
    return found


def balance_of(period: DealPeriod, line: int, owed: int, done: int, carried: int = 0) -> PeriodQuota:
    """What is left over of a closed period was settled by closing it."""
    left = owed + carried - done
    settled = -left if period.is_closed else 0
    told = {"granted": owed, "carried": carried, "delivered": done, "settled": settled, "left": left + settled}
    return PeriodQuota.objects.create(period=period, line_id=line, **told)


def months_of(deal: AmbassadorDeal, *told: tuple[str, Sequence[tuple[int, int]]]) -> list[DealPeriod]:
    """Period by period: its state, and owed and posted of each quota."""
    return [period_of(deal, number, state, *balances) for number, (state, balances) in enumerate(told, 1)]
