"""The voter's page put together: each name with its two fields, and what the yes-ones cost together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.shortlist.models import Ballot, Vote
from campaigns.shortlist.votes_forms import BallotForm
from campaigns.shortlist.votes_names import Name, sum_of


@dataclass(frozen=True)
class Line:
    """One name on the page: what is known and what is asked."""

    name: Name
    says: Any
    note: Any


@dataclass(frozen=True)
class VotersPage:
    """Everything a voter sees."""

    ballot: Ballot
    names: Sequence[Name]
    lines: Sequence[Line]
    said: Sequence[Vote]

    @property
    def chosen(self) -> str:
        """Yes to 3 of 15, together Rp12.000.000."""
        yes = {vote.collaboration_id for vote in self.said if vote.verdict == Vote.Verdict.YES}
        taken = [name for name in self.names if name.pk in yes]
        total = sum_of(name.price for name in taken)
        words = _("Yes to %(yes)d of %(all)d so far.") % {"yes": len(taken), "all": len(self.names)}
        if not total:
            return words
        together = _("Together %(sum)s.") % {"sum": total}
        return f"{words} {together}"

    @property
    def unpriced(self) -> str:
        """How many of the yes-ones have no price yet, where prices are shown."""
        yes = {vote.collaboration_id for vote in self.said if vote.verdict == Vote.Verdict.YES}
        count = sum(name.pk in yes and name.price is None for name in self.names)
        if not self.ballot.round.shows_price or not count:
            return ""
        return ngettext("%(n)d of them has no price yet.", "%(n)d of them have no price yet.", count) % {"n": count}


def page_of(ballot: Ballot, names: Sequence[Name], said: Sequence[Vote], form: BallotForm) -> VotersPage:
    lines = [Line(name, form[f"says-{name.pk}"], form[f"note-{name.pk}"]) for name in names]
    return VotersPage(ballot, names, lines, said)


def header() -> list[str]:
    """The columns of the list a voter may take along, in the active language."""
    return [
        _("Name"), _("Accounts"), _("Tier"), _("Followers"), _("Engagement"), _("Topic"), _("City"), _("Proposed"),
        _("Price"), _("Your vote"), _("Your note"),
    ]  # fmt: skip


def rows_of(names: Sequence[Name], said: Sequence[Vote]) -> list[list[str]]:
    """What the page shows, as a table: nothing more."""
    votes = {vote.collaboration_id: vote for vote in said}
    return [
        [
            name.name,
            ", ".join(f"{one.platform} @{one.handle}" for one in name.handles),
            name.tier, name.followers, name.engagement, name.niche, name.city, name.proposed, name.price_words,
            str(votes[name.pk].get_verdict_display()) if name.pk in votes else "",
            votes[name.pk].note if name.pk in votes else "",
        ]
        for name in names
    ]  # fmt: skip
