"""Who may do what with tasks and reminders."""

from crm.team.permissions import DECIDERS, EVERYBODY, WORKERS, permit

permit("crm.write_todo", EVERYBODY)
# Somebody else's task: answering for it is work. Everybody settles her own and those that are for everybody.
permit("crm.settle_todo", WORKERS)
permit("crm.switch_rule", DECIDERS)
