"""A person's accounts with the numbers counted for them, in one query and without model instances."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F, FilteredRelation, Q

from crm.influencers.models import MetricSnapshot, SocialAccount
from crm.influencers.tiers import Ladder

MOST_SNAPSHOTS = 400


class Counted(NamedTuple):
    """One snapshot: averages per post, except followers."""

    pk: int
    taken_at: dt.datetime
    nature: str
    posts: int | None
    followers: int | None
    likes: int | None
    comments: int | None
    saves: int | None
    shares: int | None
    views: int | None
    reach: int | None
    given: Decimal | None
    source: str

    @property
    def label(self) -> str:
        return str(MetricSnapshot.Nature(self.nature).label)

    def rate(self, followers: int | None) -> Decimal | None:
        """Likes and comments per follower, as a share; None unless all three are known."""
        counted = self.followers or followers
        if not counted or self.likes is None or self.comments is None:
            return None
        return Decimal(self.likes + self.comments) / counted

    @property
    def given_share(self) -> Decimal | None:
        """The rate somebody gave as one figure, as a share like the computed one."""
        return None if self.given is None else self.given / 100


@dataclass
class AccountCard:
    """One account as the page shows it."""

    pk: int
    platform: str
    icon: str
    profile_url: str
    handle: str
    followers: int | None
    followers_at: dt.datetime | None
    tier_override: str
    counted: list[Counted] = field(default_factory=list)
    tier: str = ""
    other_tiers: str = ""

    @property
    def url(self) -> str:
        return self.profile_url.replace("{handle}", self.handle)

    @property
    def newest(self) -> list[tuple[Counted, Decimal | None]]:
        """The newest numbers of each kind of post, with their rate: all, organic and sponsored stay apart."""
        seen: dict[str, Counted] = {}
        for one in self.counted:
            if one.nature not in seen and _has_numbers(one):
                seen[one.nature] = one
        ordered = [seen[nature] for nature in MetricSnapshot.Nature.values if nature in seen]
        return [(one, one.rate(self.followers)) for one in ordered]

    @property
    def development(self) -> list[int]:
        """Followers from the oldest count to the newest."""
        return [one.followers for one in reversed(self.counted) if one.followers is not None]


def _has_numbers(one: Counted) -> bool:
    return any(value is not None for value in one[5:12])


COLUMNS = (
    "pk", "platform__name", "platform__icon", "platform__profile_url", "handle", "followers", "followers_at",
    "tier_override",
)  # fmt: skip
COUNTED = (
    "pk", "taken_at", "nature", "posts", "followers", "likes", "comments", "saves", "shares", "views", "reach",
    "engagement_rate", "source",
)  # fmt: skip


def accounts_of(influencer_id: int) -> list[AccountCard]:
    """The accounts, largest first, each with its standing snapshots, newest first."""
    standing = FilteredRelation("snapshots", condition=Q(snapshots__withdrawn_at__isnull=True))
    rows = (
        SocialAccount.objects.filter(influencer_id=influencer_id)
        .annotate(counted=standing)
        .order_by(
            F("followers").desc(nulls_last=True), "platform__position", "pk", "-counted__taken_at", "-counted__pk"
        )
        .values_list(*COLUMNS, *(f"counted__{name}" for name in COUNTED))
    )
    return list(_cards(rows[:MOST_SNAPSHOTS]))


def _cards(rows: Iterable[tuple[Any, ...]]) -> Iterator[AccountCard]:
    card = None
    for row in rows:
        if card is None or card.pk != row[0]:
            if card is not None:
                yield card
            card = AccountCard(*row[: len(COLUMNS)])
        if row[len(COLUMNS)] is not None:
            card.counted.append(Counted._make(row[len(COLUMNS) :]))
    if card is not None:
        yield card


def name_tiers(cards: Iterable[AccountCard], ladders: dict[str, Ladder], own: str) -> None:
    """Give each card its tier in the house's scheme, and what other schemes would say."""
    for card in cards:
        found = {name: ladder.tier(card.followers) for name, ladder in ladders.items()}
        mine = found.get(own)
        card.tier = card.tier_override or (mine.name if mine else "")
        card.other_tiers = ", ".join(f"{name}: {tier.name}" for name, tier in found.items() if tier and name != own)
