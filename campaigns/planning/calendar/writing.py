"""Telling everybody whose day moved: the page for one message, with these people chosen."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse

from campaigns.planning.audience import AUDIENCE, MOST_PICKED
from campaigns.planning.calendar.moving import Planned
from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.verdicts import Verdict

if TYPE_CHECKING:
    from crm.team.models import User


@dataclass(frozen=True)
class Letter:
    """One message to the people of one campaign."""

    campaign: str
    people: int
    url: str


def letters_to(plans: Sequence[Planned], verdicts: Sequence[Verdict], user: "User") -> list[Letter]:
    """For each campaign whose posts or drafts moved, where one message to those people is written. One query."""
    if not user.has_perm("crm.write_message"):
        return []
    moved = {
        one.pick.pk
        for one, verdict in zip(plans, verdicts, strict=True)
        if verdict.done and one.pick.kind.startswith("deliverable.")
    }
    cards = Deliverable.objects.filter(pk__among=moved).values("collaboration")
    seen = Collaboration.objects.visible_to(user).filter(pk__in=cards).select_related("campaign")
    by_campaign: dict[tuple[int, str], list[int]] = defaultdict(list)
    for card in seen.order_by("campaign__name", "pk"):
        by_campaign[card.campaign_id, card.campaign.name].append(card.pk)
    return [Letter(name, len(people), _address(pk, people)) for (pk, name), people in by_campaign.items()]


def _address(campaign: int, cards: Sequence[int]) -> str:
    asked = [("audience", AUDIENCE), ("campaign", campaign), *(("pick", pk) for pk in cards[:MOST_PICKED])]
    return f"{reverse('message-new')}?{urlencode(asked)}"
