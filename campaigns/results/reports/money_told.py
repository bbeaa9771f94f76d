"""What it cost and what was ordered, as a report tells it."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from campaigns.results.costs.parts import CASH, EVENTS, FEES, GOODS, SHIPPING
from campaigns.results.formulas import Counts, divided
from campaigns.results.models import Order
from campaigns.results.reckoning.purse import margin_of
from campaigns.results.reckoning.sales import Sold
from campaigns.results.reports.chosen import Chosen
from campaigns.results.reports.pieces import CostPart, CostSheet, OrderSheet
from campaigns.results.reports.spending import Spending
from campaigns.results.reports.words import count, money, money_brief, rate, times

ZERO = Decimal(0)
IN_KIND = (GOODS, EVENTS)


def part_names() -> dict[str, str]:
    return {
        CASH: _("Money to people"), GOODS: _("Goods"), SHIPPING: _("Shipping"), EVENTS: _("Events"),
        FEES: _("Agency and other fees"),
    }  # fmt: skip


def cost_sheet(spending: Spending, chosen: Chosen, currency: str, *, client: bool = False) -> CostSheet:
    """For a client the sum of their prices: no parts, and not a word of what it cost us."""
    total = spending.total(currency)
    parts = [
        CostPart(code, label, amount, money(amount, currency))
        for code, label in part_names().items()
        if (amount := spending.by_part.get(code, {}).get(currency))
    ]
    goods = sum((part.amount for part in parts if part.code in IN_KIND), ZERO)
    cash = (total or ZERO) - goods
    others = [
        money(amount, code) for code, amount in sorted(spending.by_currency.items()) if code != currency and amount
    ]
    return CostSheet(
        chosen.cost, _("client prices") if client else chosen.cost_words, total, money(total, currency), money(cash, currency),
        money(goods, currency), parts, " + ".join(others),
    )  # fmt: skip


def order_sheet(sold: Sequence[Sold], counts: Counts, currency: str, *, client: bool) -> OrderSheet | None:
    """By codes and by links; a client is not told what the goods cost or what was earned."""
    if not sold:
        return None
    own = [one for one in sold if one.currency == currency]
    by_code = sum(one.orders for one in sold if one.via == Order.Via.CODE)
    orders = sum(one.orders for one in sold)
    returned = sum((one.returned for one in own), ZERO)
    return OrderSheet(
        orders, money_brief(sum((one.revenue for one in own), ZERO), currency),
        "" if client else money(margin_of(own), currency), by_code, orders - by_code, divided(by_code, orders),
        divided(orders - by_code, orders), money(returned, currency) if returned else "", floor_note(),
        lines=order_lines(counts, currency, by_code, orders, client=client),
    )  # fmt: skip


def floor_note() -> str:
    """Domain rules 8.4 and R1-37."""
    return _(
        "Orders by codes are at least what came: who pays the full price or switches device is not seen. "
        "Codes leak to coupon sites, too."
    )


def order_lines(counts: Counts, currency: str, by_code: int, orders: int, *, client: bool) -> list[tuple[str, str]]:
    """Ways they came, and what came back for what was spent: which return it is always stands beside it."""
    ways = [
        (_("By code"), f"{count(by_code)} ({rate(divided(by_code, orders))})"),
        (_("By link"), f"{count(orders - by_code)} ({rate(divided(orders - by_code, orders))})"),
        (_("Orders per click"), rate(counts.cvr)),
        (_("Average order"), money(counts.average_order, currency)),
        (_("Cost per order"), money(counts.cpa, currency)),
        (_("Revenue per cost (ROAS)"), times(counts.roas)),
    ]
    if client:
        return ways[:4]
    if counts.roi is not None:
        return [*ways, (_("Return on cost, by margin (ROI)"), rate(counts.roi))]
    return [
        *ways,
        (_("Return on cost, by revenue only: what the goods cost is not known"), rate(counts.roi_by_revenue)),
    ]
