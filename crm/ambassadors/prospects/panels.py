"""Prospects on other pages, and what becomes of one when her deal is signed."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, Prospect
from crm.ambassadors.prospects import filters  # noqa: F401  puts itself into the filter of people
from crm.ambassadors.prospects.noting import taken_by
from crm.ambassadors.prospects.views import note_for_chosen
from crm.base.places import panel
from crm.contracts.models import Contract
from crm.contracts.works import contract_moved
from crm.exclusivity.conflicts import Conflict
from crm.exclusivity.gate import Door
from crm.influencers.models import Influencer
from crm.influencers.models.people import InfluencerQuerySet
from crm.influencers.places import people_action
from crm.team.views.access import me
from crm.timeline.record import Actor


@panel("person-aside/prospect", order=25)
def prospect_of(request: HttpRequest, person: Influencer) -> tuple[str, dict[str, Any]] | None:
    """For which brands she is noted, and the way to note her."""
    user = me(request)
    if not user.has_perm("crm.view_prospect"):
        return None
    noted = Prospect.objects.visible_to(user).of_person(person.pk).with_sides()
    rows = [one for one in noted.order_by("-updated_at") if one.status != Prospect.Status.TAKEN]
    if not rows and not user.has_perm("crm.change_prospect"):
        return None
    return "crm/ambassadors/prospects/person_panel.html", {"person": person, "rows": rows}


@people_action("prospect", label=_("Note as prospects"), icon="stars", permission="crm.change_prospect")
def note_them(request: HttpRequest, chosen: InfluencerQuerySet) -> HttpResponseBase:
    """One brand and one reason for the chosen people."""
    return note_for_chosen(request, chosen)


@contract_moved("prospects")
def taken_once_signed(contract: Contract, door: Door, actor: Actor) -> list[Conflict]:
    """Whoever has signed a deal is no prospect of its brand any more. Contracts of other kinds ask nothing."""
    if contract.kind == Contract.Kind.AMBASSADOR and contract.is_in_force:
        deal = AmbassadorDeal.objects.select_related("contract").filter(contract=contract).first()
        if deal is not None:
            taken_by(deal, at=door.now, actor=actor)
    return []
