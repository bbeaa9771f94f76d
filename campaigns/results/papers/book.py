"""A report as a workbook: summary, people, posts, orders, costs. Every figure is a number, every text is only text."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from campaigns.results.emv import CAUTION
from campaigns.results.papers.columns import (
    Column,
    counted_columns,
    head_of,
    metrics_of,
    rate_columns,
    sold_columns,
    typed,
)
from campaigns.results.reports.shape import Report
from crm.base.csv_out import Row, Sheet

RATES_OF_A_POST = 9
"""Of one post only what was counted there; what it cost is known of her whole part."""


def sheets_of(report: Report, orders: Iterable[Row] = ()) -> list[Sheet]:
    """The sheets in their order. `orders` are the rows of single orders, where the reader may see them."""
    found = [_summary(report), _people(report), _posts(report), _orders(report, orders)]
    return [*found, _costs(report)] if report.costs is not None and not report.client else found


def _words(columns: Iterable[Column]) -> list[str]:
    return [str(one.head) for one in columns]


def _summary(report: Report) -> Sheet:
    return _("Summary"), [_("Part"), _("Figure"), _("Value"), _("In words")], list(_told(report))


def _told(report: Report) -> Iterator[Row]:
    about = _("Report")
    yield about, _("Campaign"), None, report.title
    yield about, _("Brand"), None, report.brand
    yield about, _("Goal"), None, report.goal
    yield about, _("Days"), None, report.period
    yield about, _("Counted"), None, report.mark_words
    yield about, _("Sample"), report.sample.with_numbers, report.sample.words
    yield about, _("Age of the numbers"), None, report.age_words
    yield from _aims(report)
    for metric in metrics_of(report):
        value = typed(metric, report.counts)
        if value is not None:
            yield _("All posts together"), str(head_of(metric, report.currency)), value, ""
    yield from _beside(report)


def _aims(report: Report) -> Iterator[Row]:
    for line in report.kpis:
        yield _("Goals"), line.label, line.reached, _("%(reached)s of %(target)s") % {
            "reached": line.reached_words, "target": line.target_words,
        } if line.is_aimed else line.reached_words  # fmt: skip
    for one in report.changes:
        yield _("Before and after"), one.label, one.after - one.before, one.words


def _beside(report: Report) -> Iterator[Row]:
    for row in report.benchmarks:
        yield _("Against %(set)s") % {"set": row.named}, row.measure, row.ours, row.sentence
    if report.emv is not None:
        yield report.emv.name, _("Together"), report.emv.total, str(CAUTION)
        for line in report.emv.lines:
            yield report.emv.name, line.where, line.rate, str(line.count)
    for also in report.confounders:
        yield _("What also happened"), also.what, None, ". ".join(filter(None, (also.when, also.note)))
    for note in report.notes:
        yield _("To be read with it"), "", None, note


def _people(report: Report) -> Sheet:
    columns = [*counted_columns()[1:], *sold_columns(report), *rate_columns(report)]
    rows = (
        [one.name, one.group.posts, one.group.counted, *(column.of(one.group.counts) for column in columns)]
        for one in report.by_person
    )
    return _("People"), [_("Person"), _("Posts"), _("With numbers"), *_words(columns)], rows


def _posts(report: Report) -> Sheet:
    """As it is asked for, row by row: a season has tens of thousands."""
    columns = [*counted_columns(), *rate_columns(report)[:RATES_OF_A_POST]]
    heads = [
        _("Person"),
        _("Post"),
        _("Platform"),
        _("Format"),
        _("Tier"),
        _("Posted"),
        _("Counted after hours"),
        _("Address"),
    ]
    rows = (
        [
            post.name, post.title, post.platform_name, post.format_name, post.tier_name, post.published_at, post.hours,
            post.url, *(column.of(post.counts) for column in columns),
        ]
        for post in report.by_post
    )  # fmt: skip
    return _("Posts"), [*heads, *_words(columns)], rows


def _orders(report: Report, orders: Iterable[Row]) -> Sheet:
    heads = [
        _("Order"),
        _("Day"),
        _("Person"),
        _("Came by"),
        _("Code or link"),
        _("Paid for goods"),
        _("Given back"),
        _("Currency"),
    ]
    return _("Orders"), heads, [*_order_sums(report), *orders]


def _order_sums(report: Report) -> Iterator[Row]:
    if report.orders is not None:
        yield (
            _("All together: %(n)s") % {"n": report.orders.orders},
            None,
            None,
            None,
            None,
            report.counts.revenue,
            None,
            report.currency,
        )


def _costs(report: Report) -> Sheet:
    sheet = report.costs
    assert sheet is not None
    rows: list[Row] = [[part.label, part.amount, report.currency, part.words] for part in sheet.parts]
    rows.append([_("Together"), sheet.total, report.currency, sheet.basis_words])
    if sheet.elsewhere:
        rows.append([_("In other currencies"), None, None, sheet.elsewhere])
    return _("Costs"), [_("For"), _("Amount"), _("Currency"), _("In words")], rows
