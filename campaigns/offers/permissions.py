"""Who may see offers and who may make them."""

from crm.team.permissions import EVERYBODY, WORKERS, permit

permit("campaigns.view_offer", EVERYBODY)
permit("campaigns.add_offer", WORKERS)
permit("campaigns.change_offer", WORKERS)
