"""Samples as a table for spreadsheets: one row for each line, with its four values and what became of it (domain 4.4)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from campaigns.samples.models import ReturnItem, SampleItem, SampleRequest
from crm.base.csv_out import Cell, Row
from crm.base.zones import local_date

CAME_BACK = [ReturnItem.Inspection.OK, ReturnItem.Inspection.USED, ReturnItem.Inspection.DAMAGED]
CHUNK = 500


def header() -> Row:
    """What stands above the columns, in the reader's language."""
    return [
        _("person"), _("brand"), _("campaign"), _("product"), _("variant"), _("SKU"), _("quantity"), _("purpose"),
        _("purpose it began with"), _("status"), _("sent"), _("arrived"), _("pieces sent"), _("pieces arrived"),
        _("pieces back"), _("currency"), _("value of one"), _("cost of making one"), _("market value of one"),
        _("currency of shipping"), _("shipping cost"), _("what came of it"), _("her post"),
    ]  # fmt: skip


def lines_of(requests: "QuerySet[SampleRequest]") -> Iterator[Row]:
    """One row for each line; the shipping stands beside the first line of its request, so that columns add up."""
    rows = SampleItem.objects.filter(request__in=requests).order_by("request_id", "pk")
    rows = rows.select_related(
        "product", "variant", "request__influencer", "request__brand", "request__owner",
        "request__collaboration__campaign",
    ).prefetch_related("shipped__shipment", "request__shipments", "request__shipments__returns__items")  # fmt: skip
    before = None
    for line in rows.iterator(chunk_size=CHUNK):
        yield _row(line, is_first=line.request_id != before)
        before = line.request_id


def _row(line: SampleItem, *, is_first: bool) -> list[Cell]:
    request = line.request
    card = request.collaboration
    parcels = list(request.shipments.all())
    zone = card.campaign.zone if card is not None else request.owner.zone
    left = [parcel.shipped_at for parcel in parcels if parcel.shipped_at]
    there = [parcel.delivered_at for parcel in parcels if parcel.delivered_at]
    shipped = [one for one in line.shipped.all() if one.shipment.shipped_at]
    costs = [parcel.cost for parcel in parcels if parcel.cost is not None] if is_first else []
    value = line.value or line.cost or line.bought_for
    return [
        request.influencer.stage_name, request.brand.name, card.campaign.name if card is not None else "",
        line.product.name, line.variant.name if line.variant else "", line.variant.sku if line.variant else "",
        line.quantity, request.get_purpose_display(), request.get_given_as_display(), request.get_status_display(),
        local_date(min(left), zone) if left else None, local_date(max(there), zone) if there else None,
        sum(one.quantity for one in shipped), sum(one.arrived or 0 for one in shipped), _back(line, parcels),
        str(value.currency) if value is not None else "", _amount(line.value), _amount(line.cost),
        _amount(line.bought_for), str(costs[0].currency) if costs else "",
        sum((cost.amount for cost in costs), Decimal(0)) if costs else None,
        request.get_outcome_display(), request.post_url,
    ]  # fmt: skip


def _back(line: SampleItem, parcels: list[Any]) -> int:
    """How many pieces of it came back and were looked at."""
    mine = {one.pk for one in line.shipped.all()}
    found = [item for parcel in parcels for back in parcel.returns.all() for item in back.items.all()]
    return sum(item.quantity for item in found if item.contents_id in mine and item.inspection in CAME_BACK)


def _amount(money: Any) -> Decimal | None:
    return money.amount if money is not None else None


def of_campaign(requests: Any, campaign_id: int) -> Any:
    """The samples of one campaign that were not turned down."""
    return requests.filter(collaboration__campaign=campaign_id).standing()
