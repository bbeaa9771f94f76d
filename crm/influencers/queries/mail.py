"""Who gets the mail about a person."""

from collections import defaultdict
from collections.abc import Collection

from crm.influencers.models import Representation


def mail_contacts(influencer_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Contact ids per person, in one query: herself, her agents, her guardian, as far as they get the mail.

    A minor's guardian always does (influencers.actions.contacts keeps it so). People nobody writes for are missing.
    """
    found: dict[int, tuple[int, ...]] = defaultdict(tuple)
    if not influencer_ids:
        return {}
    receiving = Representation.objects.receiving().filter(influencer_id__in=influencer_ids).order_by("pk")
    for person, contact in receiving.values_list("influencer_id", "contact_id"):
        found[person] += (contact,)
    return dict(found)
