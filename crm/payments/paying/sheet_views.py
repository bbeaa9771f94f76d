"""Sheets for the bank: made of released payments, shown with their sums, taken as a file."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from djmoney.money import Money

from crm.payments.models import BankSheet, Payment
from crm.payments.paying.actions import send
from crm.payments.paying.doors import FORM, REFUSALS, chosen_ids, parts, say_refused
from crm.payments.paying.sheets import KINDS, sheet_file
from crm.team.models import User
from crm.team.views.access import me, needs

PAGE = 40


def sheets_for(user: User) -> Any:
    """The sheets with a payment this colleague may see."""
    return BankSheet.objects.filter(payments__in=Payment.objects.visible_to(user)).distinct()


@require_safe
@needs("crm.release_payment")
def bank_sheets(request: HttpRequest) -> HttpResponse:
    rows = sheets_for(me(request)).annotate(count=Count("payments", distinct=True)).select_related("made_by")
    page = Paginator(rows.order_by("-made_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    sums = _sums(me(request), [sheet.pk for sheet in page.object_list])
    told = [(sheet, Money(sums.get(sheet.pk, 0), sheet.currency)) for sheet in page.object_list]
    context = {"page_obj": page, "rows": told, "parts": parts("sheets")}
    return render(request, "crm/payments/paying/sheets.html", context)


def _sums(user: User, sheets: list[int]) -> dict[int, Any]:
    rows = Payment.objects.visible_to(user).counting().filter(sheet__in=sheets).order_by()
    return dict(rows.values_list("sheet").annotate(Sum("net")))


@require_http_methods(FORM)
@needs("crm.release_payment")
def bank_sheet_new(request: HttpRequest) -> HttpResponse:
    """What will be handed to the bank; then, pressed once more, it is."""
    user, now = me(request), timezone.now()
    asked = chosen_ids((request.POST if request.method == "POST" else request.GET).getlist("ids"))
    rows = Payment.objects.visible_to(user).released().filter(pk__in=asked).order_by("payee__name", "pk")
    chosen = list(rows.select_related("payee", "account", "influencer", "brand"))
    if not chosen:
        messages.info(request, _("Choose at least one payment that is released."))
        return redirect("payments-made")
    if request.method == "POST":
        try:
            sheet = send(chosen, at=now, user=user)
        except REFUSALS as refused:
            say_refused(request, refused)
            return redirect("payments-made")
        messages.success(request, _("The sheet is made. Take it as a file and upload it at the bank."))
        return redirect("bank-sheet", pk=sheet.pk)
    context = {"chosen": chosen, "sums": _totals(chosen), "parts": parts("made")}
    return render(request, "crm/payments/paying/sheet_new.html", context)


@require_safe
@needs("crm.release_payment")
def bank_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One sheet: what is on it and what came of each."""
    user = me(request)
    sheet = get_object_or_404(sheets_for(user).select_related("made_by"), pk=pk)
    found = Payment.objects.visible_to(user).filter(sheet=sheet)
    rows = list(found.select_related("payee", "account", "influencer", "brand").order_by("payee__name", "pk"))
    counting = [row for row in rows if row.is_counting]
    context = {
        "sheet": sheet,
        "rows": rows,
        "sums": _totals(counting),
        "count": len(counting),
        "parts": parts("sheets"),
    }
    return render(request, "crm/payments/paying/sheet.html", context)


@require_POST
@needs("crm.release_payment")
def bank_sheet_file(request: HttpRequest, pk: int, kind: str) -> HttpResponseBase:
    """The sheet for upload, with whole account numbers: told in the story."""
    if kind not in KINDS:
        raise Http404
    user = me(request)
    sheet = get_object_or_404(sheets_for(user), pk=pk)
    return sheet_file(sheet, kind, at=timezone.now(), user=user)


def _totals(rows: list[Payment]) -> list[Money]:
    found: dict[str, Any] = {}
    for row in rows:
        found[row.currency] = found.get(row.currency, 0) + row.net
    return [Money(amount, currency) for currency, amount in found.items()]
