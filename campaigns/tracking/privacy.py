"""Visitors of a person's links: a keyed mark of each, which is of nobody we know."""

from campaigns.tracking.models import LinkClick
from crm.base.hers import hers

hers(LinkClick, "link__deliverable__collaboration__influencer", empties="visitor", unsaid="visitor")
