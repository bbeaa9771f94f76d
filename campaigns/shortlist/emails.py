"""What is written to voters: these are the names, and once more while somebody has not answered."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.shortlist.models import Ballot
from campaigns.shortlist.votes_links import mint
from crm.base.zones import local_date
from crm.outbox.checks import refuse_sending
from crm.outbox.kinds import EmailKind, declare
from crm.outbox.late import late_field
from crm.outbox.models import Email
from crm.outbox.reasons import reason

NAMES = {
    "brand": _("the brand"),
    "campaign": _("the campaign"),
    "title": _("what the round is called"),
    "count": _("how many names"),
    "words": _("a word of the colleague who asks; may be empty"),
    "until": _("the last day; empty without one"),
}
SAMPLE = {
    "brand": "Lumi Skincare",
    "campaign": "Glow Up November",
    "title": {"en": "Who joins in November?", "id": "Siapa yang ikut di November?"},
    "count": 15,
    "words": {"en": "We would start with ten of them.", "id": "Rencananya mulai dari sepuluh orang dulu."},
    "until": dt.date(2026, 11, 27),
}


def to_voters(name: str, label: Any) -> EmailKind:
    return declare(
        EmailKind(
            name=name,
            label=label,
            names=NAMES,
            sample=SAMPLE,
            late={"page": "ballot"},
            button=_("See the names and vote"),
            button_to="page",
        )
    )


ASKED = to_voters("votes_asked", _("To a voter: which of these names?"))
WAITING = to_voters("votes_waiting", _("To a voter: the names still wait"))
NO_MORE = _("The round of votes is closed, or the link was taken back.")


@late_field("ballot")
def link_to_ballot(email: Email, params: dict[str, Any]) -> str:
    """A link of its own on every try; those before it go on working."""
    return mint(Ballot.objects.get(pk=params["ballot"]))


@refuse_sending("votes")
def about_closed_rounds(emails: Sequence[Email], now: dt.datetime) -> dict[int, str]:
    """Nobody is asked to vote where no vote counts any more."""
    asked = {email.pk: email.late_fields["ballot"]["ballot"] for email in emails if "ballot" in email.late_fields}
    rows = Ballot.objects.standing().filter(pk__in=asked.values()).select_related("round__campaign") if asked else []
    usable = {row.pk for row in rows if row.round.is_open(local_date(now, row.round.campaign.zone))}
    return {pk: reason(NO_MORE) for pk, ballot in asked.items() if ballot not in usable}
