"""Facts of working together: told by the rooms that saw them, and summed into figures that lead back to what happened.

A fact is known by its kind and by what it is about (`ref`): telling it again corrects it, so whoever tells need not know
whether it was told before.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from statistics import fmean, median
from typing import TYPE_CHECKING

from crm.vetting.models import Fact

if TYPE_CHECKING:
    from crm.team.models import User

Kind = Fact.Kind
Number = int | float | Decimal

FEWEST_FOR_PERCENT = 5
"""Below this many a percentage says more than is known: "2 of 3" is what happened, 67 % is not."""
LONGEST = 200
HUNDREDTH = Decimal("0.01")


def note_fact(
    influencer_id: int,
    brand_id: int,
    kind: str,
    amount: Number,
    *,
    ref: str,
    work: str,
    label: str = "",
    happened_at: dt.datetime,
) -> Fact:
    """Tell a fact, or correct it where it was told otherwise. In the caller's transaction."""
    said = {
        "influencer_id": influencer_id,
        "brand_id": brand_id,
        "amount": Decimal(str(amount)).quantize(HUNDREDTH),
        "work": work,
        "label": label[:LONGEST],
        "happened_at": happened_at,
    }
    fact, _made = Fact.objects.update_or_create(kind=kind, ref=ref, defaults=said)
    return fact


def withdraw_fact(kind: str, ref: str) -> bool:
    """It did not happen after all; whether anybody had told it."""
    return bool(Fact.objects.filter(kind=kind, ref=ref).delete()[0])


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    good: int = 0
    of: int = 0

    @property
    def is_known(self) -> bool:
        return bool(self.of)

    @property
    def percent(self) -> int | None:
        """A percentage once there are enough to speak of one; None before."""
        return round(self.good / self.of * 100) if self.of >= FEWEST_FOR_PERCENT else None

    def __add__(self, other: "Share") -> "Share":
        return Share(self.good + other.good, self.of + other.of)


@dataclass(frozen=True)
class Middle:
    """The median of so many figures, or their mean for rounds; None of none."""

    value: float | None = None
    of: int = 0


@dataclass(frozen=True)
class Figures:
    """What is known of working with one person, as far as the reader may see it."""

    drafts: Share = field(default_factory=Share)
    posts: Share = field(default_factory=Share)
    first_pass: Share = field(default_factory=Share)
    rounds: Middle = field(default_factory=Middle)
    answers: Middle = field(default_factory=Middle)
    ours: Middle = field(default_factory=Middle)
    deviations: int = 0
    live: Share = field(default_factory=Share)
    replies: Share = field(default_factory=Share)

    @property
    def on_time(self) -> Share:
        """Drafts and posts together: what she promised for a day."""
        return self.drafts + self.posts

    @property
    def is_empty(self) -> bool:
        return self == Figures()


def figures_of(people: Collection[int], user: "User") -> dict[int, Figures]:
    """By person, everybody asked for; only from brands the reader sees. One query."""
    told: dict[int, dict[str, list[Decimal]]] = defaultdict(lambda: defaultdict(list))
    rows = Fact.objects.visible_to(user).of_people(people).order_by()
    for person, kind, amount in rows.values_list("influencer_id", "kind", "amount") if people else ():
        told[person][kind].append(amount)
    return {person: summed(told[person]) for person in people}


def figures_in(facts: Iterable[Fact]) -> Figures:
    """The same of rows that are at hand."""
    told: dict[str, list[Decimal]] = defaultdict(list)
    for fact in facts:
        told[fact.kind].append(fact.amount)
    return summed(told)


def summed(told: "dict[str, list[Decimal]]") -> Figures:
    """The amounts of each kind, put together. Pure."""
    return Figures(
        drafts=kept(told.get(Kind.DRAFT_DAYS, ())),
        posts=kept(told.get(Kind.POST_DAYS, ())),
        first_pass=yes(told.get(Kind.FIRST_PASS, ())),
        rounds=mean(told.get(Kind.ROUNDS, ())),
        answers=middle(told.get(Kind.ANSWER_HOURS, ())),
        ours=middle(told.get(Kind.OUR_HOURS, ())),
        deviations=len(told.get(Kind.DEVIATION, ())),
        live=yes(told.get(Kind.LIVE, ())),
        replies=yes(told.get(Kind.REPLIES, ())),
    )


def kept(days: Sequence[Decimal]) -> Share:
    """On its day or before."""
    return Share(sum(day <= 0 for day in days), len(days))


def yes(answers: Sequence[Decimal]) -> Share:
    return Share(sum(bool(answer) for answer in answers), len(answers))


def mean(values: Sequence[Decimal]) -> Middle:
    return Middle(round(fmean(values), 1), len(values)) if values else Middle()


def middle(values: Sequence[Decimal]) -> Middle:
    return Middle(round(float(median(values)), 1), len(values)) if values else Middle()
