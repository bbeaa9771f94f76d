"""What a campaign says and where else it runs: its message pillars and its channels, changed as whole lists."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign, Channel, Collaboration, Pillar, ring_after_commit
from crm.timeline.record import Actor, record

SENTENCES: dict[type[models.Model], Any] = {
    Pillar: _("The messages of %(campaign)s were changed"),
    Channel: _("The channel plan of %(campaign)s was changed"),
}


def save_rows(campaign: Campaign, keep: Sequence[Any], gone: Sequence[Any], *, at: dt.datetime, actor: Actor) -> None:
    """Store rows of one kind, take others out, and tell the list as it was and as it is now; nothing when it is the same."""
    kind = type((*keep, *gone)[0]) if keep or gone else None
    if kind is None:
        return
    with transaction.atomic():
        list(Campaign.objects.select_for_update(of=("self",)).filter(pk=campaign.pk).values_list("pk"))
        before = listed(kind, campaign)
        for row in gone:
            row.delete()
        for row in keep:
            row.campaign = campaign
            row.save()
        after = listed(kind, campaign)
        if before != after:
            name = kind._meta.model_name or ""
            record(
                f"campaign.{name}s", SENTENCES[kind], at=at, actor=actor, subject=campaign,
                params={"campaign": campaign}, brand=campaign.brand_id, changes={f"{name}s": (before, after)},
            )  # fmt: skip


def listed(kind: type[models.Model], campaign: Campaign) -> str:
    """The rows of a campaign in one line, as the story tells them."""
    rows = kind._default_manager.filter(campaign=campaign)
    return ", ".join(" ".join(filter(None, (str(row), getattr(row, "note", "")))) for row in rows)


def carry(card: Collaboration, pillar: Pillar | None, *, at: dt.datetime, actor: Actor) -> None:
    """Say which message somebody carries; none takes it back. Saying the same again tells nothing."""
    with transaction.atomic():
        held = Collaboration.objects.select_for_update(of=("self",)).select_related("pillar").get(pk=card.pk)
        if held.pillar == pillar:
            return
        before, held.pillar, held.updated_at = held.pillar, pillar, at
        held.save(update_fields=["pillar", "updated_at"])
        sentence = (
            _("Carries the message “%(pillar)s” in %(campaign)s")
            if pillar
            else _("Carries no message any more in %(campaign)s")
        )
        record(
            "collaboration.pillar", sentence, at=at, actor=actor, subject=held,
            params={"campaign": card.campaign, "pillar": pillar or ""}, influencer=held.influencer_id,
            brand=card.campaign.brand_id, changes={"pillar": (str(before or ""), str(pillar or ""))},
        )  # fmt: skip
    card.pillar = pillar
    ring_after_commit()
