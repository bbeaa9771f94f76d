"""What a person asked about her own data: that she asked, when and what came of it stays as proof; her words go."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from crm.base.hers import Held, Her, hers
from crm.base.places import holds
from crm.privacy import marks  # noqa: F401  puts itself into a place
from crm.privacy.models import IncidentPerson, LegalHold, PrivacyRequest

hers(
    PrivacyRequest, "influencer", empties="words proof file", stays="recorded_by why outcome", unsaid="file", order=890,
    why=_("That she asked, who of us answered, and what went and stayed: proof that it was done."),
)  # fmt: skip
hers(LegalHold, "influencer", empties="why lifted_why source", held="hold", order=890)
hers(IncidentPerson, "influencer", empties="told_how", order=890)


@holds("hold")
def held_by_a_colleague(her: Her, on: dt.date) -> list[Held]:
    """A dispute, an audit, a court: nothing about her goes while it stands."""
    standing = LegalHold.objects.standing(on).filter(influencer_id__in=her.people).order_by("pk")
    way_out = _("Lift the hold first.")
    return [Held("hold", one.why, one.source, one.until_on, blocks=True, way_out=way_out) for one in standing]
