"""Pages of what comes back and of what came of a gift."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from campaigns.planning.views.doors import actor_of, colleague
from campaigns.samples.after.charges import zone_of
from campaigns.samples.after.forms import OutcomeForm, TouchForm
from campaigns.samples.after.gifts import close_gift, note_touch
from campaigns.samples.after.moving import returns_page
from campaigns.samples.after.steps import STEPS, Doing, steps_for
from campaigns.samples.asking.doors import find_sample, works
from campaigns.samples.models import ReturnRequest, SampleRequest
from crm.base.zones import local_date
from crm.timeline.transitions import TransitionRefused

FORM = ["GET", "HEAD", "POST"]
STEP = "campaigns/samples/after/step.html"


@works
@require_http_methods(FORM)
def return_step(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One thing done with something that comes back."""
    seen = ReturnRequest.objects.visible_to(colleague(request)).with_request()
    row = get_object_or_404(seen, pk=pk)
    step = STEPS.get(code)
    if step is None:
        raise Http404
    now = timezone.now()
    today = local_date(now, zone_of(row))
    form = step.form_for(row, request.POST if request.method == "POST" else None, today)
    if request.method == "POST" and form.is_valid():
        try:
            step.act(row, Doing(colleague(request), now, today, form))
        except TransitionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, str(step.done))
            return redirect(returns_page(row.shipment.request_id))
    elif request.method != "POST" and step not in steps_for(row):
        messages.warning(request, _("This has been settled meanwhile. Here is how it stands."))
        return redirect(returns_page(row.shipment.request_id))
    return _form_page(request, row.shipment.request, form, step.title, danger=step.danger)


@works
@require_http_methods(FORM)
def gift_outcome(request: HttpRequest, pk: int) -> HttpResponse:
    """What came of a gift, as somebody saw it."""
    found = find_sample(request, pk)
    form = OutcomeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        how: dict[str, Any] = {"at": timezone.now(), "actor": actor_of(request), "quote": said["note"]}
        try:
            close_gift(found, said["outcome"], post_url=said["post_url"], **how)
        except TransitionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Noted. Nobody asks about this gift again."))
            return redirect(returns_page(pk))
    return _form_page(request, found, form, _("What came of it"))


@works
@require_http_methods(FORM)
def gift_touch(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that somebody wrote or spoke to her about it, so that no mail says the same."""
    found = find_sample(request, pk)
    form = TouchForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            note_touch(found, at=timezone.now(), actor=actor_of(request), **form.cleaned_data)
        except TransitionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Noted. The next mail about it stays away."))
            return redirect(returns_page(pk))
    return _form_page(request, found, form, _("I spoke to her about it"))


def _form_page(
    request: HttpRequest, sample: SampleRequest, form: Any, title: Any, *, danger: bool = False
) -> HttpResponse:
    context = {"sample": sample, "form": form, "title": title, "danger": danger, "back": returns_page(sample.pk)}
    return render(request, STEP, context, status=422 if form.is_bound else 200)
