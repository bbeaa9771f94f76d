"""Work elsewhere on a person's page, beside her work with us."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from crm.base.places import panel
from crm.base.zones import local_date
from crm.exclusivity import imported  # noqa: F401  puts itself into the import's place
from crm.exclusivity.queries import history_of
from crm.influencers.models import Influencer
from crm.team.views.access import me


@panel("person/elsewhere", order=30)
def elsewhere(request: HttpRequest, person: Influencer) -> tuple[str, dict[str, Any]] | None:
    """Which brands she works for, as far as the colleague may know."""
    user, now = me(request), timezone.now()
    if not user.has_perm("crm.view_outsidedeal"):
        return None
    context = {"person": person, "history": history_of(person, user, local_date(now, person.zone)), "now": now}
    return "crm/exclusivity/person_panel.html", context
