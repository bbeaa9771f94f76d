"""The calculator's answer: a small waterfall from what was agreed to what is transferred, and how the tax came about."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from crm.payments.models import TaxRule
from crm.payments.tax.reckoning import rounded
from crm.payments.tax.rules import rules_on
from crm.payments.tax.steps import Step, read_steps
from crm.payments.tax.withholding import Reckoned

WIDE, THIN = 100, Decimal("0.6")


@dataclass(frozen=True)
class Bar:
    """One bar of the waterfall: from where and how far, in parts of a hundred, written as SVG wants it."""

    step: Step
    x: str
    width: str
    tone: str


@dataclass(frozen=True)
class Answer:
    reckoned: Reckoned
    bars: list[Bar]
    how: list[Step]

    @property
    def article(self) -> str:
        return str(TaxRule.Article(self.reckoned.article).label)

    @property
    def cost(self) -> Decimal:
        """What leaves us altogether: to her, to the tax office for her, and what we give that is not money."""
        return self.reckoned.gross + self.reckoned.vat + self.reckoned.in_kind


def answer_of(reckoned: Reckoned) -> Answer:
    steps = read_steps(reckoned.steps)
    sums = [step for step in steps if step.is_sum]
    how = [replace(step, amount=rounded(step.amount)) for step in steps if not step.is_sum]
    return Answer(reckoned, waterfall(sums), how)


def waterfall(sums: Sequence[Step]) -> list[Bar]:
    """Each step begins where the last one ended; the last stands on the ground again."""
    most = _most(sums) or Decimal(1)
    bars: list[Bar] = []
    reached = Decimal(0)
    for step in sums:
        is_end = step.code == "net"
        start = Decimal(0) if is_end else min(reached, reached + step.amount)
        tone = "ok" if is_end else "bad" if step.amount < 0 else ""
        width = max(abs(step.amount) / most * WIDE, THIN)
        bars.append(Bar(step, f"{start / most * WIDE:.2f}", f"{width:.2f}", tone))
        reached += Decimal(0) if is_end else step.amount
    return bars


def _most(sums: Sequence[Step]) -> Decimal:
    most = reached = Decimal(0)
    for step in sums:
        reached += Decimal(0) if step.code == "net" else step.amount
        most = max(most, reached)
    return most


def rules_shown(on: dt.date) -> list[TaxRule]:
    """The rules of that day with their source, in the order of the articles."""
    found = rules_on(on)
    return [found[article].rule for article in TaxRule.Article.values if article in found]
