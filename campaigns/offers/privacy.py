"""What a person was offered, and what she answered."""

from campaigns.offers.models import Offer
from crm.base.hers import hers

hers(Offer, "collaboration__influencer", empties="in_kind words her_words")
