"""What the page of a sample request shows of its things and of where it goes."""

import datetime as dt
from typing import Any

from campaigns.samples.asking.addresses import places_of
from campaigns.samples.models import SampleRequest
from crm.team.models import User

BEFORE = (SampleRequest.Status.TO_APPROVE, SampleRequest.Status.TO_SEND)
"""Something is still to leave."""


def items_of(request: SampleRequest, user: User, now: dt.datetime) -> dict[str, Any]:
    """What she gets, and which one she chose."""
    return {"lines": list(request.items.select_related("product", "variant"))}


def address_for(request: SampleRequest, user: User, now: dt.datetime) -> dict[str, Any]:
    """Where it goes, as long as something is to be sent; afterwards each parcel says where it went."""
    if request.way != SampleRequest.Way.PARCEL or request.status not in BEFORE:
        return {}
    return {"goes": places_of([request], now)[request.pk]}
