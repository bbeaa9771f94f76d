"""What is written to people about a brief: it is there, it still waits, something small is new, and when not to post yet."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.briefs.acceptance import standings_of
from campaigns.planning.models import Collaboration
from crm.outbox.checks import refuse_sending
from crm.outbox.kinds import EmailKind, declare
from crm.outbox.models import Email
from crm.outbox.reasons import reason
from crm.reminders.letters import NAMES, SAMPLE

WORDS: Mapping[str, Any] = {
    **{name: NAMES[name] for name in ("greeting", "brand", "campaign")},
    "about": _("whose brief it is: yours, or of the person an agent acts for"),
    "news": _("what is new, in a sentence; empty for a first version"),
}
TOLD: Mapping[str, Any] = {
    **{name: SAMPLE[name] for name in ("greeting", "brand", "campaign")},
    "about": {"en": "your brief", "id": "brief kamu"},
    "news": {"en": "New: it goes up after 10.00.", "id": "Yang baru: tayang setelah pukul 10.00."},
}
ASK = _("A question, or something does not fit? Tell us here.")


def about_brief(name: str, label: Any, *, line: Any = "", names: Mapping[str, Any] = WORDS, sample: Mapping[str, Any] = TOLD) -> EmailKind:  # fmt: skip
    return declare(
        EmailKind(
            name=name,
            label=label,
            names=names,
            sample=sample,
            late={"page": "page"},
            button=_("Read the brief"),
            button_to="page",
            aside=ASK,
            for_reminders=bool(line),
            line=line,
        )
    )


SENT = about_brief("brief_sent", _("Brief: it is there"))
WAITS = about_brief(
    "brief_waits", _("Brief: it waits to be read"), line=_("Read %(about)s for %(campaign)s and tick it. %(news)s")
)
SMALL = about_brief(
    "brief_small",
    _("Brief: something small is new"),
    line=_("Something small is new in %(about)s for %(campaign)s. %(news)s"),
)
HOUR = ("greeting", "brand", "campaign", "due_time", "due_short")
EMBARGO = about_brief(
    "brief_embargo",
    _("Brief: not before this hour"),
    line=_("Please post for %(campaign)s not before %(due_time)s."),
    names={name: NAMES[name] for name in HOUR},
    sample={name: SAMPLE[name] for name in HOUR},
)
NOT_OPEN = _("The brief was accepted, or there is nothing to accept any more.")


@refuse_sending("briefs")
def about_accepted_briefs(emails: Sequence[Email], now: dt.datetime) -> dict[int, str]:
    """The letter with a brief that was accepted before it left."""
    letters = {email.pk: _card_in(email) for email in emails if email.name == SENT.name}
    if not letters:
        return {}
    cards = Collaboration.objects.filter(pk__in=letters.values()).select_related("campaign")
    standings = standings_of(list(cards))
    open_cards = {pk for pk, standing in standings.items() if standing.is_open}
    return {pk: reason(NOT_OPEN) for pk, card in letters.items() if card not in open_cards}


def _card_in(email: Email) -> int:
    return int(email.subject_refs[0].rpartition(":")[2])
