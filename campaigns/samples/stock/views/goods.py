"""Goods come in, are counted anew, written off; and the places they stand at."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.planning.models import Refused
from campaigns.planning.views.doors import actor_of, colleague, refuse
from campaigns.samples.models import StockBatch, StockLocation
from campaigns.samples.stock.actions import count_anew, receive, write_off
from campaigns.samples.stock.actions.places import close_place, keep_place, place_called
from campaigns.samples.stock.doors import find_batch, find_place, works
from campaigns.samples.stock.forms import CountForm, PlaceForm, ReceiveForm, WriteOffForm

asks = require_http_methods(["GET", "HEAD", "POST"])
FORM = "campaigns/samples/stock/form.html"


def _page(request: HttpRequest, form: Any, title: str, button: str, lead: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "lead": lead, "back": back}
    return render(request, FORM, context, status=422 if form.is_bound else 200)


@works
@asks
def stock_receive(request: HttpRequest) -> HttpResponse:
    """Put goods on a shelf."""
    wanted = {"thing": request.GET.get("thing", "")}
    form = ReceiveForm(request.POST or None, user=colleague(request), initial=wanted)
    if form.is_bound and form.is_valid():
        try:
            batch = _received(request, form.cleaned_data)
        except Refused as refused:
            form.add_error("expires_on", str(refused))
        else:
            n, what = form.cleaned_data["quantity"], batch
            messages.success(request, _("%(n)s of %(what)s are on the shelf.") % {"n": n, "what": what})
            return redirect("stock-product", pk=batch.product_id)
    lead = _("Every piece is written down with who brought it. What ends first is sent first.")
    return _page(request, form, _("Goods come in"), _("Put them on the shelf"), lead, reverse("stock"))


def _received(request: HttpRequest, said: dict[str, Any]) -> StockBatch:
    told: Any = {"at": timezone.now(), "actor": actor_of(request)}
    place = place_called(said["place"], **told) if said["place"] else said["location"]
    product, variant = said["thing"]
    details = {name: said[name] for name in ("batch_no", "expires_on", "note")}
    return receive(place, product, variant, said["quantity"], **details, **told)


@works
@asks
def stock_count(request: HttpRequest, pk: int) -> HttpResponse:
    """So many are really there."""
    batch = find_batch(request, pk)
    form = CountForm(request.POST or None, batch=batch)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            changed = count_anew(batch, said["counted"], said["why"], at=timezone.now(), actor=actor_of(request))
        except Refused as refused:
            form.add_error("counted", str(refused))
        else:
            messages.success(
                request, _("Counted anew.") if changed else _("That many were known. Nothing was changed.")
            )
            return redirect("stock-product", pk=batch.product_id)
    return _page(request, form, _("Count anew"), _("Write down the count"), str(batch), _here(batch))


@works
@asks
def stock_write_off(request: HttpRequest, pk: int) -> HttpResponse:
    """Broken, expired or lost pieces go."""
    batch = find_batch(request, pk)
    form = WriteOffForm(request.POST or None, batch=batch)
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            write_off(batch, said["quantity"], "", said["why"], at=timezone.now(), actor=actor_of(request))
        except Refused as refused:
            form.add_error("quantity", str(refused))
        else:
            messages.success(request, _("Written off."))
            return redirect("stock-product", pk=batch.product_id)
    return _page(request, form, _("Write off"), _("Write them off"), str(batch), _here(batch))


def _here(batch: StockBatch) -> str:
    return reverse("stock-product", args=[batch.product_id])


@works
@asks
def stock_place_new(request: HttpRequest) -> HttpResponse:
    return _place(request, StockLocation(), _("New place"))


@works
@asks
def stock_place(request: HttpRequest, pk: int) -> HttpResponse:
    found = find_place(request, pk)
    return _place(request, found, found.name)


def _place(request: HttpRequest, place: StockLocation, title: str) -> HttpResponse:
    form = PlaceForm(request.POST or None, instance=place, user=colleague(request))
    if form.is_bound and form.is_valid():
        try:
            keep_place(form.instance, at=timezone.now(), actor=actor_of(request))
        except Refused as refused:
            form.add_error("name", str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("stock")
    lead = _("Labels of parcels name it as the sender.")
    return _page(request, form, title, _("Save"), lead, reverse("stock"))


@works
@require_POST
def stock_place_close(request: HttpRequest, pk: int) -> HttpResponse:
    place = find_place(request, pk)
    try:
        close_place(place, at=timezone.now(), actor=actor_of(request))
    except Refused as refused:
        return refuse(request, refused, reverse("stock"))
    messages.success(request, _("%(place)s is closed. What left from there stays written down.") % {"place": place})
    return redirect("stock")
