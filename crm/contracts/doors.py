"""How pages of contracts are reached: who may, which one, and how a refusal is said."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from crm.contracts.models import Contract
from crm.exclusivity.gate import Busy, PromiseRefused
from crm.team.views.access import me
from crm.timeline.transitions import TransitionRefused

REFUSALS = (TransitionRefused, ValidationError, PromiseRefused, Busy)


def contract_of(request: HttpRequest, pk: int) -> Contract:
    """The contract in the address, as far as this colleague may see it, or 404."""
    rows = Contract.objects.visible_to(me(request))
    return get_object_or_404(rows.with_terms(), pk=pk)


def back(contract: Contract, at: str = "") -> HttpResponseRedirect:
    """To the contract's page."""
    page = redirect("contract", pk=contract.pk)
    return HttpResponseRedirect(f"{page.url}#{at}") if at else HttpResponseRedirect(page.url)


def say_refused(request: HttpRequest, refused: Exception) -> None:
    """The sentence of a refusal above the page."""
    if isinstance(refused, TransitionRefused):
        messages.warning(request, _("That is not possible any more: the contract has moved on."))
    elif isinstance(refused, ValidationError):
        messages.warning(request, " ".join(refused.messages))
    else:
        messages.warning(request, str(refused))
