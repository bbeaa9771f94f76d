"""Places where higher rooms say what the outbox must know: who may not be written to, what is no longer true."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence

import structlog
from django.db import transaction

from crm.base.places import Place
from crm.outbox.models import Contact, Email

log = structlog.get_logger(__name__)

barred: Place[Callable[[Collection[int], dt.datetime], Mapping[int, str]]] = Place("barred")
"""`@barred("do_not_contact")`: function(influencer ids, now) -> {influencer id: why nobody may write to her}."""

not_agreed: Place[Callable[[Collection[int], str, dt.datetime], Mapping[int, str]]] = Place("not_agreed")
"""`@not_agreed("consents")`: function(contact ids, purpose, now) -> {contact id: why she gets nothing of that kind}.
Asked for messages of class MARKETING, when they are put into the outbox and again just before they leave."""

choices_page: Place[Callable[[Contact], str]] = Place("choices_page")
"""`@choices_page("portal")`: function(contact) -> the address of the page where she chooses what she hears from us."""

no_more_news: Place[Callable[[Contact, dt.datetime], object]] = Place("no_more_news")
"""`@no_more_news("consents")`: function(contact, now): she pressed the way out of news and offers."""

refuse_sending: Place[Callable[[Sequence[Email], dt.datetime], Mapping[int, str]]] = Place("refuse_sending")
"""`@refuse_sending("reminders")`: function(emails, now) -> {email id: reason} for messages that are no longer true.
Asked just before sending; reasons are stored ones (crm.outbox.reasons.reason)."""

freshen: Place[Callable[[Sequence[Email], dt.datetime], None]] = Place("freshen")
"""`@freshen("reminders")`: function(emails, now): messages a sender holds that say several things are written anew
without what is no longer true, rows and objects alike. Asked just before `refuse_sending`."""

after_skip: Place[Callable[[Mapping[int, str], dt.datetime], None]] = Place("after_skip")
"""`@after_skip("reminders")`: function({email id: reason}, now), in the transaction that skipped these messages."""

after_failure: Place[Callable[[Email, dt.datetime], None]] = Place("after_failure")
"""`@after_failure("todos")`: function(email, now), in the transaction that gave this message up or left it in doubt."""

no_address: Place[Callable[[Email, dt.datetime], None]] = Place("no_address")
"""`@no_address("todos")`: function(unsaved email, now): its contact has no address that works."""

after_hand_over: Place[Callable[[Email | None, Email, dt.datetime], None]] = Place("after_hand_over")
"""`@after_hand_over("reminders")`: function(the waiting mail that made way or None, the row of what was passed on, now),
in the transaction in which a colleague took a message to pass it on."""

after_take_back: Place[Callable[[Email, Email | None, dt.datetime], None]] = Place("after_take_back")
"""`@after_take_back("reminders")`: function(the row of what was not passed on after all, the mail that waits again or
None, now), in the transaction that took it back."""


def barred_people(influencer_ids: Collection[int], now: dt.datetime) -> dict[int, str]:
    """Everybody among these nobody may write to, with the reason."""
    found: dict[int, str] = {}
    for placed in barred.all():
        found |= placed.call(influencer_ids, now)
    return found


def who_did_not_agree(contact_ids: Collection[int], purpose: str, now: dt.datetime) -> dict[int, str]:
    """Everybody among these who gets no marketing of that purpose, with the reason."""
    found: dict[int, str] = {}
    for placed in not_agreed.all():
        found |= placed.call(contact_ids, purpose, now)
    return found


def choices_url(contact: Contact) -> str:
    """Where she chooses what she hears from us; empty while nobody offers such a page."""
    return next((placed.call(contact) for placed in choices_page.all()), "")


def say_no_more_news(contact: Contact, now: dt.datetime) -> None:
    """The way out that every marketing message carries was pressed; pressing twice is once."""
    with transaction.atomic():
        for placed in no_more_news.all():
            placed.call(contact, now)


def freshened(emails: Sequence[Email], now: dt.datetime) -> None:
    """Bring messages to what is still true. One that cannot be written anew stays as it was and is asked about again."""
    for placed in freshen.all():
        placed.call(emails, now)


def refused(emails: Sequence[Email], now: dt.datetime) -> dict[int, str]:
    """The messages that are no longer true, with the reason."""
    found: dict[int, str] = {}
    for placed in refuse_sending.all():
        found |= placed.call(emails, now)
    return found


def tell_skipped(reasons: Mapping[int, str], now: dt.datetime) -> None:
    for placed in after_skip.all():
        placed.call(reasons, now)


def tell_failed(email: Email, now: dt.datetime) -> None:
    _tell(after_failure, email, now)


def tell_no_address(email: Email, now: dt.datetime) -> None:
    _tell(no_address, email, now)


def _tell(place: Place[Callable[[Email, dt.datetime], None]], email: Email, now: dt.datetime) -> None:
    """Whoever breaks here is told in the log and never keeps other messages from leaving."""
    for placed in place.all():
        try:
            with transaction.atomic():
                placed.call(email, now)
        except Exception:
            log.exception("outbox_told_in_vain", place=place.name, key=placed.key, email=email.pk)
