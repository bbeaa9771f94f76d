"""Her own page about where her money goes: the details, then the six digits."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from crm.base.zones import local_date
from crm.contracts.forms.portal import CodeForm
from crm.payments.models import AccountCode, BankAccount
from crm.payments.payees.forms import HerAccountForm
from crm.payments.payees.her_codes import ask_code, enter_hers, newest_code, try_code
from crm.payments.payees.portal import hers_of, may_change
from crm.portal.views import acting_label
from crm.portal.visits import Visit, visiting
from crm.timeline.record import Actor

FORM = ["GET", "HEAD", "POST"]


@csrf_protect
@visiting
@require_http_methods(FORM)
def her_bank(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Which account is on file, and the form for another one."""
    hers = hers_of(visit.asking)
    if not may_change(visit.asking):
        return _page(request, visit, "crm/payments/payees/her_bank.html", {"hers": hers, "form": None})
    form = HerAccountForm(request.POST or None)
    if form.is_bound and form.is_valid() and _asked(visit, form):
        return redirect("her-bank-code", pk=visit.session.pk)
    status = 422 if form.is_bound else 200
    return _page(request, visit, "crm/payments/payees/her_bank.html", {"hers": hers, "form": form}, status=status)


@csrf_protect
@visiting
@require_http_methods(FORM)
def her_bank_code(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The six digits: with them the account is entered and waits for our call."""
    code = newest_code(visit.session, visit.asking.influencer_id)
    if code is None or not code.number or not may_change(visit.asking):
        return redirect("her-bank", pk=visit.session.pk)
    form = CodeForm(request.POST or None)
    if form.is_bound and form.is_valid() and _entered(visit, code, form):
        return redirect("her-bank", pk=visit.session.pk)
    context = {
        "form": form,
        "code": code,
        "account": BankAccount(bank=code.bank, number=code.number),
        "address": visit.link.contact.email,
    }
    status = 422 if form.is_bound else 200
    return _page(request, visit, "crm/payments/payees/her_code.html", context, status=status)


def _asked(visit: Visit, form: HerAccountForm) -> bool:
    try:
        sent = ask_code(
            form.save(commit=False), visit.session, visit.asking.influencer_id, at=visit.asking.now
        )  # fmt: skip
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    if sent is None:
        form.add_error(None, _("We have no e-mail address of yours that works. Tell us one, then you can go on."))
    return sent is not None


def _entered(visit: Visit, code: AccountCode, form: CodeForm) -> bool:
    now = visit.asking.now
    try:
        try_code(code, form.cleaned_data["code"], at=now)
        enter_hers(
            code, is_herself=visit.frame.acting_for == "", on=local_date(now, visit.asking.zone), at=now,
            actor=Actor.contact(visit.link.contact, label=acting_label(visit)),
        )  # fmt: skip
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


def _page(
    request: HttpRequest, visit: Visit, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    return render(request, template, {"visit": visit, "frame": visit.frame, **context}, status=status)
