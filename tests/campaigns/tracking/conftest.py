"""The campaign, card and deliverable of planning, and a product page."""

from tests.campaigns.planning.conftest import actor, campaign, collaboration, reel  # noqa: F401

SHOP = "https://lumi.contoh.example/serum"
