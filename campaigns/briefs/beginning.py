"""What a first draft begins with: what the brand profile, the products and the pillars say already."""

from campaigns.briefs.content import Content
from campaigns.planning.models import Campaign

LABELS = {"id": "#iklan", "en": "#ad"}
"""The label a new brief proposes, by language."""


def first_content(campaign: Campaign) -> Content:
    """Nobody types twice what the house knows; everything may be changed."""
    brand = campaign.brand
    products = list(campaign.products.all())
    values = {
        "language": brand.language,
        "brand_story": brand.about,
        "product_story": "\n".join(product.name for product in products),
        "public_benefit": brand.values,
        "key_messages": "\n".join(pillar.name for pillar in campaign.pillars.all()),
        "disclosure": LABELS.get(brand.language, LABELS["en"]),
        "link": next((product.url for product in products if product.url), ""),
    }
    return Content(values={name: value for name, value in values.items() if value}, zone=campaign.zone)
