"""What the page of a sample request shows of what arrived, and what may be done about each parcel."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.samples.arriving.counts import Came, came
from campaigns.samples.arriving.ends import End, offered
from campaigns.samples.models import SampleRequest, Shipment
from crm.team.models import User

CORRECT = _("Correct it")


@dataclass(frozen=True)
class Row:
    """One parcel that left, and what may be noted of it."""

    parcel: Shipment
    ends: list[tuple[str, End]]

    @property
    def first(self) -> str:
        """What is most likely noted next: that it came, or that another goes in its place; nothing once one does."""
        keys = [key for key, _end in self.ends]
        if self.parcel.is_there or hasattr(self.parcel, "replaced_by"):
            return ""
        return next((key for key in ("replace", "arrived") if key in keys), "")

    @property
    def buttons(self) -> list["Button"]:
        return [
            Button(
                key, end.icon, CORRECT if key == "arrived" and self.parcel.is_there else end.button, key == self.first
            )
            for key, end in sorted(self.ends, key=lambda one: one[0] != self.first)
        ]


@dataclass(frozen=True)
class Button:
    """One way to the page that notes it."""

    how: str
    icon: str
    label: Any
    is_primary: bool


def for_request(request: SampleRequest, user: User, now: dt.datetime) -> dict[str, Any]:
    """Nothing before the first parcel has left."""
    left = Shipment.objects.with_request().filter(request=request, shipped_at__isnull=False)
    rows = list(left.select_related("replaced_by", "replaces").prefetch_related("items").order_by("pk"))
    if not rows:
        return {}
    lines = came([request.pk])[request.pk]
    return {
        "rows": [Row(parcel, offered(parcel)) for parcel in rows],
        "lines": lines,
        "missing": _missing(rows, lines),
        "is_enough": request.status == SampleRequest.Status.ARRIVED,
        "may_let_be": request.status != SampleRequest.Status.ARRIVED and any(row.is_there for row in rows),
    }


def _missing(rows: list[Shipment], lines: list[Came]) -> list[Came]:
    """What is to be sent again, once something came; before that, a parcel is sent as any other."""
    return [line for line in lines if line.missing] if any(row.is_there for row in rows) else []
