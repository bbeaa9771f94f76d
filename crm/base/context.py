"""What every page's frame needs."""

from functools import cache
from typing import Any

from django.http import HttpRequest

from crm.base import nav

THEMES = ("auto", "light", "dark")
THEME_COOKIE = "theme"


def theme_of(request: HttpRequest) -> str:
    """Light, dark, or as the device wishes. The browser's cookie goes before what the account says."""
    wished = request.COOKIES.get(THEME_COOKIE) or getattr(getattr(request, "user", None), "theme", "")
    return wished if wished in THEMES else "auto"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Theme, navigation and pins. Asked when shown: a page without the frame (an influencer's, an e-mail) pays nothing for it."""
    return {
        "theme": theme_of(request),
        "nav": cache(lambda: nav.shown_to(request)),
        "pinned": cache(lambda: nav.pinned_for(request.user)),
    }
