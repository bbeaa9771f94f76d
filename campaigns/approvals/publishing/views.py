"""Pages of what is online: one live post, its cases, its looks, its screenshots, and whether she answers below it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.approvals.models import Deviation, LiveCheck, LivePost, ReplyPromise
from campaigns.approvals.publishing import forms
from campaigns.approvals.publishing.actions import look
from campaigns.approvals.publishing.comparing import is_filmed
from campaigns.approvals.publishing.evidence import add_proof
from campaigns.approvals.publishing.listing import figures_of, lines_of, seen_by
from campaigns.approvals.publishing.page import page_of, says
from campaigns.approvals.publishing.staying import answer_check
from campaigns.approvals.publishing.steps import STEPS, Doing, steps_for
from campaigns.planning.views.deliverables import place_of
from campaigns.planning.views.doors import actor_of, colleague, find_deliverable, may, refuse
from crm.base.files import Disposition, keep, serve_file
from crm.base.zones import local_date
from crm.timeline.transitions import TransitionRefused

FORM = ["GET", "HEAD", "POST"]
SIZE = 50
looks, works = may("campaigns.view_review"), may("campaigns.review")


def find_post(request: HttpRequest, pk: int) -> LivePost:
    """A live post this colleague may see, or 404."""
    found: LivePost = get_object_or_404(LivePost.objects.visible_to(colleague(request)).with_card(), pk=pk)
    return found


def page_url(post: LivePost) -> str:
    return reverse("live-post", args=[post.pk])


@looks
@require_safe
def live_post(request: HttpRequest, pk: int) -> HttpResponse:
    """What was approved, what stands there, what differs."""
    post = find_post(request, pk)
    return _page(request, post, _form(post))


@works
@require_http_methods(FORM)
def live_post_look(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands there now: pasted here it is compared at once."""
    post = find_post(request, pk)
    form = _form(post, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, post, form)
    try:
        found = look(post, form.seen(), at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, page_url(post))
    messages.success(request, _("Compared. What differs stands on top.") if found else _("Compared. Nothing differs."))
    return redirect(page_url(post))


def _form(post: LivePost, sent: Any = None) -> forms.LookForm:
    """What is counted by eye is asked where the rules want it counted."""
    now = timezone.now()
    today = local_date(now, post.deliverable.zone)
    return forms.LookForm(sent, post=post, is_video=is_filmed(post, now), today=today)


def _page(request: HttpRequest, post: LivePost, form: forms.LookForm) -> HttpResponse:
    context = {"post": post, "form": form, "page": page_of(post, colleague(request))}
    return render(request, "campaigns/approvals/publishing/post.html", context, status=422 if form.is_bound else 200)


@works
@require_POST
def live_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Is it online? One press says so."""
    seen = LiveCheck.objects.visible_to(colleague(request)).open()
    check = seen.select_related("post__deliverable__collaboration__campaign").filter(pk=pk).first()
    if check is None:
        get_object_or_404(LiveCheck.objects.visible_to(colleague(request)), pk=pk)
        return refuse(request, _("Somebody has looked already. Reload the page."), reverse("deviations"))
    is_live = request.POST.get("is_live") != "no"
    note = str(request.POST.get("note", "")).replace("\x00", "")[:300]
    try:
        answer_check(check, is_live=is_live, note=note, at=timezone.now(), actor=actor_of(request))
    except TransitionRefused as refused:
        return refuse(request, refused, page_url(check.post))
    messages.success(request, _("Noted: it is online.") if is_live else _("Noted. A case says that it is gone."))
    return redirect(page_url(check.post))


@works
@require_http_methods(FORM)
def deviation_step(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """One thing done about a deviation."""
    seen = Deviation.objects.visible_to(colleague(request)).select_related(
        "post__platform", "post__deliverable__format__platform", "post__deliverable__collaboration__influencer",
        "post__deliverable__collaboration__campaign__brand",
    )  # fmt: skip
    row, step, now = get_object_or_404(seen, pk=pk), STEPS.get(code), timezone.now()
    if step is None:
        raise Http404
    today = local_date(now, row.post.deliverable.zone)
    form = step.form(request.POST if request.method == "POST" else None, today=today)
    if step not in steps_for(row):
        return refuse(request, _("This has been settled meanwhile. Here is how it stands."), page_url(row.post))
    if request.method == "POST" and form.is_valid():
        try:
            step.act(row, Doing(now, actor_of(request), form.cleaned_data))
        except TransitionRefused as refused:
            return refuse(request, refused, page_url(row.post))
        messages.success(request, str(step.done))
        return redirect(page_url(row.post))
    return _small(request, row.post, form, step.title, lead=f"{row.get_kind_display()}. {says(row)} {step.says}")


@works
@require_http_methods(FORM)
def proof_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One more screenshot: a story has one for each frame."""
    post, now = find_post(request, pk), timezone.now()
    today = local_date(now, post.deliverable.zone)
    form = forms.ScreenshotForm(request.POST or None, request.FILES or None, today=today)
    if request.method == "POST" and form.is_valid():
        add_proof(post, keep(form.cleaned_data["file"], by=actor_of(request).label), at=now, actor=actor_of(request))
        messages.success(request, _("The screenshot is here."))
        return redirect(page_url(post))
    return _small(request, post, form, _("Add a screenshot"))


@looks
@require_safe
def proof(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A screenshot of a live post."""
    found = get_object_or_404(find_post(request, pk).proofs.all(), pk=file)
    return serve_file(request, found, disposition=Disposition.INLINE)


@works
@require_http_methods(FORM)
def replies(request: HttpRequest, pk: int) -> HttpResponse:
    """Plan that she answers comments; once the hours are over, say whether she did."""
    row, now = find_deliverable(request, pk), timezone.now()
    promise = ReplyPromise.objects.filter(deliverable=row).first()
    today, sent = local_date(now, row.zone), request.POST if request.method == "POST" else None
    form: Any
    if promise is not None and row.published_at is not None:
        form = forms.RepliesSeenForm(sent, today=today, promise=promise)
    else:
        form = forms.RepliesForm(sent, today=today, initial={"hours": promise.hours if promise else 24})
    if request.method == "POST" and form.is_valid():
        try:
            form.carry_out(row, at=now, actor=actor_of(request))
        except TransitionRefused as refused:
            return refuse(request, refused, place_of(row))
        messages.success(request, _("Noted."))
        return redirect(place_of(row))
    words = {"title": _("Answers to comments"), "row": row, "collaboration": row.collaboration}
    context = {"form": form, "back": place_of(row), **words}
    return render(request, "campaigns/planning/small_form.html", context, status=422 if form.is_bound else 200)


@looks
@require_safe
def deviations(request: HttpRequest) -> HttpResponse:
    """What went out otherwise than agreed, the oldest open case first."""
    form = forms.DeviationFilter(request.GET)
    rows = seen_by(colleague(request), **form.asked())
    page = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    lines = lines_of(list(page.object_list), timezone.now())
    context = {"form": form, "page": page, "lines": lines, "figures": figures_of(colleague(request))}
    return render(request, "campaigns/approvals/publishing/deviations.html", context)


def _small(request: HttpRequest, post: LivePost, form: Any, title: Any, *, lead: str = "") -> HttpResponse:
    context = {"form": form, "title": title, "post": post, "back": page_url(post), "lead": lead}
    return render(
        request, "campaigns/approvals/publishing/step.html", context, status=422 if form.is_bound else 200
    )  # fmt: skip
