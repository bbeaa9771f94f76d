"""From a goal to what it is measured by, who suits it, and how much of a campaign is said."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.door import Missing, missing_of
from campaigns.planning.models import Campaign, Collaboration, GoalKpi, GoalTier, Kpi, KpiKind, KpiShare, Refused
from crm.base.formats import money_full
from crm.base.models import Organisation
from crm.base.money import write_amount
from crm.influencers.models import Format
from crm.influencers.tiers import ladder
from crm.timeline.record import Actor, record

NO_TARGET = _("Only tracked: type a target for the campaign first.")
NOBODY = _("Nobody is going ahead yet. Add people first.")


def kinds_of(goals: Collection[str], *, extra: bool = False) -> list[KpiKind]:
    """What these goals are told by, in their order and each once; with `extra` what is only offered."""
    rows = GoalKpi.objects.filter(goal__in=goals, is_extra=extra).select_related("kind").order_by("position")
    found = sorted(rows, key=lambda row: list(goals).index(row.goal))
    return list({row.kind_id: row.kind for row in found}.values())


def goals_of(campaign: Campaign) -> list[str]:
    return [goal for goal in (campaign.goal, campaign.second_goal) if goal]


def lay_kpis(campaign: Campaign, former: Collection[str] = (), but: Collection[int] = ()) -> list[Kpi]:
    """Put what its goals are told by onto the campaign, only tracked until somebody types a target.

    What stands there for `former` goals goes, unless somebody typed a figure into it. Kinds in `but` were taken away.
    """
    with transaction.atomic():
        Campaign._base_manager.select_for_update().get(pk=campaign.pk)
        kinds = kinds_of(goals_of(campaign))
        there = {row.kind_id: row for row in campaign.kpis.all()}
        gone = {goal for goal in former if goal} - set(goals_of(campaign))
        left = {kind.pk for kind in kinds_of(sorted(gone))} - {kind.pk for kind in kinds}
        stale = [row.pk for row in there.values() if row.kind_id in left and is_blank(row)]
        Kpi.objects.filter(pk__in=stale).delete()
        fresh = [(place, kind) for place, kind in enumerate(kinds, 1) if kind.pk not in (*there, *but)]
        return Kpi.objects.bulk_create(
            [Kpi(campaign=campaign, kind=kind, position=place * 10) for place, kind in fresh]
        )


def is_blank(row: Kpi) -> bool:
    """Nobody typed anything into it."""
    return row.target is None and row.baseline is None and row.closing is None and not row.note


def suggested_tiers(campaign: Campaign) -> GoalTier | None:
    """Who suits the goal, and its mode where that is said: advice, never a rule."""
    rows = GoalTier.objects.valid_on(campaign.start_on).filter(goal=campaign.goal, mode__in=["", campaign.mode])
    found = {row.mode: row for row in rows}
    return found.get(campaign.mode) or found.get("")


def named(suits: GoalTier, on: dt.date) -> dict[str, str]:
    """Its tiers and formats as people call them; a code nobody named stands as it is."""
    tiers = {str(one.code): one.name for one in ladder(Organisation.load().tier_scheme, on).tiers}
    formats = {one.code: one.name for one in Format.objects.filter(code__in=suits.formats.split()).reverse()}
    return {
        "tiers": ", ".join(tiers.get(code, code) for code in suits.tiers.split()),
        "formats": ", ".join(formats.get(code, code) for code in suits.formats.split()),
    }


@dataclass(frozen=True)
class Completeness:
    """How much of what a campaign should say is said, and what is not."""

    percent: int
    missing: list[Missing]


ASKED = 11
"""Five lines of the brand profile, goal, KPI, formats, why, risk and budget."""


def completeness(campaign: Campaign) -> Completeness:
    """Domain rule R1-32: the clearer goal and segment, the easier it is to measure."""
    missing = missing_of(campaign)
    for code, label, hint, is_said in audience_said(campaign):
        if not is_said:
            missing.append(Missing(code, label, hint))
    whole = ASKED + len(audience_said(campaign))
    return Completeness(round((whole - len(missing)) * 100 / whole), missing)


def audience_said(campaign: Campaign) -> list[tuple[str, Any, Any, bool]]:
    who = campaign.niches.exists() or campaign.personas.exists()
    return [
        ("mode", _("What the audience does yet"), _("Active already, or to be won."), bool(campaign.mode)),
        ("niches", _("Audience"), _("Niches or personas it speaks to."), who),
        ("territories", _("Where it runs"), _("Cities or countries."), bool(campaign.places)),
    ]


def share_evenly(kpi: Kpi, *, at: dt.datetime, actor: Actor) -> int:
    """Everybody going ahead carries the same part of the target; the first carry what is left over. How many they are."""
    with transaction.atomic():
        row = Kpi.objects.select_for_update(of=("self",)).select_related("campaign", "kind").get(pk=kpi.pk)
        cards = list(row.campaign.collaborations.going_ahead().order_by("pk"))
        if row.target is None:
            raise Refused(row, NO_TARGET)
        if not cards:
            raise Refused(row, NOBODY)
        parts = [part for part in even_parts(row.target, len(cards), row.kind) if part]
        row.shares.all().delete()
        KpiShare.objects.bulk_create(
            [KpiShare(kpi=row, collaboration=card, target=part) for card, part in zip(cards, parts, strict=False)]
        )
        record(
            "campaign.kpi_shared", _("%(kpi)s of %(campaign)s shared evenly"), at=at, actor=actor, subject=row.campaign,
            params={"kpi": row.kind, "campaign": row.campaign}, brand=row.campaign.brand_id,
        )  # fmt: skip
    return len(parts)


def even_parts(target: Decimal, people: int, kind: KpiKind) -> list[Decimal]:
    """A number is parted into whole parts that add up; a percentage or a price is the same for everybody."""
    if kind.unit != KpiKind.Unit.COUNT or kind.less_is_better:
        return [target] * people
    part = (target / people).quantize(Decimal(1), rounding=ROUND_DOWN)
    rest = target - part * people
    whole = int(rest)
    parts = [part + (1 if place < whole else 0) for place in range(people)]
    parts[0] += rest - whole
    return parts


def set_share(card: Collaboration, kpi: Kpi, target: Decimal | None, *, at: dt.datetime, actor: Actor) -> bool:
    """Her share of one figure; None takes it away. False when nothing differs."""
    with transaction.atomic():
        Collaboration._base_manager.select_for_update().get(pk=card.pk)
        there = KpiShare.objects.filter(kpi=kpi, collaboration=card).first()
        before = there.target if there else None
        if before == target:
            return False
        if target is None:
            KpiShare.objects.filter(kpi=kpi, collaboration=card).delete()
        else:
            KpiShare.objects.update_or_create(kpi=kpi, collaboration=card, defaults={"target": target})
        record(
            "collaboration.share", _("Her share of %(kpi)s for %(campaign)s was set"), at=at, actor=actor, subject=card,
            params={"kpi": kpi.kind, "campaign": card.campaign}, influencer=card.influencer_id,
            brand=card.campaign.brand_id, changes={"share": (before or "", target or "")},
        )  # fmt: skip
    return True


@dataclass(frozen=True)
class Aim:
    """One figure as the page of a campaign shows it."""

    kpi: Kpi
    target: str
    baseline: str
    closing: str
    shared: str
    people: int
    part: int

    @property
    def may_be_shared(self) -> bool:
        return not self.kpi.is_only_tracked


def aims_of(campaign: Campaign) -> list[Aim]:
    """Every figure with what people carry of it; two queries."""
    rows = campaign.kpis.select_related("kind", "campaign").prefetch_related("shares__collaboration")
    return [_aim(row) for row in rows]


def _aim(row: Kpi) -> Aim:
    going = [share for share in row.shares.all() if not share.collaboration.is_off]
    shared = sum((share.target for share in going), Decimal(0))
    adds_up = row.kind.unit == KpiKind.Unit.COUNT
    part = min(100, round(shared * 100 / row.target)) if row.target and adds_up else 0
    return Aim(
        row, figure(row, row.target), figure(row, row.baseline), figure(row, row.closing),
        figure(row, shared) if going and adds_up else "", len(going), part,
    )  # fmt: skip


def figure(row: Kpi, value: Decimal | None) -> str:
    """A figure in its unit, in the reader's notation; empty when nobody typed one."""
    if value is None:
        return ""
    if row.kind.unit == KpiKind.Unit.MONEY:
        currency = row.campaign.budget.currency if row.campaign.budget else None
        return money_full(value, str(currency) if currency else None)
    words = write_amount(value)
    return f"{words} %" if row.kind.unit == KpiKind.Unit.PERCENT else words
