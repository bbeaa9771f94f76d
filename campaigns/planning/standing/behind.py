"""Which periods are not planned as they are owed: what the tick looks at after a day without it, or a month."""

from typing import TYPE_CHECKING

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from campaigns.planning.models import QuotaPost, QuotaPostQuerySet
from crm.ambassadors.models import DealPeriod, MakeGood, PeriodQuota
from crm.contracts.models import Contract

if TYPE_CHECKING:
    from django.db.models import QuerySet


def behind() -> list[DealPeriod]:
    """Open periods with fewer posts than owed, more than are left, or posts on days that are not theirs any more; closed ones
    with posts nobody began; make-goods nobody planned. The oldest first. One query."""
    rows = DealPeriod.objects.filter(deal__plans_posts=True, opened_at__isnull=False)
    amiss = Q(is_open=True) & (Exists(_uneven()) | Exists(_astray())) | Q(is_open=False) & Exists(_idle())
    known = rows.annotate(is_open=Exists(DealPeriod.objects.open().filter(pk=OuterRef("pk"))))
    return list(known.filter(amiss | Exists(_unmended())).order_by("deal_id", "number"))


def _uneven() -> "QuerySet[PeriodQuota]":
    """Quotas with too few posts planned for what they owe, or more open ones than are left."""
    own = QuotaPost.objects.planned().of_periods().filter(period=OuterRef("period"), line=OuterRef("line"))
    known = PeriodQuota.objects.filter(period=OuterRef("pk"), period__deal__contract__status__in=Contract.IN_FORCE)
    counted = known.annotate(planned=_number(own), waiting=_number(own.unstarted()))
    owed = F("granted") + F("carried") - F("waived")
    return counted.filter(Q(planned__lt=owed) | Q(waiting__gt=0) & Q(waiting__gt=F("left")))


def _astray() -> QuotaPostQuerySet:
    """Posts given a day outside of their period."""
    own = QuotaPost.objects.planned().of_periods().unstarted().filter(period=OuterRef("pk"))
    return own.filter(Q(planned_on__lt=OuterRef("first_on")) | Q(planned_on__gt=OuterRef("last_on")))


def _idle() -> QuotaPostQuerySet:
    return QuotaPost.objects.planned().of_periods().unstarted().filter(period=OuterRef("pk"))


def _unmended() -> "QuerySet[MakeGood]":
    own = QuotaPost.objects.planned().filter(make_good=OuterRef("pk"))
    return (
        MakeGood.objects.filter(period=OuterRef("pk"))
        .annotate(planned=_number(own))
        .filter(planned__lt=F("quantity") - F("waived"))
    )


def _number(rows: QuotaPostQuerySet) -> Coalesce:
    counted = rows.order_by().annotate(one=Value(1)).values("one").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0))
