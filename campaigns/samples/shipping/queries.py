"""The list of samples: its parts by what is to be done, counted in one query, and what a row says."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from campaigns.samples.asking.addresses import good_since
from campaigns.samples.models import ReturnRequest, SampleItem, SampleRequest, Shipment, ShipmentItem
from campaigns.samples.shipping.actions.putting import NOT_COUNTED
from crm.base.formats import day_words
from crm.influencers.models import Address
from crm.team.models import User

NOWHERE = ""
S, R = Shipment.Status, SampleRequest.Status
WRONG = (S.FAILED_ATTEMPT, S.EXCEPTION, S.RETURNED_TO_SENDER, S.LOST, S.DAMAGED)


@dataclass(frozen=True)
class Part:
    """One part of the list; `parcels` says whether its rows are parcels or requests."""

    key: str
    label: Any
    parcels: bool
    empty: Any


PARTS = (
    Part("approve", _("To approve"), False, _("Nothing waits for a yes.")),
    Part("hers", _("Waits for her"), False, _("Every address is confirmed and every choice made.")),
    Part("ready", _("Ready to pack"), False, _("Nothing is to be packed now.")),
    Part("packed", _("Packed"), True, _("No packed parcel waits for its courier.")),
    Part("away", _("On the way"), True, _("Nothing is on the way.")),
    Part("wrong", _("Something is wrong"), True, _("No parcel is lost, broken or coming back.")),
    Part("arrived", _("Arrived"), True, _("Nothing has arrived yet.")),
    Part("back", _("To come back"), True, _("Nothing has to come back.")),
)


@dataclass(frozen=True)
class Filters:
    """What narrows the list."""

    campaign: int | None = None
    brand: int | None = None
    owner: int | None = None
    courier: int | None = None
    words: str = ""

    @property
    def is_any(self) -> bool:
        return any((self.campaign, self.brand, self.owner, self.courier, self.words))


def part_named(key: str) -> Part:
    """The part of that key; what is to be packed for any other."""
    return next((part for part in PARTS if part.key == key), PARTS[2])


def requests_seen(user: User, filters: Filters, now: dt.datetime) -> Any:
    """Requests with the part they stand in, or none."""
    rows = SampleRequest.objects.visible_to(user).filter(_asked(filters, ""))
    if filters.courier:
        rows = rows.filter(Exists(Shipment.objects.filter(request=OuterRef("pk"), courier=filters.courier)))
    left, here = _left(), Exists(Shipment.objects.filter(request=OuterRef("pk"), status__in=[S.DRAFT, S.RESERVED]))
    rows = rows.annotate(left_over=left, has_parcel=here, is_hers=_waits_for_her(now))
    to_send = Q(status__in=[R.TO_SEND, R.SENT], left_over__gt=0)
    return rows.annotate(
        part=Case(
            When(status=R.TO_APPROVE, then=Value("approve")),
            When(has_parcel=True, then=Value("ready")),
            When(Q(status=R.TO_SEND, way=SampleRequest.Way.BOUGHT), then=Value("hers")),
            When(to_send & Q(is_hers=True), then=Value("hers")),
            When(to_send, then=Value("ready")),
            default=Value(NOWHERE),
            output_field=CharField(),
        )
    )


def parcels_seen(user: User, filters: Filters) -> Any:
    """Parcels with the part they stand in, or none."""
    rows = Shipment.objects.visible_to(user).filter(_asked(filters, "request__"))
    if filters.courier:
        rows = rows.filter(courier=filters.courier)
    back = Exists(ReturnRequest.objects.filter(shipment=OuterRef("pk"), status__in=[*ReturnRequest.OPEN, "back"]))
    replaced = Exists(Shipment.objects.filter(replaces=OuterRef("pk")))
    return rows.annotate(comes_back=back, is_replaced=replaced).annotate(
        part=Case(
            When(comes_back=True, then=Value("back")),
            When(status=S.PACKED, then=Value("packed")),
            When(status__in=WRONG, is_replaced=False, then=Value("wrong")),
            When(Q(status__in=Shipment.AWAY, traced_at__isnull=False), then=Value("wrong")),
            When(status__in=Shipment.AWAY, then=Value("away")),
            When(status__in=Shipment.THERE, then=Value("arrived")),
            default=Value(NOWHERE),
            output_field=CharField(),
        )
    )


def counts_of(user: User, filters: Filters, now: dt.datetime) -> dict[str, int]:
    """How many rows stand in each part, in one query."""
    requests = requests_seen(user, filters, now).order_by().values("part").annotate(n=Count("pk"))
    parcels = parcels_seen(user, filters).order_by().values("part").annotate(n=Count("pk"))
    both = requests.values_list("part", "n").union(parcels.values_list("part", "n"), all=True)
    return {part: number for part, number in both if part}


def rows_of(part: Part, user: User, filters: Filters, now: dt.datetime) -> Any:
    """The rows of one part, oldest first; what has arrived newest first."""
    if part.parcels:
        rows = parcels_seen(user, filters).filter(part=part.key).with_request()
        return rows.order_by("-delivered_at", "-pk" if part.key == "arrived" else "pk")
    found = requests_seen(user, filters, now).filter(part=part.key).with_person()
    return found.order_by(F("needed_by_on").asc(nulls_last=True), "pk")


def _asked(filters: Filters, way: str) -> Q:
    wanted = Q()
    if filters.campaign:
        wanted &= Q(**{f"{way}collaboration__campaign": filters.campaign})
    if filters.brand:
        wanted &= Q(**{f"{way}brand": filters.brand})
    if filters.owner:
        wanted &= Q(**{f"{way}owner": filters.owner})
    for word in filters.words.split():
        numbered = Shipment.objects.filter(request=OuterRef("pk"), waybill__icontains=word)
        has_number = Q(waybill__icontains=word) if way else Q(Exists(numbered))
        wanted &= Q(**{f"{way}influencer__stage_name__icontains": word}) | has_number
    return wanted


def _left() -> Any:
    """How many pieces stand in no parcel yet."""
    asked = SampleItem.objects.filter(request=OuterRef("pk")).order_by().values("request")
    counted = ShipmentItem.objects.filter(shipment__request=OuterRef("pk")).exclude(shipment__status__in=NOT_COUNTED)
    packed = counted.order_by().values("shipment__request")
    number = IntegerField()
    return Coalesce(Subquery(asked.annotate(n=Sum("quantity")).values("n"), output_field=number), 0) - Coalesce(
        Subquery(packed.annotate(n=Sum("quantity")).values("n"), output_field=number), 0
    )


def _waits_for_her(now: dt.datetime) -> Any:
    """She has not said which one, or no address of hers is confirmed in time."""
    since = good_since(now)
    chooses = SampleItem.objects.filter(request=OuterRef("pk"), she_chooses=True, variant=None)
    named = Q(pk=OuterRef("address_id"))
    usual = Q(influencer=OuterRef("influencer_id"), is_current=True)
    good = Address.objects.filter(named | usual, confirmed_at__gte=since)
    return Case(When(Exists(chooses) | ~Exists(good), then=Value(True)), default=Value(False))


def here_of(requests: Sequence[SampleRequest]) -> Mapping[int, Shipment]:
    """The parcel of each request that is put together and not packed yet."""
    rows = Shipment.objects.filter(request__in=requests, status__in=[S.DRAFT, S.RESERVED]).order_by("-pk")
    return {row.request_id: row for row in rows}


def contents_of(parcels: Sequence[int]) -> dict[int, str]:
    """What is in each parcel, in a few words."""
    lines: dict[int, dict[str, int]] = {pk: {} for pk in parcels}
    rows = ShipmentItem.objects.filter(shipment__in=parcels).select_related("item__product", "item__variant")
    for row in rows.order_by("pk"):
        said = lines[row.shipment_id]
        said[str(row.item)] = said.get(str(row.item), 0) + row.quantity
    return {
        pk: ", ".join(f"{n} × {what}" if n > 1 else what for what, n in found.items()) for pk, found in lines.items()
    }


def things_of(requests: Sequence[int]) -> dict[int, str]:
    """What each request is about, in a few words."""
    found: dict[int, list[str]] = {pk: [] for pk in requests}
    rows = SampleItem.objects.filter(request__in=requests).select_related("product", "variant").order_by("pk")
    for row in rows:
        found[row.request_id].append(f"{row.quantity} × {row}" if row.quantity > 1 else str(row))
    return {pk: ", ".join(said) for pk, said in found.items()}


def due_back(parcels: Sequence[int]) -> dict[int, str]:
    """Where each return stands: by which day it is to be back, or that it waits to be looked at."""
    rows = ReturnRequest.objects.unsettled().filter(shipment__in=parcels).order_by("pk")
    found = rows.values_list("shipment_id", "status", "due_on")
    asked, states = ReturnRequest.Status.ASKED, dict(ReturnRequest.Status.choices)
    by_day = _("Back by %(day)s")
    return {
        pk: str(by_day) % {"day": day_words(on, "brief")} if status == asked else str(states[status])
        for pk, status, on in found
    }
