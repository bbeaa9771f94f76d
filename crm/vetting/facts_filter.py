"""Who keeps days: a filter of the list of people, by what happened with brands the reader sees."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from crm.influencers.models.people import InfluencerQuerySet
from crm.influencers.places import Asked, influencer_filter
from crm.vetting.facts import FEWEST_FOR_PERCENT
from crm.vetting.facts_shown import PARTS
from crm.vetting.models import Fact

ON_TIME, WHOLE = "on_time", 100
CHOICES = [
    ("", _("Any")),
    ("90", _("9 of 10 times or more")),
    ("75", _("3 of 4 times or more")),
    ("50", _("half of the time or more")),
]


class WhoIsOnTime:
    """One field. Whoever did fewer than five things with a day is not found: too little to say."""

    def fields(self) -> dict[str, forms.Field]:
        return {ON_TIME: forms.ChoiceField(label=_("On time with us"), required=False, choices=CHOICES)}

    def check(self, values: Mapping[str, str]) -> dict[str, Any]:
        return {}

    def said(self, values: Mapping[str, str]) -> str:
        return str(_("on time %(often)s") % {"often": dict(CHOICES)[values[ON_TIME]]}) if ON_TIME in values else ""

    def narrow(self, rows: InfluencerQuerySet, asked: Asked) -> InfluencerQuerySet:
        """One subquery over facts, whatever their number."""
        days = Fact.objects.visible_to(asked.user).filter(kind__in=PARTS["on-time"][1]).order_by()
        counted = days.values("influencer").annotate(of=Count("pk"), kept=Count("pk", filter=Q(amount__lte=0)))
        above = counted.annotate(above=F("kept") * WHOLE - F("of") * int(asked.values[ON_TIME]))
        enough = above.filter(of__gte=FEWEST_FOR_PERCENT, above__gte=0)
        return rows.filter(pk__in=enough.values("influencer"))


@influencer_filter("on-time")
def who_is_on_time() -> WhoIsOnTime:
    return WhoIsOnTime()
