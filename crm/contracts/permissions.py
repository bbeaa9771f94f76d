"""Who looks at contracts, who writes them, who approves and signs for a brand."""

from crm.team.permissions import DECIDERS, EVERYBODY, WORKERS, permit

permit("crm.view_contract", EVERYBODY)
permit("crm.add_contract", WORKERS)
permit("crm.change_contract", WORKERS)
permit("crm.approve_contract", DECIDERS)
permit("crm.sign_contract", DECIDERS)
permit("crm.change_contracttemplate", DECIDERS)
