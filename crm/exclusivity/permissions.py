"""Who may write down what people do for other brands."""

from crm.team.permissions import EVERYBODY, WORKERS, permit

permit("crm.view_outsidedeal", EVERYBODY)
permit("crm.change_outsidedeal", WORKERS)
