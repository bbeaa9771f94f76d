"""What a campaign has committed itself to, and whether one more fee still fits its budget (domain rule R1-59)."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _
from djmoney.money import Money

from campaigns.planning.models.campaign import Campaign
from campaigns.planning.models.told import Refused
from crm.base.formats import money_full
from crm.base.places import Place

if TYPE_CHECKING:
    from campaigns.planning.models.collaboration import Collaboration

Sums = dict[str, Decimal]
LOCK = 5908
"""Tells these locks of the database apart from others' (pg_advisory_xact_lock)."""


@dataclass(frozen=True)
class Commitment:
    """Money one card takes out of the budget of its campaign, whether she said yes or is only asked yet."""

    campaign: int
    collaboration: int
    money: Money


commits: Place[Callable[[Collection[int]], Iterable[Commitment]]] = Place("commits")
"""`@commits("offers")`: function(ids of campaigns) -> what open offers commit, one query for all. A card that is promised
counts with its fee alone, whatever is offered beside."""


class OverBudget(Refused):
    """Committed and this fee come to more than there is. Nothing was changed; `card` may go on once it says why."""

    def __init__(self, card: "Collaboration", whose: Campaign, fee: Money, taken: Decimal) -> None:
        assert whose.budget is not None
        self.card, self.whose, self.fee, self.budget = card, whose, fee, whose.budget
        self.committed = Money(taken, whose.budget.currency)
        self.over = self.committed + fee - whose.budget
        words = _(
            "%(fee)s for %(name)s goes over the budget of %(campaign)s by %(over)s: %(committed)s of %(budget)s are taken."
            " Offer less, raise the budget, or go on with a reason on the card's page."
        )
        super().__init__(card, words % self.sums)

    @property
    def sums(self) -> dict[str, str]:
        """What the page and the sentence say."""
        return {
            "name": str(self.card.influencer),
            "campaign": str(self.whose),
            "fee": money_full(self.fee),
            "committed": money_full(self.committed),
            "budget": money_full(self.budget),
            "over": money_full(self.over),
        }


def committed(campaigns: Collection[int], *, but: int | None = None) -> list[Commitment]:
    """What these campaigns are committed to: fees of the promised, then open offers to the others; leaving one card out."""
    from campaigns.planning.models.collaboration import Collaboration

    rows = Collaboration.objects.promised().filter(campaign__in=campaigns).exclude(pk=but or 0)
    agreed = {row.pk: row for row in rows.only("campaign_id", "fee", "fee_currency")}
    fees = [Commitment(row.campaign_id, row.pk, row.fee) for row in agreed.values() if row.fee is not None]
    asked = (one for placed in commits.all() for one in placed.call(campaigns))
    return [*fees, *(one for one in asked if one.collaboration != but and one.collaboration not in agreed)]


def summed(commitments: Iterable[Commitment]) -> Sums:
    """By currency: nothing is ever added across two."""
    sums: Sums = defaultdict(Decimal)
    for one in commitments:
        sums[str(one.money.currency)] += one.money.amount
    return dict(sums)


def chain_of(campaign: Campaign) -> list[Campaign]:
    """The campaign and the umbrellas above it, the topmost last."""
    chain, seen = [campaign], {campaign.pk}
    while (above := chain[-1].parent) is not None and above.pk not in seen:
        chain.append(above)
        seen.add(above.pk)
    return chain


def tree_below(root: int) -> set[int]:
    """The campaign and every campaign under it; one query for each level."""
    found, level = {root}, {root}
    while level:
        level = set(Campaign.objects.filter(parent__in=level).values_list("pk", flat=True)) - found
        found |= level
    return found


def check_budget(card: "Collaboration", fee: Money | None) -> None:
    """Refuse a fee that no longer fits, in the transaction that commits to it: raises OverBudget.

    The budgets are held until that transaction ends, so of two fees that fit only singly one is refused.
    """
    if fee is None or not fee.amount:
        return
    limited = [one for one in chain_of(card.campaign) if _limits(one, fee)]
    if not limited or type(card)._base_manager.filter(pk=card.pk).exclude(over_budget_because="").exists():
        return
    hold_budgets(limited)
    for whose in limited:
        taken = summed(committed(tree_below(whose.pk), but=card.pk)).get(str(fee.currency), Decimal(0))
        if whose.budget is not None and taken + fee.amount > whose.budget.amount:
            raise OverBudget(card, whose, fee, taken)


def _limits(campaign: Campaign, fee: Money) -> bool:
    """Another currency stands beside the budget, never within."""
    budget = campaign.budget
    return budget is not None and bool(budget.amount) and budget.currency == fee.currency


def hold_budgets(campaigns: Sequence[Campaign]) -> None:
    """Take turns until the transaction ends. Not by their rows: whoever holds those goes on to hold people.

    On SQLite the transaction is the lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for pk in sorted(one.pk for one in campaigns):
                cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, pk])
