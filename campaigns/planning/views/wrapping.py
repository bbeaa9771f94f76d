"""Wrapping a campaign up: one page with the checklist, and a button for each thing on it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.planning.models import Campaign, WrapUpItem
from campaigns.planning.tabs import tabs_of
from campaigns.planning.views.campaigns import VERBS, meaning_of
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, looks, may, refuse, works
from campaigns.planning.wrapping.closing import (
    note_also_happened,
    note_closing,
    note_learned,
    tick,
    untick,
    wrap_up_with,
)
from campaigns.planning.wrapping.forms import AlsoHappenedForm, ClosingForm, LearnedForm
from campaigns.planning.wrapping.items import WrapUp, wrap_up_of
from campaigns.planning.wrapping.worked import worked_in
from crm.base.text import one_line
from crm.base.zones import local_date
from crm.timeline.transitions import TransitionRefused

FORMS = ("closing", "learned", "also")


@looks
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_wrap_up(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The checklist; POST ends the campaign, for those who may."""
    if request.method == "POST":
        return end(request, pk)
    campaign = find_campaign(request, pk)
    return shown(request, campaign, wrap_up_of(campaign, colleague(request), timezone.now()))


@may("campaigns.change_campaign")
def end(request: HttpRequest, pk: int) -> HttpResponse:
    campaign, because = find_campaign(request, pk), one_line(request.POST.get("because", ""), longest=200)
    try:
        wrap_up_with(campaign, because, user=colleague(request), at=timezone.now())
    except TransitionRefused as refused:
        return refuse(request, refused, request.path)
    messages.success(request, _("%(campaign)s is wrapped up.") % {"campaign": campaign})
    return redirect("campaign-wrap-up", pk=pk)


@works
@require_POST
def wrap_up_tick(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Done, left out with a reason, or open again."""
    campaign, now, user = find_campaign(request, pk), timezone.now(), colleague(request)
    row = get_object_or_404(WrapUpItem, pk=item)
    what, because = request.POST.get("what", ""), one_line(request.POST.get("because", ""), longest=200)
    if what == "leave" and not because:
        return refuse(request, _("Say in a few words why it is left out."), back(campaign))
    if what in ("done", "leave"):
        tick(campaign, row, user=user, at=now, because=because if what == "leave" else "")
    elif what == "open":
        untick(campaign, row, user=user, at=now)
    return redirect(back(campaign))


@works
@require_POST
def wrap_up_note(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """What was learned, what else happened, the closing values; what is wrong is said and kept."""
    campaign, now, actor = find_campaign(request, pk), timezone.now(), actor_of(request)
    wrap = wrap_up_of(campaign, colleague(request), now)
    form = forms_of(wrap, what, request)[what] if what in FORMS else None
    if form is None or not form.is_valid():
        return shown(request, campaign, wrap, what, status=422)
    if isinstance(form, ClosingForm):
        note_closing(campaign, form.values, at=now, actor=actor)
    elif isinstance(form, AlsoHappenedForm):
        happened = form.happened(local_date(now, campaign.zone))
        note_also_happened(campaign, form.label, happened, at=now, actor=actor)
    else:
        note_learned(campaign, form.cleaned_data["words"], at=now, actor=actor)
    messages.success(request, _("Saved."))
    return redirect(back(campaign))


def back(campaign: Campaign) -> str:
    return reverse("campaign-wrap-up", args=[campaign.pk])


def forms_of(wrap: WrapUp, typed: str, request: HttpRequest) -> dict[str, Any]:
    """The small forms of the page; the one that was sent keeps what was typed."""
    sent = {name: request.POST if name == typed else None for name in FORMS}
    return {
        "closing": ClosingForm(sent["closing"], kpis=wrap.kpis),
        "learned": LearnedForm(sent["learned"]),
        "also": AlsoHappenedForm(sent["also"]),
    }


def shown(request: HttpRequest, campaign: Campaign, wrap: WrapUp, typed: str = "", status: int = 200) -> HttpResponse:
    context = {
        "campaign": campaign,
        "tabs": tabs_of(campaign, colleague(request), "wrap-up"),
        "wrap": wrap,
        "worked": worked_in(campaign, colleague(request)),
        "forms": forms_of(wrap, typed, request),
        "meaning": meaning_of(campaign, VERBS["wrap-up"]),
        "may_end": campaign.may_be(Campaign.Status.WRAPPED),
    }
    return render(request, "campaigns/planning/wrap_up.html", context, status=status)
