"""Who sees what is kept about people and what they ask, and who decides about it."""

from crm.team.models import Role
from crm.team.permissions import DECIDERS, KEEPERS, WORKERS, permit

permit("crm.view_privacy", DECIDERS)
permit("crm.end_keeping", KEEPERS)
permit("crm.view_incident", KEEPERS)
permit("crm.change_incident", KEEPERS)
permit("crm.record_privacyrequest", WORKERS)
permit("crm.answer_privacyrequest", DECIDERS)
permit("crm.erase_influencer", KEEPERS)
permit("crm.hold_influencer", KEEPERS)
permit("crm.read_held", (*KEEPERS, Role.FINANCE))
