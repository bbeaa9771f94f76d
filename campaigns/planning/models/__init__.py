"""What a brand does with its influencers: campaigns, each person's part in one, and what is to be made."""

from campaigns.planning.models.campaign import Campaign, CampaignQuerySet
from campaigns.planning.models.collaboration import Collaboration, CollaborationQuerySet
from campaigns.planning.models.deliverable import Deliverable, DeliverableQuerySet
from campaigns.planning.models.told import Refused, Told, ring_after_commit

__all__ = [
    "Campaign",
    "CampaignQuerySet",
    "Collaboration",
    "CollaborationQuerySet",
    "Deliverable",
    "DeliverableQuerySet",
    "Refused",
    "Told",
    "ring_after_commit",
]
