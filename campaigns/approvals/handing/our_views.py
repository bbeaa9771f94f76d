"""Handing in for her: what came by chat or e-mail, noted by a colleague."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.approvals.handing import sheet
from campaigns.approvals.handing.desk import Desk, stage_of
from campaigns.approvals.handing.serving import asset_for, serve_asset
from campaigns.approvals.models import ContentVersion
from campaigns.planning.views.doors import actor_of, colleague, find_deliverable, may

TEMPLATE = "campaigns/approvals/handing/hand_in.html"
View = Callable[..., HttpResponseBase]
reviews = may("campaigns.review")


def at_our_desk(view: View) -> Any:
    """For colleagues who may; times are typed and told in the zone it is posted in."""

    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponseBase:
        found = find_deliverable(request, pk)
        if not found.is_unposted:
            raise Http404("It is out or dropped.")
        desk = Desk(found, stage_of(found, request.GET.get("as", "")), timezone.now(), actor_of(request))
        with timezone.override(ZoneInfo(found.zone)):
            return view(request, desk, **kwargs)

    return reviews(cast(Any, wrapped))


@at_our_desk
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The same boxes as on her page, with how it came and in which words."""

    def sent_to(version: ContentVersion) -> str:
        return reverse("review", args=[version.pk])

    return sheet.answer(request, desk, TEMPLATE, sent_to, card=desk.deliverable.collaboration)


@at_our_desk
@require_POST
def hand_in_save(request: HttpRequest, desk: Desk) -> HttpResponse:
    return sheet.keep_typed(request, desk)


@at_our_desk
@require_POST
def hand_in_files(request: HttpRequest, desk: Desk) -> HttpResponse:
    return sheet.begin_file(request, desk)


@at_our_desk
@require_http_methods(["GET", "HEAD", "PUT", "POST"])
def hand_in_file(request: HttpRequest, desk: Desk, key: str) -> HttpResponseBase:
    return sheet.one_file(request, desk, key)


@may("campaigns.view_review")
@require_http_methods(["GET", "HEAD"])
def review_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A file of a version, for whoever sees its brand."""
    return serve_asset(request, asset_for(colleague(request), pk))
