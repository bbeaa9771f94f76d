"""What the list of samples shows: parts with their counts, filters, rows."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from campaigns.samples.asking.ready import ready_to_send
from campaigns.samples.models import SampleRequest, Shipment
from campaigns.samples.shipping.couriers import couriers_in_use, tracking_page
from campaigns.samples.shipping.queries import (
    PARTS,
    Filters,
    Part,
    contents_of,
    counts_of,
    due_back,
    here_of,
    part_named,
    rows_of,
    things_of,
)
from crm.base.text import one_line
from crm.brands.models import Brand
from crm.team.models import User

SIZE = 50
ACTIONS: dict[str, Sequence[tuple[str, Any, str]]] = {
    "ready": (
        ("put_together", _("Put together"), "box-seam"),
        ("packed", _("Mark packed"), "check2-square"),
        ("list", _("Packing list"), "printer"),
        ("labels", _("Labels"), "upc-scan"),
        ("ship", _("Ship them"), "truck"),
    ),
    "packed": (
        ("ship", _("Ship them"), "truck"),
        ("list", _("Packing list"), "printer"),
        ("labels", _("Labels"), "upc-scan"),
    ),
}
"""What may be done to many rows of a part."""


@dataclass(frozen=True)
class Row:
    """One row: a request, with its parcel where it has one."""

    request: SampleRequest
    parcel: Shipment | None
    what: str
    why: str = ""
    tracking: str = ""

    @property
    def pick(self) -> str:
        return f"p{self.parcel.pk}" if self.parcel is not None else f"r{self.request.pk}"

    @property
    def state(self) -> Any:
        return self.parcel.get_status_display() if self.parcel is not None else self.request.get_status_display()

    @property
    def tone(self) -> str:
        return self.parcel.tone if self.parcel is not None else self.request.tone


def first_part(counts: dict[str, int]) -> str:
    """What is to be packed; where nothing is, the first part with anything in it."""
    if counts.get("ready"):
        return "ready"
    return next((part.key for part in PARTS if counts.get(part.key)), "")


def filters_of(asked: QueryDict) -> Filters:
    """What the address narrows the list by; what is no number narrows nothing."""
    numbers = {name: number_in(asked.get(name, "")) for name in ("campaign", "brand", "owner", "courier")}
    return Filters(**numbers, words=one_line(asked.get("q", ""), 100))


def number_in(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def page_of(user: User, asked: QueryDict, now: dt.datetime) -> dict[str, Any]:
    """Everything the list shows."""
    filters = filters_of(asked)
    counts = counts_of(user, filters, now)
    part = part_named(asked.get("tab") or first_part(counts))
    page = Paginator(rows_of(part, user, filters, now), SIZE).get_page(asked.get("page"))
    return {
        "part": part,
        "tabs": tabs_of(part, counts, asked),
        "page_obj": page,
        "rows": shown_of(part, page, now),
        "filters": filters,
        "choices": choices_for(user),
        "actions": [{"value": value, "label": label, "icon": icon} for value, label, icon in ACTIONS.get(part.key, ())],
        "back": f"{reverse('samples')}?{urlencode({'tab': part.key})}",
    }


def tabs_of(chosen: Part, counts: dict[str, int], asked: QueryDict) -> list[dict[str, Any]]:
    kept = {name: asked[name] for name in ("campaign", "brand", "owner", "courier", "q") if asked.get(name)}
    return [
        {
            "label": part.label,
            "url": f"?{urlencode({'tab': part.key, **kept})}",
            "active": part is chosen,
            "count": counts.get(part.key, ""),
        }
        for part in PARTS
    ]


def choices_for(user: User) -> dict[str, Any]:
    """What the filters offer."""
    campaigns = Campaign.objects.visible_to(user).filter(collaborations__samples__isnull=False).distinct()
    return {
        "campaigns": list(campaigns.order_by("name", "pk").values_list("pk", "name")),
        "brands": list(Brand.objects.visible_to(user).order_by("name").values_list("pk", "name")),
        "owners": list(User.objects.filter(is_active=True).order_by("name").values_list("pk", "name")),
        "couriers": [(courier.pk, courier.name) for courier in couriers_in_use()],
    }


def shown_of(part: Part, page: "Page[Any]", now: dt.datetime) -> list[Row]:
    if part.parcels:
        rows = parcels_shown(list(page))
        due = due_back([row.parcel.pk for row in rows if row.parcel is not None]) if part.key == "back" else {}
        return [replace(row, why=due.get(row.parcel.pk, row.why)) if row.parcel is not None else row for row in rows]
    requests = list(page)
    things, here = things_of([one.pk for one in requests]), here_of(requests)
    why = ready_to_send(requests, now) if part.key in ("hers", "ready") and requests else {}
    return [
        Row(one, here.get(one.pk), things[one.pk], "" if one.pk in here else " ".join(map(str, why.get(one.pk, ()))))
        for one in requests
    ]


def parcels_shown(parcels: Sequence[Shipment]) -> list[Row]:
    contents = contents_of([one.pk for one in parcels])
    return [
        Row(one.request, one, contents[one.pk], one.note, tracking_page(one.courier, one.waybill)) for one in parcels
    ]
