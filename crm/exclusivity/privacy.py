"""What a person promised to leave, what seemed to break it, and what she told of work for others."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from crm.base.hers import Held, Her, hers
from crm.base.places import holds
from crm.exclusivity.models import BreachCase, CarveOut, CaseEvidence, Clause, Finding, OutsideDeal

OURS = _("Which of us did it.")
hers(CaseEvidence, "case__influencer", goes=True, held="case", order=80)
hers(BreachCase, "influencer", empties="notice why", held="case")
hers(Finding, "influencer", empties="why wished_why engagement_label", held="case")
hers(CarveOut, "clause__influencer", empties="note", held="case")
hers(Clause, "influencer", empties="note work_label", held="case")
hers(OutsideDeal, "influencer", goes=True, held="case")


@holds("case")
def an_open_case(her: Her, on: dt.date) -> list[Held]:
    """Whoever is said to have broken a promise may answer, and so may the one it was made to: until the case is over."""
    if not BreachCase.objects.filter(influencer_id__in=her.people).running().exists():
        return []
    return [Held("case", _("A case about a promise of hers is open"), _("claims and their defence"))]
