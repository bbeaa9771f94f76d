"""Tasks about parcels for whoever answers for the request: one of a kind while it is open."""

import datetime as dt
from typing import Any

from django.urls import reverse

from campaigns.samples.models import Shipment
from crm.base.zones import end_of_day, local_date
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo, settle_todo
from crm.timeline.record import subject_of

TRACE, MISSING, LOST, BACK = "parcel_trace", "parcel_missing", "parcel_lost", "parcel_back"


def key_of(what: str, shipment: Shipment) -> str:
    return f"{what}:{shipment.pk}"


def leave(
    what: str, shipment: Shipment, sentence: Any, at: dt.datetime, *, kind: str, quote: str = "", **words: Any
) -> bool:
    """Leave a task for the owner, due today; whether there was none of the kind. `words` are further places of the sentence."""
    request = shipment.request
    owner, name = request.owner, request.influencer.stage_name
    left = leave_todo(
        key_of(what, shipment), sentence, language=owner.language,
        params={"name": name, "parcel": shipment, "brand": request.brand, **words}, kind=kind, quote=quote,
        due_at=end_of_day(local_date(at, owner.zone), owner.zone), owner=owner, influencer_ref=request.influencer_id,
        influencer_label=name, brand_ref=request.brand_id, subject=subject_of(shipment), subject_label=str(shipment),
        url=f"{reverse('sample', args=[request.pk])}#arrival",
    )  # fmt: skip
    return left is not None


def settle(what: str, shipment: Shipment, at: dt.datetime) -> None:
    """The matter is closed by what happened."""
    for todo in Todo.objects.open().filter(key=key_of(what, shipment)):
        settle_todo(todo, by=None, at=at)
