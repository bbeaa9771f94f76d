"""What a brand does with its influencers: campaigns, each person's part in one, and what is to be made."""

from campaigns.planning.models.campaign import Campaign, CampaignQuerySet
from campaigns.planning.models.collaboration import Collaboration, CollaborationQuerySet
from campaigns.planning.models.deliverable import Deliverable, DeliverableQuerySet
from campaigns.planning.models.goals import Channel, GoalKpi, GoalTier, Kpi, KpiKind, KpiQuerySet, KpiShare
from campaigns.planning.models.holds import DeliverableHold, DeliverableHoldQuerySet
from campaigns.planning.models.pillars import Pillar
from campaigns.planning.models.seen import OfCampaign, OfCollaboration
from campaigns.planning.models.standing import QuotaPost, QuotaPostQuerySet
from campaigns.planning.models.told import Refused, Told, ring_after_commit
from campaigns.planning.models.wrapping import PartnerScore, PartnerScoreQuerySet, WrapUpItem, WrapUpTick

__all__ = [
    "Campaign",
    "CampaignQuerySet",
    "Channel",
    "Collaboration",
    "CollaborationQuerySet",
    "Deliverable",
    "DeliverableHold",
    "DeliverableHoldQuerySet",
    "DeliverableQuerySet",
    "GoalKpi",
    "GoalTier",
    "Kpi",
    "KpiKind",
    "KpiQuerySet",
    "KpiShare",
    "OfCampaign",
    "OfCollaboration",
    "PartnerScore",
    "PartnerScoreQuerySet",
    "Pillar",
    "QuotaPost",
    "QuotaPostQuerySet",
    "Refused",
    "Told",
    "WrapUpItem",
    "WrapUpTick",
    "ring_after_commit",
]
