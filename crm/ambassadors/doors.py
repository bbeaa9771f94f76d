"""How pages of ambassador deals are reached: which one, how one gets back to it, and how a refusal is said."""

from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse

from crm.ambassadors.models import AmbassadorDeal
from crm.contracts.doors import REFUSALS, say_refused
from crm.team.views.access import me

__all__ = ["REFUSALS", "back", "deal_of", "page_of", "say_refused"]


def deal_of(request: HttpRequest, pk: int) -> AmbassadorDeal:
    """The deal in the address, as far as this colleague may see it, or 404."""
    return get_object_or_404(AmbassadorDeal.objects.visible_to(me(request)).with_contract(), pk=pk)


def page_of(deal: AmbassadorDeal) -> str:
    """Where a deal is looked at."""
    return reverse("ambassador-deal", args=[deal.pk])


def back(deal: AmbassadorDeal, at: str = "") -> HttpResponseRedirect:
    """To the deal's page."""
    return HttpResponseRedirect(f"{page_of(deal)}#{at}" if at else page_of(deal))
