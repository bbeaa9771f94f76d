"""A contract as a PDF, for colleagues and on her own page; and the stamp that belongs on it."""

from typing import cast

from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.files import POLICY, serve_file
from crm.base.zones import local_date
from crm.contracts.actions.drafting import tell
from crm.contracts.actions.papers import label_of
from crm.contracts.actions.stamping import stamp
from crm.contracts.doors import back, contract_of, form_page
from crm.contracts.forms.stamping import StampForm
from crm.contracts.models import Contract
from crm.contracts.paper import write_paper
from crm.portal.visits import Visit, visiting
from crm.team.views.access import me, needs
from crm.timeline.record import Actor
from crm.timeline.taking import TAKEN


@require_POST
@needs("crm.view_contract")
def contract_pdf(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The paper that is on file, or what it would say now; the story tells who took it."""
    found = get_object_or_404(Contract.objects.visible_to(me(request)).with_paper(), pk=pk)
    answer = as_pdf(request, found)
    _tell_taken(request, found, found.document.label if found.document else label_of(found))
    return answer


@require_POST
@needs("crm.view_contract")
def contract_paper_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Their own paper instead of ours, with whatever was signed on it."""
    found = get_object_or_404(Contract.objects.visible_to(me(request)).select_related("paper"), pk=pk)
    if found.paper is None:
        raise Http404
    answer = serve_file(request, found.paper)
    _tell_taken(request, found, found.paper.label)
    return answer


def _tell_taken(request: HttpRequest, contract: Contract, file: str) -> None:
    actor = Actor.user(me(request))
    tell(contract, "contract.file_taken", TAKEN, at=timezone.now(), actor=actor, params={"file": file})


@visiting
@require_safe
def portal_contract_pdf(request: HttpRequest, visit: Visit, contract: int) -> HttpResponse:
    """The same on her page: of what she was sent, and nothing of anybody else."""
    asking = visit.asking
    hers = Contract.objects.of_person(asking.influencer_id).filter(
        Q(sent_at__isnull=False) | Q(signed_at__isnull=False)
    )
    if asking.brand_id is not None:
        hers = hers.filter(brand=asking.brand_id)
    return cast("HttpResponse", as_pdf(request, get_object_or_404(hers.with_paper(), pk=contract)))


def as_pdf(request: HttpRequest, contract: Contract) -> HttpResponseBase:
    """The kept paper; before there is one, a draft that is written for this answer alone and kept nowhere."""
    if contract.document is not None:
        kept = serve_file(request, contract.document)
        kept["Cache-Control"] = "private, no-cache"  # the same address has another paper after a stamp or an amendment
        return kept
    answer = HttpResponse(write_paper(contract), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{label_of(contract)}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = POLICY
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@needs("crm.change_contract")
def contract_stamp(request: HttpRequest, pk: int) -> HttpResponse:
    """Note the e-Meterai, before or after it is signed."""
    found, user, now = contract_of(request, pk), me(request), timezone.now()
    form = StampForm(request.POST or None, request.FILES or None, contract=found, today=local_date(now, found.zone))
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        stamp(found, data["serial"], data["on"], data["file"] or None, at=now, actor=Actor.user(user))
        messages.success(request, _("The e-Meterai is noted, and stands on the proof."))
        return back(found, "papers")
    return form_page(request, form, found, title="e-Meterai", verb=_("Save"))
