"""Links to reports: made once and shown once, found again by their hash, and the visit that one press begins."""

import datetime as dt
import secrets

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse

from campaigns.results.models import ReportLink
from crm.portal.links import SESSION_LIVES, digest

SALT = "campaigns.results.sharing"


def fresh_token() -> str:
    """256 random bits, as they stand in an address."""
    return secrets.token_urlsafe(32)


def address_of(token: str) -> str:
    return f"{settings.BASE_URL}{reverse('shared-report-door', args=[token])}"


def link_behind(token: str, now: dt.datetime) -> ReportLink | None:
    """The open link behind a token; unknown, over and taken back look the same."""
    return _open_links(now).filter(token_sha256=digest(token)).first()


def key_for(link: ReportLink) -> str:
    """What the visit's own cookie holds: signed, for 12 hours, and worth nothing once the link is."""
    return signing.dumps([link.pk, link.token_sha256[:16]], salt=SALT)


def visited(pk: int, key: str, now: dt.datetime) -> ReportLink | None:
    """The link whose visit this is, or None."""
    try:
        link, token = signing.loads(key, salt=SALT, max_age=SESSION_LIVES)
    except signing.BadSignature:
        return None
    found = _open_links(now).filter(pk=pk).first() if link == pk else None
    return found if found is not None and found.token_sha256[:16] == token else None


def _open_links(now: dt.datetime) -> QuerySet[ReportLink]:
    return ReportLink.objects.opening(now).select_related("campaign__brand", "campaign__owner")
