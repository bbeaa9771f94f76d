"""Typing numbers beside their pictures, one post after another."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.approvals.models import LivePost
from campaigns.planning.models import Campaign
from campaigns.planning.views.doors import actor_of, colleague, find_campaign, may, refuse
from campaigns.results.models import PostSnapshot, Screenshot
from campaigns.results.numbers.followers import followers_at
from campaigns.results.numbers.forms import NumbersForm
from campaigns.results.numbers.pictures import add_pictures, leave_out
from campaigns.results.numbers.queue import Item, Round, round_at
from campaigns.results.numbers.typing import keep_typed, take_back
from campaigns.results.numbers.views import find_snapshot
from campaigns.results.numbers.waiting import posts_of
from crm.base.files import IMAGES, Disposition, UploadRefused, accept_upload, keep, serve_file
from crm.base.models import StoredFile

reads, changes = may("campaigns.view_report"), may("campaigns.change_results")
MOST_PICTURES = 40


def place(campaign: int, key: str = "", done: int | None = None) -> str:
    """The address of a stop of the round."""
    said = {"at": key, "done": done}
    query = urlencode({name: value for name, value in said.items() if value})
    url = reverse("numbers-type", args=[campaign])
    return f"{url}?{query}" if query else url


@changes
@require_http_methods(["GET", "HEAD", "POST"])
def numbers_type(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture left, the fields right; Enter keeps them and goes on."""
    campaign, now = find_campaign(request, pk), timezone.now()
    round_ = round_at(campaign, request.GET.get("at", ""), now)
    item = round_.item
    if item is None:
        return _page(request, campaign, round_, None)
    form = _form(campaign, item, now, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid() or form.has_to_ask:
        return _page(request, campaign, round_, form)
    try:
        kept = keep_typed(item, form, at=now, actor=actor_of(request))
    except ValidationError as refused:
        form.add_error(None, refused)
        return _page(request, campaign, round_, form)
    return redirect(place(campaign.pk, round_.next_key, kept.pk))


def _form(campaign: Campaign, item: Item, now: dt.datetime, sent: Any) -> NumbersForm:
    posts: Sequence[LivePost] = list(posts_of(campaign.pk).with_card()) if item.picture is not None else ()
    earlier = list(item.post.snapshots.standing())
    return NumbersForm(
        sent, post=item.post, posts=posts, earlier=earlier, now=now,
        taken_at=item.picture.taken_at if item.picture is not None else now,
        followers=followers_at([item.post]).get(item.post.pk),
    )  # fmt: skip


def _page(request: HttpRequest, campaign: Campaign, round_: Round, form: NumbersForm | None) -> HttpResponse:
    done = request.GET.get("done", "")
    last = (
        PostSnapshot.objects.standing().of_campaigns([campaign.pk])
        .select_related("live_post__deliverable__format__platform", "live_post__deliverable__collaboration__influencer")
        .filter(pk=int(done)).first() if done.isascii() and done.isdigit() and len(done) < 19 else None
    )  # fmt: skip
    context = {
        "campaign": campaign, "round": round_, "item": round_.item, "form": form, "last": last,
        "previous": place(campaign.pk, round_.previous_key) if round_.previous_key else "",
        "next": place(campaign.pk, round_.next_key) if round_.next_key else "",
    }  # fmt: skip
    is_refused = form is not None and form.is_bound and not form.has_to_ask
    return render(request, "campaigns/results/numbers/type.html", context, status=422 if is_refused else 200)


@changes
@require_http_methods(["GET", "HEAD", "POST"])
def pictures_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Several pictures at once, each put to a post."""
    campaign = find_campaign(request, pk)
    if request.method != "POST":
        return redirect("campaign-numbers", pk)
    actor, refused = actor_of(request), list[str]()
    files = _safe(request, actor.label, refused)
    try:
        kept = add_pictures(campaign, files, at=timezone.now(), actor=actor) if files else []
    except ValidationError as wrong:
        return refuse(request, " ".join(wrong.messages), reverse("campaign-numbers", args=[pk]))
    for why in refused:
        messages.warning(request, why)
    if not kept:
        messages.warning(request, _("No picture arrived. Choose them again."))
        return redirect("campaign-numbers", pk)
    named = sum(1 for one in kept if one.is_named)
    came = ngettext("%(n)d picture is here.", "%(n)d pictures are here.", len(kept)) % {"n": len(kept)}
    told = _("Told by its name of which post: %(n)d. Check the others as you type.") % {"n": named}
    messages.success(request, f"{came} {told}")
    return redirect(place(campaign.pk, f"s{kept[0].picture.pk}"))


def _safe(request: HttpRequest, by: str, refused: list[str]) -> list[StoredFile]:
    """The pictures that are pictures; why the others are not taken goes to `refused`."""
    files = []
    for sent in request.FILES.getlist("files")[:MOST_PICTURES]:
        try:
            files.append(keep(accept_upload(sent, kinds=IMAGES), by=by))
        except UploadRefused as why:
            refused += why.messages
    return files


def find_picture(request: HttpRequest, pk: int) -> Screenshot:
    posts = LivePost.objects.visible_to(colleague(request))
    rows = Screenshot.objects.filter(live_post__in=posts).select_related(
        "file", "live_post__deliverable__collaboration"
    )
    found: Screenshot = get_object_or_404(rows, pk=pk)
    return found


@reads
@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture itself."""
    return serve_file(request, find_picture(request, pk).file, disposition=Disposition.INLINE)


@changes
@require_POST
def picture_leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """It shows no numbers, or is there twice."""
    found = find_picture(request, pk)
    leave_out(found, at=timezone.now())
    messages.success(request, _("Left out. The file is kept."))
    return redirect(place(found.live_post.deliverable.collaboration.campaign_id))


@changes
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back what was typed last, and type it again."""
    snapshot = find_snapshot(request, pk)
    picture_ = Screenshot.objects.filter(snapshot=snapshot).first()
    post = LivePost.objects.select_related("deliverable__collaboration").get(pk=snapshot.live_post_id)
    campaign = post.deliverable.collaboration.campaign_id
    try:
        take_back(snapshot, at=timezone.now(), actor=actor_of(request))
    except ValidationError as refused:
        return refuse(request, " ".join(refused.messages), place(campaign))
    messages.success(request, _("Taken back. Type them again."))
    return redirect(place(campaign, f"s{picture_.pk}" if picture_ else f"p{post.pk}"))
