"""Minting, exchanging and revoking links. The token exists in the message and nowhere else."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.urls import reverse

from crm.outbox.models import Contact
from crm.portal.models import Link, LinkQuerySet, PortalSession

LINK_LIVES = dt.timedelta(days=60)
SESSION_LIVES = dt.timedelta(hours=12)


def digest(secret: str) -> str:
    """SHA-256 of a token or key: the only form in which one is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


def mint(*, contact: Contact, influencer_id: int, brand_id: int | None, at: dt.datetime) -> str:
    """A new link's full address. Only its hash is kept, so each message carries a link of its own."""
    token = secrets.token_urlsafe(32)
    Link.objects.create(
        token_sha256=digest(token),
        contact=contact,
        influencer_ref=influencer_id,
        brand_ref=brand_id,
        expires_at=at + LINK_LIVES,
    )
    return f"{settings.BASE_URL}{reverse('portal-link', args=[token])}"


def find_link(token: str, now: dt.datetime) -> Link | None:
    """The open link behind a token; unknown, expired, revoked and made for something else look the same."""
    links = Link.objects.open(now).leading_to_tasks()
    return links.filter(token_sha256=digest(token)).select_related("contact").first()


CHOICES_SALT = "crm.portal.choices"
CHOICES_LIVE = dt.timedelta(days=400)


def choices_address(contact: Contact) -> str:
    """Where this contact chooses what she hears from us. It opens nothing else, and dies with her e-mail address."""
    token = signing.dumps([contact.pk, digest(contact.email.casefold())[:16]], salt=CHOICES_SALT)
    return f"{settings.BASE_URL}{reverse('portal-choices-door', args=[token])}"


def chooser_of(token: str) -> Contact | None:
    """The contact behind such an address; None when it is old, was tampered with, or belongs to a former address."""
    try:
        pk, was = signing.loads(token, salt=CHOICES_SALT, max_age=CHOICES_LIVE)
    except signing.BadSignature:
        return None
    contact = Contact.objects.partners().filter(pk=pk).first()
    return contact if contact is not None and digest(contact.email.casefold())[:16] == was else None


def choose(contact: Contact, at: dt.datetime) -> "Opened":
    """A visit to her choices alone; its link stands in no message."""
    link = Link.objects.create(
        token_sha256=digest(secrets.token_urlsafe(32)),
        purpose=Link.Purpose.PREFERENCES,
        contact=contact,
        expires_at=at + SESSION_LIVES,
    )
    return exchange(link, at)


@dataclass(frozen=True)
class Opened:
    """A visit that just began: the session and the key for its cookie."""

    session: PortalSession
    key: str


def exchange(link: Link, at: dt.datetime) -> Opened:
    """Turn a pressed button into a visit of at most 12 hours, never beyond the link's own end."""
    key = secrets.token_urlsafe(32)
    with transaction.atomic():
        session = PortalSession.objects.create(
            link=link, key_sha256=digest(key), started_at=at, expires_at=min(at + SESSION_LIVES, link.expires_at)
        )
        Link.objects.filter(pk=link.pk).update(opened_at=at)
    return Opened(session, key)


def find_session(pk: int, key: str, now: dt.datetime) -> PortalSession | None:
    """The running visit for a cookie; ends with its link."""
    session = PortalSession.objects.select_related("link__contact").filter(pk=pk, key_sha256=digest(key)).first()
    if session is None or session.ended_at is not None or session.expires_at <= now:
        return None
    link = session.link
    return session if link.revoked_at is None and link.expires_at > now else None


def revoke(links: LinkQuerySet, at: dt.datetime, why: str) -> int:
    """Close links and every visit that came through them; returns how many links were open."""
    with transaction.atomic():
        open_ids = list(links.filter(revoked_at__isnull=True).values_list("pk", flat=True))
        PortalSession.objects.filter(link_id__in=open_ids, ended_at__isnull=True).update(ended_at=at)
        return Link.objects.filter(pk__in=open_ids).update(revoked_at=at, revoked_why=why)
