"""The influencers room's tables."""

from crm.influencers.models.accounts import MetricSnapshot, RateCard, SocialAccount
from crm.influencers.models.attachments import Attachment
from crm.influencers.models.audience import Audience, AudienceShare, ReplyCount
from crm.influencers.models.bulk_runs import BulkRow, BulkRun
from crm.influencers.models.import_rows import ImportRow
from crm.influencers.models.imports import ImportMapping, ImportRun
from crm.influencers.models.merging import AlikeRule, LookAlike, Merge
from crm.influencers.models.pauses import ReminderPause
from crm.influencers.models.people import Address, DayOff, Influencer, Note
from crm.influencers.models.reference import Format, Niche, Platform, Tier, TierScheme
from crm.influencers.models.representation import Authority, GuardianWaiver, MajorityAge, Representation
from crm.influencers.models.saved_views import SavedView
from crm.influencers.models.tags import Tag

__all__ = [
    "Address",
    "AlikeRule",
    "Attachment",
    "Audience",
    "AudienceShare",
    "Authority",
    "BulkRow",
    "BulkRun",
    "DayOff",
    "Format",
    "GuardianWaiver",
    "ImportMapping",
    "ImportRow",
    "ImportRun",
    "Influencer",
    "LookAlike",
    "MajorityAge",
    "Merge",
    "MetricSnapshot",
    "Niche",
    "Note",
    "Platform",
    "RateCard",
    "ReminderPause",
    "ReplyCount",
    "Representation",
    "SavedView",
    "SocialAccount",
    "Tag",
    "Tier",
    "TierScheme",
]
