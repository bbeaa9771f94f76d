"""Who may do what with tasks and reminders."""

from crm.team.permissions import WORKERS, permit

permit("crm.write_todo", WORKERS)
