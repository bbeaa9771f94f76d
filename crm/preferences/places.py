"""Places where higher rooms say what consents and wishes mean for them."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping

from crm.base.places import Place
from crm.preferences.models import Consent

whose_words: Place[Callable[[Collection[int]], Mapping[int, Collection[int]]]] = Place("whose_words")
"""`@whose_words("influencers")`: function(contact ids) -> {contact id: ids of the people in whose story it is told}."""

not_alone: Place[Callable[[Collection[int], dt.datetime], Mapping[int, str]]] = Place("not_alone")
"""`@not_alone("minors")`: function(contact ids, now) -> {contact id: why she cannot agree by herself}, as stored reasons."""

after_withdrawal: Place[Callable[[Consent, dt.datetime], None]] = Place("after_withdrawal")
"""`@after_withdrawal("task")`: function(consent, now), in the transaction in which it was taken back."""


def people_told(contact_id: int) -> list[int]:
    """The people in whose story stands what this contact decided."""
    return sorted({person for placed in whose_words.all() for person in placed.call([contact_id]).get(contact_id, ())})


def why_not_alone(contact_id: int, now: dt.datetime) -> str:
    """Why this contact cannot agree by herself; empty when she can."""
    return next((why for placed in not_alone.all() if (why := placed.call([contact_id], now).get(contact_id, ""))), "")
