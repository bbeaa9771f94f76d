"""Who may write down what people do for other brands, allow what a promise would refuse, and work on cases."""

from crm.team.models import Role
from crm.team.permissions import DECIDERS, EVERYBODY, WORKERS, permit

CASE_READERS = (*WORKERS, Role.FINANCE)
"""Whoever works on them, and whoever may have to keep back pay."""

permit("crm.view_outsidedeal", EVERYBODY)
permit("crm.change_outsidedeal", WORKERS)
permit("crm.waive_finding", DECIDERS)
permit("crm.view_finding", EVERYBODY)
permit("crm.see_finding", WORKERS)
permit("crm.view_case", CASE_READERS)
permit("crm.work_case", WORKERS)
permit("crm.close_case", DECIDERS)
