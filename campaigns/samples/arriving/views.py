"""Pages about what arrived: noting how a parcel ended, sending the rest, and letting the rest be."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.planning.views.doors import actor_of, colleague, refuse
from campaigns.samples.arriving.ends import ENDS, form_of
from campaigns.samples.arriving.replacing import let_be
from campaigns.samples.asking.doors import find_sample, works
from campaigns.samples.models import SampleRequest, Shipment
from crm.timeline.transitions import TransitionRefused


@works
@require_http_methods(["GET", "HEAD", "POST"])
def parcel_ends(request: HttpRequest, pk: int, how: str) -> HttpResponse:
    """One way in which a parcel ends: GET asks what is needed, POST does it."""
    seen = Shipment.objects.visible_to(colleague(request)).with_request()
    parcel, end, now = get_object_or_404(seen, pk=pk), ENDS.get(how), timezone.now()
    if end is None:
        raise Http404
    form = form_of(end, parcel, now, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            end.act(parcel, form.cleaned_data, now, actor_of(request))
        except TransitionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, str(end.done))
            return redirect(_page(parcel.request))
    context = {"form": form, "parcel": parcel, "sample": parcel.request, "end": end, "back": _page(parcel.request)}
    return render(request, "campaigns/samples/arriving/end.html", context, status=422 if form.is_bound else 200)


@works
@require_POST
def sample_enough(request: HttpRequest, pk: int) -> HttpResponse:
    """What is there is enough."""
    return _done(request, find_sample(request, pk), let_be, _("Noted. What waited for it follows the day it came."))


def _page(sample: SampleRequest) -> str:
    return f"{reverse('sample', args=[sample.pk])}#arrival"


def _done(request: HttpRequest, sample: SampleRequest, step: Callable[..., Any], said: Any) -> HttpResponse:
    try:
        step(sample, at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, _page(sample))
    messages.success(request, str(said))
    return redirect(_page(sample))
