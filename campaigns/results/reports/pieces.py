"""The pieces a report is made of: figures beside the words that show them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from campaigns.results.reckoning.shape import Group


@dataclass(frozen=True)
class Tile:
    """One headline: the number is the hero. `share` is how much of its target is reached, in percent."""

    label: str
    value: str
    of: str = ""
    sub: str = ""
    share: float | None = None
    tone: str = ""


@dataclass(frozen=True)
class KpiLine:
    """One figure the campaign aims at: what it was to reach and what it has."""

    code: str
    label: str
    unit: str
    less_is_better: bool
    target: Decimal | None
    reached: Decimal | None
    share: Decimal | None
    target_words: str
    reached_words: str
    share_words: str
    where_from: str
    is_met: bool = False
    is_counted: bool = False

    @property
    def is_aimed(self) -> bool:
        return self.target is not None

    @property
    def percent(self) -> float:
        """How far a bar of it goes."""
        return float(self.share or 0) * 100


@dataclass(frozen=True)
class Change:
    """One figure before and after. Whether it moved enough to be called a change is said, never why it moved."""

    label: str
    before: Decimal
    after: Decimal
    before_words: str
    after_words: str
    difference_words: str
    percent: Decimal | None
    is_change: bool
    is_better: bool
    words: str


@dataclass(frozen=True)
class BenchmarkRow:
    """Our posts of one band of followers beside one named set: same measure, same platform. Rates are percent."""

    set_name: str
    year: int | None
    source: str
    measure: str
    platform: str
    band: str
    low: Decimal
    high: Decimal
    ours: Decimal
    n: int
    rates: tuple[Decimal, ...]
    judged: str
    tone: str
    sentence: str

    @property
    def named(self) -> str:
        return with_year(self.set_name, self.year)


@dataclass(frozen=True)
class Table:
    """Rows of words under heads; `figures` are the columns set to the right."""

    key: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    figures: frozenset[int] = frozenset()
    note: str = ""


@dataclass(frozen=True)
class Sample:
    """On how many posts the report stands."""

    posts: int
    with_numbers: int
    people: int
    early: int
    elsewhen: int
    words: str

    @property
    def is_partial(self) -> bool:
        return self.with_numbers < self.posts


@dataclass(frozen=True)
class CostPart:
    """One kind of cost: money, goods, shipping, events, fees."""

    code: str
    label: str
    amount: Decimal
    words: str


@dataclass(frozen=True)
class CostSheet:
    """What it cost, with the parts. Empty for a client, who sees prices. What is in other currencies stands beside."""

    basis: str
    basis_words: str
    total: Decimal | None
    total_words: str
    cash_words: str
    in_kind_words: str
    parts: Sequence[CostPart] = ()
    elsewhere: str = ""


@dataclass(frozen=True)
class OrderSheet:
    """Orders by codes and links. Codes count at least what came; they leak, too."""

    orders: int
    revenue_words: str
    margin_words: str
    by_code: int
    by_link: int
    code_share: Decimal | None
    link_share: Decimal | None
    returned_words: str
    note: str
    lines: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Person:
    """One collaboration: what it brought and what it was to bring."""

    card: int
    name: str
    group: Group
    shares: Sequence["OwnShare"] = ()


@dataclass(frozen=True)
class OwnShare:
    """Her own part of one target (domain rule R1-60)."""

    label: str
    target_words: str
    reached_words: str
    share: Decimal | None


@dataclass(frozen=True)
class Row:
    """One line of a table of people or campaigns, in words."""

    name: str
    posts: str
    people: str
    reach: str
    orders: str
    cost: str
    rate: str
    each: str
    card: int = 0
    campaign: int = 0
    depth: int = 0
    shares: Sequence[OwnShare] = ()

    def with_card(self, card: int, shares: Sequence[OwnShare]) -> "Row":
        return replace(self, card=card, shares=shares)

    def with_campaign(self, campaign: int, depth: int) -> "Row":
        return replace(self, campaign=campaign, depth=depth)


@dataclass(frozen=True)
class Also:
    """Something else that happened meanwhile."""

    what: str
    when: str
    note: str


@dataclass(frozen=True)
class Lift:
    """One question of a survey, asked of those who saw it and of those who did not."""

    question: str
    exposed: Decimal
    control: Decimal
    words: str
    sub: str


@dataclass(frozen=True)
class Forecast:
    """Reach as it could be expected beforehand, by the median reach of earlier posts, beside what came (R1-52)."""

    expected: int
    reached: int | None
    posts: int
    words: str


@dataclass(frozen=True)
class Part:
    """One campaign of an umbrella."""

    campaign: int
    name: str
    depth: int
    group: Group


@dataclass(frozen=True)
class Sponsored:
    """How followers react to these posts beside how they react to all of her posts (domain rule R1-62). Percent."""

    ours: Decimal
    overall: Decimal
    people: int
    words: str


def with_year(name: str, year: int | None) -> str:
    """A set and its year, once."""
    return name if year is None or name.endswith(str(year)) else f"{name} {year}"
