"""The demo's mailbox: every message Mitra sent, readable in the browser. Nothing of it ever left the machine."""

import datetime as dt
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from crm.config.serving.demo import demo_only

NEWEST = 200
# E-mails carry their styles inline; nothing else of them may run or load.
IN_ITS_FRAME = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; "
    "style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
)


@dataclass(frozen=True)
class Letter:
    """One message as the list shows it."""

    key: str
    sender: str
    to: str
    subject: str
    arrived_at: dt.datetime


def folder() -> Path:
    return Path(settings.VAR_DIR) / "mailbox"


def read(path: Path, *, headers_only: bool = False) -> EmailMessage:
    with path.open("rb") as content:
        parser = BytesParser(policy=email.policy.default)
        return parser.parse(content, headersonly=headers_only)


def letter(path: Path) -> Letter:
    message = read(path, headers_only=True)
    sender, to, subject = (str(message.get(name, "")) for name in ("From", "To", "Subject"))
    return Letter(path.stem, sender, to, subject, left_at(message) or arrived_at(path))


def left_at(message: EmailMessage) -> dt.datetime | None:
    """When it left by its own head: the mornings before today are told as if they had been lived through."""
    said: dt.datetime | None = getattr(message.get("Date"), "datetime", None)
    return said if said is not None and said.tzinfo is not None else None


def arrived_at(path: Path) -> dt.datetime:
    return dt.datetime.fromtimestamp(int(path.stem) / 1e9, dt.UTC)


def newest() -> Iterator[Path]:
    return iter(sorted(folder().glob("*.eml"), reverse=True)[:NEWEST])


def found(key: str) -> Path:
    path = folder() / f"{key}.eml"
    if not key.isdigit() or not path.is_file():
        raise Http404("No such message in the mailbox.")
    return path


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    return str(body.get_content()) if body is not None else ""


@demo_only
@never_cache
@require_safe
def mailbox(request: HttpRequest, key: str = "") -> HttpResponse:
    """The list, with one message open beside it."""
    letters = [letter(path) for path in newest()]
    context: dict[str, object] = {"letters": letters}
    if key:
        message = read(found(key))
        context |= {"open": letter(found(key)), "text": part(message, "plain"), "has_html": bool(part(message, "html"))}
    return render(request, "crm/demo/mailbox.html", context)


@demo_only
@never_cache
@require_safe
def letter_html(request: HttpRequest, key: str) -> HttpResponse:
    """The HTML part for the sandboxed frame; its links open in a new tab."""
    html = part(read(found(key)), "html")
    response = HttpResponse(f'<base target="_blank">{html}')
    response["Content-Security-Policy"] = IN_ITS_FRAME
    return response
