"""One parcel: put together, packed, shipped, called off, heard of."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.planning.views.doors import actor_of, colleague, refuse
from campaigns.samples.asking.doors import find_sample, works
from campaigns.samples.models import Shipment, StockLocation
from campaigns.samples.shipping.actions import cancel, left_of, note_event, pack, put_together, ship
from campaigns.samples.shipping.couriers import warning_about
from campaigns.samples.shipping.forms import NewsForm, PutForm, ShipForm, WhyForm
from campaigns.samples.shipping.views.papers import as_pdf
from crm.timeline.transitions import TransitionRefused

FORM = ["GET", "HEAD", "POST"]
NOT_DONE = 422


def find_parcel(request: HttpRequest, pk: int) -> Shipment:
    """A parcel this colleague may see, or 404."""
    return get_object_or_404(Shipment.objects.visible_to(colleague(request)).with_request(), pk=pk)


def page_of(parcel: Shipment) -> str:
    return f"{reverse('sample', args=[parcel.request_id])}#parcels"


@works
@require_http_methods(FORM)
def sample_put_together(request: HttpRequest, pk: int) -> HttpResponse:
    """A parcel with these pieces; what is not in it can follow in another."""
    sample, now, user = find_sample(request, pk), timezone.now(), colleague(request)
    back = f"{reverse('sample', args=[pk])}#parcels"
    left = left_of([sample])[sample.pk]
    if not left:
        return refuse(request, _("Everything of it is in a parcel already."), back)
    form = PutForm(request.POST or None, left=left, locations=StockLocation.objects.visible_to(user).in_use())

    def step() -> str:
        lines, place = form.lines, form.cleaned_data["location"]
        put_together(sample, lines=lines, location=place, at=now, actor=actor_of(request))
        return _("The parcel is put together.")

    title = _("Put a parcel together")
    return _form_page(request, form, step, back, {"title": title, "verb": title, "sample": sample})


@works
@require_POST
def parcel_pack(request: HttpRequest, pk: int) -> HttpResponse:
    """It is closed and waits for the courier."""
    parcel = find_parcel(request, pk)
    try:
        pack(parcel, at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, page_of(parcel))
    messages.success(request, _("Packed."))
    return redirect(page_of(parcel))


@works
@require_http_methods(FORM)
def parcel_ship(request: HttpRequest, pk: int) -> HttpResponse:
    """The courier has it, under this number."""
    parcel, now = find_parcel(request, pk), timezone.now()
    form = ShipForm(request.POST or None, now=now, zone=parcel.zone)

    def step() -> str:
        sent = ship(parcel, form.leave, at=now, actor=actor_of(request))
        if odd := warning_about(form.leave.courier, sent.waybill):
            messages.warning(request, odd)
        return _("Shipped. She is asked whether it has arrived once it should be there.")

    context = {"title": _("Ship the parcel"), "verb": _("It has left"), "sample": parcel.request}
    return _form_page(request, form, step, page_of(parcel), context)


@works
@require_http_methods(FORM)
def parcel_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """It is not to be sent; what has left already is asked back."""
    parcel = find_parcel(request, pk)
    form = WhyForm(request.POST or None)

    def step() -> str:
        back = cancel(parcel, form.cleaned_data["why"], at=timezone.now(), actor=actor_of(request))
        return _("It is not sent; its contents are free again.") if back is None else _("It is asked back.")

    context = {"title": _("Do not send it"), "verb": _("Do not send it"), "danger": True, "sample": parcel.request}
    return _form_page(request, form, step, page_of(parcel), context)


@works
@require_http_methods(FORM)
def parcel_news(request: HttpRequest, pk: int) -> HttpResponse:
    """What somebody heard of it."""
    parcel, now = find_parcel(request, pk), timezone.now()
    form = NewsForm(request.POST or None, now=now, zone=parcel.zone)

    def step() -> str:
        noted = note_event(parcel, form.heard, at=now, actor=actor_of(request))
        if noted.warning:
            messages.warning(request, str(noted.warning))
        return _("Noted.") if noted.is_new else _("This was known already.")

    context = {"title": _("News of the parcel"), "verb": _("Note it"), "sample": parcel.request}
    return _form_page(request, form, step, page_of(parcel), context)


@works
@require_safe
def parcel_label(request: HttpRequest, pk: int) -> HttpResponse:
    """Its label, one page of A6."""
    from campaigns.samples.shipping.paper import labels  # brings the drawing library: most processes never draw

    parcel = find_parcel(request, pk)
    return as_pdf(labels([parcel], at=parcel.created_at), f"label-{parcel.pk}.pdf")


def _form_page(
    request: HttpRequest, form: Any, step: Callable[[], str], back: str, context: dict[str, Any]
) -> HttpResponse:
    """A short form, done when it can be; what refuses it stands above what was typed."""
    if form.is_bound and form.is_valid():
        try:
            said = step()
        except TransitionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return redirect(back)
    context |= {"form": form, "back": back}
    return render(
        request, "campaigns/samples/shipping/form.html", context, status=NOT_DONE if form.is_bound else 200
    )  # fmt: skip
