"""Models of choosing people, by topic."""

from campaigns.shortlist.models.fit import FitWeight
from campaigns.shortlist.models.votes import Ballot, Vote, VoteQuerySet, VoteRound, VoteRoundQuerySet

__all__ = ["Ballot", "FitWeight", "Vote", "VoteQuerySet", "VoteRound", "VoteRoundQuerySet"]
