"""What the parts of the fit score count until a campaign says otherwise."""

from collections.abc import Iterator

from campaigns.shortlist.models import FitWeight
from crm.base.models import Grade
from crm.base.seeding import seed

WEIGHTS: dict[str, int] = {
    FitWeight.Part.NICHE: 20,
    FitWeight.Part.AUDIENCE: 15,
    FitWeight.Part.ENGAGEMENT: 15,
    FitWeight.Part.PLACE: 10,
    FitWeight.Part.QUALITY: 10,
    FitWeight.Part.RELIABLE: 10,
    FitWeight.Part.PERSONA: 5,
    FitWeight.Part.AUTHENTIC: 5,
    FitWeight.Part.TIER: 5,
    FitWeight.Part.PRICE: 5,
    FitWeight.Part.FIRST_PASS: 0,
    FitWeight.Part.FOLLOWERS: 0,
}
"""They come to a hundred. Followers count nothing by themselves: reach is told beside the score. How often somebody was approved
at first counts once a campaign says so."""


@seed(FitWeight, "campaign", "part")
def fit_weights() -> Iterator[FitWeight]:
    for part, weight in WEIGHTS.items():
        yield FitWeight(campaign=None, part=part, weight=weight, source="Mitra", grade=Grade.HOUSE)
