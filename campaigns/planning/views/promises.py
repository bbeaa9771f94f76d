"""Exclusivity of one collaboration: writing a clause, taking it away, and what to do when a promise stands against it."""

import datetime as dt

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.planning.models import Collaboration
from campaigns.planning.models.promises import PromiseHeld
from campaigns.planning.promise_page import conflicts_of, in_short
from campaigns.planning.refusal_page import held_page
from campaigns.planning.views.clauses import change
from campaigns.planning.views.doors import actor_of, colleague, find_collaboration, is_script, may, refuse, works
from crm.exclusivity.actions.clauses import drop_clause, save_clause
from crm.exclusivity.actions.waivers import allow
from crm.exclusivity.forms import ClauseForm, WaiverForm
from crm.exclusivity.models import Clause
from crm.timeline.record import subject_of
from crm.timeline.transitions import TransitionRefused


def held(request: HttpRequest, card: Collaboration, refused: PromiseHeld) -> HttpResponse:
    """Nothing was changed: which promise stands against it, from when it is free, who else could."""
    user, now = colleague(request), timezone.now()
    if is_script(request):
        told = in_short(refused.conflicts, user, now) or str(refused)
        return JsonResponse({"error": told, "url": reverse("collaboration", args=[card.pk])}, status=409)
    page = held_page(card, refused.conflicts, user, now)
    if page is None:
        return refuse(request, refused, reverse("collaboration", args=[card.pk]))
    context = {"page": page, "collaboration": card, "to": request.POST.get("to", "")}
    return render(request, "campaigns/planning/held.html", context, status=409)


@works
@require_http_methods(["GET", "HEAD", "POST"])
def clause_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Promise something with this collaboration."""
    card = find_collaboration(request, pk)
    blank = Clause(
        influencer=card.influencer,
        brand=card.campaign.brand,
        work_ref=subject_of(card),
        work_label=str(card)[:200],
        zone=card.campaign.zone,
    )
    return _edit(request, card, blank)


@works
@require_http_methods(["GET", "HEAD", "POST"])
def clause_edit(request: HttpRequest, pk: int, clause: int) -> HttpResponse:
    """Change what is not in force yet in place, and what is by a new version."""
    card = find_collaboration(request, pk)
    known = _clause(card, clause)
    return _edit(request, card, known) if known.is_editable else change(request, card, known)


def _clause(card: Collaboration, pk: int) -> Clause:
    return get_object_or_404(Clause.objects.of_work(subject_of(card)).speaking().with_scope(), pk=pk)


def _edit(request: HttpRequest, card: Collaboration, clause: Clause) -> HttpResponse:
    form, now = ClauseForm(request.POST or None, instance=clause, user=colleague(request)), timezone.now()
    page, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _keep(form, card, now, request)
            except PromiseHeld as refused:
                page, status = held_page(card, refused.conflicts, colleague(request), now), 409
            except TransitionRefused as refused:
                return refuse(request, refused, reverse("collaboration", args=[card.pk]))
            else:
                messages.success(request, _("The promise is kept with this collaboration."))
                return redirect(f"{reverse('collaboration', args=[card.pk])}#promises")
    context = {"form": form, "collaboration": card, "page": page, "clause": clause if clause.pk else None}
    return render(request, "campaigns/planning/clause_form.html", context, status=status)


def _keep(form: ClauseForm, card: Collaboration, now: dt.datetime, request: HttpRequest) -> None:
    """The clause and everything that follows from it, or nothing."""
    actor, was = actor_of(request), form.instance.pk
    try:
        with card.held():
            save_clause(form.clause(), form.sets, at=now, actor=actor)
            card.keep_promises(at=now, actor=actor)
    except Exception:
        form.instance.pk = was
        raise


@works
@require_POST
def clause_drop(request: HttpRequest, pk: int, clause: int) -> HttpResponse:
    """The promise holds no more."""
    card, now = find_collaboration(request, pk), timezone.now()
    try:
        with card.held():
            drop_clause(_clause(card, clause), at=now, actor=actor_of(request))
            card.keep_promises(at=now, actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, reverse("collaboration", args=[pk]))
    messages.success(request, _("The promise holds no more."))
    return redirect(f"{reverse('collaboration', args=[pk])}#promises")


@may("crm.waive_finding")
@require_POST
def promise_allow(request: HttpRequest, pk: int) -> HttpResponse:
    """Log an exception: this work may stand beside this promise."""
    card, now, user = find_collaboration(request, pk), timezone.now(), colleague(request)
    here, form = reverse("collaboration", args=[pk]), WaiverForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say in a sentence why it is allowed. Nothing was changed."))
        return redirect(f"{here}#promises")
    with transaction.atomic():
        rows = list(card.deliverables.select_related("format__platform"))
        clauses = list(Clause.objects.of_work(subject_of(card)).speaking().with_scope())
        asked = (request.POST.get("clause", ""), request.POST.get("work", ""))
        found = [
            one for one in conflicts_of(card, rows, clauses, now) if (str(one.bar.clause), one.engagement.ref) == asked
        ]
        if not found or found[0].bar.clause < 0:
            messages.info(request, _("Nothing stands against it any more."))
            return redirect(f"{here}#promises")
        try:
            allow(found[0], form.cleaned_data["why"], owner=card.influencer.owner, by=user, at=now)
        except TransitionRefused as refused:
            return refuse(request, refused, here)
    messages.success(request, _("Allowed and logged. You can agree now."))
    return redirect(f"{here}#promises")
