"""Orders of a deal: the list, one by hand, many from a sheet, and a return."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from crm.ambassadors.doors import REFUSALS, deal_of, say_refused
from crm.ambassadors.models import Sale
from crm.ambassadors.pay.commissions import Order, record_sale, return_sale
from crm.ambassadors.pay.forms import PasteForm, ReturnForm, SaleForm
from crm.ambassadors.pay.pasting import note_rows, read_rows, summary
from crm.ambassadors.pay.rates import Claim, rule_of
from crm.ambassadors.pay.selling_page import orders_page
from crm.ambassadors.pay.settling import currency_of
from crm.ambassadors.pay.views import FORM, form_page, tabs_of, to_page
from crm.base.typed import typed_as
from crm.base.zones import local_date
from crm.team.views.access import me, needs
from crm.timeline.record import Actor

PAGE = 50


@require_safe
@needs("crm.view_ledgerline")
def orders(request: HttpRequest, pk: int) -> HttpResponse:
    """What came through her, and what of it is held, due or returned."""
    deal, user, now = deal_of(request, pk), me(request), timezone.now()
    page = Paginator(deal.sales.order_by("-ordered_on", "-pk"), PAGE).get_page(request.GET.get("page"))
    today = local_date(now, deal.contract.zone)
    context = {"deal": deal, "page_obj": page, "page": orders_page(deal), "rule": rule_of(deal, today),
               "tabs": tabs_of(deal, user, "orders")}  # fmt: skip
    return render(request, "crm/ambassadors/pay/orders.html", context)


@require_http_methods(FORM)
@needs("crm.change_ambassadordeal")
def sale(request: HttpRequest, pk: int) -> HttpResponse:
    """Note one order by hand."""
    deal, now = deal_of(request, pk), timezone.now()
    form = SaleForm(request.POST or None, today=local_date(now, deal.contract.zone))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        claims = [Claim(deal, said["via"], code=said["code"])]
        order = Order(said["number"], said["ordered_on"], form.price, claims)
        try:
            record_sale(order, at=now, actor=Actor.user(me(request)))
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The order is noted."))
            return to_page("ambassador-orders", deal)
    return form_page(request, form, deal, title=_("Note an order"), verb=_("Note it"), back="ambassador-orders")


@require_http_methods(FORM)
@needs("crm.change_ambassadordeal")
def sales(request: HttpRequest, pk: int) -> HttpResponse:
    """Note many orders from a sheet: what was read is shown first, then each row says what became of it."""
    deal, user, now = deal_of(request, pk), me(request), timezone.now()
    form, currency = PasteForm(request.POST or None), currency_of(deal)
    context: dict[str, Any] = {"deal": deal, "form": form, "currency": currency}
    if form.is_bound and form.is_valid():
        try:
            rows = read_rows(form.cleaned_data["rows"], deal, user, at=now)
        except ValidationError as refused:
            form.add_error("rows", refused)
        else:
            is_sure = "sure" in request.POST and request.POST.get("shown") == typed_as(request.POST)
            if is_sure:
                rows = note_rows(rows, currency=currency, at=now, actor=Actor.user(user))
            context |= {"rows": rows, "is_done": is_sure, "shown": typed_as(request.POST), **summary(rows)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "crm/ambassadors/pay/paste.html", context, status=status)


@require_http_methods(FORM)
@needs("crm.change_ambassadordeal")
def returned(request: HttpRequest, pk: int, sale: int) -> HttpResponse:
    """An order came back."""
    deal, now = deal_of(request, pk), timezone.now()
    found = get_object_or_404(deal.sales, pk=sale)
    form = ReturnForm(request.POST or None, today=local_date(now, deal.contract.zone))
    if form.is_bound and form.is_valid():
        try:
            return_sale(found, on=form.cleaned_data["on"], at=now, actor=Actor.user(me(request)))
        except ValidationError as refused:
            form.add_error(None, refused)
        except REFUSALS as refused:
            say_refused(request, refused)
            return to_page("ambassador-orders", deal)
        else:
            messages.success(request, _("Noted as returned."))
            return to_page("ambassador-orders", deal)
    said = _("Its commission is due already: what is unpaid is taken back, what was paid is owed back next month.")
    lead = said if found.state == Sale.State.MATURED else _("Its commission is held back still: nothing becomes due.")
    title = _("Order %(number)s was returned") % {"number": found.number}
    return form_page(request, form, deal, title=title, verb=_("Note the return"), back="ambassador-orders", lead=lead)
