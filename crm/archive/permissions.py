"""Who may take everything along: the owner, and nobody else."""

from crm.team.permissions import OWNERS, permit

permit("crm.export_everything", OWNERS)
