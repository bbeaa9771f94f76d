"""A visit to the influencer's page: its cookie, its language and zone, its headers."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation

from crm.base.models import Organisation
from crm.outbox.models import Contact
from crm.portal.forms import NewLinkForm
from crm.portal.links import Opened, find_session
from crm.portal.models import Link, PortalSession
from crm.portal.registry import Asking, Frame, portal_frame

COOKIE = "mitra_page"
View = Callable[..., HttpResponse]


class Visit:
    """One running visit: the session, whose tasks, and what stands around them."""

    def __init__(self, session: PortalSession, asking: Asking, frame: Frame) -> None:
        self.session = session
        self.asking = asking
        self.frame = frame

    @property
    def link(self) -> Link:
        return self.session.link


def frame_of(link: Link, now: Any) -> Frame | None:
    """What the influencers room says about a link's person and brand; None when either is gone."""
    return cast("Frame | None", portal_frame["person"].call(link, now))


def private(response: HttpResponse) -> HttpResponse:
    """Nothing of these pages stays in a cache."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def lost(request: HttpRequest) -> HttpResponse:
    """The one answer to every link that does not open: unknown, expired and revoked look the same."""
    page = render(request, "crm/portal/lost.html", {"form": NewLinkForm()}, status=404)
    return private(page)


def closed(request: HttpRequest, link: Link, frame: Frame) -> HttpResponse:
    """Why the holder of a link that was right once finds nothing behind it any more, and whom to ask."""
    request.LANGUAGE_CODE = link.contact.language
    with translation.override(link.contact.language):
        return private(render(request, "crm/portal/closed.html", {"frame": frame}, status=403))


def welcome(request: HttpRequest, opened: Opened, page: str = "portal-page") -> HttpResponse:
    """Redirect to the clean address, with the visit's own cookie that is sent nowhere else."""
    path = reverse("portal-page", args=[opened.session.pk])
    response = HttpResponse(status=303, headers={"Location": reverse(page, args=[opened.session.pk])})
    response.set_cookie(
        COOKIE,
        opened.key,
        path=path,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
        expires=opened.session.expires_at,
    )
    return private(response)


def visiting(view: View) -> View:
    """Only for who holds the visit's cookie; speaks the holder's language in the person's zone."""

    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        session = find_session(pk, request.COOKIES.get(COOKIE, ""), now)
        frame = frame_of(session.link, now) if session is not None else None
        if session is None or frame is None or session.link.influencer_ref is None:
            return lost(request)
        link = session.link
        if frame.is_closed:
            return closed(request, link, frame)
        person = frame.influencer_id or link.influencer_ref or 0
        asking = Asking(person, link.brand_ref, now, frame.zone, link.contact, frame.powers)
        request.LANGUAGE_CODE = link.contact.language
        with translation.override(link.contact.language), timezone.override(ZoneInfo(frame.zone)):
            return private(view(request, Visit(session, asking, frame), **kwargs))

    return wrapped


def choosing(view: Callable[..., HttpResponse]) -> View:
    """Only for who holds the visit's cookie, of a link to her page or to her choices; the frame is the brand's or ours."""

    @wraps(view)
    def wrapped(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        session = find_session(pk, request.COOKIES.get(COOKIE, ""), now)
        if session is None:
            return lost(request)
        contact, is_page = session.link.contact, session.link.purpose == Link.Purpose.TASKS
        frame = frame_of(session.link, now) if is_page else house_frame(contact)
        if frame is None:
            return lost(request)
        if frame.is_closed:
            return closed(request, session.link, frame)
        request.LANGUAGE_CODE = contact.language
        with translation.override(contact.language), timezone.override(ZoneInfo(contact.zone)):
            return private(view(request, session, frame, now, **kwargs))

    return wrapped


def house_frame(contact: Contact) -> Frame:
    """What stands around a page of no brand."""
    return Frame(brand=Organisation.load().name, colour="a", greeting=contact.name.split(" ")[0], zone=contact.zone)
