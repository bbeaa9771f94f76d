"""Contracts on other pages, and what the calendar does with them."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.places import panel
from crm.contracts import works  # noqa: F401  puts itself into the place of conflicts
from crm.contracts.actions import by_date, papers  # noqa: F401  put themselves into the tick
from crm.contracts.listing import contract_rows, newest_first
from crm.contracts.many import work  # noqa: F401  puts itself into the place of work on many people
from crm.contracts.many.views import many_for_chosen
from crm.contracts.models import Contract, PromisedPost
from crm.exclusivity.places import work_page
from crm.influencers.models import Influencer
from crm.influencers.models.people import InfluencerQuerySet
from crm.influencers.places import people_action
from crm.privacy.models import PrivacyRequest
from crm.team.models import User
from crm.team.views.access import me

FEW = 5


@panel("person/contracts", order=12)
def contracts_of_person(request: HttpRequest, person: Influencer) -> tuple[str, dict[str, Any]] | None:
    """What was agreed with her, newest first."""
    user = me(request)
    if not user.has_perm("crm.view_contract"):
        return None
    found = newest_first(Contract.objects.visible_to(user).of_person(person.pk))
    rows = contract_rows(found[: FEW + 1], timezone.now())
    return "crm/contracts/person_panel.html", {"person": person, "rows": rows[:FEW], "more": len(rows) > FEW}


@panel("contract/held", order=1)
def why_it_is_here_still(_request: HttpRequest, contract: Contract) -> tuple[str, dict[str, Any]] | None:
    """Somebody in it was forgotten, and this is held: until when, and because of what."""
    gone = [party.influencer for party in contract.talents if party.influencer and party.influencer.erased_at]
    asked = PrivacyRequest.objects.held().filter(influencer__in=gone).order_by("pk").first() if gone else None
    return ("crm/contracts/held_panel.html", {"asked": asked}) if asked else None


@work_page("crm.promisedpost")
def page_of_post(pk: int, user: User) -> str:
    """The contract a promised post belongs to, where the reader may see it."""
    contract = PromisedPost.objects.visible_to(user).filter(pk=pk).values_list("contract_id", flat=True).first()
    return reverse("contract", args=[contract]) if contract else ""


@people_action("contracts", label=_("Write contracts"), icon="file-earmark-text", permission="crm.add_contract")
def contracts_for(request: HttpRequest, chosen: InfluencerQuerySet) -> HttpResponseBase:
    """One template, one brand and one rule for the chosen people."""
    return many_for_chosen(request, chosen)
