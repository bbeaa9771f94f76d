"""In whose story stands what a contact agreed to: her own, and the child's when a guardian speaks."""

from collections import defaultdict
from collections.abc import Collection

from crm.influencers.models import Representation
from crm.preferences.places import whose_words

SPEAKING = (Representation.Capacity.SELF, Representation.Capacity.GUARDIAN)


@whose_words("influencers")
def people_they_speak_for(contact_ids: Collection[int]) -> dict[int, set[int]]:
    """An agent decides for herself: what she wants is nobody else's story."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Representation.objects.filter(contact__in=contact_ids, capacity__in=SPEAKING)
    for contact, person in rows.values_list("contact_id", "influencer_id"):
        found[contact].add(person)
    return dict(found)
