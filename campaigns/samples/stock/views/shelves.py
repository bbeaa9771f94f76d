"""What is there: the list of everything, and one product with its batches and every movement."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from campaigns.planning.views.doors import colleague
from campaigns.samples.models import StockBatch, StockLocation, StockMovement
from campaigns.samples.stock.doors import find_product, looks
from campaigns.samples.stock.shelves import Limits, lines_of, matching, shelves
from crm.base.csv_out import csv_response
from crm.base.zones import local_date
from crm.brands.models import Brand
from crm.team.models import User

PAGE, MOVEMENTS = 50, 40


@looks
@require_safe
def stock(request: HttpRequest) -> HttpResponse:
    """Everything that is counted, what runs low, what ends soon."""
    user = colleague(request)
    limits = Limits.on(local_date(timezone.now(), user.zone))
    tab, words = _asked(request)
    rows = matching(shelves(user), tab, words, limits)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "shelves": lines_of(list(page.object_list), limits),
        "tabs": _tabs(tab),
        "tab": tab,
        "words": words,
        "limits": limits,
        "places": StockLocation.objects.visible_to(user).in_use(),
        "counting": Brand.objects.visible_to(user).running().filter(counts_stock=True).exists(),
    }
    return render(request, "campaigns/samples/stock/stock.html", context)


def _asked(request: HttpRequest) -> tuple[str, str]:
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:80]
    tab = request.GET.get("tab", "all")
    return (tab if tab in ("low", "soon") else "all"), words


def _tabs(tab: str) -> list[dict[str, Any]]:
    named = {"all": _("Everything"), "low": _("Low"), "soon": _("Ends soon")}
    return [{"label": label, "url": f"?tab={key}", "active": key == tab} for key, label in named.items()]


@looks
@require_safe
def stock_product(request: HttpRequest, pk: int) -> HttpResponse:
    """One product: its batches, those that end first first, and its newest movements."""
    product = find_product(request, pk)
    seen = StockBatch.objects.visible_to(colleague(request)).filter(product=product)
    batches = seen.select_related("location", "variant__product", "product").first_expiring_first()
    moved = StockMovement.objects.filter(batch__in=batches).select_related(
        "batch__variant__product", "batch__product", "batch__location"
    )
    page = Paginator(moved, MOVEMENTS).get_page(request.GET.get("page"))
    limits = Limits.on(local_date(timezone.now(), product.brand.zone))
    context = {
        "product": product,
        "batches": [one for one in batches if one.on_hand],
        "used_up": sum(not one.on_hand for one in batches),
        "limits": limits,
        "page_obj": page,
    }
    return render(request, "campaigns/samples/stock/product.html", context)


@looks
@require_safe
def stock_csv(request: HttpRequest) -> HttpResponseBase:
    """Every batch with pieces in it, one a line."""
    user = colleague(request)
    header = [
        _("Brand"), _("Product"), _("Variant"), _("SKU"), _("Place"), _("Batch number"), _("Best before"), _("On hand"),
        _("Reserved"), _("Available"),
    ]  # fmt: skip
    return csv_response("stock.csv", header, _csv_rows(user), zone=user.zone)


def _csv_rows(user: User) -> Iterator[list[Any]]:
    rows = StockBatch.objects.visible_to(user).filter(product__brand__counts_stock=True, on_hand__gt=0)
    ordered = rows.select_related("product__brand", "variant", "location").order_by(
        "product__brand__name", "product__name", "variant__position", "expires_on", "pk"
    )
    for one in ordered:
        variant = one.variant
        yield [
            one.product.brand.name, one.product.name, variant.name if variant else "", variant.sku if variant else "",
            one.location.name, one.batch_no, one.expires_on, one.on_hand, one.reserved, one.available,
        ]  # fmt: skip
