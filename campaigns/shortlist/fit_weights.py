"""What each part of the fit score counts in a campaign: its own weights, or the house's while it has none."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from campaigns.planning.models import Campaign
from campaigns.planning.places import copied
from campaigns.shortlist.fit import Weights
from campaigns.shortlist.models import FitWeight
from crm.base.models import Grade
from crm.timeline.record import Actor, record

CHANGED = _("What counts in the fit score of %(campaign)s was changed")
BACK = _("The fit score of %(campaign)s counts as everywhere in the house again")


@dataclass(frozen=True)
class Counting:
    """The weights a shortlist is ranked by, and whose they are."""

    weights: Weights
    is_own: bool


def counting_of(campaign: Campaign, on: dt.date) -> Counting:
    """One query."""
    rows = FitWeight.objects.valid_on(on).filter(Q(campaign=campaign) | Q(campaign__isnull=True))
    own: dict[str, int] = {}
    house: dict[str, int] = {}
    for row in rows:
        (house if row.campaign_id is None else own)[row.part] = row.weight
    return Counting(own or house, bool(own))


def save_weights(campaign: Campaign, weights: Mapping[str, int], *, at: dt.datetime, actor: Actor) -> bool:
    """Let this campaign count in its own way; whether anything changed. Two people at once: one after the other."""
    with transaction.atomic():
        _hold(campaign)
        before = counting_of(campaign, at.date())
        changes = _changes(before.weights, weights)
        if not changes:
            return False
        for part, weight in weights.items():
            FitWeight.objects.update_or_create(
                campaign=campaign, part=part, defaults={"weight": weight, "grade": Grade.HOUSE, "edited_at": at}
            )
        _tell(CHANGED, campaign, changes, at, actor)
    return True


def count_as_the_house(campaign: Campaign, *, at: dt.datetime, actor: Actor) -> bool:
    """Drop the campaign's own weights; whether it had any."""
    with transaction.atomic():
        _hold(campaign)
        before = counting_of(campaign, at.date())
        if not before.is_own:
            return False
        FitWeight.objects.filter(campaign=campaign).delete()
        _tell(BACK, campaign, _changes(before.weights, counting_of(campaign, at.date()).weights), at, actor)
    return True


@copied("fit", order=20)
def copy_weights(old: Campaign, new: Campaign, at: dt.datetime, actor: Actor) -> None:
    """A copy ranks people as the old one does; one that counts as the house goes on following the house."""
    FitWeight.objects.bulk_create(
        FitWeight(campaign=new, part=row.part, weight=row.weight, grade=Grade.HOUSE, edited_at=at)
        for row in old.fit_weights.valid_on(at.date())
    )


def _hold(campaign: Campaign) -> None:
    """One after the other: what is told as it was before is then what the one before left."""
    Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)


def _changes(before: Weights, after: Weights) -> dict[str, tuple[int, int]]:
    pairs = {str(part): (before.get(part, 0), after.get(part, 0)) for part in FitWeight.Part}
    return {part: (old, new) for part, (old, new) in pairs.items() if old != new}


def _tell(
    sentence: object, campaign: Campaign, changes: Mapping[str, tuple[int, int]], at: dt.datetime, actor: Actor
) -> None:
    record(
        "campaign.weights", sentence, at=at, actor=actor, subject=campaign, params={"campaign": campaign},
        brand=campaign.brand_id, changes=changes,
    )  # fmt: skip
