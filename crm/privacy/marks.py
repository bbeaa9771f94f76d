"""Marks by which somebody forgotten is known again, should a file bring her back: keyed hashes, no addresses."""

import datetime as dt
from collections.abc import Iterable, Sequence

from django.utils.crypto import salted_hmac

from crm.base.hers import Her
from crm.base.inserts import insert_missing
from crm.influencers.imports.facts import Facts
from crm.influencers.models import SocialAccount
from crm.influencers.places import forgotten
from crm.outbox.models import Contact
from crm.privacy.models import Forgotten

Mark = tuple[str, str]
"""Of what, and the digest."""


def mark(kind: str, value: str) -> Mark:
    """The mark of one address, number or handle, however it is written."""
    return kind, salted_hmac(
        "crm.privacy.forgotten", f"{kind}:{value.strip().casefold()}", algorithm="sha256"
    ).hexdigest()


def of_handle(platform: str, handle: str) -> Mark:
    return mark(Forgotten.Kind.HANDLE, f"{platform}:{handle.lstrip('@')}")


def marks_of(her: Her) -> set[Mark]:
    """The marks of everything she is reached by today."""
    found = {of_handle(*pair) for pair in _accounts(her)}
    for contact in Contact.objects.filter(pk__in=her.contacts):
        found |= {mark(Forgotten.Kind.EMAIL, contact.email)} if contact.email else set()
        phones = {str(phone) for phone in (contact.phone, contact.whatsapp) if phone}
        found |= {mark(Forgotten.Kind.PHONE, phone) for phone in phones}
    return found


def _accounts(her: Her) -> Iterable[tuple[str, str]]:
    accounts = SocialAccount.objects.filter(influencer_id__in=her.people)
    return accounts.values_list("platform__code", "handle")


def remember(marks: Iterable[Mark], on: dt.date) -> int:
    """Keep marks; one that is kept already keeps its day."""
    rows = [Forgotten(kind=kind, digest=digest, erased_on=on) for kind, digest in sorted(marks)]
    return insert_missing(rows, "(kind, digest)")


@forgotten("marks")
def forgotten_among(rows: Sequence[Facts]) -> list[dt.date | None]:
    """For each row of a file the day on which she asked to be forgotten. Two short questions, however many the rows."""
    if not Forgotten.objects.exists():
        return [None] * len(rows)
    marks = [_marks_of_row(facts) for facts in rows]
    days = _days_of(set().union(*marks))
    return [max((days[one] for one in mine if one in days), default=None) for mine in marks]


def _marks_of_row(facts: Facts) -> set[Mark]:
    found = {of_handle(account.platform, account.handle) for account in facts.accounts}
    found |= {mark(Forgotten.Kind.EMAIL, facts.email)} if facts.email else set()
    return found | ({mark(Forgotten.Kind.PHONE, facts.phone)} if facts.phone else set())


def forgotten_on(marks: Iterable[Mark]) -> dt.date | None:
    """The latest day on which somebody with one of these marks was forgotten."""
    return max(_days_of(set(marks)).values(), default=None)


def _days_of(marks: set[Mark]) -> dict[Mark, dt.date]:
    rows = Forgotten.objects.filter(digest__in=[digest for _kind, digest in marks])
    return {(row.kind, row.digest): row.erased_on for row in rows if (row.kind, row.digest) in marks}
