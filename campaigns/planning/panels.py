"""Campaigns on other pages: what a person is part of."""

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest
from django.utils import timezone

from campaigns.planning.cards import Card, cards_of
from campaigns.planning.models import Collaboration
from crm.base.places import panel

if TYPE_CHECKING:
    from crm.influencers.models import Influencer
    from crm.team.models import User

SHOWN = 12


@panel("person/campaigns", order=10)
def person_campaigns(request: HttpRequest, person: "Influencer") -> tuple[str, dict[str, Any]] | None:
    """The campaigns this person is part of, as far as the colleague may see them; newest first."""
    user = cast("User", request.user)
    if not user.has_perm("campaigns.view_campaign"):
        return None
    seen = Collaboration.objects.visible_to(user).filter(influencer=person)
    rows = list(seen.select_related("campaign__brand", "influencer__main_platform").order_by("-pk")[: SHOWN + 1])
    context = {"person": person, "cards": cards_for(rows[:SHOWN]), "more": len(rows) > SHOWN}
    return "campaigns/planning/person_panel.html", context


def cards_for(rows: list[Collaboration]) -> list[Card]:
    """Cards of one person in several campaigns; three queries more whatever their number."""
    return cards_of(rows, timezone.now())
