"""What clients and colleagues said when they voted about a person."""

from campaigns.shortlist.models import Vote, VoteRound
from crm.base.hers import hers, may_name

hers(Vote, "collaboration__influencer", empties="note")
may_name(VoteRound, "words")
