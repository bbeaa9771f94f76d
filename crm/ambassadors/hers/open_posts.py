"""Posts that are still open: of the period under way, and to be made good; and which of them have a card of their own."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from crm.ambassadors.models import DealPeriod, MakeGood, PeriodQuota, QuotaLine
from crm.ambassadors.places import Planned, planned_ahead

TOLD = ("deal__contract__brand", "deal__contract__owner", "deal__influencer", "deal__program")


@dataclass(frozen=True)
class Open:
    """How many of one quota are left, and how many of them have a card with a day ahead."""

    line: QuotaLine
    left: int
    planned: int

    @property
    def loose(self) -> int:
        """Nothing else asks for them."""
        return max(0, self.left - self.planned)


def told_periods(rows: "QuerySet[DealPeriod]") -> "QuerySet[DealPeriod]":
    """With whom they are about and what is left in each, in three queries."""
    balances = PeriodQuota.objects.select_related("line__format__platform").order_by("line_id")
    return rows.select_related(*TOLD).prefetch_related(Prefetch("balances", balances), "deal__pauses")


def told_make_goods(rows: "QuerySet[MakeGood]") -> "QuerySet[MakeGood]":
    """With whom they are about, in two queries."""
    joined = [f"period__{name}" for name in TOLD]
    return rows.select_related("line__format__platform", *joined).prefetch_related("period__deal__pauses")


def planned_for(periods: Collection[int], make_goods: Collection[int], now: dt.datetime) -> Planned:
    """What rooms that plan posts have a card for, put together."""
    posts: dict[tuple[int, int], int] = {}
    goods: dict[int, int] = {}
    for placed in planned_ahead.all() if periods or make_goods else ():
        found = placed.call(periods, make_goods, now)
        for key, count in found.posts.items():
            posts[key] = posts.get(key, 0) + count
        for pk, count in found.make_goods.items():
            goods[pk] = goods.get(pk, 0) + count
    return Planned(posts, goods)


def open_in(period: DealPeriod, planned: Planned) -> list[Open]:
    """Quota by quota; asks nothing where `told_periods` has read it."""
    return [
        Open(row.line, row.left, planned.posts.get((period.pk, row.line_id), 0))
        for row in period.balances.all()
        if row.left > 0
    ]


def loose_of(opens: Iterable[Open]) -> list[tuple[QuotaLine, int]]:
    """What nothing else asks for."""
    return [(one.line, one.loose) for one in opens if one.loose]


def left_of(opens: Sequence[Open]) -> list[tuple[QuotaLine, int]]:
    return [(one.line, one.left) for one in opens]
