"""Both sides of the fit score as plain facts: what a campaign looks for, and what is known of one person."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from djmoney.money import Money

from crm.base.trees import Tree
from crm.vetting.authenticity.readings import Band
from crm.vetting.facts import Share


@dataclass(frozen=True)
class World:
    """The trees both sides are read against, with the names of their nodes."""

    niches: Tree
    places: Tree
    niche_names: Mapping[int, str] = field(default_factory=dict)
    place_names: Mapping[int, str] = field(default_factory=dict)
    tier_names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wanted:
    """What a campaign looks for. Empty means that nobody said."""

    niches: frozenset[int] = frozenset()
    personas: Mapping[int, str] = field(default_factory=dict)
    places: frozenset[int] = frozenset()
    age_from: int | None = None
    age_to: int | None = None
    gender: str = ""
    tiers: Sequence[str] = ()
    goal: str = ""

    @property
    def has_ages(self) -> bool:
        return self.age_from is not None or self.age_to is not None


@dataclass(frozen=True)
class Reached:
    """Whom an account reaches, as somebody counted it on a day; shares in percent."""

    counted_on: dt.date
    source: str = ""
    ages: Mapping[str, Decimal] = field(default_factory=dict)
    genders: Mapping[str, Decimal] = field(default_factory=dict)
    places: Mapping[int, Decimal] = field(default_factory=dict)
    personas: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Known:
    """What is known of one person; what is not known is None or empty."""

    niches: frozenset[int] = frozenset()
    main_niche: int | None = None
    audience: Reached | None = None
    rate: Decimal | None = None
    band: Band | None = None
    sponsored: Decimal | None = None
    ratings: Sequence[Decimal] = ()
    posts_due: int = 0
    posts_on_time: int = 0
    first_pass: Share = field(default_factory=Share)
    screened: str = ""
    screened_on: dt.date | None = None
    tier: str = ""
    followers: int | None = None
    followers_on: dt.date | None = None
    asks: Money | None = None
    in_mind: Money | None = None
    in_mind_is_share: bool = False
