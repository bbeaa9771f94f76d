"""What is written to somebody we ask to take part: the offer is there, it waits, it ends; and that we take her price."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.offers.models import Offer
from crm.outbox.checks import refuse_sending
from crm.outbox.kinds import EmailKind, declare
from crm.outbox.models import Email
from crm.outbox.reasons import reason
from crm.outbox.topics import Purpose, Topic
from crm.reminders.letters import NAMES, SAMPLE

WORDS: Mapping[str, Any] = {
    **{name: NAMES[name] for name in ("greeting", "brand")},
    "heading": _("brand, thing and day, as short as a subject must be"),
    "campaign": _("the campaign"),
    "thing": _("what she would make"),
    "words": _("what we ask, in our words"),
    "gets": _("what she gets for it"),
    "until": _("by when she answers, as a sentence; empty without a day"),
}
TOLD: Mapping[str, Any] = {
    **{name: SAMPLE[name] for name in ("greeting", "brand")},
    "heading": {"en": "Lumi: 1 Reel, 3 Story, Sun 29 Nov", "id": "Lumi: 1 Reel, 3 Story, Min 29 Nov"},
    "campaign": "Glow Up November",
    "thing": "1 Reel, 3 Story",
    "words": {
        "en": "We would love to have you in “Glow Up November”. Everything about it is on your page.",
        "id": "Kami ingin mengajak Kakak ikut “Glow Up November”. Semuanya ada di halaman Kakak.",
    },
    "gets": {"en": "IDR 2,800,000", "id": "Rp2.800.000"},
    "until": {"en": "Tell us by Sunday, 29 November 2026.", "id": "Kabari kami sampai Minggu, 29 November 2026, ya."},
}
ASIDE = _("Need more time? That is fine, tell us there.")
KIND = "campaign_offer"


def about_offer(name: str, label: Any, *, line: Any = "", aside: Any = ASIDE, button: Any = "") -> EmailKind:
    return declare(
        EmailKind(
            name=name,
            label=label,
            names=WORDS,
            sample=TOLD,
            late={"page": "page"},
            button=button or _("See the offer"),
            button_to="page",
            aside=aside,
            for_reminders=bool(line),
            line=line,
            topic=Topic.CONTRACTS,
            purpose=Purpose.OFFERS,
        )
    )


SENT = about_offer(KIND, _("Offer: it is there"))
WAITS = about_offer("campaign_offer_waits", _("Offer: it waits"), line=_("Your answer to “%(campaign)s”. %(until)s"))
ENDS = about_offer("campaign_offer_ends", _("Offer: it ends"), line=_("Your answer to “%(campaign)s”. %(until)s"))
TAKEN = about_offer("campaign_offer_taken", _("Offer: we take her price"), aside="", button=_("Open your page"))
NOT_OPEN = _("The offer is not open any more.")
LABEL = f"{Offer._meta.label_lower}:"


@refuse_sending("offers")
def about_closed_offers(emails: Sequence[Email], now: dt.datetime) -> dict[int, str]:
    """The first letter about an offer that is answered, withdrawn or over."""
    letters = {email.pk: pk for email in emails if email.name == KIND for pk in _offers_in(email)}
    still = Offer.objects.open().filter(pk__in=letters.values()).values_list("pk", flat=True) if letters else ()
    waiting = set(still)
    return {email: reason(NOT_OPEN) for email, offer in letters.items() if offer not in waiting}


def _offers_in(email: Email) -> list[int]:
    return [int(ref.removeprefix(LABEL)) for ref in email.subject_refs if ref.startswith(LABEL)]
