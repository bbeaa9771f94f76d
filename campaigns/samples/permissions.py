"""Who may see what is sent to people, who sends it, and who says yes before it leaves."""

from crm.team.permissions import DECIDERS, EVERYBODY, WORKERS, permit

permit("campaigns.view_sample", EVERYBODY)
permit("campaigns.change_sample", WORKERS)
permit("campaigns.approve_sample", DECIDERS)
permit("campaigns.view_stock", EVERYBODY)
permit("campaigns.change_stock", WORKERS)
