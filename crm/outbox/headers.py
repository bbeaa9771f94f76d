"""The head of a message: who it is from, its name, its thread, and the way out of news."""

import datetime as dt
import hashlib
from email.utils import formataddr, parseaddr

from django.conf import settings
from django.core import signing
from django.urls import reverse

from crm.outbox.models import Contact, Email

UNSUBSCRIBE_SALT = "crm.outbox.unsubscribe"


def fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def mail_domain() -> str:
    """The domain messages are named under."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"


def message_id_for(key: str, at: dt.datetime) -> str:
    """The message's name on every try. The moment is part of it: keys begin anew with a new database."""
    return f"<{fingerprint(f'{key} {at.isoformat()}')}@{mail_domain()}>"


def thread_id_for(email: Email) -> str:
    """What every message of a thread answers to, so that they stand together; no message has this name itself."""
    return f"<{fingerprint(f'{email.contact_id} {email.thread}')}.thread@{mail_domain()}>"


def sender_line(email: Email) -> str:
    """Dinda, Lumi Skincare <mitra@example.org>: the person's words, the organisation's address."""
    return formataddr((email.from_name, parseaddr(settings.DEFAULT_FROM_EMAIL)[1]))


def headers_of(email: Email) -> dict[str, str]:
    """Every header beside From, To and Subject."""
    headers = {"Message-ID": email.message_id, settings.EMAIL_KEY_HEADER: email.message_id.strip("<>")}
    if email.references:
        headers |= {"In-Reply-To": email.references[-1], "References": " ".join(email.references)}
    else:
        headers |= {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "OOF, AutoReply"}
    if email.thread and not email.references:
        headers["In-Reply-To"] = headers["References"] = thread_id_for(email)
    if email.mail_class == Email.MailClass.MARKETING:
        headers["List-Unsubscribe"] = f"<{unsubscribe_url(email.contact)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def unsubscribe_url(contact: Contact) -> str:
    """The address that switches news and offers off for one contact (RFC 8058)."""
    token = signing.dumps(contact.pk, salt=UNSUBSCRIBE_SALT)
    return str(settings.BASE_URL + reverse("outbox-unsubscribe", args=[token]))


def contact_of(token: str) -> Contact | None:
    """The contact behind an unsubscribe address, or None when it was tampered with or the contact is gone."""
    try:
        pk = signing.loads(token, salt=UNSUBSCRIBE_SALT)
    except signing.BadSignature:
        return None
    return Contact.objects.filter(pk=pk).first()
