"""Bank accounts of a payee, the call that confirms one, tax papers, and looking at a whole number."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from crm.base.files import serve_file
from crm.payments.models import BankAccount, Payee, TaxCertificate
from crm.payments.payees import accounts
from crm.payments.payees.certificates import note_certificate
from crm.payments.payees.entering import tell
from crm.payments.payees.forms import AccountForm, CallForm, CertificateForm, RevealForm
from crm.payments.payees.page import known_numbers
from crm.payments.payees.revealing import reveal
from crm.payments.payees.views import FORM, form_page, payee_of_request
from crm.team.views.access import me, needs
from crm.timeline.record import Actor
from crm.timeline.taking import TAKEN
from crm.timeline.transitions import TransitionRefused


@require_http_methods(FORM)
@needs("crm.change_payee")
def payee_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter where money should go; a second person calls before it does."""
    found, user = payee_of_request(request, pk), me(request)
    form = AccountForm(request.POST or None, initial={"holder": found.name})
    if form.is_bound and form.is_valid():
        try:
            account = form.save(commit=False)
            accounts.enter_account(found, account, at=timezone.now(), actor=Actor.user(user), user=user)
        except ValidationError as refused:
            form.add_error(None, " ".join(refused.messages))
        else:
            messages.success(request, _("Entered. A colleague calls before money goes there; she is told by e-mail."))
            return redirect("payee", pk=pk)
    lead = _("Type it whole. It waits until a second person has called; until then, money goes where it went before.")
    return form_page(request, form, found, title=_("Bank account"), verb=_("Save"), lead=lead)


@require_http_methods(FORM)
@needs("crm.verify_bankaccount")
@never_cache
def payee_call(request: HttpRequest, pk: int, account: int) -> HttpResponse:
    """What the call said about an account that waits."""
    found, user = payee_of_request(request, pk), me(request)
    waiting = get_object_or_404(BankAccount.objects.waiting(), pk=account, payee=found)
    form = CallForm(request.POST or None, numbers=known_numbers(found, waiting.entered_at))
    if form.is_bound and form.is_valid():
        act = accounts.confirm if form.is_hers else accounts.refuse
        try:
            act(waiting, form.note, at=timezone.now(), user=user)
        except (ValidationError, TransitionRefused) as refused:
            form.add_error(None, " ".join(refused.messages) if isinstance(refused, ValidationError) else str(refused))
        else:
            messages.success(
                request, _("Noted.") if not form.is_hers else _("Confirmed. Money goes there from now on.")
            )
            return redirect("payee", pk=pk)
    context = {"form": form, "payee": found, "account": waiting, "is_mine": waiting.entered_by_user_id == user.pk}
    status = 422 if form.is_bound else 200
    return render(request, "crm/payments/payees/call.html", context, status=status)


@require_http_methods(FORM)
@needs("crm.change_payee")
def payee_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper of the tax office that changes the rate."""
    found = payee_of_request(request, pk)
    form = CertificateForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        paper = form.save(commit=False)
        file = form.cleaned_data["file"] or None
        try:
            note_certificate(found, paper, file, at=timezone.now(), actor=Actor.user(me(request)))
        except ValidationError as refused:
            form.add_error(None, " ".join(refused.messages))
        else:
            messages.success(request, _("Saved."))
            return redirect("payee", pk=pk)
    return form_page(request, form, found, title=_("Tax certificate"), verb=_("Save"))


@require_POST
@needs("crm.view_payee")
def payee_certificate_file(request: HttpRequest, pk: int, paper: int) -> HttpResponseBase:
    """Pressed, not opened: it names the tax number, and the story tells who took it."""
    found = get_object_or_404(TaxCertificate.objects.select_related("file", "payee"), pk=paper, payee=pk)
    if found.file is None:
        raise Http404
    answer = serve_file(request, found.file)
    said = {"file": found.file.label}
    tell(found.payee, "payee.file_taken", TAKEN, at=timezone.now(), actor=Actor.user(me(request)), params=said)
    return answer


@require_http_methods(FORM)
@needs("crm.reveal_payee")
@never_cache
def payee_reveal(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """One whole number, once, with the reason in the story."""
    found = payee_of_request(request, pk)
    thing = _thing(found, what)
    form, shown = RevealForm(request.POST or None), ""
    if form.is_bound and form.is_valid():
        shown = reveal(thing, me(request), form.cleaned_data["why"], at=timezone.now())
    context: dict[str, Any] = {"form": form, "payee": found, "thing": thing, "shown": shown, "is_tax": what == "tax"}
    status = 422 if form.is_bound and not shown else 200
    return render(request, "crm/payments/payees/reveal.html", context, status=status)


def _thing(payee: Payee, what: str) -> Payee | BankAccount:
    """The tax number, or one account by its id."""
    if what == "tax":
        return payee
    if not (what.isascii() and what.isdecimal() and len(what) < 19):
        raise Http404
    return get_object_or_404(payee.accounts.all(), pk=int(what))
