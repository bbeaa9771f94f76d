"""What the pages of orders, perks and tiers show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, PerkGrant, ProgramTier, Sale, TierMove
from crm.ambassadors.pay.perks import left_of
from crm.ambassadors.pay.tiers import Merits, merits_of


@dataclass(frozen=True)
class Told:
    """Orders of one state together: how many, and what commission they come to."""

    state: str
    label: Any
    tone: str
    count: int
    commission: Money


@dataclass(frozen=True)
class OrdersPage:
    states: Sequence[Told]
    sold: Sequence[Money]
    orders: int


def orders_page(deal: AmbassadorDeal) -> OrdersPage:
    """Two queries, however many orders."""
    rows = deal.sales.order_by().values("state", "commission_currency").annotate(n=Count("pk"), sum=Sum("commission"))
    told = [
        Told(row["state"], Sale.State(row["state"]).label, Sale.TONES.get(row["state"], "mute"), row["n"],
             Money(row["sum"], row["commission_currency"]))
        for row in rows
    ]  # fmt: skip
    gross = deal.sales.counting().order_by().values_list("gross_currency").annotate(Sum("gross"))
    ordered = sorted(told, key=lambda one: [*Sale.State.values].index(one.state))
    return OrdersPage(ordered, [Money(amount, currency) for currency, amount in gross], sum(one.count for one in told))


@dataclass(frozen=True)
class PerkRow:
    grant: PerkGrant
    left: Money | None
    share: int | None

    @property
    def is_used_up(self) -> bool:
        return self.grant.used_on is not None


@dataclass(frozen=True)
class Rung:
    """One tier of the programme: whether she has it, and how far she is from it."""

    tier: ProgramTier
    is_hers: bool
    is_above: bool
    perks: Sequence[Any]
    share: int | None
    missing_sales: Money | None
    missing_posts: int | None


@dataclass(frozen=True)
class PerksPage:
    rows: Sequence[PerkRow]
    worth: Sequence[Money]
    rungs: Sequence[Rung]
    moves: Sequence[TierMove]
    merits: Merits | None


def perks_page(deal: AmbassadorDeal) -> PerksPage:
    """Everything she was given beside money, and where she stands. A fixed number of queries."""
    grants = list(deal.perks.select_related("period", "perk__tier"))
    worth: dict[str, Decimal] = {}
    for grant in grants:
        if grant.value is not None:
            currency = str(grant.value.currency)
            worth[currency] = worth.get(currency, Decimal(0)) + grant.value.amount
    merits = merits_of(deal) if deal.program.has_tiers else None
    moves = list(deal.tier_moves.select_related("tier", "former").order_by("-from_on", "-pk")) if merits else []
    sums = [Money(amount, currency) for currency, amount in sorted(worth.items())]
    return PerksPage([_row(grant) for grant in grants], sums, list(_rungs(deal, merits)), moves, merits)


def _row(grant: PerkGrant) -> PerkRow:
    left = left_of(grant)
    if grant.value is None or left is None:
        return PerkRow(grant, None, None)
    used = grant.value.amount - left
    share = int(100 * used / grant.value.amount) if grant.value.amount else 100
    return PerkRow(grant, Money(left, grant.value.currency), share)


def _rungs(deal: AmbassadorDeal, merits: Merits | None) -> Iterable[Rung]:
    if merits is None:
        return
    rank = deal.tier.rank if deal.tier else 0
    for tier in deal.program.tiers.prefetch_related("perks"):
        yield _rung(tier, merits, rank)


def _rung(tier: ProgramTier, merits: Merits, rank: int) -> Rung:
    sold = merits.sales.get(str(tier.from_sales.currency), Decimal(0)) if tier.from_sales else Decimal(0)
    shares = []
    if tier.from_sales and tier.from_sales.amount:
        shares.append(100 * sold / tier.from_sales.amount)
    if tier.from_posts:
        shares.append(Decimal(100 * merits.posts) / tier.from_posts)
    return Rung(
        tier, tier.rank == rank, tier.rank > rank, list(tier.perks.all()), min(int(max(shares)), 100) if shares else None,
        Money(max(tier.from_sales.amount - sold, Decimal(0)), tier.from_sales.currency) if tier.from_sales else None,
        max(tier.from_posts - merits.posts, 0) if tier.from_posts is not None else None,
    )  # fmt: skip
