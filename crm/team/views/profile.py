"""One's own account, and the language switch every page has."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_POST

from crm.base.context import THEME_COOKIE
from crm.base.way_back import way_back
from crm.team.forms import ProfileForm
from crm.team.models import User
from crm.team.queries import ways_to_sign_in
from crm.team.views.access import me

KEPT_SECONDS = 60 * 60 * 24 * 365


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Name, phone, language, zone, theme, digest; and the ways to sign in."""
    user = User.objects.get(pk=me(request).pk)
    form = ProfileForm(request.POST or None, instance=user)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        with override(saved.language):
            messages.success(request, _("Your profile is saved."))
        response = redirect("profile")
        _remember(response, settings.LANGUAGE_COOKIE_NAME, saved.language)
        _remember(response, THEME_COOKIE, saved.theme)
        return response
    context = {"form": form, "sign_in": ways_to_sign_in(me(request))}
    return render(request, "crm/team/profile.html", context, status=422 if form.is_bound else 200)


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switch the language: kept on the account, and in a cookie for the sign-in page."""
    chosen = request.POST.get("language", "")
    if chosen not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest(_("Mitra does not speak this language."))
    if request.user.is_authenticated:
        user = User.objects.get(pk=me(request).pk)
        user.language = chosen
        user.save(update_fields=["language", "updated_at"])
    response = HttpResponseRedirect(_back(request))
    _remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    return response


def _back(request: HttpRequest) -> str:
    """Where the switch was pressed, if that is one of our own pages."""
    asked = request.POST.get("next") or request.headers.get("Referer", "")
    return way_back(request, asked, reverse(settings.LOGIN_REDIRECT_URL))


def _remember(response: HttpResponse, cookie: str, value: str) -> None:
    response.set_cookie(cookie, value, max_age=KEPT_SECONDS, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
