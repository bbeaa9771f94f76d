"""What arrived as pay: benefits in kind follow the pieces she has, and money that waits for a parcel follows its arrival."""

import datetime as dt
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max, Sum
from djmoney.money import Money

from campaigns.planning.paying.works import look_at_card
from campaigns.samples.arriving.counts import COUNTED
from campaigns.samples.models import ReturnItem, SampleItem, SampleRequest, Shipment
from campaigns.samples.models.purposes import MEANINGS
from campaigns.samples.values import Line, lines_of
from crm.base.zones import local_date
from crm.payments.milestones.giving import bring_to
from crm.payments.milestones.places import Happened, work_done
from crm.timeline.record import Actor, subject_of

AWAITED = [purpose for purpose, meaning in MEANINGS.items() if meaning.holds_work]


def follow_pay(request: SampleRequest, *, at: dt.datetime, actor: Actor) -> None:
    """Something came, came back, or changed its purpose: what counts as pay is what she has of it now. Twice does it once."""
    with transaction.atomic():
        rows = SampleRequest.objects.select_for_update(of=("self",))
        held = rows.select_related("collaboration__party__contract", "collaboration__campaign", "owner").get(
            pk=request.pk
        )
        back = _came_back(held)
        for line in lines_of(SampleRequest.objects.filter(pk=held.pk)):
            pieces = max(line.came - back.get(line.item.pk, 0), 0) if line.is_pay else 0
            _bring(held, line, pieces, at, actor)
        if not held.is_standing:
            for item in held.items.all():
                _bring(held, Line(item, 0), 0, at, actor)
    look_at_card(held.collaboration_id, at=at, actor=actor)


def tax_value(item: SampleItem) -> Money | None:
    """Of one piece: the market value of what was bought in, what making it cost of own goods; the price where neither is
    known (domain rules, section 4.4).
    """
    worth: Money | None = item.bought_for or item.cost or item.value
    return worth


def _bring(request: SampleRequest, line: Line, pieces: int, at: dt.datetime, actor: Actor) -> None:
    each = tax_value(line.item)
    if each is None:
        return
    retail = line.item.value.amount * pieces if line.item.value is not None else Decimal(0)
    label = f"{line.item.quantity} × {line.item}" if line.item.quantity > 1 else str(line.item)
    said: dict[str, Any] = {
        "kind": "product", "influencer": request.influencer_id, "brand": request.brand_id,
        "contract": _contract_of(request), "on": _since(request, at), "at": at, "by": actor.label, "label": label,
        "actor": actor,
    }  # fmt: skip
    today = local_date(at, _zone(request))
    bring_to(
        Money(each.amount * pieces, each.currency), retail=retail, ref=subject_of(line.item), day_back=today, **said
    )


def _came_back(request: SampleRequest) -> dict[int, int]:
    """Of each line, the pieces that had come and are with us again."""
    rows = ReturnItem.objects.filter(
        contents__shipment__request=request.pk, contents__shipment__status__in=COUNTED
    ).exclude(inspection=ReturnItem.Inspection.MISSING)
    return dict(rows.order_by().values_list("contents__item").annotate(n=Sum("quantity")))


def _contract_of(request: SampleRequest) -> int | None:
    card = request.collaboration
    contract = card.party.contract if card is not None and card.party is not None else None
    return (contract.amends_id or contract.pk) if contract is not None else None


def _zone(request: SampleRequest) -> str:
    return str(request.collaboration.campaign.zone if request.collaboration is not None else request.owner.zone)


def _since(request: SampleRequest, at: dt.datetime) -> dt.date:
    """The day she has it as pay: it came, or a loan became hers."""
    if request.purpose_since_on is not None:
        return request.purpose_since_on
    came_at = request.had_at or _arrived_at([request.pk]).get(request.pk) or at
    return local_date(came_at, _zone(request))


def _arrived_at(requests: Collection[int]) -> dict[int, dt.datetime]:
    rows = Shipment.objects.filter(request__in=requests, delivered_at__isnull=False)
    return dict(rows.order_by().values_list("request").annotate(at=Max("delivered_at")))


@work_done("parcels")
def parcels_of(parties: Collection[int]) -> Mapping[int, Happened]:
    """What these people wait for before they can work, and the day each came. Two queries."""
    rows = SampleRequest.objects.standing().filter(collaboration__party_id__among=set(parties), purpose__in=AWAITED)
    waited = list(rows.select_related("collaboration__campaign", "owner").order_by("pk"))
    arrived = _arrived_at([row.pk for row in waited]) if waited else {}
    found: dict[int, tuple[dt.date | None, ...]] = {}
    for row in waited:
        party = row.collaboration.party_id if row.collaboration is not None else None
        came_at = (row.had_at or arrived.get(row.pk)) if row.status == SampleRequest.Status.ARRIVED else None
        found[party or 0] = (*found.get(party or 0, ()), local_date(came_at, _zone(row)) if came_at else None)
    return {party: Happened(parcels=days) for party, days in found.items()}
