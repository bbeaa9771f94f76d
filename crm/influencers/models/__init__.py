"""The influencers room's tables."""

from crm.influencers.models.accounts import MetricSnapshot, RateCard, SocialAccount
from crm.influencers.models.imports import ImportMapping, ImportRow, ImportRun
from crm.influencers.models.people import Address, DayOff, Influencer, Note, Representation
from crm.influencers.models.reference import Format, Niche, Platform, Tier, TierScheme
from crm.influencers.models.saved_views import SavedView

__all__ = [
    "Address",
    "DayOff",
    "Format",
    "ImportMapping",
    "ImportRow",
    "ImportRun",
    "Influencer",
    "MetricSnapshot",
    "Niche",
    "Note",
    "Platform",
    "RateCard",
    "Representation",
    "SavedView",
    "SocialAccount",
    "Tier",
    "TierScheme",
]
