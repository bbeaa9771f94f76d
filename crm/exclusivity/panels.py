"""Work elsewhere on a person's page, beside her work with us."""

from collections.abc import Collection, Iterable
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.places import panel
from crm.base.zones import local_date
from crm.exclusivity import imported  # noqa: F401  puts itself into the import's place
from crm.exclusivity.models import Clause
from crm.exclusivity.queries import history_of
from crm.influencers.models import Influencer
from crm.influencers.places import keeps_person
from crm.team.views.access import me


@panel("person/elsewhere", order=30)
def elsewhere(request: HttpRequest, person: Influencer) -> tuple[str, dict[str, Any]] | None:
    """Which brands she works for, as far as the colleague may know."""
    user, now = me(request), timezone.now()
    if not user.has_perm("crm.view_outsidedeal"):
        return None
    context = {"person": person, "history": history_of(person, user, local_date(now, person.zone)), "now": now}
    return "crm/exclusivity/person_panel.html", context


@keeps_person("crm.clause", said=_("Promised exclusivity."))
def has_promised(people: Collection[int]) -> Iterable[int]:
    """Whoever promised something stays on file, whatever became of it; to whom is not for every reader."""
    theirs = Clause.objects.of_people(set(people)).order_by()
    return theirs.values_list("influencer_id", flat=True).distinct()
