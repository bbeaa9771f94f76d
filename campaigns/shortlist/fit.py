"""The fit score: what is known of somebody beside what a campaign looks for, weighed. Nothing here asks the database.

Each part is a number from 0 to 1 with its reason in words, or unknown with the reason why. An unknown part neither helps
nor harms; it only makes the score less sure, and that is shown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import ngettext

from campaigns.shortlist.models import FitWeight

WHOLE = 100
HALF = Fraction(1, 2)
Weights = Mapping[str, int]
"""What each part counts, by `FitWeight.Part`; one that is missing counts nothing."""


@dataclass(frozen=True)
class Told:
    """One part of the score: how well it fits, None where nobody knows, and why."""

    part: str
    value: Fraction | None
    words: str

    @property
    def label(self) -> str:
        return str(FitWeight.Part(self.part).label)

    @property
    def is_known(self) -> bool:
        return self.value is not None

    @property
    def percent(self) -> int | None:
        return None if self.value is None else rounded(self.value * WHOLE)


def told(part: str, value: Any, words: str) -> Told:
    """A known part; what is more than everything or less than nothing is cut."""
    return Told(part, min(Fraction(1), max(Fraction(0), Fraction(value))), words)


def unknown(part: str, words: str) -> Told:
    return Told(part, None, words)


@dataclass(frozen=True)
class Weighed:
    """One part with what it counts here."""

    told: Told
    weight: int


@dataclass(frozen=True)
class Fit:
    """The score with the parts that count, the heaviest first. None while nothing is known."""

    score: int | None
    parts: Sequence[Weighed]

    @property
    def known(self) -> int:
        return len(self.known_parts)

    @property
    def known_parts(self) -> list[Weighed]:
        return [one for one in self.parts if one.told.is_known]

    @property
    def unknown_parts(self) -> list[Weighed]:
        return [one for one in self.parts if not one.told.is_known]

    @property
    def certainty(self) -> str:
        """How much of it rests on something."""
        asked = len(self.parts)
        return ngettext("%(known)d of %(n)d part known", "%(known)d of %(n)d parts known", asked) % {
            "known": self.known,
            "n": asked,
        }

    @property
    def is_sure(self) -> bool:
        """At least half of what counts is known."""
        return 2 * self.known >= len(self.parts) > 0

    @property
    def tone(self) -> str:
        """The colour of the score; nothing while it rests on little."""
        if self.score is None or not self.is_sure:
            return ""
        return "ok" if self.score >= 65 else "info" if self.score >= 40 else "warn"


def fit_of(parts: Iterable[Told], weights: Weights) -> Fit:
    """The score of one person."""
    counting = [Weighed(one, weights.get(one.part, 0)) for one in parts if weights.get(one.part, 0) > 0]
    counting.sort(key=lambda one: -one.weight)
    known = [(one.weight, one.told.value) for one in counting if one.told.value is not None]
    whole = sum(weight for weight, _value in known)
    score = rounded(WHOLE * sum(weight * value for weight, value in known) / Fraction(whole)) if whole else None
    return Fit(score, counting)


def rank_key(fit: Fit, name: str, pk: int) -> tuple[Any, ...]:
    """The best first, what rests on more before what rests on less, then by name; whoever cannot be scored comes last."""
    return (-1 if fit.score is None else 0, 0 if fit.score is None else fit.score, fit.known), name, pk


def ranked(people: Iterable[tuple[Fit, str, int]]) -> list[tuple[Fit, str, int]]:
    """A total order: two people never change places from one look to the next."""
    by_name = sorted(people, key=lambda one: (one[1], one[2]))
    return sorted(by_name, key=lambda one: rank_key(*one)[0], reverse=True)


def rounded(value: Fraction) -> int:
    """To the nearest whole number; a half goes up."""
    return int((value + HALF) // 1)
