"""Who agreed to what, and who wants to be reminded how."""

import datetime as dt
from collections.abc import Collection, Mapping

from django.db.models import F

from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.outbox import reasons
from crm.outbox.models import Contact
from crm.outbox.topics import IN_WORDS, Purpose
from crm.preferences.models import Consent, ConsentText, ReminderWish


def current_text(purpose: str, on: dt.date) -> ConsentText | None:
    """The words in force on that day; of two the one that began later."""
    rows = ConsentText.objects.valid_on(on).filter(purpose=purpose)
    return rows.order_by(F("valid_from").desc(nulls_last=True), "-pk").first()


def current_texts(on: dt.date, language: str) -> dict[str, str]:
    """The words in force on that day for every purpose, in one language."""
    rows = ConsentText.objects.valid_on(on).order_by(F("valid_from").asc(nulls_first=True), "pk")
    return {row.purpose: row.words(language) for row in rows}


def decisions_of(contact_ids: Collection[int], purpose: str) -> dict[int, Consent]:
    """The newest decision of each of these contacts."""
    rows = Consent.objects.about(purpose).filter(contact__in=contact_ids).order_by("pk")
    return {row.contact_id: row for row in rows.only("contact", "purpose", "given_at", "withdrawn_at")}


def standing_purposes(contact: Contact) -> set[str]:
    """What this contact agreed to and has not taken back."""
    return set(Consent.objects.open().filter(contact=contact).values_list("purpose", flat=True))


def may_market(contact_ids: Collection[int], now: dt.datetime, purpose: str = Purpose.NEWS) -> dict[int, str]:
    """For each of these contacts why she gets nothing of that kind, as a stored reason; empty when she does.

    Only with a yes on record; where the house asks for a no instead, until she has said it.
    """
    why = why_not_market(contact_ids, purpose, now)
    return {contact: why.get(contact, "") for contact in contact_ids}


def why_not_market(contact_ids: Collection[int], purpose: str, now: dt.datetime) -> dict[int, str]:
    """Those among these who get nothing of that kind, with the reason."""
    decisions = decisions_of(contact_ids, purpose)
    everybody = Organisation.load().news_to == Organisation.NewsTo.NOT_REFUSED
    refused = dict(
        Contact.objects.filter(pk__in=contact_ids, news_off_at__isnull=False).values_list("pk", "news_off_at")
    )
    found = {}
    for contact in contact_ids:
        decision = decisions.get(contact)
        ended = decision.withdrawn_at if decision else refused.get(contact)
        if ended is not None:
            found[contact] = reasons.reason(
                reasons.TAKEN_BACK, what=IN_WORDS[purpose], day=local_date(ended, "UTC").isoformat()
            )
        elif decision is None and not everybody:
            found[contact] = reasons.reason(reasons.NOT_AGREED, what=IN_WORDS[purpose])
    return found


def wishes_of(contact_ids: Collection[int]) -> Mapping[int, ReminderWish]:
    """What these contacts wish about reminders; who said nothing is left out."""
    return {wish.contact_id: wish for wish in ReminderWish.objects.filter(contact__among=sorted(contact_ids))}
