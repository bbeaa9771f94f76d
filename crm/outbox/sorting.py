"""What may leave now: asked for many messages at once, shortly before they do."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from crm.base.models import Organisation
from crm.base.windows import next_allowed
from crm.outbox import reasons
from crm.outbox.backoff import next_try
from crm.outbox.checks import barred_people, freshened, refused, who_did_not_agree
from crm.outbox.kinds import KINDS
from crm.outbox.models import Contact, Email
from crm.outbox.topics import Purpose


@dataclass
class Verdicts:
    """Which messages must not leave: refused for good with a stored reason, or later. All others may."""

    at: dt.datetime | None = None
    refused: dict[int, str] = field(default_factory=dict)
    later: dict[int, dt.datetime] = field(default_factory=dict)
    redirect_to: str = ""


def sort_out(emails: Sequence[Email], now: dt.datetime) -> Verdicts:
    """Ask everything that can stop a message. Reads contacts and settings anew."""
    house = Organisation.load()
    verdicts = Verdicts(at=now, redirect_to=house.mail_redirect_to)
    if house.mail_paused_at:
        pause_ends = next_try(1, now) or now
        verdicts.later = {email.pk: pause_ends for email in emails}
        return verdicts
    _read_contacts_anew(emails)
    verdicts.refused = _refused(emails, now)
    for email in emails:
        allowed_at = _allowed_at(email, house, now)
        if email.pk not in verdicts.refused and allowed_at > now:
            verdicts.later[email.pk] = allowed_at
    return verdicts


def _read_contacts_anew(emails: Sequence[Email]) -> None:
    contacts = Contact.objects.in_bulk({email.contact_id for email in emails})
    for email in emails:
        email.contact = contacts[email.contact_id]


def _refused(emails: Sequence[Email], now: dt.datetime) -> dict[int, str]:
    """Reasons in the order a person would give them: the person, her address, her wish, then the thing itself."""
    people = {email.influencer_ref for email in emails if email.influencer_ref is not None}
    barred = barred_people(people, now)
    unwanted = unwanted_news(emails, now)
    freshened(emails, now)
    found = refused(emails, now)
    for email in emails:
        why = _why_not(email, barred) or unwanted.get(email.pk or 0, "")
        if why:
            found[email.pk] = why
    return found


def why_never(email: Email, now: dt.datetime) -> str:
    """Why a message that is being put into the outbox would not leave; empty when nothing stands against it."""
    barred = barred_people({email.influencer_ref} if email.influencer_ref else set(), now)
    return _why_not(email, barred) or unwanted_news([email], now).get(email.pk or 0, "")


def unwanted_news(emails: Sequence[Email], now: dt.datetime) -> dict[int, str]:
    """News and offers to those who did not agree to them, or no longer do."""
    news = [email for email in emails if email.mail_class == Email.MailClass.MARKETING]
    found: dict[int, str] = {}
    for purpose in {purpose_of(email) for email in news}:
        mine = [email for email in news if purpose_of(email) == purpose]
        why = who_did_not_agree({email.contact_id for email in mine}, purpose, now)
        found |= {email.pk or 0: why[email.contact_id] for email in mine if email.contact_id in why}
    return found


def purpose_of(email: Email) -> str:
    """What somebody must have agreed to for this message."""
    kind = KINDS.get(email.name)
    return kind.purpose if kind else Purpose.NEWS


def _why_not(email: Email, barred: dict[int, str]) -> str:
    contact = email.contact
    if email.influencer_ref in barred and email.is_to_partner and email.mail_class != Email.MailClass.CODE:
        return barred[email.influencer_ref]
    if not contact.email:
        return reasons.reason(reasons.NO_ADDRESS)
    if contact.email_state == Contact.EmailState.BOUNCED:
        return reasons.reason(reasons.BOUNCED)
    if email.mail_class == Email.MailClass.MARKETING and contact.news_off_at:
        return reasons.reason(reasons.NO_NEWS)
    return ""


def _allowed_at(email: Email, house: Organisation, now: dt.datetime) -> dt.datetime:
    if email.ignores_quiet_hours:
        return now
    return next_allowed(now, email.contact.zone, house.quiet_from, house.quiet_until)
