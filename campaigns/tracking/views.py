"""Codes and links on their pages, and the short address that leads to a product page."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.planning.models import Campaign, Deliverable
from campaigns.planning.tabs import tabs_of
from campaigns.planning.views.doors import (
    actor_of,
    colleague,
    find_campaign,
    find_collaboration,
    find_deliverable,
    looks,
    may,
    refuse,
)
from campaigns.tracking import links
from campaigns.tracking.clicks import Look, count
from campaigns.tracking.codes import Wish, candidates, give_code, names_of, retire, set_pattern
from campaigns.tracking.forms import CodeForm, LinkForm, PatternForm, RetireForm
from campaigns.tracking.models import TrackedLink, VoucherCode
from campaigns.tracking.places import page_of
from campaigns.tracking.shown import of_campaign
from crm.base.visitors import address_of
from crm.timeline.transitions import TransitionRefused

FORM = ["GET", "HEAD", "POST"]
SMALL = "campaigns/planning/small_form.html"


@require_safe
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead on to what the database says. Nothing of the address chooses where to."""
    found = links.behind(slug)
    if found is None or found.closed_at is not None:
        answer: HttpResponse = render(
            request, "campaigns/tracking/gone.html", {"closed": found is not None}, status=410 if found else 404
        )
    else:
        count(found, look_of(request), timezone.now())
        answer = HttpResponseRedirect(found.target)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer


def look_of(request: HttpRequest) -> Look:
    said = request.headers
    return Look(
        method=request.method or "GET",
        browser=said.get("User-Agent", ""),
        purpose=said.get("Sec-Purpose", "") or said.get("Purpose", ""),
        referrer=said.get("Referer", ""),
        address=address_of(request) or "",
    )


@looks
@require_safe
def campaign_codes(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody's code, every link, and how often somebody came."""
    campaign = find_campaign(request, pk)
    return _codes_page(request, campaign, PatternForm(initial={"pattern": campaign.code_pattern}))


@may("campaigns.change_vouchercode")
@require_POST
def code_pattern(request: HttpRequest, pk: int) -> HttpResponse:
    """How the campaign's next codes are made; those that were given stay."""
    campaign = find_campaign(request, pk)
    form = PatternForm(request.POST)
    if not form.is_valid():
        return _codes_page(request, campaign, form)
    set_pattern(campaign, form.cleaned_data["pattern"], at=timezone.now(), actor=actor_of(request))
    messages.success(request, _("Saved. Codes that were given stay as they are."))
    return redirect("campaign-codes", pk=pk)


def _codes_page(request: HttpRequest, campaign: Campaign, form: PatternForm) -> HttpResponse:
    context = {
        "campaign": campaign,
        "tabs": tabs_of(campaign, colleague(request), "codes"),
        "tracked": of_campaign(campaign),
        "form": form,
    }
    return render(request, "campaigns/tracking/campaign.html", context, status=422 if form.is_bound else 200)


@may("campaigns.add_vouchercode")
@require_http_methods(FORM)
def code_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A code for one person."""
    card = find_collaboration(request, pk)
    person, here = card.influencer, reverse("collaboration", args=[pk])
    first = next(candidates(card.campaign.code_pattern, names_of(person.stage_name, person.main_handle)))
    form = CodeForm(request.POST or None, proposal=first)
    if request.method == "POST" and form.is_valid():
        try:
            row = give_code(card, Wish(**form.cleaned_data), at=timezone.now(), actor=actor_of(request))
        except TransitionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("%(name)s has the code %(code)s.") % {"name": person, "code": row.code})
            return redirect(here)
    context = {"form": form, "title": _("Voucher code"), "collaboration": card, "back": here}
    return render(request, SMALL, context, status=422 if form.is_bound else 200)


@may("campaigns.change_vouchercode")
@require_http_methods(FORM)
def code_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """It counts no longer, with a reason."""
    seen = VoucherCode.objects.visible_to(colleague(request)).select_related(
        "collaboration__campaign", "collaboration__influencer"
    )
    row = get_object_or_404(seen, pk=pk)
    here = reverse("collaboration", args=[row.collaboration_id])
    form = RetireForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            retire(row, form.cleaned_data["why"], at=timezone.now(), actor=actor_of(request))
        except TransitionRefused as refused:
            return refuse(request, refused, here)
        messages.success(request, _("%(code)s is retired. Nobody gets it again.") % {"code": row.code})
        return redirect(here)
    title = _("Retire %(code)s") % {"code": row.code}
    context = {"form": form, "title": title, "collaboration": row.collaboration, "back": here, "danger": True}
    return render(request, SMALL, context, status=422 if form.is_bound else 200)


@may("campaigns.change_trackedlink")
@require_http_methods(FORM)
def link_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link for one deliverable, or let it lead somewhere else."""
    row = find_deliverable(request, pk)
    link = TrackedLink.objects.filter(deliverable=row).first()
    here = place_of(row)
    start = {"target": link.target if link is not None else page_of(row.collaboration.campaign)}
    form = LinkForm(request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            _lead(row, link, form.cleaned_data["target"], request)
        except ValueError as wrong:
            form.add_error("target", str(wrong))
        except TransitionRefused as refused:
            return refuse(request, refused, here)
        else:
            messages.success(request, _("Saved. The link leads there from now on."))
            return redirect(here)
    title = _("Where the link leads") if link is not None else _("Make a link")
    context = {"form": form, "title": title, "row": row, "collaboration": row.collaboration, "back": here}
    return render(request, SMALL, context, status=422 if form.is_bound else 200)


def _lead(row: Deliverable, link: TrackedLink | None, target: str, request: HttpRequest) -> None:
    now, actor = timezone.now(), actor_of(request)
    if link is None:
        links.make_link(row, target, at=now, actor=actor)
    else:
        link.deliverable = row
        links.lead_to(link, target, at=now, actor=actor)


@may("campaigns.change_trackedlink")
@require_POST
def link_close(request: HttpRequest, pk: int) -> HttpResponse:
    return _turn(request, pk, links.close, _("The link is closed. Whoever follows it is told so kindly."))


@may("campaigns.change_trackedlink")
@require_POST
def link_open(request: HttpRequest, pk: int) -> HttpResponse:
    return _turn(request, pk, links.open_again, _("The link is open again."))


def _turn(request: HttpRequest, pk: int, step: Callable[..., None], words: str) -> HttpResponse:
    seen = TrackedLink.objects.visible_to(colleague(request)).select_related(
        "deliverable__format", "deliverable__collaboration__campaign"
    )
    link = get_object_or_404(seen, pk=pk)
    here = place_of(link.deliverable)
    try:
        step(link, at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, here)
    messages.success(request, words)
    return redirect(here)


def place_of(row: Deliverable) -> str:
    return f"{reverse('collaboration', args=[row.collaboration_id])}#tracked-{row.pk}"
