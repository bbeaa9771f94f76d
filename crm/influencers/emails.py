"""In whose story stands what a contact agreed to: her own, and the child's when a guardian speaks; who cannot agree alone."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from crm.base.zones import local_date
from crm.influencers import silence  # noqa: F401  puts its parts into their place
from crm.influencers.majority import ages_on
from crm.influencers.models import Representation
from crm.outbox.reasons import reason
from crm.preferences.places import not_alone, whose_words

SPEAKING = (Representation.Capacity.SELF, Representation.Capacity.GUARDIAN)


GUARDIAN_AGREES = _("She is a minor: only her guardian can agree to this (UU 27/2022, article 25).")


@whose_words("influencers")
def people_they_speak_for(contact_ids: Collection[int]) -> dict[int, set[int]]:
    """An agent decides for herself: what she wants is nobody else's story."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = Representation.objects.filter(contact__in=contact_ids, capacity__in=SPEAKING)
    for contact, person in rows.values_list("contact_id", "influencer_id"):
        found[contact].add(person)
    return dict(found)


@not_alone("minors")
def minors(contact_ids: Collection[int], now: dt.datetime) -> dict[int, str]:
    """A minor's own contact: her guardian agrees."""
    own = Representation.objects.filter(contact__in=contact_ids, capacity=Representation.Capacity.SELF)
    born = [
        row.influencer for row in own.exclude(influencer__birth_on=None).select_related("influencer").order_by("pk")
    ]
    contact_of = dict(own.values_list("influencer_id", "contact_id")) if born else {}
    ages = ages_on(now.date()) if born else None
    young = [one for one in born if ages is not None and ages.is_minor(one, local_date(now, one.zone))]
    return {contact_of[one.pk]: reason(GUARDIAN_AGREES) for one in young}
