"""The page of one sample request: put together from the parts of the room."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from campaigns.planning.collaboration_page import story_about
from campaigns.samples.after import shown as after
from campaigns.samples.arriving import shown as arriving
from campaigns.samples.asking import shown as asking
from campaigns.samples.asking.addresses import places_of
from campaigns.samples.asking.verbs import next_first, verbs_of
from campaigns.samples.dates import shown as dates
from campaigns.samples.models import ReturnRequest, SampleRequest
from campaigns.samples.shipping import shown as shipping
from campaigns.samples.stock import shown as stock
from crm.team.models import User
from crm.timeline.record import subject_of

Shown = Callable[[SampleRequest, User, dt.datetime], dict[str, Any]]
PARTS: tuple[tuple[str, Shown], ...] = (
    ("campaigns/samples/request/items.html", asking.items_of),
    ("campaigns/samples/request/address.html", asking.address_for),
    ("campaigns/samples/request/parcels.html", shipping.for_request),
    ("campaigns/samples/request/arrival.html", arriving.for_request),
    ("campaigns/samples/request/returns.html", after.for_request),
    ("campaigns/samples/request/dates.html", dates.for_request),
)
BESIDE: tuple[tuple[str, Shown], ...] = (("campaigns/samples/request/values.html", stock.for_request),)


def parts_of(
    request: SampleRequest, user: User, now: dt.datetime, parts: tuple[tuple[str, Shown], ...] = PARTS
) -> list[tuple[str, dict[str, Any]]]:
    """Each part's template with what it shows; a part with nothing to show stays away."""
    made = ((template, show(request, user, now)) for template, show in parts)
    return [(template, shown) for template, shown in made if shown]


def page_of(request: SampleRequest, user: User, now: dt.datetime) -> dict[str, Any]:
    """Everything the page shows."""
    goes = places_of([request], now)[request.pk] if request.way == SampleRequest.Way.PARCEL else None
    step, verbs = next_first(verbs_of(request, user, goes))
    backs = ReturnRequest.objects.filter(shipment__request=request)
    subjects = [subject_of(one) for one in (request, *request.shipments.all(), *backs)]
    return {
        "next": step,
        "verbs": verbs,
        "parts": parts_of(request, user, now),
        "beside": parts_of(request, user, now, BESIDE),
        "story": story_about(subjects, user),
    }
