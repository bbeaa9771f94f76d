"""Who may see what is sent to people, who sends it, who says yes before it leaves, and who erases addresses."""

from crm.team.permissions import DECIDERS, EVERYBODY, KEEPERS, WORKERS, permit

permit("campaigns.view_sample", EVERYBODY)
permit("campaigns.change_sample", WORKERS)
permit("campaigns.approve_sample", DECIDERS)
permit("campaigns.erase_sample", KEEPERS)
permit("campaigns.view_stock", EVERYBODY)
permit("campaigns.change_stock", WORKERS)
