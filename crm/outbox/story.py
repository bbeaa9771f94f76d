"""What the outbox tells the timeline: each message about a person, once."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.utils.translation import gettext_lazy as _

from crm.outbox.models import Email
from crm.timeline.models import Channel, Entry
from crm.timeline.record import SYSTEM, entry, record_many

SENT = "email.sent"


def tell_sent(emails: Sequence[Email]) -> None:
    """A line for each sent message that is about a person."""
    record_many([_sent(email) for email in emails if email.influencer_ref])


def tell_missing(tokens: Collection[str]) -> None:
    """Lines a killed sender did not come to write: it wrote a batch's lines with its last mark."""
    sent = list(Email.objects.sent().filter(lease_token__in=tokens).select_related("contact")) if tokens else []
    about = {f"{Email._meta.label_lower}:{email.pk}" for email in sent}
    told = set(Entry.objects.filter(verb=SENT, subject__in=about).values_list("subject", flat=True))
    tell_sent([email for email in sent if f"{Email._meta.label_lower}:{email.pk}" not in told])


def tell_failed(email: Email, at: dt.datetime) -> None:
    if email.influencer_ref:
        sentence = _("“%(subject)s” to %(name)s did not go through")
        record_many([_entry("email.failed", sentence, email, at)])


def _sent(email: Email) -> Entry:
    sentence = _("“%(subject)s” went to %(name)s")
    return _entry(SENT, sentence, email, email.sent_at or email.send_at)


def _entry(verb: str, sentence: object, email: Email, at: dt.datetime) -> Entry:
    return entry(
        verb,
        sentence,
        at=at,
        actor=SYSTEM,
        subject=email,
        params={"subject": email.subject, "name": email.contact.name},
        influencer=email.influencer_ref,
        brand=email.brand_ref,
        channel=Channel.EMAIL,
    )
