"""A stored row as the message that leaves: secrets filled in, headers set."""

from django.core.mail import EmailMultiAlternatives

from crm.outbox.headers import headers_of, sender_line
from crm.outbox.late import fill, secrets_of
from crm.outbox.models import Email
from crm.outbox.words import one_line


def put_together(email: Email, redirect_to: str = "") -> EmailMultiAlternatives:
    """The message with its secrets. With `redirect_to` it goes there instead and says whom it was for."""
    secrets = secrets_of(email)
    subject = one_line(fill(email.subject, secrets))
    message = EmailMultiAlternatives(
        subject=f"[{email.contact.email}] {subject}" if redirect_to else subject,
        body=fill(email.text, secrets),
        from_email=sender_line(email),
        to=[redirect_to or email.contact.email],
        reply_to=[email.reply_to] if email.reply_to else None,
        headers=headers_of(email),
    )
    message.attach_alternative(fill(email.html, secrets, as_html=True), "text/html")
    return message
