"""A mail becomes a row, once: by its Message-ID, or by what it holds when it has none."""

import datetime as dt
import hashlib
from typing import Any

import structlog
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DataError, IntegrityError, transaction

from crm.base.files import accept_upload, clean_label, keep
from crm.base.models import StoredFile
from crm.base.text import one_line
from crm.inbox import reasons
from crm.inbox.automatic import back_on, is_automatic, is_looping
from crm.inbox.bounces import report_in
from crm.inbox.mime import BROKEN, Enclosed, Incoming, Unreadable, read
from crm.inbox.models import InboundFile, InboundMail
from crm.inbox.ours import our_addresses
from crm.inbox.quotes import own_words
from crm.outbox.reasons import reason

log = structlog.get_logger(__name__)

LONGEST_OWN = 20_000
KEPT_SOURCE = 2 * 1024 * 1024
KIND = InboundMail.Kind


def take_in(raw: bytes, received_at: dt.datetime) -> InboundMail | None:
    """The new row of this mail, or None when it is there already. Whatever the mail holds, a row comes of it."""
    try:
        incoming = read(raw)
        columns = _columns(incoming, received_at)
    except Unreadable as error:
        return take_in_unread(raw, error, received_at)
    except Exception:
        log.exception("inbound_mail_unreadable", bytes=len(raw))
        return take_in_unread(raw, Unreadable(BROKEN), received_at)
    enclosed = incoming.enclosed if columns["kind"] == KIND.OTHER else []
    try:
        return _insert(key_of(incoming.message_id, raw), columns, enclosed, incoming.left_out)
    except DataError:
        # A mail that never becomes a row would be read anew at every turn, and enough of them would keep out the rest.
        log.exception("inbound_mail_not_kept_whole", bytes=len(raw))
        return take_in_unread(raw, Unreadable(BROKEN), received_at)


def take_in_unread(raw: bytes, error: Unreadable, received_at: dt.datetime, **params: Any) -> InboundMail | None:
    """A mail kept by its source alone."""
    key = key_of("", raw)
    if InboundMail.objects.filter(key=key).exists():
        return None
    columns: dict[str, Any] = {"kind": KIND.UNREADABLE, "received_at": received_at, "why": reason(error.said, **params)}
    columns |= {"subject": "", "source": keep_source(raw[:KEPT_SOURCE])}
    return _insert(key, columns, [], 0)


def key_of(message_id: str, raw: bytes) -> str:
    """What makes two mails the same."""
    told = f"id {message_id.lower()}".encode("utf-8", "replace") if message_id else b"content " + raw
    return hashlib.sha256(told).hexdigest()


def keep_source(raw: bytes) -> StoredFile:
    """The bytes of a mail as a file that is only ever downloaded, never shown."""
    file = ContentFile(raw, name=f"{hashlib.sha256(raw).hexdigest()[:32]}.eml")
    return StoredFile.objects.create(
        file=file, label="mail.eml", mime="application/octet-stream", size=len(raw),
        sha256=hashlib.sha256(raw).hexdigest(), uploaded_by="Mitra",
    )  # fmt: skip


def _columns(incoming: Incoming, received_at: dt.datetime) -> dict[str, Any]:
    """The row's columns, and everything sorting will ask of the head."""
    message, text = incoming.message, incoming.text
    report = report_in(message, incoming.from_address, incoming.subject, text)
    words = own_words(text)[:LONGEST_OWN]
    kind = KIND.OTHER
    if is_looping(message, our_addresses()):
        kind = KIND.LOOP
    elif report is not None:
        kind = KIND.BOUNCE
    elif is_automatic(message, incoming.subject):
        kind = KIND.AUTO_REPLY
    return {
        "message_id": incoming.message_id[:300],
        "kind": kind,
        "from_name": incoming.from_name,
        "from_address": incoming.from_address,
        "subject": incoming.subject,
        "text": words,
        "whole_text": text.strip(),
        "received_at": received_at,
        "back_on": back_on(words, received_at.date()) if kind == KIND.AUTO_REPLY else None,
        "facts": {
            "answers": incoming.answers,
            "to": incoming.to_addresses,
            "report": report.as_facts() if report else None,
        },
    }


def _insert(key: str, columns: dict[str, Any], enclosed: list[Enclosed], left_out: int) -> InboundMail | None:
    if InboundMail.objects.filter(key=key).exists():
        return None
    try:
        with transaction.atomic():
            mail = InboundMail.objects.create(key=key, **columns)
            for one in enclosed:
                _keep_file(mail, one)
            if left_out:
                _refuse(mail, "…", 0, reason(reasons.TOO_MANY, count=left_out))
    except IntegrityError:
        if InboundMail.objects.filter(key=key).exists():
            return None
        raise
    return mail


def _keep_file(mail: InboundMail, one: Enclosed) -> None:
    """Through the same door as every upload; what is refused stays listed with the reason."""
    label = one_line(one.name, 120)
    try:
        safe = accept_upload(ContentFile(one.content, name=label))
        InboundFile.objects.create(
            mail=mail, label=clean_label(label) or "file", size=len(one.content), file=keep(safe, by=mail.sender)
        )
    except ValidationError as refused:
        _refuse(mail, label, len(one.content), " ".join(refused.messages))
    except (ValueError, OSError, SyntaxError) as broken:
        log.warning("inbound_file_unreadable", mail=mail.pk, error=type(broken).__name__)
        _refuse(mail, label, len(one.content), reason(reasons.FILE_BROKEN))


def _refuse(mail: InboundMail, label: str, size: int, why: str) -> None:
    InboundFile.objects.create(mail=mail, label=label or "file", size=size, why=why[:300])
