"""Places where higher rooms say what consents and wishes mean for them."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm.base.places import Place
from crm.preferences.models import Consent

if TYPE_CHECKING:
    from crm.team.models import User


@dataclass(frozen=True)
class SilentLine:
    """Somebody who gets no mail, or not all of it: why, since when, until when, and where that is settled."""

    name: str
    address: str
    why: Any
    since_at: dt.datetime | None
    url: str
    until_on: dt.date | None = None
    contact_id: int | None = None  # whose address may work again


@dataclass(frozen=True)
class SilentPage:
    """Some of them, and the cursors of the pages around."""

    lines: Sequence[SilentLine]
    earlier: str = ""
    later: str = ""


whose_words: Place[Callable[[Collection[int]], Mapping[int, Collection[int]]]] = Place("whose_words")
"""`@whose_words("influencers")`: function(contact ids) -> {contact id: ids of the people in whose story it is told}."""

not_alone: Place[Callable[[Collection[int], dt.datetime], Mapping[int, str]]] = Place("not_alone")
"""`@not_alone("minors")`: function(contact ids, now) -> {contact id: why she cannot agree by herself}, as stored reasons."""

silent_part: Place[Callable[["User", str, str, dt.datetime], SilentPage]] = Place("silent_part")
"""`@silent_part("alone", label=_("Left alone"))`: function(user, words, cursor, now) -> a page of those who get no mail."""

after_withdrawal: Place[Callable[[Consent, dt.datetime], None]] = Place("after_withdrawal")
"""`@after_withdrawal("task")`: function(consent, now), in the transaction in which it was taken back."""


def people_told(contact_id: int) -> list[int]:
    """The people in whose story stands what this contact decided."""
    return sorted({person for placed in whose_words.all() for person in placed.call([contact_id]).get(contact_id, ())})


def why_not_alone(contact_id: int, now: dt.datetime) -> str:
    """Why this contact cannot agree by herself; empty when she can."""
    return next((why for placed in not_alone.all() if (why := placed.call([contact_id], now).get(contact_id, ""))), "")
