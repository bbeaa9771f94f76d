"""Who looks at ambassador deals, who makes and changes them, and who decides about money and ends."""

from crm.team.permissions import DECIDERS, EVERYBODY, WORKERS, permit

permit("crm.view_ambassadordeal", EVERYBODY)
permit("crm.add_ambassadordeal", WORKERS)
permit("crm.change_ambassadordeal", WORKERS)
permit("crm.decide_ambassadordeal", DECIDERS)
permit("crm.change_program", WORKERS)
permit("crm.view_prospect", EVERYBODY)
permit("crm.change_prospect", WORKERS)
