"""Models of choosing people, by topic."""

from campaigns.shortlist.models.fit import FitWeight
from campaigns.shortlist.models.votes import Ballot, BallotLink, Vote, VoteQuerySet, VoteRound, VoteRoundQuerySet

__all__ = ["Ballot", "BallotLink", "FitWeight", "Vote", "VoteQuerySet", "VoteRound", "VoteRoundQuerySet"]
