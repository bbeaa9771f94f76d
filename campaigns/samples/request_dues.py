"""What every due thing about a request says: as that of its card, or by itself where a gift has none; and its parcels."""

from typing import Any

from django.db.models import QuerySet

from campaigns.planning.card_dues import due_about, facts_about
from campaigns.samples.models import SampleRequest, Shipment
from crm.reminders.registry import Asked, Due


def about_request(request: SampleRequest, **more: Any) -> Due:
    """A due thing about what is sent to her; what differs from the request's own facts is handed in."""
    card, owner = request.collaboration, request.owner
    if card is not None:
        return due_about(card, **more)
    own: dict[str, Any] = {
        "zone": owner.zone,
        "influencer_id": request.influencer_id,
        "influencer_label": request.influencer.stage_name,
        "brand_id": request.brand_id,
        "brand_label": request.brand.name,
        "owner_id": owner.pk,
        "detail": request.brand.name,
    }
    return Due(**{**own, **more})


def facts_of_request(request: SampleRequest) -> dict[str, Any]:
    if request.collaboration is not None:
        return {**facts_about(request.collaboration), "campaign": request.collaboration.campaign.name}
    brand, owner = request.brand, request.owner
    return {
        "person": request.influencer.stage_name,
        "form_of_address": brand.form_of_address,
        "brand": brand.name,
        "owner": owner.name,
        "owner_phone": str(owner.phone or ""),
        "owner_email": owner.email,
        "page": {"influencer": request.influencer_id, "brand": brand.pk},
    }


def parcels_of(asked: Asked) -> list[Shipment]:
    """The parcels a question may be about, read once for every kind: those it names, else all from packed until she has them."""
    return asked.once("parcels of samples", lambda: list(_parcels(asked)))  # type: ignore[no-any-return]


def _parcels(asked: Asked) -> QuerySet[Shipment]:
    rows = Shipment.objects.all() if asked.user is None else Shipment.objects.visible_to(asked.user)
    rows = rows.with_request().order_by("pk")
    if asked.subjects is not None:
        return rows.filter(pk__among=asked.subjects)
    return rows.filter(status__in=[Shipment.Status.PACKED, *Shipment.TRACEABLE])
