"""Handing in on her own page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.approvals.handing import sheet
from campaigns.approvals.handing.desk import Desk, her_deliverable, stage_of
from campaigns.approvals.models import ContentVersion
from crm.portal.views import acting_label
from crm.portal.visits import Visit, visiting
from crm.timeline.record import Actor

TEMPLATE = "campaigns/approvals/handing/her_draft.html"
View = Callable[..., HttpResponseBase]


def at_her_desk(view: View) -> Any:
    """Only for what is hers and may still be handed in; anything else looks as if it were not there."""

    @wraps(view)
    def wrapped(request: HttpRequest, visit: Visit, deliverable: int, **kwargs: Any) -> HttpResponseBase:
        found = her_deliverable(visit.asking, deliverable)
        if found is None:
            return render(request, "crm/portal/gone.html", {"visit": visit, "frame": visit.frame}, status=404)
        actor = Actor.contact(visit.link.contact, label=acting_label(visit))
        stage = stage_of(found, request.GET.get("as", ""))
        desk = Desk(found, stage, visit.asking.now, actor, visit.link.contact, visit.session.pk)
        return view(request, visit, desk, **kwargs)

    return csrf_protect(visiting(cast(Any, wrapped)))


@at_her_desk
@require_http_methods(["GET", "HEAD", "POST"])
def her_draft(request: HttpRequest, visit: Visit, desk: Desk) -> HttpResponse:
    """Everything that is asked for, what was said of the last version, and one button that sends."""

    def sent_to(version: ContentVersion) -> str:
        thanks = "idea.sent" if version.stage == ContentVersion.Stage.CONCEPT else "deliverable.draft"
        return f"{reverse('portal-page', args=[visit.session.pk])}?thanks={thanks}"

    return sheet.answer(request, desk, TEMPLATE, sent_to, visit=visit, frame=visit.frame)


@at_her_desk
@require_POST
def her_save(request: HttpRequest, visit: Visit, desk: Desk) -> HttpResponse:
    return sheet.keep_typed(request, desk)


@at_her_desk
@require_POST
def her_files(request: HttpRequest, visit: Visit, desk: Desk) -> HttpResponse:
    return sheet.begin_file(request, desk)


@at_her_desk
@require_http_methods(["GET", "HEAD", "PUT", "POST"])
def her_file(request: HttpRequest, visit: Visit, desk: Desk, key: str) -> HttpResponseBase:
    return sheet.one_file(request, desk, key)
