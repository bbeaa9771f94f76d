"""Results on the page of a person and on the page of a deal: the few figures that matter, and the way to the rest."""

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from campaigns.results.people.of_deal import deal_report, has_posts
from campaigns.results.people.of_person import brief_of
from crm.ambassadors.models import AmbassadorDeal
from crm.ambassadors.places import deal_panel
from crm.base.places import panel
from crm.team.views.access import me

if TYPE_CHECKING:
    from crm.influencers.models import Influencer
    from crm.team.models import User


@panel("person/results", order=12)
def of_person(request: HttpRequest, person: "Influencer") -> tuple[str, dict[str, Any]] | None:
    """Nothing before her first post for us: one query then, six more afterwards."""
    user = me(request)
    if not user.has_perm("campaigns.view_report"):
        return None
    brief = brief_of(person, user)
    return ("campaigns/results/people/person_panel.html", {"brief": brief, "person": person}) if brief else None


@deal_panel("results", order=15)
def of_deal(deal: AmbassadorDeal, user: "User", now: dt.datetime) -> tuple[str, dict[str, Any]] | None:
    """Nothing before its first post."""
    if not user.has_perm("campaigns.view_report"):
        return None
    if not has_posts(deal, user):
        return None
    return "campaigns/results/people/deal_panel.html", {"report": deal_report(deal, user)}
