"""Programmes and deals, what they owe and pay, and how they go on."""

from crm.ambassadors.models.deals import AmbassadorDeal
from crm.ambassadors.models.going_on import DealChange, DealReview, TailItem, Termination
from crm.ambassadors.models.pay import CommissionRule, RetainerCharge, RetainerRate
from crm.ambassadors.models.periods import DealPause, DealPeriod
from crm.ambassadors.models.programs import PerkKind, Program, ProgramTier, Prospect, TierPerk
from crm.ambassadors.models.quotas import MakeGood, PeriodQuota, QuotaEntry, QuotaLine, QuotaQuantity
from crm.ambassadors.models.selling import PerkGrant, Sale, TierMove

__all__ = [
    "AmbassadorDeal",
    "CommissionRule",
    "DealChange",
    "DealPause",
    "DealPeriod",
    "DealReview",
    "MakeGood",
    "PeriodQuota",
    "PerkGrant",
    "PerkKind",
    "Program",
    "ProgramTier",
    "Prospect",
    "QuotaEntry",
    "QuotaLine",
    "QuotaQuantity",
    "RetainerCharge",
    "RetainerRate",
    "Sale",
    "TailItem",
    "Termination",
    "TierMove",
    "TierPerk",
]
