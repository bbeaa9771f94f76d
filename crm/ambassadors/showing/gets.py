"""What an ambassador gets beside her retainer: her tier and the way to the next one, perks, and a share of sales."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import F, Q, Sum
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, CommissionRule, DealPeriod, PerkGrant, ProgramTier, Sale
from crm.base.charts import share

FEW = 6


@dataclass(frozen=True)
class Rung:
    """How far she is from the next tier by one of its measures."""

    is_money: bool
    have: Money | int
    need: Money | int
    percent: float


@dataclass(frozen=True)
class Perk:
    """One perk and what is left of it, where it is worth an amount."""

    grant: PerkGrant
    left: Money | None
    percent: float | None


@dataclass(frozen=True)
class Gets:
    """Everything beside the retainer."""

    tier: ProgramTier | None
    next_tier: ProgramTier | None
    rungs: Sequence[Rung]
    perks: Sequence[Perk]
    rule: CommissionRule | None
    held: Money | None
    matured: Money | None

    @property
    def is_empty(self) -> bool:
        return not (self.tier or self.perks or self.rule)


@dataclass(frozen=True)
class Sold:
    """Her orders together: what was sold in each currency, and the commission on it by state."""

    gross: dict[str, Decimal]
    held: Money | None
    matured: Money | None


def gets_of(deal: AmbassadorDeal, periods: Sequence[DealPeriod], today: dt.date) -> Gets:
    """Four queries at most; `periods` have been read with their balances."""
    tiers = list(deal.program.tiers.all()) if deal.program.has_tiers else []
    now = next((one for one in tiers if one.pk == deal.tier_id), None)
    following = next((one for one in tiers if one.rank > (now.rank if now else 0)), None)
    sold = sold_by(deal)
    posts = sum(balance.delivered for period in periods for balance in period.balances.all())
    return Gets(
        tier=now,
        next_tier=following,
        rungs=rungs_to(following, sold, posts) if following else (),
        perks=perks_of(deal),
        rule=rule_on(deal, max(today, deal.contract.start_on or today)),
        held=sold.held,
        matured=sold.matured,
    )


def rule_on(deal: AmbassadorDeal, on: dt.date) -> CommissionRule | None:
    """The commission for orders of that day: the deal's own rule before its tier's."""
    mine = Q(deal=deal) | Q(tier=deal.tier_id) if deal.tier_id else Q(deal=deal)
    begun = CommissionRule.objects.filter(mine, from_on__lte=on)
    return begun.order_by(F("deal").desc(nulls_last=True), "-from_on", "-id").first()


def sold_by(deal: AmbassadorDeal) -> Sold:
    """One query. What was returned does not count as sold."""
    columns = ("state", "gross_currency", "commission_currency")
    rows = deal.sales.order_by().values_list(*columns).annotate(Sum("gross"), Sum("commission"))
    gross: dict[str, Decimal] = {}
    share_of: dict[str, Money] = {}
    for state, currency, paid_in, sold, commission in rows:
        if state != Sale.State.RETURNED:
            gross[currency] = gross.get(currency, Decimal(0)) + sold
        if commission:
            share_of[state] = Money(commission, paid_in)
    return Sold(gross, share_of.get(Sale.State.HELD), share_of.get(Sale.State.MATURED))


def rungs_to(tier: ProgramTier, sold: Sold, posts: int) -> list[Rung]:
    """By what she may rise to it: sales and posts of her whole time."""
    found = []
    if tier.from_sales is not None:
        need = tier.from_sales
        have = sold.gross.get(str(need.currency), Decimal(0))
        found.append(Rung(True, Money(have, need.currency), need, share(have, need.amount)))
    if tier.from_posts:
        found.append(Rung(False, posts, tier.from_posts, share(posts, tier.from_posts)))
    return found


def perks_of(deal: AmbassadorDeal) -> list[Perk]:
    """What she was given last, with what is left of it."""
    return [_perk(one) for one in deal.perks.all()[:FEW]]


def _perk(grant: PerkGrant) -> Perk:
    if grant.value is None:
        return Perk(grant, None, None)
    left = max(Decimal(0), grant.value.amount - grant.used)
    return Perk(grant, Money(left, grant.value.currency), share(grant.used, grant.value.amount))
