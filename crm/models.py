"""Table of contents: every model of the crm app, lowest room first."""

from crm.base.models import DemoRow, Holiday, Organisation, StoredFile
from crm.brands.models import Brand, BrandAccess, BrandOwner, Category, Product, Territory
from crm.influencers.models import (
    Address,
    DayOff,
    Format,
    ImportMapping,
    ImportRow,
    ImportRun,
    Influencer,
    MetricSnapshot,
    Niche,
    Note,
    Platform,
    RateCard,
    Representation,
    SavedView,
    SocialAccount,
    Tier,
    TierScheme,
)
from crm.outbox.models import Contact, Email, Wording
from crm.portal.models import Link, PortalSession
from crm.reminders.models import Beat, Reminder, Rule, RuleStep, Todo
from crm.team.models import Invitation, User
from crm.timeline.models import Entry, Erasing

__all__ = [
    "Address",
    "Beat",
    "Brand",
    "BrandAccess",
    "BrandOwner",
    "Category",
    "Contact",
    "DayOff",
    "DemoRow",
    "Email",
    "Entry",
    "Erasing",
    "Format",
    "Holiday",
    "ImportMapping",
    "ImportRow",
    "ImportRun",
    "Influencer",
    "Invitation",
    "Link",
    "MetricSnapshot",
    "Niche",
    "Note",
    "Organisation",
    "Platform",
    "PortalSession",
    "Product",
    "RateCard",
    "Reminder",
    "Representation",
    "Rule",
    "RuleStep",
    "SavedView",
    "SocialAccount",
    "StoredFile",
    "Territory",
    "Tier",
    "TierScheme",
    "Todo",
    "User",
    "Wording",
]
