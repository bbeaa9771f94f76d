"""Parts of a person's page that have a budget of their own: whom she reaches."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.base.places import panel
from crm.influencers.models import Influencer
from crm.influencers.queries.audience import audience_of
from crm.team.views.access import me

Part = tuple[str, dict[str, Any]]


@panel("person/audience", order=20)
def audience(request: HttpRequest, person: Influencer) -> Part:
    """Who follows her: the newest count of each account."""
    context = {"person": person, "reached": audience_of(person, me(request)), "now": timezone.now()}
    return "crm/influencers/audience_panel.html", context
