"""What a card shows of its brief, and what holds the approval of a draft."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from campaigns.briefs.acceptance import STALE, WAITS, standing_of, standings_of
from campaigns.planning.marks import Mark
from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.places import card_marks, holds_approval


@card_marks("brief", order=30)
def brief_marks(cards: Sequence[Collaboration], now: dt.datetime) -> dict[int, list[Mark]]:
    """Who has agreed and not accepted the brief, or not what is new in it."""
    agreed = [card for card in cards if card.is_promised and card.status != Collaboration.Status.DONE]
    words = {WAITS: _("Brief not accepted"), STALE: _("New brief not accepted")}
    standings = standings_of(agreed) if agreed else {}
    return {
        pk: [Mark(words[standing.state], "warn", "journal-text", waits_for="her")]
        for pk, standing in standings.items()
        if standing.is_open
    }


@holds_approval("brief")
def unread_brief(deliverable: Deliverable) -> str:
    """A draft is approved once she has accepted the brief it is held against."""
    standing = standing_of(deliverable.collaboration)
    if not standing.is_open or standing.version is None:
        return ""
    said = {"name": deliverable.collaboration.influencer.stage_name, "number": standing.version.number}
    if standing.state == STALE:
        return (
            _("%(name)s has not accepted what is new in the brief (version %(number)d). Send it, or note her yes.")
            % said
        )
    return _("%(name)s has not accepted the brief (version %(number)d). Send it, or note her yes.") % said
