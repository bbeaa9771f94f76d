"""A stored row as the message that leaves: secrets filled in, headers set, written as bytes.

The bytes are written here and not by `email.message`: our messages have one shape, and composing a known shape is ten
times cheaper than describing it to a general library. Tests read every message back with that library.
"""

import binascii
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from email.header import Header
from email.message import MIMEPart
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address

from crm.outbox.answers import answers_to
from crm.outbox.headers import fingerprint, headers_of
from crm.outbox.late import fill, secrets_of
from crm.outbox.models import Email
from crm.outbox.words import one_line

SHORT_LINE = 76
LONGEST_HEADER = 8_000
"""A thread names many messages; folded, its lines stay short."""
PART = (
    b'--%(boundary)s\r\nContent-Type: %(kind)s; charset="utf-8"\r\n'
    b"Content-Transfer-Encoding: quoted-printable\r\n\r\n%(body)s\r\n"
)


@dataclass(frozen=True)
class Enclosed:
    """A file on its way out; the general library writes its part, names come in every script."""

    name: str
    mime: str
    data: bytes

    def part(self) -> bytes:
        part, (family, _slash, kind) = MIMEPart(policy=SMTP), self.mime.partition("/")
        part.set_content(self.data, family, kind, disposition="attachment", filename=self.name)
        return part.as_bytes()


@dataclass(frozen=True)
class Envelope:
    """A message with its secrets, ready to leave. Lives in memory only."""

    sender: str
    recipient: str
    from_name: str
    reply_to: str
    subject: str
    headers: dict[str, str]
    text: str
    html: str
    at: dt.datetime
    enclosed: tuple["Enclosed", ...] = ()

    def as_bytes(self) -> bytes:
        """The whole message as it goes over the wire, before dots are doubled."""
        name = fingerprint(self.headers["Message-ID"])
        kind, body = self._words(f"=_{name}")
        if self.enclosed:
            kind, body = self._with_files(f"=_files_{name}", kind, body)
        lines = {
            "From": mailbox(self.from_name, self.sender),
            "To": self.recipient,
            **({"Reply-To": self.reply_to} if self.reply_to else {}),
            "Subject": self.subject,
            "Date": format_datetime(self.at),
            **self.headers,
            "MIME-Version": "1.0",
            "Content-Type": kind,
        }
        head = "".join(header_line(name, value) for name, value in lines.items()).encode("ascii")
        return b"%s\r\n%s" % (head, body)

    def _words(self, boundary: str) -> tuple[str, bytes]:
        """The text twice, plain and as HTML: what it is called, and its bytes."""
        mark = boundary.encode("ascii")
        parts = b"".join(
            PART % {b"boundary": mark, b"kind": kind, b"body": quoted(body)}
            for kind, body in ((b"text/plain", self.text), (b"text/html", self.html))
        )
        return f'multipart/alternative; boundary="{boundary}"', b"%s--%s--\r\n" % (parts, mark)

    def _with_files(self, boundary: str, kind: str, words: bytes) -> tuple[str, bytes]:
        """The words first, then each file."""
        mark = boundary.encode("ascii")
        first = b"Content-Type: %s\r\n\r\n%s" % (kind.encode("ascii"), words)
        parts = b"".join(b"--%s\r\n%s\r\n" % (mark, part) for part in (first, *(one.part() for one in self.enclosed)))
        return f'multipart/mixed; boundary="{boundary}"', b"%s--%s--\r\n" % (parts, mark)

    def as_django(self) -> EmailMultiAlternatives:
        """The same for Django's other backends."""
        message = EmailMultiAlternatives(
            subject=self.subject,
            body=self.text,
            from_email=formataddr((self.from_name, self.sender)),
            to=[self.recipient],
            reply_to=[self.reply_to] if self.reply_to else None,
            headers=self.headers,
        )
        message.attach_alternative(self.html, "text/html")
        for one in self.enclosed:
            message.attach(one.name, one.data, one.mime)
        return message


def put_together(email: Email, at: dt.datetime, redirect_to: str = "") -> Envelope:
    """The message with its secrets. With `redirect_to` it goes there instead and says whom it was for.

    Raises ValueError for an address nobody can write to.
    """
    secrets, answers = secrets_of(email), answers_to(email)
    subject = one_line(fill(email.subject, secrets))
    return Envelope(
        sender=plain_address(parseaddr(settings.DEFAULT_FROM_EMAIL)[1]),
        recipient=plain_address(redirect_to or email.contact.email),
        from_name=one_line(email.from_name),
        reply_to=plain_address(answers) if answers else "",
        subject=f"[{email.contact.email}] {subject}" if redirect_to else subject,
        headers=headers_of(email),
        text=fill(email.text, secrets),
        html=fill(email.html, secrets, as_html=True),
        at=at,
        enclosed=tuple(enclosed_in(email)),
    )


def enclosed_in(email: Email) -> Iterator[Enclosed]:
    """The files that go with it. Raises OSError when one is not where it was kept: then nothing leaves."""
    for one in email.files.all():
        with one.file.file.open("rb") as kept:
            yield Enclosed(one.file.label, one.file.mime, kept.read())


def plain_address(address: str) -> str:
    """The address in ASCII, as SMTP takes it; ValueError when it is none."""
    if not address.isascii():
        address = sanitize_address(address, "utf-8")
    if one_line(address) != address or " " in address or address.count("@") != 1 or set(address) & set("<>,;"):
        raise ValueError("This is not an e-mail address.")
    return address


def mailbox(name: str, address: str) -> str:
    """Dinda, Lumi Skincare <mitra@example.org>, with the name encoded or quoted where it must be."""
    return formataddr((name, address), "utf-8")


def header_line(name: str, value: str) -> str:
    """One header with its line end, folded and encoded where it must be; never more than one header."""
    value = one_line(value, LONGEST_HEADER)
    if value.isascii() and len(name) + len(value) + 2 <= SHORT_LINE:
        return f"{name}: {value}\r\n"
    encoded = Header(value, "us-ascii" if value.isascii() else "utf-8", header_name=name)
    return f"{name}: {encoded.encode(maxlinelen=SHORT_LINE, linesep=chr(13) + chr(10))}\r\n"


def quoted(body: str) -> bytes:
    """The text as quoted-printable lines."""
    lines = body.replace("\r\n", "\n").replace("\n", "\r\n").encode()
    return binascii.b2a_qp(lines, istext=True)
