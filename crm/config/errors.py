"""Errors told to Sentry, or to what speaks like it, where `SENTRY_DSN` names one: what broke and where, never for whom."""

import re
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from crm.config.logs import without_keys

ADDRESS = re.compile(r"[^\s@<>\"']+@[^\s@<>\"']+\.\w+|\+?\d[\d ()-]{7,}\d")
"""E-mail addresses and telephone numbers, as they stand in messages of errors."""

KEPT_OF_REQUEST = ("method", "url")


def report_errors(dsn: str, environment: str, **words: Any) -> bool:
    """Switch it on in this process. False without an address; raises ImproperlyConfigured without the package."""
    if not dsn:
        return False
    try:
        import sentry_sdk
        from sentry_sdk.integrations.logging import ignore_logger
    except ImportError:
        raise ImproperlyConfigured("SENTRY_DSN is set: run make install-sentry, or leave it out.") from None
    # What a stage of the tick logs and survives is told; what breaks a request is told by the request itself, once.
    ignore_logger("django_structlog.middlewares.request")
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        include_local_variables=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        before_send=scrubbed,
        traces_sample_rate=None,
        auto_session_tracking=False,
        **words,
    )
    return True


def scrubbed(event: Any, _hint: Any) -> Any:
    """The event without what anybody typed, without keys, addresses and names; a colleague is her number."""
    asked = event.get("request", {})
    event["request"] = {name: asked[name] for name in KEPT_OF_REQUEST if name in asked}
    event["user"] = {"id": event["user"]["id"]} if event.get("user", {}).get("id") else {}
    for part in ("breadcrumbs", "extra", "server_name"):
        event.pop(part, None)
    return _masked(event)


def _masked(said: Any) -> Any:
    if isinstance(said, str):
        return ADDRESS.sub("…", without_keys(said))
    if isinstance(said, dict):
        return {name: value if name == "event_id" else _masked(value) for name, value in said.items()}
    return [_masked(one) for one in said] if isinstance(said, list | tuple) else said
