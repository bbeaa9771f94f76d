"""What a person made and was asked for in campaigns."""

from campaigns.planning.models import Campaign, Collaboration, Deliverable, PartnerScore
from crm.base.hers import called_by_name, hers, may_name

called_by_name(Campaign)
hers(Collaboration, "influencer", empties="note off_why over_budget_because")
hers(
    Deliverable, "collaboration__influencer account__influencer", empties="title draft_url changes_note post_url proof"
)
hers(PartnerScore, "collaboration__influencer", empties="words")
may_name(Campaign, "about why offers_open_because")
