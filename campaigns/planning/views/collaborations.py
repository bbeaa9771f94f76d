"""One person's part in a campaign: her page, her column, her terms, her reminders."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.planning.actions.campaigns import save_terms
from campaigns.planning.collaboration_page import page_of
from campaigns.planning.door import OverBudget
from campaigns.planning.forms.collaborations import OffForm, TermsForm
from campaigns.planning.models import Collaboration
from campaigns.planning.models.promises import PromiseHeld
from campaigns.planning.views.doors import (
    actor_of,
    back_to,
    colleague,
    find_collaboration,
    is_script,
    looks,
    refuse,
    works,
)
from campaigns.planning.views.promises import held
from crm.base.places import panels_for
from crm.base.text import one_line
from crm.timeline.transitions import TransitionRefused


@looks
@require_safe
def collaboration(request: HttpRequest, pk: int) -> HttpResponse:
    """What she makes, what it costs, what was said and sent."""
    card = find_collaboration(request, pk)
    page = page_of(card, colleague(request), timezone.now())
    context = {"page": page, "collaboration": card, "panels": panels_for("collaboration", request, card)}
    return render(request, "campaigns/planning/collaboration.html", context)


@works
@require_http_methods(["GET", "HEAD", "POST"])
def collaboration_put(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the card into another column: by drag, by the card's own choice, or with a reason when it goes off."""
    card = find_collaboration(request, pk)
    board_url = reverse("campaign", args=[card.campaign_id])
    to = request.POST.get("to", "")
    if request.method != "POST" or (to == Collaboration.Status.OFF and not is_script(request)):
        return put_off(request, card)
    try:
        why = one_line(request.POST.get("why", ""), longest=200)
        card.put(to, at=timezone.now(), actor=actor_of(request), why=why)
    except PromiseHeld as refused:
        return held(request, card, refused)
    except TransitionRefused as refused:
        return refuse(request, refused, back_to(request, board_url))
    if is_script(request):
        return HttpResponse(status=204)
    messages.success(
        request, _("%(name)s is in %(column)s now.") % {"name": card.influencer, "column": card.get_status_display()}
    )
    return redirect(back_to(request, board_url))


def put_off(request: HttpRequest, card: Collaboration) -> HttpResponse:
    """Not going ahead: asks why."""
    back = back_to(request, reverse("campaign", args=[card.campaign_id]))
    form = OffForm(request.POST if "why" in request.POST else None)
    if form.is_bound and form.is_valid():
        try:
            card.put("off", at=timezone.now(), actor=actor_of(request), why=form.cleaned_data["why"])
        except TransitionRefused as refused:
            return refuse(request, refused, back)
        messages.success(request, _("%(name)s is not going ahead. Reminders stop.") % {"name": card.influencer})
        return redirect(back)
    context = {"form": form, "collaboration": card, "back": back, "reasons": OffForm.REASONS}
    return render(request, "campaigns/planning/off.html", context, status=422 if form.is_bound else 200)


@works
@require_http_methods(["GET", "HEAD", "POST"])
def collaboration_terms(request: HttpRequest, pk: int) -> HttpResponse:
    """Fee and note."""
    card = find_collaboration(request, pk)
    form = TermsForm(request.POST or None, instance=card)
    if request.method == "POST" and form.is_valid():
        try:
            save_terms(form.instance, at=timezone.now(), actor=actor_of(request))
        except OverBudget as refused:
            return refuse(request, refused, reverse("collaboration", args=[pk]))
        except TransitionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("collaboration", pk=pk)
    context = {
        "form": form,
        "title": _("Fee and note"),
        "collaboration": find_collaboration(request, pk),
        "back": reverse("collaboration", args=[pk]),
    }
    return render(request, "campaigns/planning/small_form.html", context, status=422 if form.is_bound else 200)


@works
@require_POST
def collaboration_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """No reminders about this person until somebody lets them go on."""
    card, here = find_collaboration(request, pk), reverse("collaboration", args=[pk])
    try:
        card.pause_reminders(at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, here)
    messages.success(request, _("Nothing is sent to %(name)s about this campaign for now.") % {"name": card.influencer})
    return redirect(back_to(request, here))


@works
@require_POST
def collaboration_resume(request: HttpRequest, pk: int) -> HttpResponse:
    card, here = find_collaboration(request, pk), reverse("collaboration", args=[pk])
    try:
        card.resume_reminders(at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, here)
    messages.success(request, _("Reminders go on from today; nothing is sent late."))
    return redirect(back_to(request, here))


@works
@require_POST
def collaboration_remind(request: HttpRequest, pk: int) -> HttpResponse:
    """Reminders about what came from a file are on from now on."""
    card, here = find_collaboration(request, pk), reverse("collaboration", args=[pk])
    try:
        card.switch_reminders_on(at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, here)
    messages.success(request, _("Reminders are on from today; nothing is sent late."))
    return redirect(back_to(request, here))
