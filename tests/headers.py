"""What every answer has to tell the browser, whatever its status and whoever asked."""

import re
from collections.abc import Iterator

from django.http import HttpResponse

POLICY = re.compile(r"\s*([a-z-]+)(?:\s+([^;]*))?")
SAFE = {"'self'", "'none'", "data:"}
"""Sources of the policy that let nothing in from elsewhere and nothing inline."""

FIXED = {"X-Content-Type-Options": ("nosniff",), "Referrer-Policy": ("same-origin", "no-referrer"),
         "X-Frame-Options": ("SAMEORIGIN", "DENY")}  # fmt: skip
SCRIPTS_READ = {"csrftoken", "theme", "django_language"}
"""Cookies that open nothing by themselves."""


def loose(answer: HttpResponse, *, caching: str) -> Iterator[str]:
    """What is missing or too generous; empty when nothing is. `caching`: how much of a page may be kept, "" for an open one."""
    is_page = answer.headers.get("Content-Type", "").startswith("text/html")
    for name, allowed in FIXED.items():
        if answer.headers.get(name) not in allowed and (is_page or name != "X-Frame-Options"):
            yield f"{name} is {answer.headers.get(name)}"
    yield from _policy(answer.headers.get("Content-Security-Policy", ""))
    said = set(re.split(r",\s*", answer.headers.get("Cache-Control", "")))
    is_shown = caching and is_page and answer.status_code in (200, 422)
    if is_shown and "no-store" not in said and not {"private", caching} <= said:
        yield f"a private page may be kept: {answer.headers.get('Cache-Control')}"
    for name, cookie in answer.cookies.items():
        if cookie.value and (
            cookie["samesite"] not in ("Lax", "Strict") or not (cookie["httponly"] or name in SCRIPTS_READ)
        ):
            yield f"cookie {name} is open"


def _policy(said: str) -> Iterator[str]:
    parts = dict(found.groups() for found in map(POLICY.match, said.split(";")) if found)
    if "default-src" not in parts:
        yield f"the policy is {said or 'missing'}"
    # A letter as it will arrive brings its styles along; it stands in a frame of its own that runs nothing.
    letters = {"style-src": {"'unsafe-inline'"}} if parts.get("default-src") == "'none'" else {}
    for name, sources in parts.items():
        strange = set((sources or "").split()) - SAFE - letters.get(name, set())
        if name != "sandbox" and strange:
            yield f"the policy lets {name} {' '.join(sorted(strange))}"
