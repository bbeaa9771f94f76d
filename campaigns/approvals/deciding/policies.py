"""How content of a campaign is approved: the campaign's own policy, else its brand's, else the house's, else what Mitra begins with."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from djmoney.money import Money

from campaigns.approvals.models import ApprovalPolicy, ReviewStage
from campaigns.planning.models import Campaign


@dataclass(frozen=True)
class Stage:
    """One of those who say yes. Ids of colleagues, of guests' contacts and of the contact whose word settles it."""

    position: int = 1
    role: str = ReviewStage.Role.COORDINATOR.value
    quorum: str = ReviewStage.Quorum.ANY.value
    people: tuple[int, ...] = ()
    guests: tuple[int, ...] = ()
    decider: int | None = None
    pk: int | None = None

    @property
    def words(self) -> Any:
        """Who it is, in a word."""
        return ReviewStage.Role(self.role).label


US = Stage()


@dataclass(frozen=True)
class Policy:
    """What counts for one campaign. `source` says whose rows it is from; empty when nobody wrote any."""

    max_rounds: int = 2
    extra_round_fee: Money | None = None
    first_pass_hours: int = 24
    sla_hours: int = 48
    calendar: str = ApprovalPolicy.Calendar.WORKING_DAYS.value
    creator_turnaround_days: int = 2
    auto_approve: bool = False
    concept_first: bool = False
    concept_days: int = 5
    musts_cite: bool = True
    live_days: int | None = None
    stages: tuple[Stage, ...] = (US,)
    source: str = field(default="", compare=False)


COLUMNS = (
    "max_rounds", "extra_round_fee", "first_pass_hours", "sla_hours", "calendar", "creator_turnaround_days", "auto_approve",
    "concept_first", "concept_days", "musts_cite", "live_days",
)  # fmt: skip
HOUSE = Policy()


def policy_of(campaign: Campaign) -> Policy:
    """What counts for this campaign."""
    return policies_of([campaign])[campaign.pk]


def policies_of(campaigns: Iterable[Campaign]) -> Mapping[int, Policy]:
    """What counts for each of these campaigns, by its id; at most four questions whatever their number."""
    wanted = {one.pk: one.brand_id for one in campaigns}
    rows = stored(wanted.keys(), set(wanted.values())) if wanted else []
    by_campaign = {row.campaign_id: row for row in rows if row.campaign_id}
    by_brand = {row.brand_id: row for row in rows if row.brand_id}
    house = next((row for row in rows if not row.campaign_id and not row.brand_id), None)
    found = {pk: by_campaign.get(pk) or by_brand.get(brand) or house for pk, brand in wanted.items()}
    plain: dict[int, Policy] = {row.pk: plainly(row) for row in rows}
    return {pk: plain[row.pk] if row is not None else HOUSE for pk, row in found.items()}


def stored(campaigns: Collection[int], brands: Collection[int]) -> list[ApprovalPolicy]:
    """The rows that may count for them, with their stages."""
    house = Q(campaign__isnull=True, brand__isnull=True)
    rows = ApprovalPolicy.objects.filter(house | Q(campaign__in=campaigns) | Q(brand__in=brands))
    return list(rows.prefetch_related("stages__people", "stages__guests"))


def plainly(row: ApprovalPolicy) -> Policy:
    """A stored policy without its rows. Without stages, whoever looks after the campaign says yes."""
    stages = tuple(plain_stage(stage) for stage in row.stages.all())
    source = "campaign" if row.campaign_id else "brand" if row.brand_id else "house"
    return Policy(**{name: getattr(row, name) for name in COLUMNS}, stages=stages or (US,), source=source)


def plain_stage(stage: ReviewStage) -> Stage:
    people = tuple(sorted(user.pk for user in stage.people.all()))
    guests = tuple(sorted(guest.pk for guest in stage.guests.all()))
    return Stage(stage.position, stage.role, stage.quorum, people, guests, stage.decider_id, stage.pk)
