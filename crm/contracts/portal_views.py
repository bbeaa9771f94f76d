"""Her own page about one contract: reading it, saying yes with her name, and with a code above an amount."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from crm.base.files import Disposition, serve_file
from crm.base.visitors import address_of
from crm.contracts.actions.codes import Codes, ask_code, newest_codes, try_code
from crm.contracts.actions.signing import needs_code
from crm.contracts.forms.portal import CodeForm, YesForm, consent_words
from crm.contracts.models import Party
from crm.contracts.own_page import OwnContract, Yes, contract_for, read_it, sign_here
from crm.exclusivity.gate import Busy, PromiseRefused
from crm.portal.registry import Tick, Told, find_task, ticks_for
from crm.portal.ticks import add_ticks, take_ticks
from crm.portal.views import acting_label
from crm.portal.visits import Visit, visiting
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

FORM = ["GET", "HEAD", "POST"]


@visiting
@require_safe
def own_contract(request: HttpRequest, visit: Visit, contract: int) -> HttpResponse:
    """The whole contract, readable on a phone, with the ways to answer."""
    found = _read(visit, contract)
    if found is None:
        return _gone(request, visit)
    task = find_task(visit.asking, "contract", contract)
    return _page(request, visit, "crm/contracts/own.html", {"own": found, "task": task, "contract": found.contract})


@visiting
@require_safe
def own_paper(request: HttpRequest, visit: Visit, contract: int) -> Any:
    """The file that is signed, where it is somebody else's paper."""
    found = contract_for(visit.asking, contract)
    if found is None or found.paper is None:
        return _gone(request, visit)
    return serve_file(request, found.paper, disposition=Disposition.INLINE)


@csrf_protect
@visiting
@require_http_methods(FORM)
def own_yes(request: HttpRequest, visit: Visit, contract: int) -> HttpResponse:
    """Her name and a tick; above an amount a code leaves, else it is signed."""
    own = _read(visit, contract)
    if own is None or not own.is_open or not own.mine:
        return _not_now(request, visit, own)
    initial = {"document": own.contract.document_sha256}
    if visit.asking.contact is not None and visit.frame.acting_for == "":
        initial["name"] = own.mine[0].name
    form = YesForm(request.POST or None, parties=own.mine, initial=initial)
    ticks = _offer_ticks(visit, form, contract)
    by_code = needs_code(own.contract)
    if form.is_bound and form.is_valid():
        answer = _send_code(visit, own, form) if by_code else _signed(request, visit, own, form, None, ticks)
        if answer is not None:
            return answer
    context = {"own": own, "contract": own.contract, "form": form, "by_code": by_code}
    return _page(request, visit, "crm/contracts/own_yes.html", context, status=422 if form.is_bound else 200)


@csrf_protect
@visiting
@require_http_methods(FORM)
def own_code(request: HttpRequest, visit: Visit, contract: int) -> HttpResponse:
    """The six digits: with them it is signed."""
    own = _read(visit, contract)
    if own is None or not own.is_open or not own.mine:
        return _not_now(request, visit, own)
    codes = newest_codes(visit.session, own.contract)
    if codes is None:
        return redirect("portal-sign", pk=visit.session.pk, contract=contract)
    form = CodeForm(request.POST or None)
    ticks = _offer_ticks(visit, form, contract)
    if form.is_bound and form.is_valid():
        answer = _signed(request, visit, own, form, codes, ticks)
        if answer is not None:
            return answer
    context = {
        "own": own, "contract": own.contract, "form": form, "code": codes.first, "address": visit.link.contact.email,
        "consent": consent_words(_parties_of(own, codes)),
    }  # fmt: skip
    return _page(request, visit, "crm/contracts/own_code.html", context, status=422 if form.is_bound else 200)


def _read(visit: Visit, contract: int) -> OwnContract | None:
    found = contract_for(visit.asking, contract)
    return read_it(found, visit.asking) if found is not None else None


def _not_now(request: HttpRequest, visit: Visit, own: OwnContract | None) -> HttpResponse:
    """There is nothing to sign: it is done, it is closed, or somebody else signs."""
    if own is not None and own.is_open and not own.signed:
        return redirect("portal-contract", pk=visit.session.pk, contract=own.contract.pk)
    return _done(visit) if own is not None and own.signed else _gone(request, visit)


def _send_code(visit: Visit, own: OwnContract, form: YesForm) -> HttpResponse | None:
    said = form.cleaned_data
    try:
        sent = ask_code(
            own.contract, form.chosen, visit.session, said["name"], document=said["document"], at=visit.asking.now
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return None
    if sent is None:
        form.add_error(None, _("We have no e-mail address of yours that works. Tell us one, then you can sign."))
        return None
    return redirect("portal-sign-code", pk=visit.session.pk, contract=own.contract.pk)


def _signed(
    request: HttpRequest, visit: Visit, own: OwnContract, form: YesForm | CodeForm, codes: Codes | None, ticks: Sequence[Tick]
) -> HttpResponse | None:  # fmt: skip
    """Sign, or say in the form why not. A second press of the same button finds it done.

    What was ticked beside it and has changed meanwhile stays open on her page: signed is signed.
    """
    try:
        if codes is not None:
            try_code(codes, form.cleaned_data["code"], at=visit.asking.now)
        yes = _yes(request, visit, own, form, codes)
        actor = Actor.contact(visit.link.contact, label=acting_label(visit))
        sign_here(own.contract, yes, at=visit.asking.now, actor=actor)
        take_ticks(visit.asking, ticks, _told(request, visit, form, actor))
    except (ValidationError, PromiseRefused, Busy, TransitionRefused) as refused:
        if _is_done(visit, own):
            return _done(visit)
        form.add_error(None, _in_her_words(refused))
        return None
    return _done(visit)


def _offer_ticks(visit: Visit, form: YesForm | CodeForm, contract: int) -> list[Tick]:
    """What she may settle in passing, at the end of the form."""
    task = find_task(visit.asking, "contract", contract)
    ticks = ticks_for(visit.asking, task) if task is not None else []
    add_ticks(form, ticks, visit.session.pk)
    return ticks


def _told(request: HttpRequest, visit: Visit, form: YesForm | CodeForm, actor: Actor) -> Told:
    return Told("signed", form.cleaned_data, visit.asking.now, actor, address=address_of(request) or "")


def _in_her_words(refused: Exception) -> Any:
    if isinstance(refused, PromiseRefused):
        return _("Something you agreed elsewhere stands against this. We look into it; write to us if it is urgent.")
    if isinstance(refused, TransitionRefused):
        return _("This contract is not open for signing any more.")
    return refused if isinstance(refused, ValidationError) else str(refused)


def _yes(request: HttpRequest, visit: Visit, own: OwnContract, form: forms.Form, codes: Codes | None) -> Yes:
    parties = _parties_of(own, codes) if codes is not None else form.chosen  # type: ignore[attr-defined]
    return Yes(
        contact=visit.link.contact,
        parties=parties,
        name=codes.first.name if codes is not None else form.cleaned_data["name"],
        consent=consent_words(parties),
        document=codes.first.document_sha256 if codes is not None else form.cleaned_data["document"],
        zone=visit.frame.zone,
        address=address_of(request),
        browser=request.META.get("HTTP_USER_AGENT", ""),
        codes=codes,
    )


def _parties_of(own: OwnContract, codes: Codes) -> list[Party]:
    return [party for party in own.contract.talents if party.pk in codes.parties]


def _is_done(visit: Visit, own: OwnContract) -> bool:
    """Whether what she meant to sign is signed by now."""
    return not Party.objects.filter(pk__in=[party.pk for party in own.mine], signature__isnull=True).exists()


def _done(visit: Visit) -> HttpResponse:
    return redirect(f"{reverse('portal-page', args=[visit.session.pk])}?thanks=contract.signed")


def _page(
    request: HttpRequest, visit: Visit, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(request, template, {"visit": visit, "frame": visit.frame, **context}, status=status)


def _gone(request: HttpRequest, visit: Visit) -> HttpResponse:
    return _page(request, visit, "crm/portal/gone.html", {}, status=404)
