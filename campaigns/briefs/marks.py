"""What a card shows of its brief, and what holds the approval of a draft."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from campaigns.briefs.acceptance import STALE, WAITS, standing_of
from campaigns.briefs.models import BriefAck, BriefVersion
from campaigns.planning.marks import Mark
from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.places import card_marks, holds_approval


@card_marks("brief", order=30)
def brief_marks(cards: Sequence[Collaboration], now: dt.datetime) -> dict[int, list[Mark]]:
    """Who has agreed and not accepted the brief, or not what is new in it. One query for all."""
    agreed = [card.pk for card in cards if card.is_promised and card.status != Collaboration.Status.DONE]
    words = {WAITS: _("Brief not accepted"), STALE: _("New brief not accepted")}
    return {
        pk: [Mark(words[state], "warn", "journal-text", waits_for="her")]
        for pk, state in (open_among(agreed) if agreed else {}).items()
    }


def open_among(cards: Sequence[int]) -> dict[int, str]:
    """Which of these cards wait for a yes, and for which: the first, or one anew. What `standings_of` says, in one query."""
    versions = BriefVersion.objects.released().filter(brief__campaign=OuterRef("campaign")).newest_first()
    acks = BriefAck.objects.filter(collaboration=OuterRef("pk")).order_by("-version__number", "-revision")
    rows = Collaboration.objects.filter(pk__in=cards).order_by().annotate(
        newest=Subquery(versions.values("number")[:1]),
        asking=Subquery(versions.filter(change=BriefVersion.Change.ASK_AGAIN).values("number")[:1]),
        had=Subquery(acks.values("version__number")[:1]),
        had_revision=Subquery(acks.values("revision")[:1]),
    ).filter(newest__isnull=False)  # fmt: skip
    named = rows.values_list("pk", "asking", "had", "had_revision", "brief_variant__asks_again_from")
    found = {pk: _state(asking, had, revision, again) for pk, asking, had, revision, again in named}
    return {pk: state for pk, state in found.items() if state}


def _state(asking: int | None, had: int | None, revision: int | None, again: int | None) -> str:
    if had is None:
        return WAITS
    return STALE if (asking or 0) > had or (again or 0) > (revision or 0) else ""


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
