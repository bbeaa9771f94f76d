"""What share of an order somebody gets: whose rule holds on a day, what the share is of, and whose order it is."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from crm.ambassadors.models import AmbassadorDeal, CommissionRule, ProgramTier, Sale, TierMove
from crm.ambassadors.schedule.shares import money_share

Attribution, Via = CommissionRule.Attribution, Sale.Via


@dataclass(frozen=True)
class Price:
    """What an order came to; tax and shipping are in the gross."""

    gross: Decimal
    currency: str
    discount: Decimal = Decimal(0)
    tax: Decimal = Decimal(0)
    shipping: Decimal = Decimal(0)


@dataclass(frozen=True)
class Claim:
    """One way an order came to us: by whose code or link, and when."""

    deal: AmbassadorDeal
    via: str
    at: dt.datetime | None = None
    code: str = ""


def tier_on(tier: ProgramTier | None, moves: Sequence[TierMove], on: dt.date) -> ProgramTier | None:
    """On which tier an order of that day counts. One she rises to counts from the next day's orders on."""
    ordered = sorted(moves, key=lambda move: (move.from_on, move.pk))
    if not ordered:
        return tier
    found = ordered[0].former
    for move in ordered:
        if move.from_on < on or (move.from_on == on and move.former_id is None):
            found = move.tier
    return found


def rule_of(deal: AmbassadorDeal, on: dt.date) -> CommissionRule | None:
    """The deal's own rule of that day, else that of the tier she stood on."""
    own = _latest(deal.commissions.all(), on)
    if own is not None:
        return own
    tier = tier_on(deal.tier, list(deal.tier_moves.select_related("tier", "former")), on)
    return _latest(tier.commissions.all(), on) if tier is not None else None


def _latest(rules: Iterable[CommissionRule], on: dt.date) -> CommissionRule | None:
    begun = [rule for rule in rules if rule.from_on <= on]
    return max(begun, key=lambda rule: (rule.from_on, rule.pk), default=None)


def base_of(rule: CommissionRule, price: Price) -> Decimal:
    """What of an order is shared; never below nothing."""
    base = price.gross - (price.discount if rule.basis == CommissionRule.Basis.NET else 0)
    base -= Decimal(0) if rule.includes_tax else price.tax
    base -= Decimal(0) if rule.includes_shipping else price.shipping
    return max(base, Decimal(0))


def commission_of(rule: CommissionRule, price: Price) -> Decimal:
    """The share, half up to the smallest unit people pay in."""
    return money_share(base_of(rule, price), Fraction(rule.rate_bp, 10_000), price.currency)


def whose(claims: Sequence[Claim], attribution: str = Attribution.CODE_FIRST) -> Claim:
    """Whose order it is when a code and a link both lead to it, or two of either: one rule decides, and it is paid once.

    Of two that came the same way the later one counts.
    """
    if attribution == Attribution.LAST_TOUCH:
        return max(claims, key=_when)
    first = Via.CODE if attribution == Attribution.CODE_FIRST else Via.LINK
    return max(claims, key=lambda claim: (claim.via == first, _when(claim)))


def _when(claim: Claim) -> dt.datetime:
    return claim.at or dt.datetime.min.replace(tzinfo=dt.UTC)


def attribution_of(claims: Sequence[Claim], on: dt.date) -> str:
    """The rule all of them share; where their deals disagree, the code counts first."""
    rules = [rule_of(claim.deal, on) for claim in claims]
    said = {rule.attribution for rule in rules if rule is not None}
    return said.pop() if len(said) == 1 else Attribution.CODE_FIRST
