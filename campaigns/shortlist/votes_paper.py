"""The names as a PDF a voter takes along: what her page shows, and nothing else."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from campaigns.shortlist.models import Vote, VoteRound
from campaigns.shortlist.votes_names import Name, sum_of
from crm.base.formats import day_words
from crm.contracts.paper.sheet import MUTED, SMALL, TITLES, Sheet


def draw_names(found: VoteRound, names: Sequence[Name], said: Sequence[Vote], *, at: dt.datetime) -> bytes:
    """One block for each name, with the vote where there is one."""
    brand = found.campaign.brand.name
    votes = {vote.collaboration_id: vote for vote in said}
    with Sheet(name=found.title, running=brand, at=at, language=get_language() or "id") as sheet:
        sheet.add_page()
        sheet.says(found.title, TITLES[1], strong=True, after=1)
        sheet.says(f"{found.campaign.name}, {brand}. {day_words(at)}", SMALL, color=MUTED, after=3)
        for name in names:
            _draw(sheet, name, votes.get(name.pk))
        yes = [name.price for name in names if name.pk in votes and votes[name.pk].verdict == Vote.Verdict.YES]
        if total := sum_of(yes):
            sheet.rule()
            sheet.says(_("Yes-ones together: %(sum)s") % {"sum": total}, strong=True)
        return bytes(sheet.output())


def _draw(sheet: Sheet, name: Name, vote: Vote | None) -> None:
    said = f"{vote.get_verdict_display()}. {vote.note}".strip() if vote else ""
    sheet.heading(name.name)
    sheet.pairs(
        [
            (_("Accounts"), ", ".join(f"{one.platform} @{one.handle}" for one in name.handles)),
            (_("Who"), ", ".join(name.facts)),
            (_("Followers"), name.followers),
            (_("Engagement"), name.engagement),
            (_("Proposed"), name.proposed),
            (_("Price"), name.price_words),
            (_("Your vote"), said),
        ]
    )
