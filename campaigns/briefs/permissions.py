"""Who may read briefs and who writes them."""

from crm.team.permissions import EVERYBODY, WORKERS, permit

permit("campaigns.view_brief", EVERYBODY)
permit("campaigns.change_brief", WORKERS)
permit("campaigns.download_brief", EVERYBODY)
permit("campaigns.view_brieftemplate", EVERYBODY)
permit("campaigns.change_brieftemplate", WORKERS)
