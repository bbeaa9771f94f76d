"""Who may see samples and who works with them."""

from crm.team.permissions import EVERYBODY, WORKERS, permit

permit("campaigns.view_stock", EVERYBODY)
permit("campaigns.change_stock", WORKERS)
