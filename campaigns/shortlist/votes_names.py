"""What a voter sees of each person. Nothing else ever leaves the house: no fee, no markup, no note, no rating."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Q, Subquery
from djmoney.money import Money

from campaigns.planning.models import Collaboration, Deliverable
from campaigns.shortlist.models import VoteRound
from crm.base.formats import count_short, day_words, money_full, percent
from crm.influencers.models import MetricSnapshot, SocialAccount
from crm.influencers.queries.person import house_ladders
from crm.influencers.rates import Counts


@dataclass(frozen=True)
class Handle:
    """One account, as a link."""

    platform: str
    handle: str
    url: str


@dataclass(frozen=True)
class Name:
    """One person as a voter sees her, in words of the active language."""

    pk: int
    name: str
    handles: Sequence[Handle]
    tier: str
    followers: str
    engagement: str
    counted: str
    niche: str
    city: str
    proposed: str
    price: Money | None

    @property
    def price_words(self) -> str:
        return money_full(self.price) if self.price is not None else ""

    @property
    def facts(self) -> list[str]:
        """Who she is, in one line."""
        return [fact for fact in (self.tier, self.niche, self.city) if fact]


def cards_of_round(found: VoteRound) -> list[Collaboration]:
    """The people voted on who are still in question, by name."""
    rows = found.people.going_ahead().select_related("influencer__main_niche", "influencer__main_platform")
    return list(rows.order_by("influencer__name_key", "pk"))


def names_of(found: VoteRound, cards: Sequence[Collaboration], on: dt.date) -> list[Name]:
    """The people as voters see them, in five queries whatever their number."""
    accounts, proposed = _accounts([card.influencer_id for card in cards]), _proposed(found, cards)
    scheme, ladders = house_ladders(on)
    tiers = {rung.code: rung.name for rung in ladders[scheme].tiers} if scheme in ladders else {}
    return [_name(found, card, accounts[card.influencer_id], proposed[card.pk], tiers) for card in cards]


def _name(
    found: VoteRound, card: Collaboration, accounts: Sequence[SocialAccount], proposed: str, tiers: dict[str, str]
) -> Name:
    person = card.influencer
    numbers = accounts[0] if found.shows_numbers and accounts else None
    rate, counted = _engagement(numbers)
    return Name(
        pk=card.pk,
        name=person.stage_name,
        handles=[Handle(account.platform.name, account.handle, account.url) for account in accounts],
        tier=tiers.get(person.tier_code, person.tier_code),
        followers=count_short(numbers.followers) if numbers and numbers.followers is not None else "",
        engagement=percent(rate) if rate is not None else "",
        counted=day_words(counted) if rate is not None and counted else "",
        niche=str(person.main_niche or ""),
        city=person.city,
        proposed=proposed,
        price=card.client_price if found.shows_price else None,
    )


def _accounts(people: Iterable[int]) -> dict[int, list[SocialAccount]]:
    """Everybody's accounts, the largest first, each with the newest count of likes and comments."""
    usable = Q(likes__isnull=False, comments__isnull=False) | Q(engagement_rate__isnull=False)
    newest = MetricSnapshot.objects.standing().filter(usable, account=OuterRef("pk"), nature="overall").newest_first()
    rows = SocialAccount.objects.filter(influencer_id__in=people).select_related("platform").largest_first()
    found: dict[int, list[SocialAccount]] = defaultdict(list)
    for account in rows.annotate(newest=Subquery(newest.values("pk")[:1])):
        found[account.influencer_id].append(account)
    first = [accounts[0] for accounts in found.values()]
    counts = MetricSnapshot.objects.in_bulk([account.newest for account in first if account.newest])  # type: ignore[attr-defined]
    for account in first:
        account.count = counts.get(account.newest)  # type: ignore[attr-defined]
    return found


def _engagement(account: SocialAccount | None) -> tuple[Decimal | None, dt.datetime | None]:
    """Likes and comments per follower, or the rate as it was given, and when it was counted."""
    count: MetricSnapshot | None = getattr(account, "count", None)
    if account is None or count is None:
        return None, None
    rate = Counts(followers=count.followers or account.followers, likes=count.likes, comments=count.comments).public
    if rate is None and count.engagement_rate is not None:
        rate = count.engagement_rate / 100
    return rate, count.taken_at


def _proposed(found: VoteRound, cards: Sequence[Collaboration]) -> dict[int, str]:
    """Reel, 2 × Story: what is planned with each; what the campaign expects of everybody where nothing is."""
    counted: dict[int, Counter[str]] = defaultdict(Counter)
    rows = Deliverable.objects.standing().filter(collaboration__in=[card.pk for card in cards])
    for row in rows.select_related("format").order_by("post_due_on", "pk"):
        counted[row.collaboration_id][row.format.name] += 1
    expected = ", ".join(one.name for one in found.campaign.formats.all())
    return {card.pk: _said(counted[card.pk]) or expected for card in cards}


def _said(counted: Counter[str]) -> str:
    return ", ".join(f"{count} × {name}" if count > 1 else name for name, count in counted.items())


def sum_of(prices: Iterable[Money | None]) -> str:
    """Client prices added up, currencies beside each other."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for price in prices:
        if price is not None:
            sums[str(price.currency)] += price.amount
    return " + ".join(money_full(amount, currency) for currency, amount in sorted(sums.items()))
