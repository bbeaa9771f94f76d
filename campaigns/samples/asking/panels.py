"""Samples on other pages: on a collaboration, on a person, and a mark on the board's card."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.utils.translation import gettext as _

from campaigns.planning.marks import Mark
from campaigns.planning.models import Collaboration, DeliverableHold
from campaigns.planning.places import card_marks, card_rides
from campaigns.samples import paid  # noqa: F401  puts itself into the place of work money waits for
from campaigns.samples.asking import bulk  # noqa: F401  puts itself into the place of work on cards
from campaigns.samples.asking.addresses import good_since
from campaigns.samples.models import SampleRequest
from campaigns.samples.values import worth_of
from crm.base.places import panel
from crm.influencers.models import Address, Influencer
from crm.team.views.access import me

SHOWN = 12


@panel("collaboration/samples", order=15)
def samples_panel(request: HttpRequest, card: Collaboration) -> tuple[str, dict[str, Any]] | None:
    """What she is to get for this campaign, and asking for more."""
    user = me(request)
    if not user.has_perm("campaigns.view_sample"):
        return None
    rows = list(card.samples.prefetch_related("items__product", "items__variant").order_by("-pk")[:SHOWN])
    if not rows and card.is_off:
        return None
    worth = worth_of(card).says if rows else ""
    return "campaigns/samples/card_panel.html", {"rows": rows, "card": card, "may_ask": not card.is_off, "worth": worth}


@panel("person/samples", order=25)
def person_panel(request: HttpRequest, person: Influencer) -> tuple[str, dict[str, Any]] | None:
    """Everything she got or is to get, of brands this colleague may see."""
    user = me(request)
    if not user.has_perm("campaigns.view_sample"):
        return None
    rows = SampleRequest.objects.visible_to(user).filter(influencer=person).with_person()
    shown = list(rows.prefetch_related("items__product", "items__variant").order_by("-pk")[:SHOWN])
    return "campaigns/samples/person_panel.html", {"rows": shown, "person": person}


@card_rides("samples")
def how_far_samples_are() -> dict[str, Any]:
    """Whether something is to be sent, whether there is an address for it, and whether work waits for a parcel."""
    parcels = SampleRequest.objects.to_send().filter(
        collaboration=OuterRef("pk"), way=SampleRequest.Way.PARCEL, address__isnull=True
    )
    address = Address.objects.filter(influencer=OuterRef("influencer"), is_current=True, confirmed_at__isnull=False)
    holds = DeliverableHold.objects.open().filter(deliverable__collaboration=OuterRef("pk"))
    return {
        "sample_to_send": Exists(parcels),
        "sample_confirmed_at": address.order_by("-confirmed_at").values("confirmed_at")[:1],
        "sample_waits": Exists(holds),
    }


@card_marks("samples", order=40)
def sample_marks(cards: Sequence[Collaboration], now: dt.datetime) -> dict[int, list[Mark]]:
    """Whose address is missing, and whose work waits for a parcel. One query for all, none where it rode along."""
    asked = [card for card in cards if not card.is_off]
    if not asked:
        return {}
    read: Any = asked
    if not all(hasattr(card, "sample_to_send") for card in asked):
        rows = Collaboration.objects.filter(pk__in=[card.pk for card in asked]).order_by()
        read = rows.only("pk").annotate(**how_far_samples_are())
    since = good_since(now) if any(row.sample_to_send for row in read) else None
    found = {row.pk: _marks(row, since) for row in read}
    return {pk: marks for pk, marks in found.items() if marks}


def _marks(row: Any, since: dt.datetime | None) -> list[Mark]:
    is_missing = since is not None and row.sample_to_send and (row.sample_confirmed_at or since) <= since
    if is_missing:
        return [Mark(_("Address missing"), "warn", "house", "her")]
    return [Mark(_("Waits for the parcel"), "info", "box-seam")] if row.sample_waits else []
