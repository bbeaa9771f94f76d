"""How a contract is paid, what is still paid when work is called off, and what is signed off by hand."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from crm.base.typed import typed_as
from crm.contracts.doors import back, contract_of, form_page
from crm.contracts.models import Contract, PayLine
from crm.payments.milestones import killing
from crm.payments.milestones.extras import left_of
from crm.payments.milestones.extras import sign_off as sign_off_line
from crm.payments.milestones.forms import EXTRA, OTHER, ExtraForm, KillForm, PartsForm
from crm.payments.milestones.laying import AFTER, Part, lay, may_be_laid, parts_of, terms_of, usual_of
from crm.payments.milestones.meeting import look
from crm.payments.milestones.page import money_of
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]
AT = "money"


@require_http_methods(FORM)
@needs("crm.change_milestone")
def milestones(request: HttpRequest, pk: int) -> HttpResponse:
    """In one of the usual ways, or part by part. A signed contract that says nothing yet may be told once."""
    found, now, actor = contract_of(request, pk), timezone.now(), Actor.user(me(request))
    if not may_be_laid(found):
        messages.info(request, _("It is signed: how it is paid changes only by an amendment."))
        return back(found, AT)
    parts = parts_of(found)
    form = PartsForm(
        request.POST or None, contract=found, terms=terms_of(found), how=_how(parts), parts=parts if parts else ()
    )
    if form.is_bound and form.is_valid():
        try:
            lay(found, form.parts, form.core.terms, at=now, actor=actor)
            look(found, at=now, actor=actor)
        except ValidationError as refused:
            form.errors += refused.messages
        else:
            messages.success(request, _("Saved."))
            return back(found, AT)
    context = {"contract": found, "form": form, "money": money_of(found)}
    return render(request, "crm/payments/milestones/form.html", context, status=422 if form.is_bound else 200)


def _how(parts: list[Part]) -> str:
    return (usual_of(parts) or OTHER) if parts else AFTER


@require_http_methods(FORM)
@needs("crm.decide_killfee")
def called_off(request: HttpRequest, pk: int) -> HttpResponse:
    """What is still paid, shown first; done once somebody who saw just that is sure."""
    found, now = contract_of(request, pk), timezone.now()
    if not killing.may_be_called_off(found):
        messages.info(request, _("Nothing of this contract waits to become due any more."))
        return back(found, AT)
    form = KillForm(request.POST or None, suggested=killing.suggestions(found, now))
    context: dict[str, Any] = {"contract": found, "form": form, "keeps": killing.kept_by_her(found)}
    if form.is_bound and form.is_valid():
        try:
            if "sure" in request.POST and request.POST.get("shown") == typed_as(request.POST):
                said = form.cleaned_data
                killing.call_off(found, form.shares, said["why"], by=said["by"], at=now, actor=Actor.user(me(request)))
                messages.success(request, _("It is called off, and she is told."))
                return back(found, AT)
            context |= {"outcomes": killing.outcomes(found, form.shares, now), "shown": typed_as(request.POST)}
        except ValidationError as refused:
            form.add_error(None, refused)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "crm/payments/milestones/called_off.html", context, status=status)


@require_http_methods(FORM)
@needs("crm.decide_killfee")
def sign_off(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Costs she had, or a bonus she earned: due from now on."""
    found, now = contract_of(request, pk), timezone.now()
    rows = PayLine.objects.in_force_for(found.pk).select_related("contract", "party").filter(kind__in=EXTRA)
    row = get_object_or_404(rows, pk=line)
    form = ExtraForm(request.POST or None, line=row, left=left_of(row), talents=_whose(found, row))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            sign_off_line(row, said["amount"], said["why"], party=form.party, at=now, actor=Actor.user(me(request)))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("Signed off: it is due now."))
            return back(found, AT)
    return form_page(request, form, found, title=_("Sign it off"), verb=_("Make it due"), in_panel=True)


def _whose(contract: Contract, row: PayLine) -> list[Any]:
    """Whose it is; of a line for everybody somebody says."""
    if row.party is None:
        return contract.talents
    return [party for party in contract.talents if party.influencer_id == row.party.influencer_id]
