"""What a campaign looks for, with everything its people are read against. A fixed number of queries."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from django.utils import timezone
from djmoney.money import Money

from campaigns.planning.goals import suggested_tiers
from campaigns.planning.models import Campaign, GoalTier
from campaigns.shortlist.fit_known import Wanted, World
from crm.base.models import Organisation
from crm.base.trees import Tree
from crm.brands.models import Territory
from crm.influencers.models import Format, Niche
from crm.influencers.tiers import Ladder, ladder
from crm.vetting.models import Benchmark, Threshold
from crm.vetting.queries.rules import rules_on
from crm.vetting.queries.screening import bands_on


@dataclass(frozen=True)
class Wish:
    """The campaign's side of the score, and the tables both sides are read against."""

    campaign: Campaign
    wanted: Wanted
    world: World
    formats: Sequence[Format]
    suggestion: GoalTier | None
    ladder: Ladder
    bands: Sequence[Benchmark]
    times: Decimal | None
    currency: str
    even_share: Money | None

    @property
    def suggested(self) -> list[str]:
        """The names of the tiers suggested, the best first."""
        return [self.world.tier_names.get(code, code) for code in self.wanted.tiers]


def wish_of(campaign: Campaign, now: dt.datetime) -> Wish:
    today, house = timezone.localdate(now), Organisation.load()
    steps, times = ladder(house.tier_scheme, today), rules_on(today).get(Threshold.Code.TIMES)
    suggestion = suggested_tiers(campaign)
    return Wish(
        campaign=campaign,
        wanted=wanted_of(campaign, suggestion),
        world=world_of(steps),
        formats=list(campaign.formats.select_related("platform").order_by("platform__position", "position", "pk")),
        suggestion=suggestion,
        ladder=steps,
        bands=bands_on(today),
        times=times.limit if times else None,
        currency=str(campaign.budget.currency) if campaign.budget is not None else house.currency,
        even_share=even_share_of(campaign),
    )


def wanted_of(campaign: Campaign, suggestion: GoalTier | None) -> Wanted:
    """The campaign's own personas, or those its brand speaks to."""
    personas = {one.pk: str(one) for one in campaign.personas.all()}
    return Wanted(
        niches=frozenset(campaign.niches.values_list("pk", flat=True)),
        personas=personas or {one.pk: str(one) for one in campaign.brand.personas.all()},
        places=campaign.places or frozenset(),
        age_from=campaign.age_from,
        age_to=campaign.age_to,
        gender=campaign.gender,
        tiers=suggestion.tiers.split() if suggestion else (),
        goal=campaign.goal,
    )


def world_of(steps: Ladder) -> World:
    niches, places = list(Niche.objects.all()), list(Territory.objects.all())
    return World(
        niches=Tree({one.pk: one.parent_id for one in niches}),
        places=Tree({one.pk: one.parent_id for one in places}),
        niche_names={one.pk: str(one) for one in niches},
        place_names={one.pk: one.name for one in places},
        tier_names={str(one.code): one.name for one in steps.tiers},
    )


def even_share_of(campaign: Campaign) -> Money | None:
    """The budget spread over everybody who goes ahead: what we have in mind where no fee says it."""
    if campaign.budget is None or not campaign.budget.amount:
        return None
    people = campaign.collaborations.going_ahead().count()
    share = (campaign.budget.amount / people).quantize(Decimal(1), ROUND_DOWN) if people else campaign.budget.amount
    return Money(share, campaign.budget.currency)
