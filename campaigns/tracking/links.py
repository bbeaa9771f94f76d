"""Tracked links: one short address for each post, which leads where the database says and nowhere else."""

import datetime as dt
import secrets
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.core.validators import slug_re
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Deliverable, Refused
from campaigns.tracking.models import TrackedLink
from crm.timeline.record import Actor, record

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that look alike when somebody types them from a story."""
LENGTH = 7
SCHEMES = ("http", "https")
LONGEST = 500

NOT_WEB = _("Paste an address of the web that begins with https://.")
WITH_NAME = _("This address has a name or a password in it. Paste it without.")
TOO_LONG = _("This address is too long. Paste a shorter one.")
HAS_ONE = _("There is a link for this already. Change where it leads instead.")
IS_CLOSED = _("This link is closed already.")
IS_OPEN = _("This link is open already.")


def checked(target: str) -> str:
    """An address a link may lead to; raises ValueError with what to do."""
    try:
        parts = urlsplit(target.strip())
        host = parts.hostname
    except ValueError as wrong:
        raise ValueError(str(NOT_WEB)) from wrong
    if parts.scheme not in SCHEMES or not host or any(ord(sign) < 33 for sign in target.strip()):
        raise ValueError(str(NOT_WEB))
    if parts.username is not None or parts.password is not None:
        raise ValueError(str(WITH_NAME))
    return target.strip()


def marked(target: str, deliverable: Deliverable, slug: str) -> str:
    """The address with what the shop's own statistics know it by. What stands in it already stays as it is."""
    parts = urlsplit(target)
    there = parse_qsl(parts.query, keep_blank_values=True)
    named = {name for name, _value in there}
    added = [(name, value) for name, value in facts_of(deliverable, slug) if name not in named]
    query = "&".join(part for part in (parts.query, urlencode(added)) if part)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, parts.fragment))


def facts_of(deliverable: Deliverable, slug: str) -> list[tuple[str, str]]:
    """Platform, campaign and the link itself; her name is not handed to anybody's statistics."""
    campaign = deliverable.collaboration.campaign
    return [
        ("utm_source", deliverable.format.platform.code),
        ("utm_medium", "influencer"),
        ("utm_campaign", slugify(campaign.name) or f"campaign-{campaign.pk}"),
        ("utm_content", slug),
    ]


def new_slug() -> str:
    return "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))


def behind(slug: str) -> TrackedLink | None:
    """The link of that short form, however it was typed; what no short form can be is not asked of the database."""
    return TrackedLink.objects.filter(slug=slug.lower()).first() if slug_re.fullmatch(slug) else None


def make_link(row: Deliverable, target: str, *, at: dt.datetime, actor: Actor) -> TrackedLink:
    """A link for one deliverable. Raises Refused when there is one; ValueError when the address is none."""
    slug = new_slug()
    address = _whole(target, row, slug)
    with transaction.atomic():
        list(Deliverable.objects.select_for_update().filter(pk=row.pk).values_list("pk"))
        if TrackedLink.objects.filter(deliverable=row).exists():
            raise Refused(row, HAS_ONE)
        link = TrackedLink.objects.create(deliverable=row, slug=slug, target=address)
        _tell("tracked_link.made", _("Link for %(what)s leads to %(target)s"), link, at, actor)
    return link


def lead_to(link: TrackedLink, target: str, *, at: dt.datetime, actor: Actor) -> None:
    """It leads somewhere else from now on. Raises ValueError when the address is none."""
    before, after = link.target, _whole(target, link.deliverable, link.slug)
    if before == after:
        return
    with transaction.atomic():
        TrackedLink.objects.filter(pk=link.pk).update(target=after, updated_at=at)
        link.target = after
        changes = {"target": (before, after)}
        _tell("tracked_link.moved", _("Link for %(what)s leads to %(target)s"), link, at, actor, changes)


def close(link: TrackedLink, *, at: dt.datetime, actor: Actor) -> None:
    """It leads nowhere any more; its clicks stay. Raises Refused."""
    with transaction.atomic():
        if not TrackedLink.objects.filter(pk=link.pk, closed_at__isnull=True).update(closed_at=at, updated_at=at):
            raise Refused(link, IS_CLOSED)
        _tell("tracked_link.closed", _("Link for %(what)s closed"), link, at, actor)
    link.closed_at = at


def open_again(link: TrackedLink, *, at: dt.datetime, actor: Actor) -> None:
    with transaction.atomic():
        if not TrackedLink.objects.filter(pk=link.pk, closed_at__isnull=False).update(closed_at=None, updated_at=at):
            raise Refused(link, IS_OPEN)
        _tell("tracked_link.opened", _("Link for %(what)s leads to %(target)s"), link, at, actor)
    link.closed_at = None


def _whole(target: str, row: Deliverable, slug: str) -> str:
    address = marked(checked(target), row, slug)
    if len(address) > LONGEST:
        raise ValueError(str(TOO_LONG))
    return address


def _tell(
    verb: str, sentence: object, link: TrackedLink, at: dt.datetime, actor: Actor,
    changes: dict[str, tuple[str, str]] | None = None,
) -> None:  # fmt: skip
    row = link.deliverable
    record(
        verb, sentence, at=at, actor=actor, subject=row, params={"what": row, "target": link.target},
        influencer=row.collaboration.influencer_id, brand=row.brand_id, changes=changes or {},
    )  # fmt: skip
