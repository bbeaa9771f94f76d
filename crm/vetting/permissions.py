"""Who may look at what was found out, check, rate, clear signs, and let an offer go ahead all the same."""

from crm.team.permissions import DECIDERS, EVERYBODY, WORKERS, permit

permit("crm.view_vetting", EVERYBODY)
permit("crm.check_influencer", WORKERS)
permit("crm.rate_influencer", WORKERS)
permit("crm.clear_sign", WORKERS)
permit("crm.override_hold", DECIDERS)
