"""What is typed at the door: stored where it belongs, on the brand or on the campaign; and going over the budget."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Collaboration, Kpi, Refused
from crm.brands.models import Brand
from crm.brands.profile import PROFILE
from crm.timeline.record import Actor, record

OVER = _("%(campaign)s: goes over the budget, because: %(because)s")
SAY_WHY = _("Say in a few words why it may go over the budget.")


def fill_in(campaign: Campaign, said: Mapping[str, Any], *, at: dt.datetime, actor: Actor) -> None:
    """Store what was missing. What somebody else said meanwhile stays as it is."""
    with transaction.atomic():
        stored = Campaign._base_manager.select_for_update().get(pk=campaign.pk)
        _fill_brand(stored, said, at, actor)
        changes = _fill_columns(stored, said, ("why", "risk", "budget"), at)
        if said.get("formats") and not stored.formats.exists():
            stored.formats.set(said["formats"])
            changes["formats"] = ("", ", ".join(str(one) for one in said["formats"]))
        if said.get("target"):
            Kpi.objects.update_or_create(campaign=stored, kind=said["kpi"], defaults={"target": said["target"]})
            changes["kpi"] = ("", f"{said['kpi']}: {said['target']}")
        if changes:
            record(
                "campaign.changed", _("Campaign %(campaign)s was changed"), at=at, actor=actor, subject=stored,
                params={"campaign": stored}, brand=stored.brand_id, changes=changes,
            )  # fmt: skip


def _fill_brand(campaign: Campaign, said: Mapping[str, Any], at: dt.datetime, actor: Actor) -> None:
    brand = Brand.objects.select_for_update().get(pk=campaign.brand_id)
    profile = {name: said.get(f"brand_{name}") for name in PROFILE}
    if changes := _fill_columns(brand, profile, PROFILE, at):
        record(
            "brand.changed", _("Brand %(name)s was changed"), at=at, actor=actor, subject=brand,
            params={"name": brand}, brand=brand.pk, changes=changes,
        )  # fmt: skip


def _fill_columns(
    row: Any, said: Mapping[str, Any], names: tuple[str, ...], at: dt.datetime
) -> dict[str, tuple[str, Any]]:
    """Set the columns that are empty still; what became of each."""
    fresh = {name: said[name] for name in names if said.get(name) and not getattr(row, name)}
    for name, value in fresh.items():
        setattr(row, name, value)
    if fresh:
        row.updated_at = at
        row.save()
    return {name: ("", value) for name, value in fresh.items()}


def go_over(card: Collaboration, because: str, *, at: dt.datetime, actor: Actor) -> None:
    """This one may go over the budget; the reason stands on the card and in the story."""
    because = because.strip()
    if not because:
        raise Refused(card, SAY_WHY)
    with transaction.atomic():
        Collaboration._base_manager.filter(pk=card.pk).update(over_budget_because=because, updated_at=at)
        record(
            "collaboration.over_budget", OVER, at=at, actor=actor, subject=card, influencer=card.influencer_id,
            params={"campaign": card.campaign, "because": because}, brand=card.campaign.brand_id,
        )  # fmt: skip
    card.over_budget_because = because
