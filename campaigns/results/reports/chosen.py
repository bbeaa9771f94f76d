"""How a campaign's report is told: what somebody set, or the defaults."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from campaigns.results.models import ReportSettings
from crm.timeline.record import Actor, record


@dataclass(frozen=True)
class Chosen:
    """At which mark, with which cost, against which sets, for which share of the reach."""

    mark: int = 168
    cost: str = ReportSettings.Cost.FULL
    match: Decimal | None = None
    shows_emv: bool = False
    row: int | None = None

    @property
    def mark_words(self) -> str:
        return str(dict(ReportSettings._meta.get_field("mark").flatchoices)[self.mark])

    @property
    def cost_words(self) -> str:
        return str(ReportSettings.Cost(self.cost).label)


def chosen_for(campaign: Campaign) -> Chosen:
    return chosen_in(ReportSettings.objects.filter(campaign=campaign).first())


def chosen_in(row: ReportSettings | None) -> Chosen:
    if row is None:
        return Chosen()
    match = None if row.target_match is None else Decimal(row.target_match)
    return Chosen(row.mark, row.cost, match, row.shows_emv, row.pk)


def choose(campaign: Campaign, said: Mapping[str, Any], *, at: dt.datetime, actor: Actor) -> ReportSettings:
    """Keep how the report is told; the story says that it changed and from what."""
    with transaction.atomic():
        list(Campaign.objects.select_for_update(of=("self",)).filter(pk=campaign.pk).values_list("pk"))
        row = ReportSettings.objects.filter(campaign=campaign).first() or ReportSettings(campaign=campaign)
        before = {name: getattr(row, name) for name in KEPT}
        for name in KEPT:
            setattr(row, name, said[name])
        row.save()
        row.benchmarks.set(said["benchmarks"])
        changes = {name: (str(before[name]), str(said[name])) for name in KEPT if before[name] != said[name]}
        record(
            "campaign.report_set", _("How the report of %(campaign)s is told was changed"), at=at, actor=actor,
            subject=campaign, params={"campaign": campaign}, brand=campaign.brand_id, changes=changes,
        )  # fmt: skip
    return row


KEPT = ("mark", "cost", "shows_emv", "target_match")
