"""Who may look at codes and links, who gives them, and who keeps the list of known machines."""

from crm.team.permissions import EVERYBODY, KEEPERS, WORKERS, permit

for model in ("vouchercode", "trackedlink"):
    permit(f"campaigns.view_{model}", EVERYBODY)
    permit(f"campaigns.add_{model}", WORKERS)
    permit(f"campaigns.change_{model}", WORKERS)
permit("campaigns.view_linkclick", EVERYBODY)
permit("campaigns.view_scanner", EVERYBODY)
permit("campaigns.add_scanner", KEEPERS)
permit("campaigns.change_scanner", KEEPERS)
