"""All numbers of a campaign, and those of one post with where they came from."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from campaigns.approvals.models import LivePost
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, may, refuse
from campaigns.results.models import MARKS, PostSnapshot, Screenshot
from campaigns.results.numbers import taking
from campaigns.results.numbers.forms import WithdrawForm
from campaigns.results.numbers.matrix import figures_of, rows_of
from campaigns.results.numbers.pictures import unread
from campaigns.results.numbers.post_page import page_of
from campaigns.results.numbers.template import blank_rows, header
from campaigns.results.numbers.waiting import HEADS, posts_of, waiting_mark, with_counted
from campaigns.results.tabs import head_of
from crm.base.csv_out import csv_response
from crm.base.files import Disposition, serve_file

SIZE = 50
reads, changes = may("campaigns.view_report"), may("campaigns.change_results")
FORM = ["GET", "HEAD", "POST"]


@reads
@require_safe
def campaign_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """Every post against the marks: what is there, where it came from, what waits."""
    campaign, now = find_campaign(request, pk), timezone.now()
    only = request.GET.get("only", "")
    posts: list[Any] = list(with_counted(posts_of(campaign.pk)).with_card().select_related("deliverable__account"))
    pictures = unread(Screenshot.objects.filter(live_post__in=posts)).count() if posts else 0
    shown = [post for post in posts if _is_wanted(post, only, now)]
    page = Paginator(shown, SIZE).get_page(request.GET.get("page"))
    context = {
        **head_of(campaign, colleague(request), "numbers"), "figures": figures_of(posts, pictures, now), "page": page, "only": only,
        "rows": rows_of(list(page.object_list), now), "heads": [HEADS[mark] for mark in MARKS],
    }  # fmt: skip
    return render(request, "campaigns/results/numbers/campaign.html", context)


def _is_wanted(post: Any, only: str, now: Any) -> bool:
    if only == "waiting":
        return post.status != LivePost.Status.REMOVED and waiting_mark(post, post.counted_hours, now) is not None
    return not post.counted if only == "none" else True


def find_post(request: HttpRequest, pk: int) -> LivePost:
    found: LivePost = get_object_or_404(LivePost.objects.visible_to(colleague(request)).with_card(), pk=pk)
    return found


@reads
@require_safe
def post_numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything that was counted of one post, also what was withdrawn."""
    post, now = find_post(request, pk), timezone.now()
    return render(
        request, "campaigns/results/numbers/post.html", {"post": post, "page": page_of(post, now)}
    )  # fmt: skip


def find_snapshot(request: HttpRequest, pk: int) -> PostSnapshot:
    rows = PostSnapshot.objects.visible_to(colleague(request)).select_related("evidence")
    found: PostSnapshot = get_object_or_404(rows, pk=pk)
    return found


@changes
@require_http_methods(FORM)
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """They were wrong. Says first what will be: they count no more and stay to be read."""
    snapshot = find_snapshot(request, pk)
    post = find_post(request, snapshot.live_post_id)
    form, back = WithdrawForm(request.POST or None), reverse("post-numbers", args=[post.pk])
    if snapshot.withdrawn_at is not None:
        return refuse(request, taking.GONE, back)
    if request.method == "POST" and form.is_valid():
        try:
            taking.withdraw(snapshot, form.cleaned_data["why"], at=timezone.now(), actor=actor_of(request))
        except ValidationError as refused:
            return refuse(request, " ".join(refused.messages), back)
        return redirect(back)
    context = {"form": form, "post": post, "snapshot": snapshot, "back": back, "title": _("Withdraw these numbers")}
    status = 422 if form.is_bound else 200
    return render(request, "campaigns/results/numbers/withdraw.html", context, status=status)


@reads
@require_safe
def evidence(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The screenshot numbers were read from."""
    snapshot = find_snapshot(request, pk)
    if snapshot.evidence is None:
        raise Http404
    return serve_file(request, snapshot.evidence, disposition=Disposition.INLINE)


@reads
@require_safe
def template(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A sheet with a row for each post that waits, ready to be filled in and brought back."""
    campaign, now = find_campaign(request, pk), timezone.now()
    name = f"{slugify(campaign.name) or 'campaign'}-numbers.csv"
    return csv_response(name, header(), blank_rows(campaign, now), zone=campaign.zone)
