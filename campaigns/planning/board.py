"""The campaign board: seven columns of cards, what went off, and what they come to, in six queries."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from campaigns.planning.cards import Card, cards_of, fees, mailable, written
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.places import rides_from_above
from campaigns.planning.risk import Risk, conflicts_seen_by, has_issue, risk_of
from crm.influencers.places import badges_of

if TYPE_CHECKING:
    from crm.team.models import User

LANE_SHOWN = 40
ENOUGH = 2
"""One influencer is rarely enough (domain rule R1-31)."""


@dataclass(frozen=True)
class Look:
    """What somebody wants to see of a board."""

    mine: bool = False
    late: bool = False
    waiting: bool = False
    hers: bool = False
    platform: str = ""
    issue: str = ""

    def fits(self, card: Card, user: "User") -> bool:
        return (
            (not self.mine or card.collaboration.influencer.owner_id == user.pk)
            and (not self.late or card.is_late)
            and (not self.waiting or card.needs_us)
            and (not self.hers or card.waits_for_her)
            and (not self.issue or has_issue(self.issue, card))
            and (not self.platform or self.platform in card.platforms)
        )


@dataclass
class Lane:
    """One column with what it holds in numbers."""

    stage: str
    label: Any
    cards: list[Card] = field(default_factory=list)

    @property
    def shown(self) -> list[Card]:
        return self.cards[:LANE_SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.cards) - LANE_SHOWN)

    @property
    def sum(self) -> str:
        return written(fees(self.cards))

    @property
    def css(self) -> str:
        return {"making": "c-work", "review": "c-work", "posting": "c-work", "done": "c-done"}.get(self.stage, "")

    @property
    def hint(self) -> str:
        """How cards come into an empty column."""
        return {
            "shortlist": _("Add people you would like to ask."),
            "review": _("Cards come here by themselves when a draft arrives."),
            "posting": _("Cards come here by themselves when all drafts are approved."),
            "done": _("Cards come here by themselves when everything is posted."),
        }.get(self.stage, _("Nobody here."))


@dataclass
class Board:
    """Everything a campaign's page shows."""

    campaign: Campaign
    cards: list[Card]
    shown: list[Card]
    now: dt.datetime

    @cached_property
    def lanes(self) -> list[Lane]:
        lanes = {stage: Lane(stage, Collaboration.Status(stage).label) for stage in Collaboration.COLUMNS}
        for card in self.shown:
            if not card.collaboration.is_off:
                lanes[card.collaboration.status].cards.append(card)
        return [lane for lane in lanes.values() if lane.cards or not self._is_idle(lane)]

    def _is_idle(self, lane: Lane) -> bool:
        """Nobody is asked in a standing campaign: whoever comes in has signed."""
        return self.campaign.is_standing and lane.stage in ("shortlist", "in_talks")

    @cached_property
    def off(self) -> list[Card]:
        return [card for card in self.shown if card.collaboration.is_off]

    @property
    def shown_going(self) -> list[Card]:
        return [card for card in self.shown if not card.collaboration.is_off]

    def table(self, column: str) -> list[Card]:
        """The cards as rows in board order; those of one column when one is named."""
        order = [*Collaboration.COLUMNS, Collaboration.Status.OFF]
        rows = [card for card in self.shown if column not in order or card.collaboration.status == column]
        return sorted(rows, key=lambda card: order.index(card.collaboration.status))

    @property
    def off_summary(self) -> str:
        """2 × Too dear, No answer: why people are not going ahead."""
        counted = Counter(card.collaboration.off_why for card in self.off if card.collaboration.off_why)
        return ", ".join(f"{count} × {why}" if count > 1 else why for why, count in counted.most_common(4))

    @property
    def going(self) -> list[Card]:
        return [card for card in self.cards if not card.collaboration.is_off]

    @cached_property
    def risk(self) -> Risk:
        return risk_of(self.cards)

    @property
    def is_lonely(self) -> bool:
        """The campaign runs and fewer than two people have said yes (domain rule R1-31); a circle grows one by one."""
        if self.campaign.is_standing:
            return False
        return self.campaign.is_live and sum(card.collaboration.is_promised for card in self.cards) < ENOUGH

    @property
    def late_count(self) -> int:
        return sum(card.is_late for card in self.cards)

    @property
    def waiting_count(self) -> int:
        return sum(card.needs_us for card in self.cards)

    @property
    def hers_count(self) -> int:
        return sum(card.waits_for_her for card in self.cards)

    @property
    def platforms(self) -> list[tuple[str, str]]:
        """Platforms somebody on this board works on: what the filter offers."""
        found = {row.format.platform.code: row.format.platform.name for card in self.cards for row in card.standing}
        for card in self.cards:
            home = card.collaboration.influencer.main_platform
            if home is not None and not card.standing:
                found[home.code] = home.name
        return sorted(found.items(), key=lambda pair: pair[1])


def board_of(campaign: Campaign, user: "User", now: dt.datetime, look: Look) -> Board:
    """The board of one campaign as one colleague wants to see it."""
    rows = list(
        campaign.collaborations.select_related(
            "influencer__main_platform", "pillar", "party__contract", "party__signature"
        )
        .annotate(
            is_reachable=Exists(mailable().filter(influencer=OuterRef("influencer"))),
            **rides_from_above(),
        )
        .order_by("influencer__name_key", "pk")
    )
    for row in rows:
        row.campaign = campaign
    cards = cards_of(rows, now, conflicts_seen_by(user, rows) if rows else None)
    mark_barred(cards, user, now)
    return Board(campaign, cards, [card for card in cards if look.fits(card, user)], now)


def mark_barred(cards: Sequence[Card], user: "User", now: dt.datetime) -> None:
    """A lock on whoever is not agreed yet and barred today; her own promise here says nothing against her."""
    asked = [card for card in cards if not card.collaboration.is_promised and not card.collaboration.is_off]
    badges = badges_of(user, [card.collaboration.influencer_id for card in asked], now)
    for card in asked:
        card.badges = badges.get(card.collaboration.influencer_id, [])
