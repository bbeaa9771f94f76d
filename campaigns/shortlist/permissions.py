"""Who asks for votes and who sees what was said."""

from crm.team.permissions import EVERYBODY, WORKERS, permit

for model in ("voteround", "ballot", "vote"):
    permit(f"campaigns.view_{model}", EVERYBODY)
    permit(f"campaigns.add_{model}", WORKERS)
    permit(f"campaigns.change_{model}", WORKERS)
