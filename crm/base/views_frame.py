"""The two small addresses behind the frame: what waits behind each entry, and the choice of light or dark."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from crm.base.context import THEME_COOKIE, THEMES
from crm.base.nav import counts_for, home_of
from crm.base.way_back import way_back

YEAR = 60 * 60 * 24 * 365


@require_safe
@never_cache
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """To the page this colleague's day begins with."""
    return HttpResponseRedirect(home_of(request.user, "/"))


@require_GET
@never_cache
@login_required
def nav_counts(request: HttpRequest) -> JsonResponse:
    """How many things wait, by entry; the page asks once it is up."""
    return JsonResponse(counts_for(request.user))


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Remember light, dark or auto: in the browser for the next page, on the account for the next device."""
    wished = request.POST.get("theme", "")
    response = HttpResponseRedirect(_way_back(request))
    if wished not in THEMES:
        return response
    response.set_cookie(THEME_COOKIE, wished, max_age=YEAR, samesite="Lax", secure=request.is_secure())
    if request.user.is_authenticated:
        request.user.theme = wished
        request.user.save(update_fields=["theme"])
    return response


def _way_back(request: HttpRequest) -> str:
    """The page the choice was made on, if it is one of ours."""
    next_page = request.POST.get("next", "")
    return way_back(request, next_page, "/")
