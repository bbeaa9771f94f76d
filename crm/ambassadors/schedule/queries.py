"""Which deals the calendar may have something to do with."""

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, Sale
from crm.base.zones import local_date
from crm.contracts.models import Contract


def to_look_at(now: dt.datetime) -> QuerySet[AmbassadorDeal]:
    """Signed deals nobody has looked at today, each by the day of its own zone. Two queries, however many deals there are.

    One that is over is looked at once more after its last day, and as long as a period or an order of it is open.
    """
    signed = AmbassadorDeal.objects.signed()
    zones = signed.order_by("contract__zone").values_list("contract__zone", flat=True).distinct()
    stale = Q(checked_on=None)
    for zone in zones:
        stale |= Q(contract__zone=zone, checked_on__lt=local_date(now, zone))
    return signed.filter(stale).filter(_not_done_with()).order_by(F("checked_on").asc(nulls_first=True), "pk")


def _not_done_with() -> Q:
    runs = Q(contract__status__in=Contract.IN_FORCE) | Q(checked_on=None)
    seen_after = Q(checked_on__lte=F("contract__closed_on")) | Q(
        contract__closed_on=None, checked_on__lte=F("contract__end_on")
    )
    open_periods = Exists(DealPeriod.objects.filter(deal=OuterRef("pk")).unclosed())
    held_sales = Exists(Sale.objects.filter(deal=OuterRef("pk")).held())
    return runs | seen_after | Q(open_periods) | Q(held_sales)
