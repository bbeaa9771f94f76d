"""Where parcels went, once nobody asks for them any more."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.samples.after.erasing import KEPT, blank
from campaigns.samples.models import ReturnRequest, Shipment
from campaigns.samples.shipping.snapshots import NAMES
from crm.base.places import Outlived, kept_for

TO_A_DOOR = [name for name in (*NAMES, "phone") if name not in KEPT]


@kept_for(
    "parcel_addresses", label=_("Addresses on parcels"), days=730, order=130,
    goes=_("Name, phone and street go. City, value and days stay for the books."),
)  # fmt: skip
def old_addresses(before: dt.datetime, now: dt.datetime) -> Outlived:
    """A parcel of which something has to come back is still asked about."""
    awaited = ReturnRequest.objects.unsettled().filter(shipment=OuterRef("pk"))
    rows = Shipment.objects.left_before(before).filter(~Exists(awaited), address_snapshot__has_any_keys=TO_A_DOOR)
    return Outlived(rows, _take, lambda parcel: (str(parcel), reverse("sample", args=[parcel.request_id])))


def _take(pks: Sequence[int]) -> int:
    return blank(list(Shipment.objects.filter(pk__in=pks).select_for_update(of=("self",)).order_by("pk")))
