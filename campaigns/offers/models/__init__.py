"""Models of offers, by topic."""

from campaigns.offers.models.offers import Offer, OfferQuerySet

__all__ = ["Offer", "OfferQuerySet"]
