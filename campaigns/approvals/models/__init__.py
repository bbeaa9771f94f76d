"""Models of content approvals, by topic."""

from campaigns.approvals.models.checks import CheckResult
from campaigns.approvals.models.deviations import Deviation, LiveCheck
from campaigns.approvals.models.guests import ReviewGuest, ReviewLink
from campaigns.approvals.models.notes import Note
from campaigns.approvals.models.policy import ApprovalPolicy, ReviewStage
from campaigns.approvals.models.publishing import LivePost, ReplyPromise
from campaigns.approvals.models.reference import CheckRule, DisclosureLabel, LexiconEntry
from campaigns.approvals.models.reviews import ExtraRound, Review, ReviewDecision, ReviewStep
from campaigns.approvals.models.unsent import UnsentDraft, Upload
from campaigns.approvals.models.versions import ContentAsset, ContentCaption, ContentVersion

__all__ = [
    "ApprovalPolicy",
    "CheckResult",
    "CheckRule",
    "ContentAsset",
    "ContentCaption",
    "ContentVersion",
    "Deviation",
    "DisclosureLabel",
    "ExtraRound",
    "LexiconEntry",
    "LiveCheck",
    "LivePost",
    "Note",
    "ReplyPromise",
    "Review",
    "ReviewDecision",
    "ReviewGuest",
    "ReviewLink",
    "ReviewStage",
    "ReviewStep",
    "UnsentDraft",
    "Upload",
]
