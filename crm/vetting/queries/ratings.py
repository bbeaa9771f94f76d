"""What colleagues think, taken together: averages with the number of raters, and how that developed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.influencers.models import Influencer
from crm.vetting.models import Rating

MOST_RATINGS = 400


@dataclass(frozen=True)
class Average:
    """One aspect over all standing opinions."""

    label: Any
    mean: Decimal


@dataclass(frozen=True)
class Ratings:
    """Every opinion, and what they come to."""

    standing: list[Rating]
    earlier: list[Rating]
    averages: list[Average]
    trend: list[tuple[dt.datetime, Decimal]]

    @property
    def raters(self) -> int:
        return len(self.standing)

    @property
    def mean(self) -> Decimal | None:
        return mean_of(self.standing)

    @property
    def development(self) -> list[Decimal]:
        return [mean for _at, mean in self.trend]


LABELS: dict[str, Any] = {
    "visual": _("Pictures"),
    "storytelling": _("Storytelling"),
    "taste": _("Taste"),
    "consistency": _("Consistency"),
}


def read_ratings(person: Influencer) -> Ratings:
    """One query."""
    rows = list(Rating.objects.filter(influencer=person).select_related("rater").oldest_first()[:MOST_RATINGS])
    standing = [row for row in rows if row.superseded_at is None]
    averages = [Average(LABELS[aspect], mean_of(standing, (aspect,)) or Decimal(0)) for aspect in Rating.ASPECTS]
    earlier = [row for row in reversed(rows) if row.superseded_at is not None]
    return Ratings(standing[::-1], earlier, averages if standing else [], trend_of(rows))


def mean_of(ratings: Iterable[Rating], aspects: Sequence[str] = Rating.ASPECTS) -> Decimal | None:
    """The mean over raters and aspects, to one digit; None without an opinion."""
    marks = [getattr(rating, aspect) for rating in ratings for aspect in aspects]
    return (Decimal(sum(marks)) / len(marks)).quantize(Decimal("0.1")) if marks else None


def trend_of(ratings: Sequence[Rating]) -> list[tuple[dt.datetime, Decimal]]:
    """The mean of everybody's newest opinion, at each moment somebody gave one."""
    found = []
    for rating in ratings:
        mean = mean_of([row for row in ratings if row.counted_at(rating.rated_at)])
        if mean is not None:
            found.append((rating.rated_at, mean))
    return found
