"""Who may look at stock and who changes it: what its pages ask first."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from campaigns.planning.views.doors import colleague, may
from campaigns.samples.models import StockBatch, StockLocation
from crm.brands.models import Product

looks = may("campaigns.view_stock")
works = may("campaigns.change_stock")


def find_product(request: HttpRequest, pk: int) -> Product:
    """A product of a brand this colleague may see and that counts, or 404."""
    seen = Product.objects.visible_to(colleague(request)).filter(brand__counts_stock=True)
    return get_object_or_404(seen.select_related("brand"), pk=pk)


def find_batch(request: HttpRequest, pk: int) -> StockBatch:
    seen = StockBatch.objects.visible_to(colleague(request)).filter(product__brand__counts_stock=True)
    return get_object_or_404(seen.select_related("location", "product__brand", "variant__product"), pk=pk)


def find_place(request: HttpRequest, pk: int) -> StockLocation:
    return get_object_or_404(StockLocation.objects.visible_to(colleague(request)), pk=pk)
