"""What a report holds, so that a page, a file and a link for somebody outside tell the same.

Figures are kept as figures beside the words that show them. Words are of the language that is active while it is built.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from campaigns.results.emv import Emv
from campaigns.results.formulas import Counts
from campaigns.results.reckoning.shape import Group, PostFigure
from campaigns.results.reports.pieces import (
    Also,
    BenchmarkRow,
    Change,
    CostPart,
    CostSheet,
    Forecast,
    KpiLine,
    Lift,
    OrderSheet,
    OwnShare,
    Part,
    Person,
    Row,
    Sample,
    Sponsored,
    Table,
    Tile,
)

__all__ = [
    "Also",
    "BenchmarkRow",
    "Change",
    "CostPart",
    "CostSheet",
    "Forecast",
    "KpiLine",
    "Lift",
    "OrderSheet",
    "OwnShare",
    "Part",
    "Person",
    "Report",
    "Row",
    "Sample",
    "Sponsored",
    "Table",
    "Tile",
]


@dataclass(frozen=True)
class Report:
    """Everything one report tells. `client` leaves costs out and puts the prices in."""

    campaign: int
    title: str
    brand: str
    goal: str
    goal_code: str
    period: str
    zone: str
    currency: str
    client: bool
    mark: int
    mark_words: str
    sample: Sample
    newest_at: dt.datetime | None
    age_words: str
    total: Group
    basis: str
    basis_words: str
    match: Decimal | None
    tiles: Sequence[Tile] = ()
    kpis: Sequence[KpiLine] = ()
    changes: Sequence[Change] = ()
    benchmarks: Sequence[BenchmarkRow] = ()
    by_tier: Sequence[Group] = ()
    by_platform: Sequence[Group] = ()
    by_format: Sequence[Group] = ()
    by_person: Sequence[Person] = ()
    by_post: Sequence[PostFigure] = ()
    parts: Sequence[Part] = ()
    costs: CostSheet | None = None
    orders: OrderSheet | None = None
    forecast: Forecast | None = None
    sponsored: Sponsored | None = None
    confounders: Sequence[Also] = ()
    lift: Sequence[Lift] = ()
    notes: Sequence[str] = ()
    emv: Emv | None = None
    people_told: Sequence[Row] = ()
    parts_told: Sequence[Row] = ()
    total_told: Row | None = None
    charts: Mapping[str, object] = field(default_factory=dict)

    @property
    def counts(self) -> Counts:
        return self.total.counts

    @property
    def has_more_people(self) -> bool:
        return len(self.people_told) < len(self.by_person)

    @property
    def has_own_targets(self) -> bool:
        return any(one.shares for one in self.by_person)

    @property
    def is_umbrella(self) -> bool:
        return bool(self.parts)

    @property
    def is_empty(self) -> bool:
        return self.sample.posts == 0

    @property
    def has_numbers(self) -> bool:
        return self.sample.with_numbers > 0
