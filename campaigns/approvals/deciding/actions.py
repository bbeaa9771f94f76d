"""Everything other rooms may do about a decision: begin a review, say something, take a version back."""

from campaigns.approvals.deciding.decisions import decide
from campaigns.approvals.deciding.opening import open_review, replace_older
from campaigns.approvals.deciding.outcomes import withdraw

__all__ = ["decide", "open_review", "replace_older", "withdraw"]
