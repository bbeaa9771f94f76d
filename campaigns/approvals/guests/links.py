"""A guest's links: made when a message leaves, found again by their hash, and the visit that one press begins."""

import secrets

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse

from campaigns.approvals.models import ReviewGuest, ReviewLink
from crm.portal.links import SESSION_LIVES, digest

SALT = "campaigns.approvals.guests"


def mint(guest: ReviewGuest) -> str:
    """A new link's full address. Only its hash is kept."""
    token = secrets.token_urlsafe(32)
    ReviewLink.objects.create(guest=guest, token_sha256=digest(token))
    return f"{settings.BASE_URL}{reverse('guest-door', args=[token])}"


def link_behind(token: str) -> ReviewLink | None:
    """The open link behind a token; unknown, revoked, of a campaign that is over and of who left the house look the same."""
    return _open_links().filter(token_sha256=digest(token)).first()


def key_for(link: ReviewLink) -> str:
    """What the visit's own cookie holds: signed, for 12 hours, and worth nothing once the link is."""
    return signing.dumps([link.guest_id, link.pk], salt=SALT)


def visitor(pk: int, key: str) -> ReviewGuest | None:
    """The guest whose visit this is, or None."""
    try:
        guest, link = signing.loads(key, salt=SALT, max_age=SESSION_LIVES)
    except signing.BadSignature:
        return None
    found = _open_links().filter(pk=link, guest=guest).first() if guest == pk else None
    return found.guest if found is not None else None


def _open_links() -> QuerySet[ReviewLink]:
    rows = ReviewLink.objects.filter(guest__in=ReviewGuest.objects.opening())
    return rows.select_related("guest__contact", "guest__campaign__brand", "guest__campaign__owner")
