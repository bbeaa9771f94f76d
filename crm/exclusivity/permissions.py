"""Who may write down what people do for other brands, and who may allow what a promise would refuse."""

from crm.team.permissions import DECIDERS, EVERYBODY, WORKERS, permit

permit("crm.view_outsidedeal", EVERYBODY)
permit("crm.change_outsidedeal", WORKERS)
permit("crm.waive_finding", DECIDERS)
