"""Invoices that came in: the list, noting one, looking at it, accepting it or sending it back."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from crm.base.files import keep, serve_file
from crm.base.money import write_amount
from crm.base.zones import local_date
from crm.payments.models import Invoice, LedgerLine
from crm.payments.papers.asking import lines_beside
from crm.payments.papers.forms import OurInvoiceForm, RefuseForm
from crm.payments.papers.invoice_page import page_of
from crm.payments.papers.invoices import accept, receive, refuse
from crm.payments.paying.doors import FORM, REFUSALS, parts, say_refused
from crm.team.views.access import me, needs
from crm.timeline.models import Channel
from crm.timeline.record import Actor
from crm.timeline.taking import tell_taken

PAGE = 50
Status = Invoice.Status
TABS: dict[str, tuple[Any, str]] = {
    "": (gettext_lazy("To look at"), Status.RECEIVED),
    "accepted": (gettext_lazy("Accepted"), Status.ACCEPTED),
    "back": (gettext_lazy("Sent back"), Status.REFUSED),
}


@require_safe
@needs("crm.view_payment")
def invoices(request: HttpRequest) -> HttpResponse:
    """The invoices of one standing, those that wait for us first."""
    tab = request.GET.get("tab", "")
    found, tab = Invoice.objects.visible_to(me(request)), tab if tab in TABS else ""
    rows = found.standing_at(TABS[tab][1]).select_related("influencer", "brand")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    counts = dict(found.order_by().values_list("status").annotate(Count("pk")))
    tabs = [
        {"label": label, "url": f"?{urlencode({'tab': key})}" if key else "?", "active": key == tab,
         "count": counts.get(status, 0)}
        for key, (label, status) in TABS.items()
    ]  # fmt: skip
    context = {"page_obj": page, "rows": page.object_list, "tabs": tabs, "parts": parts("invoices"), "tab": tab}
    return render(request, "crm/payments/papers/invoices.html", context)


@require_http_methods(FORM)
@needs("crm.change_invoice")
def invoice_new(request: HttpRequest, line: int) -> HttpResponse:
    """Note an invoice about one due line and whatever else of the contract waits for one."""
    user, now = me(request), timezone.now()
    first = get_object_or_404(LedgerLine.objects.visible_to(user).due().owed_to_her(), pk=line)
    lines = lines_beside(first)
    if not lines:
        messages.info(request, _("Nothing of this waits for an invoice."))
        return redirect("payments")
    total, currency = sum(one.free for one in lines), str(first.amount.currency)
    form = OurInvoiceForm(
        request.POST or None,
        request.FILES or None,
        today=local_date(now, user.zone),
        initial={"amount": write_amount(total)},
    )
    if form.is_bound and form.is_valid():
        file = keep(form.cleaned_data["file"], by=user.get_short_name()) if form.cleaned_data["file"] else None
        try:
            made = receive(lines, form.said(currency, file), at=now, actor=Actor.user(user), channel=Channel.EMAIL)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The invoice is here. Look at it and accept it."))
            return redirect("invoice", pk=made.pk)
    context = {"form": form, "line": first, "lines": lines, "currency": currency}
    return render(request, "crm/payments/papers/invoice_new.html", context, status=422 if form.is_bound else 200)


@require_safe
@needs("crm.view_payment")
def invoice(request: HttpRequest, pk: int) -> HttpResponse:
    """One invoice beside what it is about; an amount that differs is told."""
    found = invoice_of(request, pk)
    context = {"invoice": found, "page": page_of(found, me(request)), "parts": parts("invoices")}
    return render(request, "crm/payments/papers/invoice.html", context)


@require_POST
@needs("crm.view_payment")
def invoice_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Pressed, not opened: what she wrote names her account, and the story tells who took it."""
    found = invoice_of(request, pk)
    if found.file is None:
        raise Http404
    answer = serve_file(request, found.file)
    tell_taken("invoice.file_taken", found, found.file.label, by=me(request), at=timezone.now())
    return answer


@require_POST
@needs("crm.change_invoice")
def invoice_accept(request: HttpRequest, pk: int) -> HttpResponse:
    found = invoice_of(request, pk)
    try:
        accept(found, at=timezone.now(), user=me(request))
    except REFUSALS as refused:
        say_refused(request, refused)
    else:
        messages.success(request, _("Accepted. What it is about may be paid."))
    return redirect("invoice", pk=pk)


@require_http_methods(FORM)
@needs("crm.change_invoice")
def invoice_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to her, with a reason she reads."""
    found = invoice_of(request, pk)
    if found.is_refused:
        messages.info(request, _("It was sent back already."))
        return redirect("invoice", pk=pk)
    form = RefuseForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            refuse(found, form.cleaned_data["why"], at=timezone.now(), user=me(request))
        except REFUSALS as refused:
            form.add_error(None, refused if isinstance(refused, ValidationError) else str(refused))
        else:
            messages.success(request, _("Sent back. She gets an e-mail with your words."))
            return redirect("invoice", pk=pk)
    meaning = _("She gets an e-mail with the reason and hands in another. Until then nothing of it is paid.")
    context = {"form": form, "title": _("Send back"), "meaning": meaning, "danger": True, "back_url": "invoice",
               "thing": found}  # fmt: skip
    return render(request, "crm/payments/papers/verb.html", context, status=422 if form.is_bound else 200)


def invoice_of(request: HttpRequest, pk: int) -> Invoice:
    joined = ("influencer", "brand", "payee", "file")
    return get_object_or_404(Invoice.objects.visible_to(me(request)).select_related(*joined), pk=pk)
