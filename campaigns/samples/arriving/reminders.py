"""What is due around a parcel that has left: whether it has arrived, and whether she has what a courier says she has.

Nobody without a parcel that left is ever asked; while one is looked for she hears nothing. A gift is asked about once.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.offers.words import in_both
from campaigns.planning.models import Campaign
from campaigns.planning.queries import CAMPAIGN_STOPPED, manager_ids
from campaigns.samples.arriving import upkeep  # noqa: F401  puts itself into the place of what the clock keeps in order
from campaigns.samples.arriving.portal import FEATURE, things_in
from campaigns.samples.models import GIFTS, SampleRequest, Shipment
from campaigns.samples.request_dues import parcels_of
from crm.base.zones import end_of_day, local_date
from crm.influencers.queries.mail import NOBODY, Route, mail_routes
from crm.outbox.topics import Topic
from crm.reminders.registry import Asked, Due, due, wanted
from crm.timeline.record import subject_of

ARRIVED, RECEIPT = "sample.arrived", "sample.receipt"
SHOWN_AFTER = dt.timedelta(days=4)
"""From when on the question stands on Today; until then she is asked."""

IS_THERE, NOT_LEFT, OVER = _("It has arrived"), _("It has not left"), _("It is lost, broke, or comes back")
LOOKED_FOR, OFF = _("It is being looked for"), _("What it was for is not going ahead")
CONFIRMED, IS_GIFT = _("She has it"), _("A gift is asked about once")
PAUSED = _("Reminders about this collaboration are paused")
GONE = _("The person is archived, or does not want to be contacted")


@due(ARRIVED, label=_("Parcels to arrive"), of="campaigns.Shipment", order=30)
def arrivals(asked: Asked) -> Iterator[Due]:
    """From the day it usually is there. On Today only once asking her did not help."""
    for parcel, route, managers in _parcels(asked):
        if parcel.asks_on is None:
            continue
        shown_at = end_of_day(parcel.asks_on + SHOWN_AFTER, parcel.zone)
        if asked.user is not None and asked.subjects is None and not asked.calendar and asked.now < shown_at:
            continue
        why = _not_asked(parcel, asked.now)
        yield from wanted(_due(ARRIVED, parcel, parcel.asks_on, why, route, managers), asked)


@due(RECEIPT, label=_("Parcels to confirm"), of="campaigns.Shipment", order=31, on_calendar=False)
def receipts(asked: Asked) -> Iterator[Due]:
    """A courier says she has it, and she has not. Nobody here has to do anything about it."""
    if asked.user is not None and asked.subjects is None:
        return
    for parcel, route, managers in _parcels(asked):
        if parcel.arrived_on is None:
            continue
        why = _not_confirmed(parcel, asked.now)
        yield from wanted(_due(RECEIPT, parcel, parcel.arrived_on, why, route, managers), asked)


def _not_asked(parcel: Shipment, now: dt.datetime) -> Any:
    if parcel.is_there:
        return IS_THERE
    if not parcel.is_away:
        return OVER if parcel.shipped_at is not None else NOT_LEFT
    on = parcel.asks_on
    if parcel.request.purpose in GIFTS and on is not None and now > end_of_day(on + dt.timedelta(days=1), parcel.zone):
        return IS_GIFT
    return LOOKED_FOR if parcel.is_looked_for else _stopped(parcel.request, now)


def _not_confirmed(parcel: Shipment, now: dt.datetime) -> Any:
    if parcel.status != Shipment.Status.DELIVERED:
        return CONFIRMED if parcel.is_there else OVER
    if parcel.request.is_gift:
        return IS_GIFT
    return LOOKED_FOR if parcel.is_looked_for else _stopped(parcel.request, now)


def _stopped(request: SampleRequest, now: dt.datetime) -> Any:
    """Why she hears nothing about this request, whatever becomes of its parcels."""
    card, person = request.collaboration, request.influencer
    if card is not None and card.campaign.status in (Campaign.Status.CANCELLED, Campaign.Status.PAUSED):
        return CAMPAIGN_STOPPED[card.campaign.status]
    if not request.is_standing or (card is not None and card.is_off):
        return OFF
    if card is not None and not card.may_be_reminded:
        return PAUSED
    zone = card.campaign.zone if card is not None else request.owner.zone
    if person.archived_at is not None or not person.may_be_contacted(local_date(now, zone)):
        return GONE
    return ""


def is_on_hold(request: SampleRequest) -> bool:
    """Stopped for a while: what would have been said meanwhile is not said afterwards."""
    card = request.collaboration
    return card is not None and (not card.may_be_reminded or card.campaign.status == Campaign.Status.PAUSED)


def _parcels(asked: Asked) -> Sequence[tuple[Shipment, Route, tuple[int, ...]]]:
    """The parcels a question may be about, read once for both kinds; a calendar asks for nobody's address."""
    return asked.once("parcels", lambda: _read(asked))  # type: ignore[no-any-return]


def _read(asked: Asked) -> list[tuple[Shipment, Route, tuple[int, ...]]]:
    rows = _rows(asked)
    if asked.calendar and asked.subjects is None:
        return [(row, NOBODY, ()) for row in rows]
    routes = mail_routes({row.request.influencer_id for row in rows}, asked.now)
    managers = manager_ids({row.request.brand_id for row in rows})
    return [
        (row, routes.of(row.request.influencer_id, Topic.PARCELS), managers[row.request.brand_id]) for row in rows
    ]  # fmt: skip


def _rows(asked: Asked) -> list[Shipment]:
    rows = parcels_of(asked)
    if asked.subjects is None:
        rows = [row for row in rows if row.status in Shipment.TRACEABLE]
    if asked.subjects is not None or not asked.calendar:
        prefetch_related_objects(rows, "items__item__product", "items__item__variant")
    return rows


TITLES = {
    ARRIVED: _("Has the parcel from {brand} arrived?"),
    RECEIPT: _("Does she have the parcel from {brand}?"),
}


def _due(kind: str, parcel: Shipment, on: dt.date, why: Any, route: Route, managers: tuple[int, ...]) -> Due:
    request = parcel.request
    card = request.collaboration
    campaign = card.campaign if card is not None else None
    return Due(
        kind=kind,
        subject=subject_of(parcel),
        due_on=on,
        due_at=end_of_day(on, parcel.zone),
        zone=parcel.zone,
        title=format_lazy(TITLES[kind], brand=request.brand.name),
        influencer_id=request.influencer_id,
        influencer_label=request.influencer.stage_name,
        brand_id=request.brand_id,
        brand_label=request.brand.name,
        owner_id=request.owner_id,
        manager_ids=managers,
        contact_ids=route.to,
        copy_ids=route.copies,
        url=told_page(request.influencer_id, parcel.pk),
        verb=_("It is there"),
        icon="box-seam",
        within=subject_of(campaign),
        within_label=campaign.name if campaign is not None else "",
        detail=f"{campaign.name}, {request.brand}" if campaign is not None else request.brand.name,
        stopped_why=why,
        on_hold=is_on_hold(request),
        born_at=parcel.shipped_at,
        never_before=True,
        facts={} if route is NOBODY else facts_of(parcel),
    )


def _told(influencer_id: int, pk: int) -> str:
    told = reverse("told-answer", args=[influencer_id, FEATURE, pk, "arrived"])
    return f"{told}?next={reverse('today')}"


told_page = lazy(_told, str)
"""Where a colleague notes that it arrived; put together when somebody reads it."""


def facts_of(parcel: Shipment) -> dict[str, Any]:
    """What an e-mail may say of it, JSON-safe."""
    request = parcel.request
    owner, brand = request.owner, request.brand
    return {
        "person": request.influencer.stage_name,
        "form_of_address": brand.form_of_address,
        "brand": brand.name,
        "owner": owner.name,
        "owner_phone": str(owner.phone or ""),
        "owner_email": owner.email,
        "page": {"influencer": request.influencer_id, "brand": brand.pk},
        "words": {"things": in_both(lambda: str(things_in(parcel.items.all())))},
    }
