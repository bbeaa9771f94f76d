"""Who may look at brands and who keeps them."""

from crm.team.permissions import DECIDERS, EVERYBODY, WORKERS, permit

permit("crm.view_brand", EVERYBODY)
permit("crm.add_brand", DECIDERS)
permit("crm.change_brand", DECIDERS)
permit("crm.archive_brand", DECIDERS)
permit("crm.change_product", WORKERS)
