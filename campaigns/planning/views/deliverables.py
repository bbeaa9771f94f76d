"""One thing that is made: planning it, its days, its draft, its end."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.planning.actions.work import Plan, accounts_on, plan_for, save_deliverable
from campaigns.planning.forms.deliverables import DeliverableForm, DropForm, PlanForm
from campaigns.planning.models import Deliverable
from campaigns.planning.views.doors import (
    actor_of,
    find_collaboration,
    find_deliverable,
    looks,
    refuse,
    works,
)
from crm.base.files import Disposition, serve_file
from crm.base.zones import local_date
from crm.timeline.transitions import TransitionRefused


def place_of(row: Deliverable) -> str:
    return f"{reverse('collaboration', args=[row.collaboration_id])}#made-{row.pk}"


@works
@require_http_methods(["GET", "HEAD", "POST"])
def deliverable_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan something for one person."""
    card, now = find_collaboration(request, pk), timezone.now()
    here = reverse("collaboration", args=[pk])
    form = PlanForm(request.POST or None, campaign=card.campaign, today=local_date(now, card.campaign.zone))
    if request.method == "POST" and form.is_valid():
        plan = Plan(**form.cleaned_data)
        account = accounts_on(plan.format, [card]).get(card.influencer_id)
        try:
            told = plan_for(card, plan, account, at=now, actor=actor_of(request))
        except TransitionRefused as refused:
            return refuse(request, refused, here)
        messages.success(request, told)
        return redirect(here)
    context = {"form": form, "title": _("Plan something"), "collaboration": card, "back": here}
    return render(request, "campaigns/planning/small_form.html", context, status=422 if form.is_bound else 200)


@works
@require_http_methods(["GET", "HEAD", "POST"])
def deliverable_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Days, title and account."""
    row = find_deliverable(request, pk)
    form = DeliverableForm(request.POST or None, deliverable=row)
    if request.method == "POST" and form.is_valid():
        try:
            save_deliverable(row, form.cleaned_data, at=timezone.now(), actor=actor_of(request))
        except TransitionRefused as refused:
            return refuse(request, refused, place_of(row))
        messages.success(request, _("Saved. Reminders follow the new days."))
        return redirect(place_of(row))
    return form_page(request, row, form, _("Days and title"))


@works
@require_http_methods(["GET", "HEAD", "POST"])
def deliverable_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """It will not be made."""
    row = find_deliverable(request, pk)
    form = DropForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        why = form.cleaned_data["why"]
        return act(
            request,
            row,
            lambda: row.drop(at=timezone.now(), actor=actor_of(request), why=why),
            _("Dropped. Nobody is reminded of it; it can be brought back."),
        )
    return form_page(request, row, form, _("Drop it"), danger=True)


@works
@require_POST
def deliverable_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a drop, or a post that never was."""
    row = find_deliverable(request, pk)
    return act(request, row, lambda: row.reopen(at=timezone.now(), actor=actor_of(request)), _("It is open again."))


@looks
@require_safe
def deliverable_proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The screenshot of a post."""
    row = find_deliverable(request, pk)
    if row.proof is None:
        raise Http404
    return serve_file(request, row.proof, disposition=Disposition.INLINE)


def act(request: HttpRequest, row: Deliverable, do: Callable[[], None], words: str) -> HttpResponse:
    """Do it and say so, or say why not."""
    try:
        do()
    except TransitionRefused as refused:
        return refuse(request, refused, place_of(row))
    messages.success(request, words % {"name": row.collaboration.influencer})
    return redirect(place_of(row))


def form_page(request: HttpRequest, row: Deliverable, form: Any, title: str, *, danger: bool = False) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "row": row,
        "collaboration": row.collaboration,
        "back": place_of(row),
        "danger": danger,
    }
    return render(request, "campaigns/planning/small_form.html", context, status=422 if form.is_bound else 200)
