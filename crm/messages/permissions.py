"""Who may write to people, and who may write to more of them than the house lets everybody."""

from crm.team.permissions import DECIDERS, EVERYBODY, WORKERS, permit

permit("crm.view_message", EVERYBODY)
permit("crm.write_message", WORKERS)
permit("crm.write_to_many", DECIDERS)
permit("crm.change_message_template", WORKERS)
