"""The administration without the list of all tables beside each page: it is the same everywhere, and most of a page's work."""

import functools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.urls import reverse


@contextmanager
def administration() -> Iterator[None]:
    """The front page and those of one app keep their list; `AdminSite.get_app_list.__wrapped__` is the whole one."""
    listing = AdminSite.get_app_list

    @functools.wraps(listing)
    def get_app_list(site: AdminSite, request: HttpRequest, app_label: str | None = None) -> list[Any]:
        is_the_list = app_label is not None or request.path == reverse("admin:index")
        return list(listing(site, request, app_label)) if is_the_list else []

    AdminSite.get_app_list = get_app_list  # type: ignore[method-assign]
    try:
        yield
    finally:
        AdminSite.get_app_list = listing  # type: ignore[method-assign]
