"""Who may see what was handed in, who says something to it, who waives a finding, who sets how content is approved."""

from crm.team.permissions import DECIDERS, EVERYBODY, WORKERS, permit

permit("campaigns.view_review", EVERYBODY)
permit("campaigns.review", WORKERS)
permit("campaigns.waive_check", DECIDERS)
permit("campaigns.change_policy", DECIDERS)
