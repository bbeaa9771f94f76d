"""From where somebody looks at a page, and what her browser keeps of it once she is gone."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def address_of(request: HttpRequest) -> str | None:
    """From where a request comes; behind our own proxy it is what the proxy saw last."""
    seen = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", seen).rpartition(",")[2].strip()
    try:
        return str(ipaddress.ip_address(seen))
    except ValueError:
        return None


def forget_pages(response: HttpResponse) -> None:
    """The browser drops every page of ours it holds, the ones in memory too, so that Back shows none of them again.

    Browsers listen to this over HTTPS and on the own machine alone; elsewhere frame.js asks whose page it was.
    """
    response.headers["Clear-Site-Data"] = '"cache"'
