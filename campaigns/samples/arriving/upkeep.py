"""What the clock keeps in order about parcels: those nobody has heard of for too long, and those nobody waits for any more.

Asked at every tick; whatever it does it does once, however long the clock stood still.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Collaboration
from campaigns.samples import dates
from campaigns.samples.arriving.tasks import BACK, LOST, leave
from campaigns.samples.models import Courier, SampleRequest, Shipment
from campaigns.samples.shipping.actions import cancel
from crm.exclusivity.gate import Busy, gate, joining
from crm.reminders.models import Todo
from crm.reminders.tick import upkeep
from crm.timeline.record import SYSTEM
from crm.timeline.transitions import TransitionRefused

IS_LOST = _("%(name)s: the parcel %(parcel)s has not been delivered for %(days)s days. Is it lost?")
ASK_BACK = _("%(name)s: %(why)s. The parcel %(parcel)s of %(brand)s has left already. Ask for it back?")
OFF, CANCELLED, GONE = (
    _("The collaboration is not going ahead"),
    _("The campaign is cancelled"),
    _("The person is archived"),
)
USUAL = 30
"""Days after which a parcel counts as lost where no courier is named."""


@upkeep("parcels")
def keep_parcels(now: dt.datetime) -> Mapping[str, int]:
    done = {"lost?": ask_about_lost(now), "not sent": stop_what_is_off(now), "back?": ask_for_back(now)}
    return {name: number for name, number in done.items() if number}


def ask_about_lost(now: dt.datetime) -> int:
    """No delivery for as long as its courier's parcels ever take (30 days express, 60 postal): somebody decides, once."""
    long_ago = Q(courier__isnull=True, shipped_at__lte=now - dt.timedelta(days=USUAL))
    for days in set(Courier.objects.values_list("lost_after_days", flat=True)):
        long_ago |= Q(courier__lost_after_days=days, shipped_at__lte=now - dt.timedelta(days=days))
    rows = _never_asked(LOST, Shipment.objects.filter(long_ago, status__in=Shipment.AWAY, delivered_at__isnull=True))
    return sum(
        leave(LOST, row, IS_LOST, now, kind=Todo.Kind.CHECK, days=(now - row.shipped_at).days)
        for row in rows
        if row.shipped_at is not None
    )


def ask_for_back(now: dt.datetime) -> int:
    """What left for somebody who takes part no longer (domain 4.5.12): a colleague decides, once, whether to ask for it."""
    there = Shipment.objects.filter(status__in=[*Shipment.AWAY, *Shipment.THERE], returns__isnull=True)
    rows = _never_asked(BACK, there.filter(request__in=called_off(SampleRequest.objects.standing())))
    return sum(leave(BACK, row, ASK_BACK, now, kind=Todo.Kind.CHECK, why=why_off(row.request)) for row in rows)


def stop_what_is_off(now: dt.datetime) -> int:
    """What has not left for somebody who takes part no longer is not sent, and its stock is free again (domain 4.5.12)."""
    waiting = called_off(SampleRequest.objects.filter(status__in=["to_approve", "to_send"]))
    return sum(_stop(request, now) for request in waiting.with_person())


def _stop(request: SampleRequest, now: dt.datetime) -> int:
    """One request in a transaction of its own; whoever ships it in the same second wins."""
    why = str(why_off(request))
    try:
        with gate([request.influencer_id]), joining():
            for parcel in request.shipments.to_leave():
                cancel(parcel, why, at=now, actor=SYSTEM)
            request.cancel(why, at=now, actor=SYSTEM)
            dates.let_go(request, at=now, actor=SYSTEM)
    except (TransitionRefused, Busy):
        return 0
    return 1


def called_off(rows: QuerySet[SampleRequest]) -> Any:
    """Requests whose card is off, whose campaign is cancelled, or whose person is archived."""
    off = Q(collaboration__status=Collaboration.Status.OFF)
    off |= Q(collaboration__campaign__status=Campaign.Status.CANCELLED)
    off |= Q(influencer__archived_at__isnull=False, influencer__merged_into__isnull=True)
    return rows.filter(off)


def why_off(request: SampleRequest) -> Any:
    card = request.collaboration
    if card is not None and card.is_off:
        return OFF
    return CANCELLED if card is not None and card.campaign.status == Campaign.Status.CANCELLED else GONE


def _never_asked(what: str, rows: QuerySet[Shipment]) -> list[Shipment]:
    """Those about whom no such task was ever left."""
    key = Concat(Value(f"{what}:"), Cast("pk", TextField()), output_field=TextField())
    asked = Todo.objects.filter(key=OuterRef("key_of_task"))
    found = rows.annotate(key_of_task=key).filter(~Exists(asked))
    return list(found.select_related(
        "courier", "request__influencer", "request__brand", "request__owner", "request__collaboration__campaign__owner"
    ).order_by("pk"))  # fmt: skip
