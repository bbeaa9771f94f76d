"""Who reads what is owed and what was settled."""

from crm.team.models import Role
from crm.team.permissions import WORKERS, permit

permit("crm.view_ledgerline", (*WORKERS, Role.FINANCE))
