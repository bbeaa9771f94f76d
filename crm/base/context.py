"""What every page's frame needs."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from crm.base import nav

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"


def theme_of(request: HttpRequest) -> str:
    """Light, dark, or as the device wishes. The browser's cookie goes before what the account says."""
    wished = request.COOKIES.get(THEME_COOKIE) or getattr(getattr(request, "user", None), "theme", "")
    return wished if wished in THEMES else "auto"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Theme, navigation and pins. Lazy: a page without the frame (an influencer's, an e-mail) pays nothing for it."""
    return {
        "theme": theme_of(request),
        "nav": SimpleLazyObject(lambda: nav.shown_to(request)),
        "pinned": SimpleLazyObject(lambda: nav.pinned_for(request.user)),
    }
