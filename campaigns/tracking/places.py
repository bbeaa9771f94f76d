"""Places that codes and links offer to the rooms above them."""

from collections.abc import Callable

from campaigns.planning.models import Campaign
from crm.base.places import Place

product_page: Place[Callable[[Campaign], str]] = Place("product_page")
"""`@product_page("brief")`: function(campaign) -> the address a campaign's posts should lead to; empty when nobody said.
The first one that says something fills in a new link."""


def page_of(campaign: Campaign) -> str:
    """Where a new link of this campaign leads unless somebody types another address."""
    said = (placed.call(campaign) for placed in product_page.all())
    sold = campaign.products.exclude(url="").order_by("pk").values_list("url", flat=True)
    return next((address for address in said if address), "") or sold.first() or ""
