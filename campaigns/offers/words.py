"""How an offer speaks: its subject, what she gets, until when; in both languages."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from campaigns.offers.models import Offer
from campaigns.planning.models import Collaboration
from crm.base.formats import day_words, money_full
from crm.messages.blanks import filled

LANGUAGES = ("en", "id")
SUBJECT_MOST = 40
"""As much of a subject as a phone shows."""
SHORTEST = 6
USUAL = gettext_lazy("We would love to have you in “{{ campaign }}”. Everything about it is on your page.")
BLANKS: Mapping[str, Any] = {
    "first_name": gettext_lazy("her first name"),
    "brand": gettext_lazy("the brand"),
    "campaign": gettext_lazy("the campaign"),
    "day": gettext_lazy("the day by which she answers"),
}


def in_both(say: Callable[[], Any]) -> dict[str, str]:
    """The same said in both languages."""
    spoken = {}
    for language in LANGUAGES:
        with override(language):
            spoken[language] = str(say())
    return spoken


def subject_of_offer(brand: str, thing: str, day: dt.date | None) -> str:
    """Lumi: 1 Reel, 3 Story, Sun 29 Nov: brand, thing and day, in as much as a phone shows."""
    tail = f", {day_words(day, 'brief')}" if day else ""
    room = SUBJECT_MOST - len(tail)
    about = max(SHORTEST, room - len(brand) - 2)
    return f"{_short(brand, room - 2 - min(len(thing), about))}: {_short(thing, about)}{tail}"


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: max(1, most - 1)].rstrip()}…"


def thing_of(card: Collaboration) -> str:
    """What she would make, in a few words; the campaign while nothing is planned. Deliverables may be fetched ahead."""
    rows = [row for row in card.deliverables.all() if row.status != row.Status.DROPPED]
    counted = Counter(row.format.name for row in sorted(rows, key=lambda row: (row.post_due_on, row.pk)))
    return ", ".join(f"{count} {name}" for name, count in counted.items()) or card.campaign.name


def gets(offer: Offer) -> str:
    """Rp2.800.000 and one event seat."""
    parts = [money_full(offer.fee) if offer.fee is not None else "", offer.in_kind]
    return _(" and ").join(part for part in parts if part)


def until(offer: Offer) -> str:
    day = offer.answer_by_on
    return _("Tell us by %(day)s.") % {"day": day_words(day, "long")} if day else ""


def filled_for(card: Collaboration, words: Any, language: str, answer_by_on: dt.date | None) -> str:
    """The words with her name in them; none given means the usual sentence, in her language."""
    with override(language):
        said = {
            "first_name": card.influencer.stage_name.split(" ")[0],
            "brand": card.campaign.brand.name,
            "campaign": card.campaign.name,
            "day": day_words(answer_by_on) if answer_by_on else "",
        }
        return filled(str(words or USUAL), said)


def her_ask(offer: Offer) -> str:
    """Rp3.000.000, or what she said."""
    return money_full(offer.her_fee) if offer.her_fee is not None else f"“{offer.her_words}”"


her_ask_in_words = lazy(her_ask, str)
