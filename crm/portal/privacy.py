"""Links a person was given open nothing any more."""

from crm.base.hers import Forgetting, Lost
from crm.base.places import forgets
from crm.portal.models import Link, PortalSession


@forgets("crm.Link", model=Link, what=Link._meta.verbose_name_plural, held="", order=20)
def links_close(one: Forgetting) -> Lost:
    """Every link of hers is revoked, and whoever looks at her page meanwhile is asked for a new one."""
    theirs = Link._base_manager.filter(contact_id__in=one.her.contacts) | Link._base_manager.filter(
        influencer_ref__in=one.her.people
    )
    PortalSession._base_manager.filter(link__in=theirs.values("pk"), ended_at__isnull=True).update(ended_at=one.at)
    standing = Link._base_manager.filter(pk__in=theirs.values("pk"), revoked_at__isnull=True)
    return Lost(emptied=standing.update(revoked_at=one.at))
