"""A report on paper: what moved, against what, on how many posts, and what it cost. The same report gives the same bytes."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from campaigns.results.emv import CAUTION
from campaigns.results.papers.drawing import Grid, ReportSheet
from campaigns.results.reckoning.basis import FULL, PUBLIC
from campaigns.results.reckoning.shape import Group
from campaigns.results.reports.shape import KpiLine, Report
from campaigns.results.reports.words import count, money_brief, not_available, rate, short
from crm.contracts.paper.sheet import ACCENT, FRAME, MUTED, SMALL
from crm.contracts.paper.steady import dated

MOST_PEOPLE, MOST_POSTS = 60, 120
BASES = {one.code: one for one in (FULL, PUBLIC)}


def draw_report(report: Report, *, at: dt.datetime) -> bytes:
    """The PDF of a report, in the language that is active."""
    name = _("Report: %(campaign)s") % {"campaign": report.title}
    with ReportSheet(
        name=name, running=f"{report.brand}, {report.title}", at=at, language=get_language() or "en"
    ) as sheet:
        sheet.of = repr(report)
        sheet.add_page()
        _head(sheet, report)
        for part in (_aims, _moved, _against, _groups, _people, _posts, _money, _besides):
            part(sheet, report)
        return dated(bytes(sheet.output()), at)


def _head(sheet: ReportSheet, report: Report) -> None:
    sheet.says(report.brand, SMALL, strong=True, color=ACCENT, after=1)
    sheet.says(report.title, 20, strong=True, after=1)
    sheet.says(", ".join(filter(None, (report.period, report.goal))), SMALL, color=MUTED)
    sheet.says(", ".join(filter(None, (report.mark_words, report.sample.words, report.age_words))), SMALL, color=MUTED)
    sheet.ln(4)
    sheet.tiles(report.tiles)


def _aims(sheet: ReportSheet, report: Report) -> None:
    if not report.kpis:
        return
    sheet.heading(_("Goals"))
    for line in report.kpis:
        sheet.progress(line.label, None if line.share is None else line.share * 100, aim_words(line))


def aim_words(line: KpiLine) -> str:
    said = {"reached": line.reached_words, "target": line.target_words}
    return _("%(reached)s of %(target)s") % said if line.is_aimed else line.reached_words


def _moved(sheet: ReportSheet, report: Report) -> None:
    if not report.changes:
        return
    sheet.heading(_("What moved"))
    grid = Grid([_("Figure"), _("Before"), _("After"), _("In words")], [0.24, 0.15, 0.15, 0.46], frozenset({1, 2}))
    sheet.grid(grid, [(one.label, one.before_words, one.after_words, f"   {one.words}") for one in report.changes])


def _against(sheet: ReportSheet, report: Report) -> None:
    if not report.benchmarks:
        return
    sheet.heading(_("Beside what others measured"))
    for row in report.benchmarks:
        sheet.band(row)


def group_grid(report: Report, first: str) -> Grid:
    """The few columns that fit on a page; the workbook has all."""
    cost = _("Price") if report.client else _("Cost")
    heads = [first, _("Posts"), _("Reach"), _("Engagements"), _("Per follower"), _("Orders"), cost, _("Per engagement")]
    return Grid(heads, [0.22, 0.07, 0.1, 0.13, 0.13, 0.08, 0.12, 0.15], frozenset(range(1, 8)))


def group_row(report: Report, label: str, group: Group) -> list[str]:
    counts, basis = group.counts, BASES[report.basis]
    return [
        label,
        str(group.posts),
        short(counts.reach),
        short(basis.engagements(counts)),
        rate(basis.rate(counts)),
        count(counts.orders),
        money_brief(counts.cost, report.currency),
        money_brief(basis.cost_each(counts), report.currency),
    ]


def _groups(sheet: ReportSheet, report: Report) -> None:
    kinds: Sequence[tuple[str, Sequence[Group]]] = (
        (_("Tier"), report.by_tier), (_("Platform"), report.by_platform), (_("Format"), report.by_format),
    )  # fmt: skip
    for first, groups in kinds:
        if groups:
            sheet.heading(_("By %(what)s") % {"what": first.lower()})
            sheet.grid(group_grid(report, first), [group_row(report, one.label, one) for one in groups])


def _people(sheet: ReportSheet, report: Report) -> None:
    if not report.by_person:
        return
    sheet.heading(_("By person"))
    shown = report.by_person[:MOST_PEOPLE]
    sheet.grid(group_grid(report, _("Person")), [group_row(report, one.name, one.group) for one in shown])
    _rest(sheet, len(report.by_person) - len(shown))


def _posts(sheet: ReportSheet, report: Report) -> None:
    if not report.by_post:
        return
    sheet.heading(_("Post by post"))
    heads = [_("Person"), _("Post"), _("Platform"), _("After"), _("Reach"), _("Engagements"), _("Per follower")]
    grid = Grid(heads, [0.22, 0.22, 0.14, 0.09, 0.1, 0.12, 0.11], frozenset(range(3, 7)))
    shown, basis = report.by_post[:MOST_POSTS], BASES[report.basis]
    rows = []
    for post in shown:
        after = not_available() if post.hours is None else _("%(n)d h") % {"n": post.hours}
        figures = [
            after,
            short(post.counts.reach),
            short(basis.engagements(post.counts)),
            rate(basis.rate(post.counts)),
        ]
        rows.append([post.name, post.title, post.platform_name, *figures])
    sheet.grid(grid, rows)
    _rest(sheet, len(report.by_post) - len(shown))


def _rest(sheet: ReportSheet, more: int) -> None:
    if more > 0:
        words = ngettext("%(n)d more stands in the workbook.", "%(n)d more stand in the workbook.", more) % {"n": more}
        sheet.says(words, FRAME, color=MUTED, after=2)


def _money(sheet: ReportSheet, report: Report) -> None:
    orders, costs = report.orders, None if report.client else report.costs
    if orders is not None:
        sheet.heading(_("Orders by codes and links"))
        pairs = [
            (_("Orders"), str(orders.orders)),
            (_("Revenue"), orders.revenue_words),
            (_("Given back"), orders.returned_words),
        ]
        sheet.pairs([*pairs, (_("By code"), str(orders.by_code)), (_("By link"), str(orders.by_link))])
        sheet.says(orders.note, FRAME, color=MUTED, after=2)
    if costs is not None:
        sheet.heading(_("What it cost"))
        sheet.pairs([(part.label, part.words) for part in costs.parts])
        sheet.pairs([(_("Together"), costs.total_words), ("", ""), (_("In other currencies"), costs.elsewhere)])
        sheet.says(costs.basis_words, FRAME, color=MUTED, after=2)


def _besides(sheet: ReportSheet, report: Report) -> None:
    if report.lift:
        sheet.heading(_("What people said"))
        sheet.pairs([(one.question, " ".join(filter(None, (one.words, one.sub)))) for one in report.lift])
    if report.emv is not None:
        sheet.heading(f"{report.emv.name}: {report.emv.words}")
        heads = ["", _("Rate"), _("Counted"), _("Together")]
        sheet.grid(Grid(heads, [0.4, 0.2, 0.2, 0.2], frozenset({1, 2, 3})), report.emv.rates)
        sheet.says(str(CAUTION), FRAME, color=MUTED, after=2)
    if report.confounders:
        sheet.heading(_("What also happened"))
        sheet.pairs([(one.what, ". ".join(filter(None, (one.when, one.note)))) for one in report.confounders])
    if report.notes:
        sheet.heading(_("To be read with it"))
        for note in report.notes:
            sheet.says(note, SMALL, after=1)
