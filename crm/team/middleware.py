"""Each person sees Mitra in her own language and time zone."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from crm.base.visitors import forget_pages


class PersonalLocaleMiddleware:
    """Activates the signed-in user's language and zone; strangers get the language cookie, then the browser's wish."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        if user.is_authenticated:
            language, zone = user.language, user.zone
        else:
            language, zone = translation.get_language_from_request(request), settings.DEFAULT_ZONE
        request.LANGUAGE_CODE = language
        with translation.override(language), timezone.override(ZoneInfo(zone)):
            response = self.get_response(request)
            if not response.streaming and hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
        response.headers.setdefault("Content-Language", language)
        if user.is_authenticated:
            response.headers.setdefault("Cache-Control", f"private, {_kept(response)}")
        if user.is_authenticated and not request.user.is_authenticated:
            forget_pages(response)
        return response


def _kept(response: HttpResponse) -> str:
    """Pages are asked for anew, but a colleague who goes back finds what she had typed. Of the rest nothing stays."""
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    return "no-cache" if is_page and "Content-Disposition" not in response.headers else "no-store"
