"""A campaign's plan: its parts, what it says, and what runs beside the influencers."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count

from campaigns.planning.models import Campaign, Channel, Pillar
from campaigns.planning.umbrella import Umbrella, umbrella_of

if TYPE_CHECKING:
    from crm.team.models import User


@dataclass(frozen=True)
class Carried:
    """A message, and how many people carry it."""

    pillar: Pillar
    people: int


@dataclass(frozen=True)
class Plan:
    """Everything the page shows, in a fixed number of queries."""

    umbrella: Umbrella | None
    pillars: Sequence[Carried]
    without: int
    channels: Sequence[Channel]

    @property
    def nobody_carries(self) -> list[Pillar]:
        return [carried.pillar for carried in self.pillars if not carried.people]


def plan_of(campaign: Campaign, user: "User", now: dt.datetime) -> Plan:
    counted = campaign.collaborations.going_ahead().order_by().values_list("pillar")
    carry = dict(counted.annotate(people=Count("pk")))
    pillars = [Carried(row, carry.get(row.pk, 0)) for row in campaign.pillars.all()]
    return Plan(
        umbrella_of(campaign, user, now),
        pillars,
        carry.get(None, 0),
        list(campaign.channels.all()),
    )
