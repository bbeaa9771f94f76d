"""The budget as it is used: what was promised as people said yes, and what was paid."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from django.utils.translation import gettext as _

from campaigns.results.reports.ground import Ground
from campaigns.results.reports.pieces import Table
from campaigns.results.reports.plotting import Plot, Tick, day_ticks, y_ticks
from campaigns.results.reports.words import money, money_brief
from crm.base.formats import day_words
from crm.base.plots import Point, across, area_path, down, line_path, stairs, top_of
from crm.base.zones import local_date

ZERO = Decimal(0)
TOO_NEAR = 10
Step = tuple[dt.date, Decimal]


def burn_of(ground: Ground) -> Plot | None:
    """Two lines over the days of the campaign, below the budget; nothing without a budget or before the first yes."""
    budget = ground.campaign.budget
    promised = promised_steps(ground)
    if budget is None or not budget.amount or not promised:
        return None
    paid = ground.meanwhile.paid
    today = local_date(ground.now, ground.campaign.zone)
    first = min(ground.campaign.start_on, promised[0][0], *(on for on, _amount in paid[:1]))
    last = max(ground.campaign.end_on, promised[-1][0], *(on for on, _amount in paid[-1:]))
    total, given = (sum((amount for _on, amount in steps), ZERO) for steps in (promised, paid))
    top = top_of(max(budget.amount, total, given))
    until = min(max(today, first), last)
    climb, second = (points(steps, first, last, until, top) for steps in (promised, paid))
    limit = down(budget.amount, top)
    said = {
        "promised": money_brief(total, ground.currency), "paid": money_brief(given, ground.currency),
        "budget": money_brief(budget.amount, ground.currency),
    }  # fmt: skip
    return Plot(
        _("Budget, as people said yes and were paid"), ticks(top, limit, ground.currency), day_ticks(first, last),
        table_of(promised, paid, ground.currency), area=area_path(climb), line=line_path(climb),
        second=line_path(second) if paid else "", limit=limit, limit_words=_("Budget %(budget)s") % said,
        today=across((today - first).days, (last - first).days) if first <= today <= last else None,
        sub=_("%(promised)s promised, %(paid)s paid of %(budget)s") % said,
    )  # fmt: skip


def promised_steps(ground: Ground) -> list[Step]:
    """Fees by the day of the yes."""
    return sorted(
        (local_date(card.promised_at, ground.campaign.zone), card.fee)
        for card in ground.cards
        if card.fee and card.promised_at is not None and card.fee_currency == ground.currency
    )


def points(steps: Sequence[Step], first: dt.date, last: dt.date, until: dt.date, top: float) -> list[Point]:
    """Up a stair at each step, and on to today."""
    span = max(1, (last - first).days)
    sums = accumulate(amount for _on, amount in steps)
    found: list[Point] = [(0.0, 100.0)]
    found += [
        (across((on - first).days, span), down(value, top)) for (on, _amount), value in zip(steps, sums, strict=True)
    ]
    end = max(until, steps[-1][0]) if steps else until
    return stairs([*found, (across((end - first).days, span), found[-1][1])])


def ticks(top: float, limit: float, currency: str) -> list[Tick]:
    """A word of the scale gives way to the budget's own where both would stand on each other."""
    scale = y_ticks(top, lambda value: money_brief(value, currency))
    return [Tick(one.at, "" if abs(one.at - limit) < TOO_NEAR else one.words) for one in scale]


def table_of(promised: Sequence[Step], paid: Sequence[Step], currency: str) -> Table:
    steps = sorted(
        [(on, _("promised"), amount) for on, amount in promised] + [(on, _("paid"), amount) for on, amount in paid]
    )
    rows = [[day_words(on, "brief"), what, money(amount, currency)] for on, what, amount in steps]
    return Table("burn", _("Budget over time"), [_("Day"), _("What"), _("Amount")], rows, frozenset({2}))
