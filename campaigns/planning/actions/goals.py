"""Storing what a campaign wants to reach, and for whom."""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.goals import lay_kpis
from campaigns.planning.models import Campaign, Kpi
from crm.timeline.record import Actor, record

SETS = ("formats", "products", "niches", "personas")
Figures = Mapping[int, Mapping[str, Any] | None]


def save_goals(
    campaign: Campaign, figures: Figures, sets: Mapping[str, Collection[models.Model]], *, former: Collection[str],
    at: dt.datetime, actor: Actor,
) -> None:  # fmt: skip
    """Store figures by kind (None takes one away) and the sets chosen; then lay what the goals are told by besides.

    `former` are the goals it had until now.
    """
    with transaction.atomic():
        Campaign._base_manager.select_for_update().get(pk=campaign.pk)
        changes = {**_save_figures(campaign, figures), **_save_sets(campaign, sets)}
        lay_kpis(campaign, former, but=[kind for kind, row in figures.items() if row is None])
        if changes:
            record(
                "campaign.goals", _("Goals of %(campaign)s were changed"), at=at, actor=actor, subject=campaign,
                params={"campaign": campaign}, brand=campaign.brand_id, changes=changes,
            )  # fmt: skip


def _save_figures(campaign: Campaign, figures: Figures) -> dict[str, tuple[str, str]]:
    there = {row.kind_id: row for row in campaign.kpis.select_related("kind")}
    changes: dict[str, tuple[str, str]] = {}
    for kind, said in figures.items():
        row = there.get(kind)
        if said is None:
            if row is not None:
                changes[row.kind.code] = (_written(row), "")
                row.delete()
            continue
        before = _written(row) if row else ""
        row = row or Kpi(campaign=campaign, kind_id=kind)
        for name, value in said.items():
            setattr(row, name, value)
        if row.pk is None or _written(row) != before:
            row.save()
            changes[row.kind.code] = (before, _written(row))
    return {code: pair for code, pair in changes.items() if pair[0] != pair[1]}


def _written(row: Kpi) -> str:
    figures = (row.target, row.baseline, row.closing)
    return " / ".join("-" if figure is None else f"{figure.normalize():f}" for figure in figures)


def _save_sets(campaign: Campaign, sets: Mapping[str, Collection[models.Model]]) -> dict[str, tuple[str, str]]:
    changes: dict[str, tuple[str, str]] = {}
    for name, chosen in sets.items():
        manager = getattr(campaign, name)
        old, new = (", ".join(sorted(map(str, rows))) for rows in (manager.all(), chosen))
        if old != new:
            manager.set(chosen)
            changes[name] = (old, new)
    return changes
