"""The columns of a workbook: which figure each holds, typed, so that a spreadsheet can go on reckoning."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from campaigns.results.formulas import METRICS, Counts, Metric
from campaigns.results.reports.shape import Report
from crm.base.csv_out import Cell

CENT, PERCENT = Decimal("0.01"), Decimal("0.0001")
COUNTED: tuple[tuple[str, Any], ...] = (
    ("followers", _("Followers")),
    ("likes", _("Likes")),
    ("comments", _("Comments")),
    ("saves", _("Saves")),
    ("shares", _("Shares")),
    ("views", _("Views")),
    ("reach", _("Reach")),
    ("impressions", _("Impressions")),
    ("clicks", _("Clicks")),
)
BY_MARGIN = ("roi",)


@dataclass(frozen=True)
class Column:
    """One column: its head, and what stands there for some posts together."""

    head: Any
    of: Callable[[Counts], Cell]


def counted_columns() -> list[Column]:
    return [Column(label, _reader(name)) for name, label in COUNTED]


def sold_columns(report: Report) -> list[Column]:
    """Orders, what they brought, and what it cost; a client reads prices instead."""
    cost = _("Price, %s") if report.client else _("Cost, %s")
    found = [Column(_("Orders"), _reader("orders")), Column(_("Revenue, %s") % report.currency, _reader("revenue"))]
    return [*found, Column(cost % report.currency, _reader("cost"))]


def rate_columns(report: Report) -> list[Column]:
    return [Column(head_of(one, report.currency), _rounded(one)) for one in metrics_of(report)]


def metrics_of(report: Report) -> Sequence[Metric]:
    """All of them; what needs our margin is nobody else's business."""
    return [one for one in METRICS if not (report.client and one.code in BY_MARGIN)]


def head_of(metric: Metric, currency: str) -> Any:
    if metric.unit == "share":
        return format_lazy("{}, %", metric.label)
    return format_lazy("{}, {}", metric.label, currency) if metric.unit == "money" else metric.label


def typed(metric: Metric, counts: Counts) -> Decimal | None:
    """The figure as a number: a share in percent, money to the cent; empty where a part is missing."""
    value = metric.of(counts)
    if value is None:
        return None
    return (value * 100 if metric.unit == "share" else value).quantize(CENT)


def _reader(name: str) -> Callable[[Counts], Cell]:
    return lambda counts: getattr(counts, name)


def _rounded(metric: Metric) -> Callable[[Counts], Cell]:
    return lambda counts: typed(metric, counts)
