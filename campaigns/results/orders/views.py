"""Pages of orders: what a campaign sold, whose an order is, what came back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.planning.models import Collaboration, Refused
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, may
from campaigns.results.models import Order
from campaigns.results.orders.counting import of_campaign
from campaigns.results.orders.forms import GiveForm, ReturnForm
from campaigns.results.orders.giving import give_to, look_again, reasons_of
from campaigns.results.orders.returning import give_back, returned_of
from campaigns.results.orders.spikes import spikes
from campaigns.results.tabs import head_of
from crm.base.zones import local_date

PER_PAGE = 50
FORM = ["GET", "HEAD", "POST"]
looks = may("campaigns.view_report")
changes = may("campaigns.change_results")


@looks
@require_safe
def campaign_orders(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sold by whose code and through which post, and the orders one by one."""
    campaign = find_campaign(request, pk)
    asked = request.GET.get("tab", "")
    rows = Order.objects.standing().select_related("collaboration__influencer", "deliverable__format")
    mine = rows.filter(collaboration__campaign=campaign)
    shown = rows.unattributed().filter(brand=campaign.brand_id) if asked == "nobody" else mine
    page = Paginator(shown.order_by("-ordered_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    sold = of_campaign(campaign)
    today = local_date(timezone.now(), campaign.zone)
    reasons = reasons_of(list(page.object_list)) if asked == "nobody" else {}
    context: dict[str, Any] = {
        **head_of(campaign, colleague(request), "orders"), "sold": sold, "page_obj": page,
        "rows": [(row, reasons.get(row.pk, "")) for row in page.object_list], "asked": asked,
        "lists": _lists(asked, sold.total.orders, sold.nobodys),
        "spikes": spikes([one.code.pk for one in sold.codes if one.code.retired_at is None], today),
    }  # fmt: skip
    return render(request, "campaigns/results/orders/campaign.html", context)


def _lists(asked: str, hers: int, nobodys: int) -> list[dict[str, Any]]:
    return [
        {"label": _("Of this campaign"), "url": "?", "active": asked != "nobody", "count": hers},
        {"label": _("Nobody’s"), "url": "?tab=nobody", "active": asked == "nobody", "count": nobodys},
    ]


@changes
@require_POST
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Give orders of nobody to whoever has their code by now."""
    campaign = find_campaign(request, pk)
    found = look_again(campaign.brand, at=timezone.now(), by=actor_of(request).label)
    said = ngettext("%(n)s order found somebody.", "%(n)s orders found somebody.", found) % {"n": found}
    messages.success(request, said)
    return redirect(f"{reverse('campaign-orders', args=[pk])}?tab=nobody")


def _order(request: HttpRequest, pk: int) -> Order:
    seen = Order.objects.visible_to(colleague(request)).select_related("brand", "collaboration__campaign")
    found: Order = get_object_or_404(seen, pk=pk)
    return found


def _back(order: Order) -> str:
    if order.collaboration is not None:
        return reverse("campaign-orders", args=[order.collaboration.campaign_id])
    return reverse("campaigns")


@changes
@require_http_methods(FORM)
def give(request: HttpRequest, pk: int) -> HttpResponse:
    """Say by hand whose an order of nobody is."""
    order = _order(request, pk)
    cards = Collaboration.objects.visible_to(colleague(request)).filter(campaign__brand=order.brand_id)
    cards = cards.filter(status__in=Collaboration.PROMISED).select_related("influencer", "campaign__brand")
    form = GiveForm(request.POST if request.method == "POST" else None, cards=cards.order_by("-pk"))
    if form.is_bound and form.is_valid():
        card = form.cleaned_data["card"]
        try:
            why = give_to(order, card, form.cleaned_data["why"], at=timezone.now(), actor=actor_of(request))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, why or _("Order %(number)s is hers now.") % {"number": order.number})
            return redirect("campaign-orders", card.campaign_id)
    context = {"form": form, "order": order, "title": _("Whose order is it?"), "back": _back(order)}
    return render(request, "campaigns/results/orders/order_form.html", context, status=422 if form.is_bound else 200)


@changes
@require_http_methods(FORM)
def return_order(request: HttpRequest, pk: int) -> HttpResponse:
    """Note a refund."""
    order, now = _order(request, pk), timezone.now()
    today = local_date(now, order.brand.zone)
    form = ReturnForm(request.POST if request.method == "POST" else None, order=order, today=today)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            row = give_back(
                order, said["amount"], number=said["number"], on=said["on"], at=now, by=actor_of(request).label
            )
        except ValidationError as wrong:
            form.add_error(None, wrong.messages)
        else:
            messages.success(request, _("Noted.") if row else _("This refund is known already."))
            return redirect(_back(order))
    context = {
        "form": form, "order": order, "title": _("Note a refund"), "back": _back(order),
        "returned": returned_of(order), "returns": order.returns.all(),
    }  # fmt: skip
    return render(request, "campaigns/results/orders/order_form.html", context, status=422 if form.is_bound else 200)
