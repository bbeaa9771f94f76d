"""Who reads what is owed and what was settled."""

from crm.team.models import Role
from crm.team.permissions import DECIDERS, WORKERS, permit

permit("crm.view_ledgerline", (*WORKERS, Role.FINANCE))
permit("crm.settle_ledgerline", (*DECIDERS, Role.FINANCE))
