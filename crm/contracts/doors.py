"""How pages of contracts are reached: who may, which one, and how a refusal is said."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from crm.base.places import Place
from crm.contracts.models import Contract
from crm.exclusivity.gate import Busy, PromiseRefused
from crm.team.views.access import me
from crm.timeline.transitions import TransitionRefused

edited_on: Place[Callable[[Contract], str]] = Place("edited_on")
"""`@edited_on("ambassadors")`: function(contract) -> the address of the page on which a draft is changed, or nothing for one
that is changed here."""

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


def form_page(
    request: HttpRequest, form: Any, contract: Contract | None = None, *, title: str, verb: str, in_panel: bool = False
) -> HttpResponse:
    """The page of one form; `in_panel` for a form without panels of its own."""
    context = {"form": form, "contract": contract, "title": title, "verb": verb, "in_panel": in_panel}
    return render(request, "crm/contracts/form.html", context, status=422 if form.is_bound else 200)
