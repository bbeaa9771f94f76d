"""The money of a deal: what is due and paid, what is decided about, and what is noted as paid."""

from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from djmoney.money import Money

from crm.ambassadors.doors import REFUSALS, deal_of, say_refused
from crm.ambassadors.models import AmbassadorDeal, RetainerCharge
from crm.ambassadors.pay.deciders import approve_charge, refuse_charge
from crm.ambassadors.pay.forms import ChargeForm, SettleForm
from crm.ambassadors.pay.money_page import how_of, money_page, money_tabs
from crm.ambassadors.pay.paying import paid_with, settle_together
from crm.base.zones import local_date
from crm.payments.models import LedgerLine
from crm.payments.queries import free_amounts
from crm.team.models import User
from crm.team.views.access import me, needs

FORM = ["GET", "HEAD", "POST"]


def to_page(name: str, deal: AmbassadorDeal, at: str = "") -> HttpResponseRedirect:
    url = reverse(name, args=[deal.pk])
    return HttpResponseRedirect(f"{url}#{at}" if at else url)


def tabs_of(deal: AmbassadorDeal, user: User, active: str) -> list[dict[str, Any]]:
    return money_tabs(deal, active, sees_money=user.has_perm("crm.view_ledgerline"))


def form_page(
    request: HttpRequest, form: Any, deal: AmbassadorDeal, *, title: str, verb: str, back: str, **more: Any
) -> HttpResponse:
    """The page of one form about what a deal pays."""
    context = {"form": form, "deal": deal, "title": title, "verb": verb, "back": reverse(back, args=[deal.pk]), **more}
    return render(request, "crm/ambassadors/pay/form.html", context, status=422 if form.is_bound else 200)


@require_safe
@needs("crm.view_ledgerline")
def money(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was due, taken back and paid under a deal."""
    deal, user = deal_of(request, pk), me(request)
    context = {
        "deal": deal,
        "page": money_page(deal, local_date(timezone.now(), deal.contract.zone)),
        "tabs": tabs_of(deal, user, "money"),
    }
    return render(request, "crm/ambassadors/pay/money.html", context)


@require_http_methods(FORM)
@needs("crm.settle_ledgerline")
def settled(request: HttpRequest, pk: int, line: int) -> HttpResponse:
    """Note that a line was paid, in whole or in part. An amount she owes is entered above zero as well."""
    deal, now = deal_of(request, pk), timezone.now()
    due = get_object_or_404(LedgerLine.objects.of_contract(deal.contract_id).due(), pk=line)
    lines = paid_with(due)
    left = sum(free_amounts(lines).values(), Decimal(0))
    if not left:
        messages.info(request, _("Nothing of this line is open."))
        return to_page("ambassador-money", deal)
    form = SettleForm(
        request.POST or None, today=local_date(now, deal.contract.zone), left=abs(left), in_whole=len(lines) > 1
    )
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        told: dict[str, Any] = {"on": said["on"], "at": now, "by": me(request).get_short_name(), "note": said["note"]}
        try:
            settle_together(lines, said.get("amount"), **told)
        except ValidationError as refused:
            form.add_error("amount" if "amount" in form.fields else None, refused)
        else:
            messages.success(request, _("Noted as paid."))
            return to_page("ambassador-money", deal)
    more = {"line": due, "left": Money(abs(left), due.amount.currency), "by_her": left < 0, "orders": len(lines)}
    return form_page(request, form, deal, title=_("Note a payment"), verb=_("Note it"), back="ambassador-money", **more)


@require_http_methods(FORM)
@needs("crm.decide_ambassadordeal")
def charge(request: HttpRequest, pk: int, charge: int) -> HttpResponse:
    """Yes or no to a deduction, or to pay for posts beyond the quota."""
    deal, user, now = deal_of(request, pk), me(request), timezone.now()
    found = get_object_or_404(RetainerCharge.objects.filter(period__deal=deal).select_related("period"), pk=charge)
    if found.state != RetainerCharge.State.PROPOSED:
        messages.info(request, _("It was decided already."))
        return to_page("ambassador-money", deal)
    form = ChargeForm(request.POST or None, charge=found)
    if form.is_bound and form.is_valid():
        try:
            if "no" in request.POST:
                refuse_charge(found, form.cleaned_data["why"], by=user, at=now)
            else:
                approve_charge(found, by=user, at=now, amount=form.amount_chosen)
        except ValidationError as refused:
            form.add_error(None, refused)
        except REFUSALS as refused:
            say_refused(request, refused)
            return to_page("ambassador-money", deal)
        else:
            messages.success(request, _("Decided."))
            return to_page("ambassador-money", deal)
    context = {"form": form, "deal": deal, "charge": found, "how": how_of(found)}
    status = 422 if form.is_bound else 200
    return render(request, "crm/ambassadors/pay/charge.html", context, status=status)
