"""Handing a message over by WhatsApp or phone: one row says by whom and when, and the mail of the same message stays.

The row's key makes it one for each message, however often and by however many it is asked for.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass
from urllib.parse import quote

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.base.windows import next_allowed
from crm.outbox.chat import chat_text, chat_version
from crm.outbox.checks import after_hand_over, after_take_back, barred_people, refused
from crm.outbox.compose import insert_once
from crm.outbox.late import fill, masked, secrets_of
from crm.outbox.models import Contact, Email
from crm.outbox.models.handed_over import TOLD
from crm.outbox.reasons import HANDED_OVER, NO_NEWS, in_words, reason
from crm.outbox.sorting import unwanted_news
from crm.timeline.record import Actor, record
from crm.timeline.transitions import TransitionRefused

PREFIX = "by_hand/"
ON_ITS_WAY = _("It is being mailed right now. Look again in a minute.")
SAME = (
    *("name", "mail_class", "contact", "language", "context", "late_fields", "subject"),
    *("influencer_ref", "brand_ref", "subject_refs", "thread"),
)


@dataclass(frozen=True)
class Passing:
    """A message as a colleague passes it on: the text, with her own link once it was taken."""

    contact: Contact
    text: str
    handed: Email | None = None
    has_link: bool = False

    @property
    def is_taken(self) -> bool:
        """Somebody passes it on, or did; taken back is not taken."""
        return self.handed is not None and self.handed.may_take_back

    @property
    def chat_url(self) -> str:
        """Where WhatsApp opens with the text already typed; empty without a number or before it was taken."""
        return f"{self.contact.chat_url}?text={quote(self.text)}" if self.contact.chat_url and self.has_link else ""


def to_read(email: Email) -> Passing:
    """The text as people may look at it: without the link; and whether somebody passed it on already."""
    return Passing(email.contact, masked(chat_text(email)), handed_over(email))


def handed_over(email: Email) -> Email | None:
    """The row that says who passed this message on; also one that was taken back."""
    return email if email.is_handed_over else Email.objects.filter(key=key_of(email)).first()


def key_of(email: Email) -> str:
    """The one key under which this message is passed on."""
    return email.key if email.is_handed_over else f"{PREFIX}{email.key}"


def why_not(email: Email, now: dt.datetime) -> str:
    """Why nobody should say this any more, in the reader's words; empty when somebody may."""
    barred = barred_people({email.influencer_ref} if email.influencer_ref else set(), now)
    if barred:
        return in_words(next(iter(barred.values())))
    if email.mail_class == Email.MailClass.MARKETING and email.contact.news_off_at:
        return in_words(reason(NO_NEWS))
    unwanted = unwanted_news([email], now)
    if unwanted:
        return in_words(next(iter(unwanted.values())))
    if email.pk and email.state == Email.State.SENDING:
        return str(ON_ITS_WAY)
    if email.pk and email.state == Email.State.SKIPPED and not email.is_handed_over:
        return in_words(email.why)
    return in_words(next(iter(refused([email], now).values()), "")) if email.pk else ""


def quiet_until(contact: Contact, now: dt.datetime) -> dt.datetime | None:
    """When the house's quiet hours end where she is; None while nobody minds."""
    house = Organisation.load()
    allowed = next_allowed(now, contact.zone, house.quiet_from, house.quiet_until)
    return allowed if allowed > now else None


def hand_over(email: Email, *, by: Actor, at: dt.datetime, channel: str = Email.Channel.WHATSAPP) -> Passing:
    """Take the text with her own link, and write down who passes it on. The waiting mail of it does not leave.

    `has_link` is False when somebody else had taken it: then nobody says it twice. Raises TransitionRefused, nothing
    changed, when the mail is on its way. `email` may be a message that was never put into the outbox.
    """
    with transaction.atomic():
        email.contact.hold()
        row, is_mine = _write_down(email, by, at, channel)
        if not is_mine:
            return Passing(row.contact, masked(row.text), row)
        makes_way = bool(email.pk) and email.state == Email.State.QUEUED
        if makes_way:
            email.make_way(by=by, at=at)
        for placed in after_hand_over.all():
            placed.call(email if makes_way else None, row, at)
        return Passing(row.contact, fill(row.text, secrets_of(row)), row, has_link=True)


def _write_down(email: Email, by: Actor, at: dt.datetime, channel: str) -> tuple[Email, bool]:
    """The row, and whether this colleague is the one who passes it on."""
    row = _row(email, by, at, channel)
    there = insert_once(row)
    if there is row:
        _tell(row, by, at)
        return row, True
    if there.state != Email.State.SKIPPED:
        return there, False
    try:
        words = {name: getattr(row, name) for name in ("channel", "text", "body_hash", "wording_version")}
        there.hand_over_again(by=by, at=at, **words)
    except TransitionRefused:
        return Email.objects.select_related("contact").get(pk=there.pk), False
    return there, True


def _row(email: Email, by: Actor, at: dt.datetime, channel: str) -> Email:
    text = chat_text(email)
    return Email(
        **{name: getattr(email, name) for name in SAME},
        key=key_of(email),
        from_name=by.label,
        channel=channel,
        text=text,
        body_hash=hashlib.sha256(text.encode()).hexdigest(),
        wording_version=chat_version(email),
        sender_ref=by.user_id,
        state=Email.State.SENT,
        send_at=at,
        sent_at=at,
    )


def _tell(row: Email, by: Actor, at: dt.datetime) -> None:
    record(
        "email.handed_over",
        TOLD[row.channel],
        params={"subject": row.subject, "name": row.contact.name},
        at=at,
        actor=by,
        subject=row,
        influencer=row.influencer_ref,
        brand=row.brand_ref,
        channel=row.channel,
    )


def take_again(row: Email, *, by: Actor, at: dt.datetime) -> Passing:
    """The text once more with a fresh link, for who closed the page too soon; it counts as the same hand-over."""
    with transaction.atomic():
        text = fill(row.text, secrets_of(row))
        record(
            "email.taken_again",
            _("“%(subject)s” was taken once more to pass it on to %(name)s"),
            params={"subject": row.subject, "name": row.contact.name},
            at=at,
            actor=by,
            subject=row,
            influencer=row.influencer_ref,
            brand=row.brand_ref,
        )
    return Passing(row.contact, text, row, has_link=True)


def take_back(row: Email, *, by: Actor, at: dt.datetime) -> None:
    """It was not passed on after all: the mail that made way waits again. Raises TransitionRefused."""
    with transaction.atomic():
        row.contact.hold()
        row.take_back(by=by, at=at)
        mail = mail_that_made_way(row)
        if mail is not None:
            mail.wait_again(by=by, at=at)
        for placed in after_take_back.all():
            placed.call(row, mail, at)


def mail_that_made_way(row: Email) -> Email | None:
    mails = Email.objects.skipped().filter(key=row.key.removeprefix(PREFIX), why__startswith=reason(HANDED_OVER))
    return mails.select_related("contact").first()
