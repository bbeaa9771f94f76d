"""What a campaign aimed at, what it has of it, what its people carry of it, and what moved between before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from campaigns.planning.models import Campaign, Kpi, KpiKind
from campaigns.results.formulas import Counts, change, divided, share_of_target
from campaigns.results.models import ChangeThreshold
from campaigns.results.reckoning.basis import Basis
from campaigns.results.reckoning.shape import Group
from campaigns.results.reports.pieces import Change, KpiLine, OwnShare
from campaigns.results.reports.words import in_unit, rate

Unit = KpiKind.Unit
HUNDRED = Decimal(100)
LEAST_CHANGE = Decimal(5)
"""Percent: where no threshold is kept."""


@dataclass(frozen=True)
class Reached:
    """Everything a KPI may be counted from."""

    group: Group
    basis: Basis
    by_code: int | None = None

    def of(self, code: str) -> Decimal | int | None:
        """What is counted of this kind of KPI; None where only somebody's word can say it."""
        counts = self.group.counts
        plain = {
            "post_frequency": self.group.posts, "reach": counts.reach, "impressions": counts.impressions,
            "video_views": counts.views, "engagements": self.basis.engagements(counts), "saves": counts.saves,
            "comments": counts.comments, "shares": counts.shares, "link_clicks": counts.clicks,
            "traffic": counts.clicks, "redemptions": self.by_code, "orders": counts.orders, "cpm": counts.cpm,
            "cpe": self.basis.cost_each(counts), "cpc": counts.cpc, "cpa": counts.cpa, "aov": counts.average_order,
        }  # fmt: skip
        if code in plain:
            return plain[code]
        share = self._share(code, counts)
        return None if share is None else share * HUNDRED

    def _share(self, code: str, counts: Counts) -> Decimal | None:
        match code:
            case "er_reach":
                return self.group.median(lambda one: one.by_reach)
            case "sentiment":
                return friendly(counts)
            case "ctr":
                return counts.ctr
            case "cvr":
                return counts.cvr
            case "roas":
                return counts.roas
        return None


def friendly(counts: Counts) -> Decimal | None:
    """The share of the classified comments that are in favour."""
    parts = (counts.positive, counts.neutral, counts.negative)
    known = [part for part in parts if part is not None]
    return divided(counts.positive, sum(known)) if len(known) == len(parts) else None


@dataclass(frozen=True)
class Aims:
    """What a campaign aims at; `carried` is what cards carry of it, by KPI."""

    kpis: Sequence[Kpi]
    carried: Mapping[int, Sequence[tuple[int, Decimal]]]


def aims_of(campaign: Campaign) -> Aims:
    """With what people carry of each and from how many percent on a change counts as one; one query."""
    thresholds = ChangeThreshold.objects.order_by("pk").values("percent")
    own, rest = thresholds.filter(kind=OuterRef("kind")), thresholds.filter(kind__isnull=True)
    rows: Any = campaign.kpis.select_related("kind").annotate(
        least=Coalesce(Subquery(own[:1]), Subquery(rest[:1])), card=F("shares__collaboration"), part=F("shares__target")
    )
    kpis: dict[int, Kpi] = {}
    carried: dict[int, list[tuple[int, Decimal]]] = {}
    for row in rows.order_by("position", "pk", "shares__pk"):
        kpis.setdefault(row.pk, row)
        if row.card is not None:
            carried.setdefault(row.pk, []).append((row.card, row.part))
    return Aims(list(kpis.values()), carried)


def kpi_lines(kpis: Sequence[Kpi], reached: Reached, currency: str) -> list[KpiLine]:
    return [kpi_line(kpi, reached, currency) for kpi in kpis]


def kpi_line(kpi: Kpi, reached: Reached, currency: str) -> KpiLine:
    """What somebody noted at the end goes before what is counted."""
    counted = reached.of(kpi.kind.code)
    value = kpi.closing if kpi.closing is not None else counted
    share = share_of_target(value, kpi.target)
    met = share is not None and (share <= 1 if kpi.kind.less_is_better else share >= 1)
    unit = kpi.kind.unit
    return KpiLine(
        kpi.kind.code, str(kpi.kind), unit, kpi.kind.less_is_better, kpi.target,
        None if value is None else Decimal(value), share, in_unit(kpi.target, unit, currency) if kpi.target else "",
        in_unit(value, unit, currency), share_words(share, kpi), where_from(kpi, counted), met,
        is_counted=kpi.closing is None and counted is not None,
    )  # fmt: skip


def share_words(share: Decimal | None, kpi: Kpi) -> str:
    """How much of it is reached; where less is better, how far beyond."""
    if share is None:
        return ""
    if not kpi.kind.less_is_better:
        return rate(share)
    return (
        _("%(rate)s over") % {"rate": rate(share - 1)} if share > 1 else _("%(rate)s under") % {"rate": rate(1 - share)}
    )


def where_from(kpi: Kpi, counted: object) -> str:
    if kpi.closing is not None:
        return _("noted at the end")
    return _("counted from posts and orders") if counted is not None else _("nobody has noted it yet")


def changes_of(kpis: Sequence[Kpi], currency: str) -> list[Change]:
    """Before and after, where both were noted (domain rule R1-02)."""
    return [
        change_of(kpi, kpi.baseline, kpi.closing, currency)
        for kpi in kpis
        if kpi.baseline is not None and kpi.closing is not None
    ]


def change_of(kpi: Kpi, before: Decimal, after: Decimal, currency: str) -> Change:
    least = getattr(kpi, "least", None)
    moved = change(before, after)
    by = None if moved is None else moved * HUNDRED
    is_change = after != before if by is None else abs(by) >= (LEAST_CHANGE if least is None else least)
    difference = after - before
    sign = "+" if difference > 0 else ""
    unit = kpi.kind.unit
    return Change(
        str(kpi.kind), before, after, in_unit(before, unit, currency), in_unit(after, unit, currency),
        f"{sign}{in_unit(difference, unit, currency)}", by, is_change,
        (difference < 0) is kpi.kind.less_is_better and bool(difference),
        change_words(by, is_change=is_change),
    )  # fmt: skip


def change_words(by: Decimal | None, *, is_change: bool) -> str:
    if not is_change:
        return _("no significant change")
    if by is None:
        return _("from nothing")
    return f"{'+' if by > 0 else ''}{rate(by / HUNDRED)}"


def own_shares(aims: Aims, groups: Mapping[int, Reached], currency: str) -> dict[int, list[OwnShare]]:
    """By card: its own part of each target beside what it has of it (domain rule R1-60)."""
    found: dict[int, list[OwnShare]] = {}
    for kpi in aims.kpis:
        for card, target in aims.carried.get(kpi.pk, ()):
            whose = groups.get(card)
            value = whose.of(kpi.kind.code) if whose is not None else None
            words = (in_unit(target, kpi.kind.unit, currency), in_unit(value, kpi.kind.unit, currency))
            line = OwnShare(str(kpi.kind), *words, share_of_target(value, target))
            found.setdefault(card, []).append(line)
    return found
