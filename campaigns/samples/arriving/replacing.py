"""Another parcel in place of one that was lost, broke or came back; and the rest of one that came half (domain 4.5.7, 4.5.8)."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from campaigns.planning.models.told import Refused
from campaigns.samples.arriving.actions import held
from campaigns.samples.arriving.following import enough
from campaigns.samples.arriving.tasks import MISSING, settle
from campaigns.samples.models import SampleRequest, Shipment
from crm.timeline.record import Actor

NOTHING_THERE = _("Nothing has arrived yet. Note first what has.")


def let_be(request: SampleRequest, *, at: dt.datetime, actor: Actor) -> None:
    """What is there is enough to begin: what waited is due from the day of the last parcel that came. Raises Refused."""
    last = _last(request)
    with held(last) as mine:
        if mine.arrived_on is None:
            raise Refused(request, NOTHING_THERE)
        enough(mine.request, on=mine.arrived_on, at=at, actor=actor)
        _settle(mine.request, at)


def _last(request: SampleRequest) -> Shipment:
    found = Shipment.objects.with_request().filter(request=request, delivered_at__isnull=False)
    last = found.order_by("delivered_at", "pk").last()
    if last is None:
        raise Refused(request, NOTHING_THERE)
    return last


def _settle(request: SampleRequest, at: dt.datetime) -> None:
    for parcel in request.shipments.all():
        settle(MISSING, parcel, at)
