"""Vetting on other pages: a person's panel, and what holds an offer."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils import timezone

from crm.base.places import panel
from crm.base.zones import local_date
from crm.influencers.places import Offer, OfferHold, offer_hold
from crm.team.views.access import me
from crm.vetting import facts_filter  # noqa: F401  puts itself into the list of people
from crm.vetting.facts import figures_of
from crm.vetting.facts_shown import lines_of
from crm.vetting.queries.checklist import read_checklist
from crm.vetting.queries.holds import holds_on_offers
from crm.vetting.queries.ratings import read_ratings
from crm.vetting.queries.screening import screen_person

if TYPE_CHECKING:
    from crm.influencers.models import Influencer


@panel("person/vetting", order=20)
def person_panel(request: HttpRequest, person: "Influencer") -> tuple[str, dict[str, Any]] | None:
    """One look: is she vetted, what do the numbers show, what do colleagues think."""
    if not me(request).has_perm("crm.view_vetting"):
        return None
    today = local_date(timezone.now(), me(request).zone)
    screens = screen_person(person, today)
    context = {
        "person": person,
        "checklist": read_checklist(person, today),
        "screens": screens,
        "lowest": min((one for one in screens if one.score.points is not None), key=points, default=None),
        "signs": [shown for one in screens for shown in one.signs],
        "worth_a_look": [found for one in screens for found in one.worth_a_look],
        "ratings": read_ratings(person),
    }
    return "crm/vetting/person_panel.html", context


@panel("person/reliability", order=21)
def reliability_panel(request: HttpRequest, person: "Influencer") -> tuple[str, dict[str, Any]] | None:
    """What working with her was like; quiet before the first work."""
    if not me(request).has_perm("crm.view_vetting"):
        return None
    lines = lines_of(figures_of([person.pk], me(request))[person.pk])
    return "crm/vetting/reliability_panel.html", {"person": person, "lines": lines}


def points(screen: Any) -> int:
    return int(screen.score.points or 0)


@offer_hold("vetting")
def held_by_vetting(offers: Collection[Offer], now: dt.datetime) -> Mapping[int, Sequence[OfferHold]]:
    """Failed hard items, and large offers to people nobody screened."""
    return holds_on_offers(offers, now)
