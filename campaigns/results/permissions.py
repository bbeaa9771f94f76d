"""Who reads results, who enters them, and who lets others read them."""

from crm.team.models import Role
from crm.team.permissions import DECIDERS, EVERYBODY, WORKERS, permit

permit("campaigns.view_report", EVERYBODY)
permit("campaigns.change_results", WORKERS)
permit("campaigns.share_report", WORKERS)
permit("campaigns.change_orderhook", DECIDERS)
permit("campaigns.view_overview", DECIDERS)
permit("campaigns.begin_with_overview", (Role.MANAGER,))
