"""What a card shows of its brief, and what holds the approval of a draft."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from campaigns.briefs.acceptance import STALE, WAITS, standing_of
from campaigns.briefs.models import BriefAck, BriefVersion
from campaigns.planning.marks import Mark
from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.places import card_marks, card_rides, holds_approval


@card_marks("brief", order=30)
def brief_marks(cards: Sequence[Collaboration], now: dt.datetime) -> dict[int, list[Mark]]:
    """Who has agreed and not accepted the brief, or not what is new in it. One query for all, none where it rode along."""
    agreed = [card for card in cards if card.is_promised and card.status != Collaboration.Status.DONE]
    words = {WAITS: _("Brief not accepted"), STALE: _("New brief not accepted")}
    return {
        pk: [Mark(words[state], "warn", "journal-text", waits_for="her")] for pk, state in open_among(agreed).items()
    }


@card_rides("brief")
def how_far_it_is_read() -> dict[str, Any]:
    """The newest version, the newest that asks for a yes, and the yes she gave last."""
    versions = BriefVersion.objects.released().filter(brief__campaign=OuterRef("campaign")).newest_first()
    acks = BriefAck.objects.filter(collaboration=OuterRef("pk")).order_by("-version__number", "-revision")
    return {
        "brief_newest": Subquery(versions.values("number")[:1]),
        "brief_asking": Subquery(versions.filter(change=BriefVersion.Change.ASK_AGAIN).values("number")[:1]),
        "brief_had": Subquery(acks.values("version__number")[:1]),
        "brief_had_revision": Subquery(acks.values("revision")[:1]),
        "brief_again": F("brief_variant__asks_again_from"),
    }


def open_among(cards: Sequence[Collaboration]) -> dict[int, str]:
    """Which of these cards wait for a yes, and for which: the first, or one anew. What `standings_of` says, in one query."""
    found = {row.pk: _state(row) for row in _read(cards)}
    return {pk: state for pk, state in found.items() if state}


def _read(cards: Sequence[Collaboration]) -> Iterable[Any]:
    """The cards with how far each has read: as the board brought it along, else asked."""
    if all(hasattr(card, "brief_newest") for card in cards):
        return cards
    asked = Collaboration.objects.filter(pk__in=[card.pk for card in cards]).order_by()
    return asked.only("pk").annotate(**how_far_it_is_read())


def _state(row: Any) -> str:
    if row.brief_newest is None:
        return ""
    if row.brief_had is None:
        return WAITS
    is_new = (row.brief_asking or 0) > row.brief_had or (row.brief_again or 0) > (row.brief_had_revision or 0)
    return STALE if is_new else ""


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
