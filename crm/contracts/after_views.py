"""What comes after a contract: its renewal, another one in its place, or its early end, shown before it is confirmed."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.base.typed import typed_as
from crm.base.zones import local_date
from crm.contracts.actions import renewing, steps
from crm.contracts.doors import REFUSALS, back, contract_of, form_page, say_refused
from crm.contracts.ending import ending_of
from crm.contracts.forms.amending import EndEarlyForm, ReplaceForm
from crm.contracts.models import Contract
from crm.contracts.works import OFF
from crm.exclusivity.gate import Busy
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs("crm.change_contract")
def contract_renew(request: HttpRequest, pk: int) -> HttpResponse:
    """The next contract with the same terms: its days are shown, then it is drafted."""
    found, now = contract_of(request, pk), timezone.now()
    there = Contract.objects.visible_to(me(request)).filter(replaces=found).exclude(status__in=OFF).first()
    if there is not None:
        messages.info(request, _("The contract that follows is written already."))
        return back(there)
    if request.method == "POST":
        try:
            made = renewing.draft_renewal(found, at=now, actor=Actor.user(me(request)))
        except REFUSALS as refused:
            say_refused(request, refused)
            return back(found)
        messages.success(
            request, _("The renewal is a draft with the same terms. Look through it, then let it be signed.")
        )
        return back(made)
    days = renewing.next_term(found) if found.start_on and found.end_on else None
    return render(request, "crm/contracts/amend_renew.html", {"contract": found, "days": days})


@require_http_methods(FORM)
@needs("crm.change_contract")
def contract_replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Another contract takes the place of this one from a day on."""
    found, now = contract_of(request, pk), timezone.now()
    if not found.is_in_force or found.amends_id:
        messages.info(request, _("Only a contract in force makes way for another one."))
        return back(found)
    form = ReplaceForm(request.POST or None, initial={"on": local_date(now, found.zone)})
    if form.is_bound and form.is_valid():
        try:
            made = renewing.draft_replacement(found, form.cleaned_data["on"], at=now, actor=Actor.user(me(request)))
        except ValidationError as refused:
            form.add_error(None, refused)
        except Busy as busy:
            form.add_error(None, str(busy))
        else:
            messages.success(request, _("The new contract is a draft. The old one runs until the new one begins."))
            return back(made)
    return form_page(request, form, found, title=_("Replace it"), verb=_("Write the new one"))


@require_http_methods(FORM)
@needs("crm.change_contract")
def contract_end(request: HttpRequest, pk: int) -> HttpResponse:
    """It ends early: what outlives it is shown first, and it is done once somebody who saw just that is sure."""
    found, user, now = contract_of(request, pk), me(request), timezone.now()
    if not found.is_in_force or found.amends_id:
        messages.info(request, _("Only a contract in force can end early."))
        return back(found)
    form = EndEarlyForm(request.POST or None, posts=found.owed, today=local_date(now, found.zone))
    context: dict[str, Any] = {"contract": found, "form": form}
    if form.is_bound and form.is_valid():
        told: dict[str, Any] = {"dropped": form.dropped, "actor": Actor.user(user)}
        try:
            if "sure" in request.POST and request.POST.get("shown") == typed_as(request.POST):
                steps.end_early(found, form.cleaned_data["on"], form.cleaned_data["why"], at=now, **told)
                messages.success(request, _("It ends early."))
                return back(found)
            context |= {
                "ending": ending_of(found, form.cleaned_data["on"], now=now, **told),
                "shown": typed_as(request.POST),
            }
        except REFUSALS as refused:
            form.add_error(None, refused if isinstance(refused, ValidationError) else str(refused))
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "crm/contracts/amend_end.html", context, status=status)
