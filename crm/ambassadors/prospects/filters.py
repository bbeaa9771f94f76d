"""Ambassadors and prospects in the list of people: a filter, and a mark beside the name."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, Program, Prospect
from crm.base.models import Organisation
from crm.influencers.models.people import InfluencerQuerySet
from crm.influencers.places import Asked, Badge, influencer_filter, person_badge
from crm.team.models import User

AMBASSADOR = "ambassador"
ANY, PROSPECT, NEITHER = "any", "prospect", "neither"
FIXED = [("", _("Either")), (ANY, _("Ambassadors")), (PROSPECT, _("Prospects")), (NEITHER, _("Neither"))]


def _choices() -> list[tuple[str, Any]]:
    """Programmes are named where everybody sees every brand: a field of the list does not know who reads it."""
    if Organisation.load().brand_walls:
        return FIXED
    programs = Program.objects.running().select_related("brand").order_by("brand__name", "name")
    return [*FIXED, *((str(one.pk), f"{one.brand}: {one}") for one in programs)]


class WhoIsAmbassador:
    """One field: of any programme, of one, a prospect, or neither."""

    def fields(self) -> dict[str, forms.Field]:
        return {AMBASSADOR: forms.ChoiceField(label=_("Ambassadors"), required=False, choices=_choices)}

    def check(self, values: Mapping[str, str]) -> dict[str, Any]:
        return {}

    def said(self, values: Mapping[str, str]) -> str:
        chosen = values.get(AMBASSADOR, "")
        if not chosen:
            return ""
        said = {
            ANY: gettext("ambassadors"),
            PROSPECT: gettext("prospects"),
            NEITHER: gettext("neither ambassador nor prospect"),
        }
        if chosen in said:
            return said[chosen]
        program = Program.objects.filter(pk=chosen).first()
        return gettext("ambassadors of %(program)s") % {"program": program} if program else ""

    def narrow(self, rows: InfluencerQuerySet, asked: Asked) -> InfluencerQuerySet:
        """Subqueries over deals and prospects of brands the asker sees, whatever their number."""
        chosen = asked.values[AMBASSADOR]
        deals = AmbassadorDeal.objects.visible_to(asked.user).in_force()
        noted = Prospect.objects.visible_to(asked.user).open().values("influencer")
        if chosen == PROSPECT:
            return rows.filter(pk__in=noted)
        if chosen == NEITHER:
            return rows.exclude(pk__in=deals.values("influencer")).exclude(pk__in=noted)
        deals = deals if chosen == ANY else deals.filter(program=chosen)
        return rows.filter(pk__in=deals.values("influencer"))


@influencer_filter("ambassador")
def who_is_ambassador() -> WhoIsAmbassador:
    return WhoIsAmbassador()


@person_badge("ambassador")
def ambassadorsgettext(user: User, people: Collection[int], now: dt.datetime) -> Mapping[int, Badge]:
    """A heart for whoever is an ambassador: of which programmes, as far as the reader sees them. One query."""
    deals = AmbassadorDeal.objects.visible_to(user).in_force().filter(influencer__in=people)
    named: dict[int, list[str]] = {}
    for person, program in deals.order_by("program__name").values_list("influencer_id", "program__name"):
        named.setdefault(person, []).append(program)
    words = {person: ", ".join(dict.fromkeys(programs)) for person, programs in named.items()}
    return {
        pk: Badge("person-heart", gettext("Ambassador of %(programs)s") % {"programs": said})
        for pk, said in words.items()
    }
