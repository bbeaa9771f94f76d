"""Who may look at people, change them, reach them."""

from crm.team.models import Role
from crm.team.permissions import DECIDERS, EVERYBODY, WORKERS, permit

permit("crm.view_influencer", EVERYBODY)
permit("crm.add_influencer", WORKERS)
permit("crm.change_influencer", WORKERS)
permit("crm.archive_influencer", WORKERS)
permit("crm.import_influencer", WORKERS)
permit("crm.export_influencer", (*WORKERS, Role.FINANCE))
# What everybody sees as a tab: its maker changes it, and those who decide.
permit("crm.share_view", WORKERS)
permit("crm.change_shared_view", DECIDERS)
permit("crm.tell_influencer", WORKERS)
permit("crm.merge_influencer", WORKERS)
permit("crm.lift_do_not_contact", DECIDERS)
# Telephone numbers, e-mail and postal addresses: for those who write to people or pay them.
permit("crm.view_attachment", (*WORKERS, Role.FINANCE))
permit("crm.view_contact", (*WORKERS, Role.FINANCE))
