"""What some posts came to, in the words its rows and pages show."""

from dataclasses import dataclass

from campaigns.results.formulas import Counts
from campaigns.results.reckoning.basis import Basis
from campaigns.results.reports.words import money_brief, rate, short


@dataclass(frozen=True)
class Outcome:
    """Counts together, the engagement they are reckoned by, and the currency of their cost."""

    counts: Counts
    basis: Basis
    currency: str

    @property
    def reach(self) -> str:
        return short(self.counts.reach)

    @property
    def rate(self) -> str:
        return rate(self.basis.rate(self.counts))

    @property
    def cost(self) -> str:
        return money_brief(self.counts.cost, self.currency)

    @property
    def each(self) -> str:
        return money_brief(self.basis.cost_each(self.counts), self.currency)
