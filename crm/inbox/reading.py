"""Reading the mailbox: one reader at a time, one mail after the other, each marked as seen once its row is stored.

A reader that is killed in between reads the mail again and finds its row there: never lost, never twice.
"""

import datetime as dt
import ssl
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import structlog
from django.conf import settings
from django.db import DatabaseError
from django.utils.translation import gettext_lazy as _
from imapclient import IMAPClient
from imapclient.exceptions import IMAPClientError, LoginError

from crm.base.outcomes import came_out
from crm.inbox.mime import LARGEST, TOO_LARGE, Unreadable
from crm.inbox.models import InboundMail, Mailbox
from crm.inbox.sorting import sort_in
from crm.inbox.taking_in import take_in, take_in_unread
from crm.outbox.reasons import reason

log = structlog.get_logger(__name__)

Clock = Callable[[], dt.datetime]
PATIENCE = 20
LEASE = dt.timedelta(minutes=5)
LONGEST_RUN = dt.timedelta(minutes=3)
AT_ONCE = 500
HEAD_ONLY = 64 * 1024

REFUSED = _("The mailbox refuses the user name or the password.")
AWAY = _("The mail server cannot be reached: %(answer)s")
UNTRUSTED = _("The certificate of the mail server is not trusted: %(answer)s")
NO_FOLDER = _("There is no folder %(folder)s in the mailbox.")
NO_ADDRESS = _("IMAP_URL is not an address. Write imaps://user:password@host:993/INBOX.")
SAID_NO = _("The mail server said: %(answer)s")


class CannotRead(Exception):
    """The mailbox cannot be read now; `stored` says why."""

    def __init__(self, stored: str) -> None:
        self.stored = stored
        super().__init__(stored)


@dataclass(frozen=True)
class Address:
    """Where the mailbox is."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: str

    @classmethod
    def of(cls, url: str) -> "Address":
        """imaps:// is TLS from the start, imap+tls:// STARTTLS, imap:// plain. Raises CannotRead."""
        try:
            parts = urlsplit(url)
            port = parts.port or (993 if parts.scheme == "imaps" else 143)
        except ValueError:
            raise CannotRead(reason(NO_ADDRESS)) from None
        if parts.scheme not in ("imaps", "imap+tls", "imap") or not parts.hostname or not parts.username:
            raise CannotRead(reason(NO_ADDRESS))
        folder = unquote(parts.path.strip("/")) or "INBOX"
        return cls(parts.scheme, parts.hostname, port, unquote(parts.username), unquote(parts.password or ""), folder)

    @property
    def name(self) -> str:
        """The mailbox without its password."""
        return f"{self.user}@{self.host}/{self.folder}"[:200]


def mailbox_name() -> str:
    """The mailbox that is named in the settings; empty when none is, or none that could be read."""
    try:
        return Address.of(settings.IMAP_URL).name if settings.IMAP_URL else ""
    except CannotRead:
        return "IMAP_URL"


def read_mailbox(clock: Clock) -> Counter[str]:
    """Read what is new; returns how many were taken in, known already, or broken. One reader reads at a time."""
    report: Counter[str] = Counter()
    if not settings.IMAP_URL:
        return report
    token, now = str(uuid.uuid4()), clock()
    mailbox = Mailbox.take(mailbox_name(), token=token, now=now, until=now + LEASE)
    if mailbox is None:
        return report
    why = ""
    try:
        report += sort_what_waits(clock)
        with opened(Address.of(settings.IMAP_URL)) as line:
            report += Reading(line, mailbox, token, clock).run()
    except CannotRead as error:
        why = error.stored
        log.warning("mailbox_cannot_be_read", mailbox=mailbox.name, why=why)
    finally:
        mailbox.let_go(token=token, at=clock(), why=why)
    came_out("mailbox", clock(), why=why, **report)
    return report


def sort_what_waits(clock: Clock) -> Counter[str]:
    """Mail a killed reader took in and did not come to sort."""
    waiting = list(InboundMail.objects.new().order_by("pk")[:AT_ONCE])
    for mail in waiting:
        sort_in(mail, clock())
    return Counter(sorted_late=len(waiting))


@contextmanager
def opened(address: Address) -> Iterator[IMAPClient]:
    """A line to the mailbox with its folder open; closed whatever happens. Raises CannotRead in plain words."""
    with told_plainly(address):
        line = IMAPClient(
            address.host, port=address.port, ssl=address.scheme == "imaps", timeout=PATIENCE, use_uid=True
        )
        try:
            if address.scheme == "imap+tls":
                line.starttls(ssl.create_default_context())
            line.login(address.user, address.password)
            _open_folder(line, address.folder)
            yield line
        finally:
            _hang_up(line)


@contextmanager
def told_plainly(address: Address) -> Iterator[None]:
    try:
        yield
    except LoginError as error:
        raise CannotRead(reason(REFUSED)) from error
    except ssl.SSLError as error:
        raise CannotRead(reason(UNTRUSTED, answer=_said(error, address))) from error
    except OSError as error:
        raise CannotRead(reason(AWAY, answer=_said(error, address))) from error
    except IMAPClientError as error:
        raise CannotRead(reason(SAID_NO, answer=_said(error, address))) from error


def _said(error: Exception, address: Address) -> str:
    """What went wrong, never with the password in it."""
    said = str(error) or type(error).__name__
    return said.replace(address.password, "…")[:200] if address.password else said[:200]


def _open_folder(line: IMAPClient, folder: str) -> None:
    if not line.folder_exists(folder):
        raise CannotRead(reason(NO_FOLDER, folder=folder))
    line.select_folder(folder)


def _hang_up(line: IMAPClient) -> None:
    try:
        line.logout()
    except (IMAPClientError, OSError) as error:
        log.info("mailbox_closed_roughly", error=type(error).__name__)


class Reading:
    """One walk through what is unseen."""

    def __init__(self, line: Any, mailbox: Mailbox, token: str, clock: Clock) -> None:
        self.line, self.mailbox, self.token, self.clock = line, mailbox, token, clock

    def run(self) -> Counter[str]:
        """Take in mail after mail, oldest first, until none is left, the time is over or somebody else reads."""
        report: Counter[str] = Counter()
        began_at = self.clock()
        for uid in sorted(self.line.search("UNSEEN"))[:AT_ONCE]:
            now = self.clock()
            if now - began_at > LONGEST_RUN or not self.mailbox.hold_on(token=self.token, until=now + LEASE):
                break
            report[self._one(uid, now)] += 1
        return report

    def _one(self, uid: int, now: dt.datetime) -> str:
        """One mail: stored, then marked as seen, then sorted. What breaks about it is told and holds up no other."""
        try:
            mail = self._take_in(uid, now)
        except (IMAPClientError, OSError):
            raise
        except DatabaseError:
            log.exception("inbound_mail_not_stored", uid=uid)
            return "broken"
        self.line.add_flags(uid, [rb"\Seen"], silent=True)
        if mail is None:
            return "known"
        sort_in(mail, now)
        return "taken in"

    def _take_in(self, uid: int, now: dt.datetime) -> InboundMail | None:
        facts = self.line.fetch(uid, ["RFC822.SIZE", "INTERNALDATE"]).get(uid, {})
        if not facts:
            return None  # Somebody deleted it meanwhile.
        received_at = _instant(facts.get(b"INTERNALDATE"), now)
        if int(facts[b"RFC822.SIZE"]) > LARGEST:
            head = self._body(uid, f"BODY.PEEK[]<0.{HEAD_ONLY}>")
            return take_in_unread(head, Unreadable(TOO_LARGE), received_at, limit=LARGEST // 1024**2)
        return take_in(self._body(uid, "BODY.PEEK[]"), received_at)

    def _body(self, uid: int, what: str) -> bytes:
        found = self.line.fetch(uid, [what]).get(uid, {})
        return next((bytes(value) for key, value in found.items() if key.startswith(b"BODY[")), b"")


def _instant(told: object, now: dt.datetime) -> dt.datetime:
    """When the server got it. The library tells it in this machine's own time, without a zone."""
    if not isinstance(told, dt.datetime):
        return now
    return min(told.astimezone(dt.UTC), now)
