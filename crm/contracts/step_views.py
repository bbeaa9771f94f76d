"""Signing by hand, approval, and the ends of a contract: each asked once, with what it will mean."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from crm.base.files import keep
from crm.base.way_back import way_back
from crm.base.zones import local_date
from crm.contracts.actions import signing, steps
from crm.contracts.doors import REFUSALS, back, contract_of, form_page, say_refused
from crm.contracts.forms.signing import ByHandForm, CountersignForm, WhyForm, house_signature
from crm.contracts.models import Contract, Party, Signature, UsageRight
from crm.contracts.verbs import VERBS
from crm.contracts.works import conflicts_of
from crm.exclusivity.explaining import explain
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@needs("crm.change_contract")
def sign_by_hand(request: HttpRequest, pk: int, party: int) -> HttpResponse:
    """She agreed by chat, or the signed paper came back."""
    found, user, now = contract_of(request, pk), me(request), timezone.now()
    side = get_object_or_404(found.parties.talents(), pk=party)
    side.contract = found
    form = ByHandForm(
        request.POST or None, request.FILES or None, party=side, today=local_date(now, found.zone), instance=Signature()
    )
    if form.is_bound and form.is_valid():
        signature = form.signature()
        signature.proof = keep(form.proof, by=user.get_short_name()) if form.proof else None
        signature.noted_by = user
        if _signed(request, form, signature, found):
            return back(found)
    return form_page(request, form, found, title=_("%(name)s agreed") % {"name": side.name}, verb=_("She signed"))


@require_http_methods(FORM)
@needs("crm.sign_contract")
def countersign(request: HttpRequest, pk: int) -> HttpResponse:
    """The brand's own signature, by somebody who may."""
    found, user, now = contract_of(request, pk), me(request), timezone.now()
    side = get_object_or_404(found.parties, role=Party.Role.BRAND)
    form = CountersignForm(request.POST or None, initial={"name": user.name})
    if form.is_bound and form.is_valid():
        signature = house_signature(found, user, form.cleaned_data["name"], now)
        if _signed(request, form, signature, found):
            return back(found)
    return form_page(request, form, found, title=_("Sign for %(name)s") % {"name": side.name}, verb=_("Sign"))


def _signed(request: HttpRequest, form: Any, signature: Signature, found: Contract) -> bool:
    try:
        contract = signing.sign(signature, at=timezone.now(), actor=Actor.user(me(request)))
    except REFUSALS as refused:
        form.add_error(None, refused if isinstance(refused, ValidationError) else str(refused))
        return False
    if contract.status == Contract.Status.SIGNED:
        messages.success(request, _("Everybody has signed. From now on its days run by themselves."))
    else:
        messages.success(request, _("The signature is on file."))
    return True


@require_http_methods(FORM)
@needs("crm.change_contract")
def contract_verb(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Asks once and says what it means; then does it."""
    found, user, now = contract_of(request, pk), me(request), timezone.now()
    verb = VERBS.get(code)
    if verb is None:
        raise Http404
    if not user.has_perm(verb.permission):
        raise PermissionDenied
    if verb.page:
        return redirect(verb.page, pk=found.pk)
    if found.status not in verb.starts or not verb.when(found):
        messages.info(request, _("That is not possible any more: the contract has moved on."))
        return back(found)
    form = WhyForm(request.POST or None, initial={"on": local_date(now, found.zone)}) if verb.asks_why else None
    if form is not None and verb.day:
        form.fields["on"].label = verb.day
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            assert verb.do is not None
            verb.do(found, form, now, user)
        except REFUSALS as refused:
            if form is None or not isinstance(refused, ValidationError):
                say_refused(request, refused)
                return back(found)
            form.add_error(None, refused)
        else:
            messages.success(request, str(verb.done))
            return back(found)
    against = explain(conflicts_of(found, now), user, now) if verb.code == "send" else []
    return render(request, "crm/contracts/verb.html", {"contract": found, "verb": verb, "form": form, "against": against},
                  status=422 if form is not None and form.is_bound else 200)  # fmt: skip


@require_POST
@needs("crm.change_contract")
def right_down(request: HttpRequest, pk: int, right: int) -> HttpResponse:
    """The content is down everywhere."""
    found = contract_of(request, pk)
    row = get_object_or_404(UsageRight, pk=right, contract=found)
    note = " ".join(request.POST.get("note", "").split())[:300]
    if steps.take_down(row, note, at=timezone.now(), actor=Actor.user(me(request))):
        messages.success(request, _("Taken down; the story says so."))
    else:
        messages.info(request, _("Somebody had said so already."))
    page = reverse("contract", args=[found.pk])
    return redirect(way_back(request, request.POST.get("next", ""), f"{page}#rights"))
