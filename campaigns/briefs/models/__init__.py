"""Models of briefs, by topic."""

from campaigns.briefs.models.acceptance import BriefAck, BriefAckQuerySet, BriefSending, BriefVariant, UseRecord
from campaigns.briefs.models.briefs import (
    Brief,
    BriefItem,
    BriefQuerySet,
    BriefReference,
    BriefVersion,
    BriefVersionQuerySet,
)
from campaigns.briefs.models.keeping import ReleasedStays
from campaigns.briefs.models.reference import BriefTemplate, CaptionLimit

__all__ = [
    "Brief",
    "BriefAck",
    "BriefAckQuerySet",
    "BriefItem",
    "BriefQuerySet",
    "BriefReference",
    "BriefSending",
    "BriefTemplate",
    "BriefVariant",
    "BriefVersion",
    "BriefVersionQuerySet",
    "CaptionLimit",
    "ReleasedStays",
    "UseRecord",
]
