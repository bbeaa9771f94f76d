"""The two ways to get an account: open an empty house, or accept an invitation."""

from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from crm.team import invitations
from crm.team.actions import TeamRefused
from crm.team.forms import JoinForm, SetupForm
from crm.team.house import open_house
from crm.team.models import User
from crm.team.queries import nobody_works_here
from crm.team.views.access import View


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Where the invitation leads: shows who invites and what is needed; nothing changes before the button."""
    now = timezone.now()
    invitation = invitations.find(token, now)
    if invitation is None:
        return render(request, "crm/team/invitation_gone.html", status=404)
    initial = {"name": invitation.name, "language": translation.get_language()}
    form = JoinForm(request.POST or None, initial=initial, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        try:
            user = invitations.accept(invitation, at=now, **form.cleaned_data)
        except TeamRefused:
            return render(request, "crm/team/invitation_gone.html", status=404)
        _enter(request, user)
        return redirect("profile")
    context = {"invitation": invitation, "form": form}
    return render(request, "crm/team/accept.html", context, status=422 if form.is_bound else 200)


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """The first page of a new house; closed for good once somebody works here."""
    if not nobody_works_here():
        return redirect("account_login")
    form = SetupForm(request.POST or None, initial={"language": translation.get_language()})
    if request.method == "POST" and form.is_valid():
        try:
            owner = open_house(at=timezone.now(), **form.cleaned_data)
        except TeamRefused:
            return redirect("account_login")
        _enter(request, owner)
        return redirect("settings-mail")
    return render(request, "crm/team/setup.html", {"form": form}, status=422 if form.is_bound else 200)


def door(view: View) -> View:
    """The sign-in page of an empty house is its first page; every other page leads here."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return redirect("setup") if nobody_works_here() else view(request, *args, **kwargs)

    return opened


def _enter(request: HttpRequest, user: User) -> None:
    """Sign in with the password just chosen."""
    login(request, user, backend="crm.team.backends.RoleBackend")
    record_authentication(request, user, method="password", email=user.email)
