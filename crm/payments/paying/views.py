"""Payments that were released: the list, each with how it was reckoned, and what comes of it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.files import serve_file
from crm.base.zones import local_date
from crm.payments.models import Payment, PaymentQuerySet
from crm.payments.paying import actions
from crm.payments.paying.doors import FORM, REFUSALS, parts, say_refused
from crm.payments.paying.forms import PaidForm, SlipForm, WhyForm
from crm.payments.paying.page import page_of
from crm.team.views.access import me, needs
from crm.timeline.record import Actor
from crm.timeline.taking import tell_taken

PAGE = 50
Status = Payment.Status
TABS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "": (gettext_lazy("Released"), (Status.RELEASED,)),
    "sent": (gettext_lazy("With the bank"), (Status.SENT,)),
    "paid": (gettext_lazy("Paid"), (Status.PAID,)),
    "off": (gettext_lazy("Did not arrive"), (Status.FAILED, Status.WITHDRAWN)),
}


@require_safe
@needs("crm.view_payment")
def payments_made(request: HttpRequest) -> HttpResponse:
    """The payments of one standing; those that are released can be put on a sheet for the bank."""
    user, tab = me(request), request.GET.get("tab", "")
    found, tab = Payment.objects.visible_to(user), tab if tab in TABS else ""
    rows = found.standing(TABS[tab][1]).select_related("payee", "influencer", "brand", "account")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    may = not tab and user.has_perm("crm.release_payment")
    sheet = [{"value": "sheet", "label": _("Make a bank sheet"), "icon": "file-earmark-spreadsheet"}]
    context = {"page_obj": page, "rows": page.object_list, "tabs": _tabs(found, tab), "parts": parts("made"), "tab": tab,
               "actions": sheet if may else []}  # fmt: skip
    return render(request, "crm/payments/paying/made.html", context)


def _tabs(rows: PaymentQuerySet, chosen: str) -> list[dict[str, Any]]:
    counts = dict(rows.order_by().values_list("status").annotate(Count("pk")))
    return [
        {"label": label, "url": f"?{urlencode({'tab': key})}" if key else "?", "active": key == chosen,
         "count": sum(counts.get(status, 0) for status in statuses)}
        for key, (label, statuses) in TABS.items()
    ]  # fmt: skip


@require_safe
@needs("crm.view_payment")
def payment(request: HttpRequest, pk: int) -> HttpResponse:
    """One payment: what it pays, how it was reckoned, its papers and its story."""
    found = payment_of(request, pk)
    context = {"payment": found, "page": page_of(found, me(request)), "parts": parts("made")}
    return render(request, "crm/payments/paying/payment.html", context)


@require_POST
@needs("crm.view_payment")
def payment_proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The bank's proof. Pressed, not opened: it names her account, and the story tells who took it."""
    found = payment_of(request, pk)
    if found.proof is None:
        raise Http404
    answer = serve_file(request, found.proof)
    tell_taken("payment.file_taken", found, found.proof.label, by=me(request), at=timezone.now())
    return answer


@require_http_methods(FORM)
@needs("crm.release_payment")
def payment_paid(request: HttpRequest, pk: int) -> HttpResponse:
    """It has arrived: settles its lines, writes the receipt and tells her."""
    found, user, now = payment_of(request, pk), me(request), timezone.now()
    if not found.may_be(Status.PAID):
        return _too_late(request, found)
    form = PaidForm(request.POST or None, request.FILES or None, today=local_date(now, user.zone))

    def do(said: dict[str, Any]) -> None:
        actions.pay(found, paid_on=said["paid_on"], proof=said["proof"] or None, bank_ref=said["bank_ref"], at=now,
                    actor=Actor.user(user))  # fmt: skip

    meaning = _(
        "What it pays is settled, the receipt is written, and she gets an e-mail with the sum, the tax and the day."
    )
    return _asked(request, found, form, do, title=_("Note as paid"), meaning=meaning)


@require_http_methods(FORM)
@needs("crm.release_payment")
def payment_back(request: HttpRequest, pk: int) -> HttpResponse:
    """The bank sent it back."""
    found, user, now = payment_of(request, pk), me(request), timezone.now()
    if not found.may_be(Status.FAILED):
        return _too_late(request, found)
    form = WhyForm(request.POST or None, hint=_("As the bank says it: account closed, name does not match."))

    def do(said: dict[str, Any]) -> None:
        actions.came_back(found, said["why"], on=local_date(now, user.zone), at=now, actor=Actor.user(user))

    meaning = _("What it was to pay is open again, its papers are void, and she is asked to check her bank account.")
    return _asked(request, found, form, do, title=_("The money came back"), meaning=meaning, danger=True)


@require_http_methods(FORM)
@needs("crm.release_payment")
def payment_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """It does not leave after all."""
    found, user, now = payment_of(request, pk), me(request), timezone.now()
    if not found.may_be(Status.WITHDRAWN):
        return _too_late(request, found)
    form = WhyForm(request.POST or None)

    def do(said: dict[str, Any]) -> None:
        actions.withdraw(found, said["why"], at=now, actor=Actor.user(user))

    meaning = _(
        "Nothing is transferred. What it was to pay is open again, and its papers are void. She is told nothing."
    )
    return _asked(request, found, form, do, title=_("Withdraw"), meaning=meaning, danger=True)


@require_http_methods(FORM)
@needs("crm.release_payment")
def payment_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The number of the withholding slip, which comes weeks later."""
    found, user, now = payment_of(request, pk), me(request), timezone.now()
    form = SlipForm(request.POST or None, initial={"slip": found.slip})

    def do(said: dict[str, Any]) -> None:
        actions.slip_noted(found, said["slip"], at=now, actor=Actor.user(user))

    meaning = _("It stands on her page and in the yearly sums.")
    return _asked(request, found, form, do, title=_("Withholding slip"), meaning=meaning)


def payment_of(request: HttpRequest, pk: int) -> Payment:
    """The payment in the address, as far as this colleague may see it, or 404."""
    joined = ("payee", "influencer", "brand__owner", "account", "sheet", "proof", "released_by")
    return get_object_or_404(Payment.objects.visible_to(me(request)).select_related(*joined), pk=pk)


def _asked(
    request: HttpRequest, found: Payment, form: Any, do: Callable[[dict[str, Any]], None], *, title: str, meaning: str,
    danger: bool = False,
) -> HttpResponse:  # fmt: skip
    """A verb says first what it will do; a refused form keeps what was typed."""
    if form.is_bound and form.is_valid():
        try:
            do(form.cleaned_data)
        except REFUSALS as refused:
            form.add_error(None, refused if isinstance(refused, ValidationError) else str(refused))
        else:
            messages.success(request, _("Noted."))
            return redirect("payment", pk=found.pk)
    context = {
        "thing": found, "payment": found, "back_url": "payment", "form": form, "title": title, "meaning": meaning,
        "danger": danger,
    }  # fmt: skip
    return render(request, "crm/payments/paying/verb.html", context, status=422 if form.is_bound else 200)


def _too_late(request: HttpRequest, found: Payment) -> HttpResponseRedirect:
    say_refused(request, ValidationError(_("That is not possible any more: the payment has moved on.")))
    return redirect("payment", pk=found.pk)
