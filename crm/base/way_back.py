"""The way back: a page says where it was opened from, and anybody can write anything there."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

ADDRESS = ("/", "http://", "https://")


def way_back(request: HttpRequest, wanted: str, otherwise: str) -> str:
    """`wanted` when it is the address of a page of ours, else `otherwise`.

    A bare word is no address: `redirect()` would look for a view of that name, and fail when there is none.
    """
    hosts, https = {request.get_host()}, request.is_secure()
    is_ours = wanted.startswith(ADDRESS) and url_has_allowed_host_and_scheme(wanted, hosts, require_https=https)
    return wanted if is_ours else otherwise
