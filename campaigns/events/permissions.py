"""Who may see events and who plans them."""

from crm.team.permissions import EVERYBODY, WORKERS, permit

for model in ("event", "guest"):
    permit(f"campaigns.view_{model}", EVERYBODY)
    permit(f"campaigns.add_{model}", WORKERS)
    permit(f"campaigns.change_{model}", WORKERS)
