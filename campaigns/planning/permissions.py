"""Who may look at campaigns and who works on them."""

from crm.team.permissions import DECIDERS, EVERYBODY, WORKERS, permit

for model in ("campaign", "collaboration", "deliverable"):
    permit(f"campaigns.view_{model}", EVERYBODY)
    permit(f"campaigns.add_{model}", WORKERS)
    permit(f"campaigns.change_{model}", WORKERS)

permit("campaigns.open_the_door", DECIDERS)
# Approving a draft although something stands against it, with a reason.
permit("campaigns.approve_anyway", DECIDERS)
