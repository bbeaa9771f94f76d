"""A demo lets you in with one click. Only in a demo, and only from this very machine."""

import functools
from collections.abc import Callable
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from crm.base.way_back import way_back
from crm.team.models import User

BACKEND = "crm.team.backends.RoleBackend"
LOOPBACK = ("127.0.0.1", "::1")
View = Callable[..., HttpResponse]


def is_on_this_machine(request: HttpRequest) -> bool:
    """Asked from loopback, and not through a proxy that would make every stranger look like that."""
    return request.META.get("REMOTE_ADDR") in LOOPBACK and "HTTP_X_FORWARDED_FOR" not in request.META


def demo_only(view: View) -> View:
    """Elsewhere the page does not exist."""

    @functools.wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO or not is_on_this_machine(request):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def way_on(request: HttpRequest) -> str:
    """Where the person wanted to go before she was asked to sign in."""
    return way_back(request, request.POST.get("next", ""), resolve_url(settings.LOGIN_REDIRECT_URL))


@demo_only
@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Sign in as the demo's coordinator, manager, admin ... without a password."""
    role = request.POST.get("role", "")
    user = User.objects.active().filter(role=role).order_by("pk").first()
    if user is None:
        messages.error(request, _("Nobody in this demo has that role. Choose another one, or sign in with a password."))
        return redirect("account_login")
    login(request, user, backend=BACKEND)
    UserSession.objects.create_from_request(
        request
    )  # as the sign-in form does: the page of sessions lists this one too
    return redirect(way_on(request))
