"""The first figures of a report: what its goal is told by, what it cost, and what one of what it wanted cost."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from campaigns.planning.models import Campaign, KpiKind
from campaigns.results.reckoning.basis import Basis
from campaigns.results.reckoning.shape import Group
from campaigns.results.reports.pieces import CostSheet, KpiLine, Tile
from campaigns.results.reports.words import money, money_brief, short

MOST_KPIS = 4
Goal = Campaign.Goal


def tiles_of(
    kpis: Sequence[KpiLine],
    group: Group,
    basis: Basis,
    goal: str,
    sheet: CostSheet,
    currency: str,
    *,
    client: bool = False,
) -> list[Tile]:
    told = [kpi_tile(one) for one in by_weight(kpis)[:MOST_KPIS]] or plain_tiles(group, basis)
    if sheet.total is None and client:
        return told  # a client without prices has no use for two tiles that say n/a
    return [*told, cost_tile(sheet, currency), unit_tile(group, basis, goal, sheet, currency)]


def by_weight(kpis: Sequence[KpiLine]) -> list[KpiLine]:
    """Those with a target first, then those of which something is known."""
    return sorted(kpis, key=lambda one: (not one.is_aimed, one.reached is None))


def kpi_tile(one: KpiLine) -> Tile:
    value = short(one.reached) if one.unit == KpiKind.Unit.COUNT else one.reached_words
    if one.target is None:
        return Tile(one.label, value, sub=one.where_from)
    if one.less_is_better:
        return most_tile(one, value)
    of = short(one.target) if one.unit == KpiKind.Unit.COUNT else one.target_words
    sub = _("reached") if one.is_met else (one.share_words or one.where_from)
    share = None if one.share is None else float(one.share * 100)
    return Tile(one.label, value, _("of %(target)s") % {"target": of}, sub, share, "ok" if one.is_met else "")


def most_tile(one: KpiLine, value: str) -> Tile:
    """Where less is better there is nothing to fill up."""
    aimed = _("at most %(target)s") % {"target": one.target_words}
    sub = f"{aimed}, {one.share_words}" if one.share_words else aimed
    return Tile(one.label, value, sub=sub, tone="ok" if one.is_met else "")


def plain_tiles(group: Group, basis: Basis) -> list[Tile]:
    counts = group.counts
    return [
        Tile(_("Reach"), short(counts.reach)),
        Tile(_("Engagements"), short(basis.engagements(counts))),
        Tile(_("Impressions"), short(counts.impressions)),
    ]


def cost_tile(sheet: CostSheet, currency: str) -> Tile:
    return Tile(_("Cost"), money_brief(sheet.total, currency), sub=sheet.basis_words)


def unit_tile(group: Group, basis: Basis, goal: str, sheet: CostSheet, currency: str) -> Tile:
    """Cost is shown with its unit and its goal (domain rule R1-14): cheap depends on what was wanted."""
    counts = group.counts
    label, value = {
        Goal.AWARENESS: (_("Cost per 1,000 reached"), counts.cost_per_thousand_reached),
        Goal.CITY: (_("Cost per 1,000 reached"), counts.cost_per_thousand_reached),
        Goal.BRAND_LIFT: (_("Cost per 1,000 reached"), counts.cost_per_thousand_reached),
        Goal.SALES: (_("Cost per order"), counts.cpa),
        Goal.CATEGORY: (_("Cost per order"), counts.cpa),
        Goal.TRAFFIC: (_("Cost per click"), counts.cpc),
    }.get(Goal(goal), (_("Cost per engagement"), basis.cost_each(counts)))
    return Tile(label, money(value, currency), sub=_("for the goal: %(goal)s") % {"goal": Goal(goal).label})
