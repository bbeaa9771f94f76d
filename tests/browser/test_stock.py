"""Stock and variants in a real browser: nothing for axe to find, nothing wider than a phone."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from campaigns.samples.models import StockLocation
from campaigns.samples.stock.actions import receive
from crm.brands.models import Product, ProductVariant
from crm.team.models import User
from crm.timeline.record import Actor
from tests.conftest import today_here
from tests.factories import BrandFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1440, 390])
def test_everybody_can_use_the_pages_of_stock(
    open_page: Callable[..., Page], violations: Callable[[Page], list[str]], owner: User, width: int
) -> None:
    brand = BrandFactory(name="Lumi Skincare", counts_stock=True, keeps_four_values=True)
    tint = Product.objects.create(brand=brand, name="Airy Tint", value=129_000)
    shades = [
        ProductVariant.objects.create(product=tint, name=name, swatch=colour, sku=f"TINT-{name[:2]}", position=place)
        for place, (name, colour) in enumerate([("01 Rose", "#c97b84"), ("02 Warm Sand", "#c58c5e")])
    ]
    shelf, told = StockLocation.objects.create(name="Gudang Depok", sender="Lumi, Depok"), Actor.user(owner)
    for number, shade in enumerate(shades):
        batch = receive(
            shelf, tint, shade, 4 + 30 * number, batch_no="B1", expires_on=today_here(), at=timezone.now(), actor=told
        )
    for name, args in (
        ("stock", []), ("stock-product", [tint.pk]), ("stock-receive", []), ("stock-count", [batch.pk]),
        ("product-edit", [tint.pk]), ("variant-edit", [shades[1].pk]), ("brand", [brand.pk]),
    ):  # fmt: skip
        page = open_page(reverse(name, args=args), user=owner, width=width)
        assert (name, page.complaints) == (name, [])  # type: ignore[attr-defined]
        assert (name, violations(page)) == (name, [])
        assert (name, page.evaluate("document.documentElement.scrollWidth")) == (name, width)
