"""Stock on other pages: a line on the brand's page, and on Today what runs low."""

from typing import Any

from django.db.models import Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils import timezone

from campaigns.samples.models import SampleTerm
from campaigns.samples.stock.shelves import LOW, shelves
from crm.base.places import panel
from crm.base.zones import local_date
from crm.brands.models import Brand
from crm.team.models import User
from crm.team.views.access import me

SHOWN = 6


@panel("brand/stock", order=20)
def brand_stock(request: HttpRequest, brand: Brand) -> tuple[str, dict[str, Any]] | None:
    """What is on the shelves of a brand that counts; every other brand costs nothing."""
    user = me(request)
    if not (brand.counts_stock and user.has_perm("campaigns.view_stock")):
        return None
    rows = list(shelves(user).filter(product__brand=brand))
    return "campaigns/samples/stock/brand_panel.html", {"rows": rows, "brand": brand}


@panel("today/stock", order=60)
def low_stock(request: HttpRequest, user: User) -> tuple[str, dict[str, Any]] | None:
    """What runs low, for whoever may receive goods. One query, and none of a house's rows while no brand counts."""
    if not user.has_perm("campaigns.change_stock"):
        return None
    terms = SampleTerm.objects.valid_on(local_date(timezone.now(), user.zone)).filter(code=SampleTerm.Code.STOCK_LOW)
    newest = terms.order_by("-valid_from", "-pk").values("number")[:1]
    rows = list(shelves(user).filter(free__lte=Coalesce(Subquery(newest), LOW))[:SHOWN])
    return ("campaigns/samples/stock/today_panel.html", {"rows": rows}) if rows else None
