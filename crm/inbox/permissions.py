"""Who reads mail that came in, and who sorts it."""

from crm.team.permissions import WORKERS, permit

permit("crm.view_inbox", WORKERS)
permit("crm.sort_inbox", WORKERS)
