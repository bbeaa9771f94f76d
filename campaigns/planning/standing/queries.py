"""What campaigns know of the posts of deals, answered for many at once."""

import datetime as dt
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Count, F, Q, Sum

from campaigns.planning.models import Campaign, Collaboration, QuotaPost
from crm.ambassadors.models import DealPeriod, PeriodQuota
from crm.ambassadors.places import Planned, planned_ahead
from crm.base.zones import local_date


@planned_ahead("planning")
def ahead(periods: Collection[int], make_goods: Collection[int], now: dt.datetime) -> Planned:
    """Posts on cards that go ahead, with a day that is not over where it is counted. Two queries."""
    rows = QuotaPost.objects.planned().unposted().exclude(deliverable__collaboration__status=Collaboration.Status.OFF)
    posts: Counter[tuple[int, int]] = Counter()
    for period, line, on, zone in (
        rows.of_periods()
        .filter(period__among=set(periods))
        .values_list("period_id", "line_id", "deliverable__post_due_on", "deliverable__zone")
    ):
        posts[period or 0, line] += on >= local_date(now, zone)
    amends: Counter[int] = Counter()
    for one, on, zone in (
        rows.making_good()
        .filter(make_good__among=set(make_goods))
        .values_list("make_good_id", "deliverable__post_due_on", "deliverable__zone")
    ):
        amends[one or 0] += on >= local_date(now, zone)
    return Planned(+posts, +amends)


@dataclass(frozen=True)
class OwedNow:
    """What the ambassadors of a programme owe in the periods that are under way."""

    deals: int = 0
    total: int = 0
    delivered: int = 0
    left: int = 0

    @property
    def share(self) -> int:
        return min(100, round(self.delivered * 100 / self.total)) if self.total else 0


def owed_now(campaign: Campaign) -> OwedNow | None:
    """The figures of a standing campaign, in one query; None for any other."""
    if not campaign.is_standing:
        return None
    rows = PeriodQuota.objects.filter(period__in=DealPeriod.objects.open(), period__deal__program=campaign.program_id)
    owed = F("granted") + F("carried") - F("waived")
    found = rows.aggregate(
        deals=Count("period__deal", distinct=True), total=Sum(owed), delivered=Sum("delivered"),
        left=Sum("left", filter=Q(left__gt=0)),
    )  # fmt: skip
    return OwedNow(**{name: value or 0 for name, value in found.items()})
