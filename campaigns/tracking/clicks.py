"""Counting visits: who is a machine, and what is kept of a person. Nothing that leads back to her."""

import datetime as dt
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from django.db import DatabaseError, transaction
from django.utils.crypto import salted_hmac

from campaigns.tracking.models import LinkClick, Scanner, TrackedLink

log = structlog.get_logger(__name__)
SALT = "campaigns.tracking.visitor"
PREFETCHED = ("prefetch", "preview")


@dataclass(frozen=True)
class Look:
    """What a request says of itself."""

    method: str
    browser: str = ""
    purpose: str = ""
    referrer: str = ""
    address: str = ""


def count(link: TrackedLink, look: Look, at: dt.datetime) -> None:
    """Add one visit. A visit that cannot be counted is told to the log and to nobody else: she goes on all the same."""
    try:
        with transaction.atomic():
            LinkClick.objects.create(
                link=link,
                at=at,
                is_scanner=is_machine(look, at),
                visitor=visitor_of(look, at),
                came_from=host_of(look.referrer),
            )
    except DatabaseError:
        log.exception("click_not_counted", slug=link.slug)


def is_machine(look: Look, at: dt.datetime) -> bool:
    """A mail scanner, the preview of a chat, a crawler; whoever only asks for the head, or says no name, is one too."""
    browser = look.browser.casefold()
    if look.method == "HEAD" or not browser or any(word in look.purpose.casefold() for word in PREFETCHED):
        return True
    known = Scanner.objects.valid_on(at.date()).values_list("words", flat=True)
    return any(words.casefold() in browser for words in known)


def visitor_of(look: Look, at: dt.datetime) -> str:
    """The same for one visitor all day, another one tomorrow; the address itself is not kept."""
    if not look.address:
        return ""
    day = at.date().isoformat()
    return salted_hmac(f"{SALT}.{day}", f"{look.address}\n{look.browser}", algorithm="sha256").hexdigest()


def host_of(referrer: str) -> str:
    """Which site she came from, never which page of it; empty when what is said cannot be the name of one."""
    try:
        host = urlsplit(referrer).hostname or ""
    except ValueError:
        return ""
    return host[:120] if host.isprintable() else ""
