"""Who may see how the house stands."""

from crm.team.permissions import KEEPERS, permit

permit("crm.view_status", KEEPERS)
