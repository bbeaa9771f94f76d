"""Pictures with two axes: reach as it came, posts as circles, the budget as it is used."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from heapq import nlargest
from operator import itemgetter

from django.utils.translation import gettext as _

from campaigns.results.reckoning.shape import PostFigure
from campaigns.results.reports.ground import Ground
from campaigns.results.reports.pieces import Table
from campaigns.results.reports.words import count, money, rate, short
from crm.base.formats import day_words
from crm.base.plots import across, area_path, down, line_path, radius, scale, top_of
from crm.base.zones import local_date

MOST_CIRCLES = 120
MOST_PINS = 40
INSIDE = 90


@dataclass(frozen=True)
class Tick:
    at: float
    words: str


@dataclass(frozen=True)
class Pin:
    """One post on the line of days."""

    x: float
    y: float
    title: str


@dataclass(frozen=True)
class Circle:
    """One post: as far right as its reach, as high as its rate, as large as its cost."""

    x: float
    y: float
    r: float
    title: str
    label: str
    is_labelled: bool

    @property
    def rise(self) -> float:
        """How far above its middle its name stands."""
        return self.r + 5

    @property
    def anchor(self) -> str:
        """A name near an edge is written inwards."""
        return "end" if self.x > INSIDE else "start" if self.x < 100 - INSIDE else "middle"


@dataclass(frozen=True)
class Plot:
    """What a picture with axes needs; `table` says the same to those who do not see it."""

    label: str
    y: Sequence[Tick]
    x: Sequence[Tick]
    table: Table
    area: str = ""
    line: str = ""
    second: str = ""
    limit: float | None = None
    limit_words: str = ""
    today: float | None = None
    pins: Sequence[Pin] = ()
    circles: Sequence[Circle] = ()
    sub: str = ""
    facts: Sequence[tuple[str, str, str]] = ()


def reach_of(ground: Ground) -> Plot | None:
    """What the posts of each day reached, added up. A post counts on the day it went out."""
    days: dict[dt.date, list[PostFigure]] = {}
    for one in ground.figures:
        if one.counts.reach is not None:
            days.setdefault(day_of(one, ground), []).append(one)
    if len(days) < 2:
        return None
    first, last = min(days), max(days)
    span = max(1, (last - first).days)
    sums: list[tuple[dt.date, int, int]] = []
    total = 0
    for on in sorted(days):
        total += sum(one.counts.reach or 0 for one in days[on])
        sums.append((on, len(days[on]), total))
    top = top_of(total)
    points = [(across((on - first).days, span), down(value, top)) for on, _n, value in sums]
    rows = [[day_words(on, "brief"), count(n), count(value)] for on, n, value in sums]
    heads = [_("Day"), _("Posts"), _("Reach so far")]
    return Plot(
        _("Reach, added up by the day posts went out"), y_ticks(top, short), day_ticks(first, last),
        Table("reach", _("Reach over time"), heads, rows, frozenset({1, 2})), area=area_path(points),
        line=line_path(points), pins=pins_of(sums, points),
        sub=_("As counted %(mark)s after each post") % {"mark": ground.chosen.mark_words},
    )  # fmt: skip


def pins_of(sums: Sequence[tuple[dt.date, int, int]], points: Sequence[tuple[float, float]]) -> list[Pin]:
    if len(points) > MOST_PINS:
        return []
    return [
        Pin(x, y, f"{day_words(on, 'brief')}: {count(value)}")
        for (on, _n, value), (x, y) in zip(sums, points, strict=True)
    ]


def day_of(one: PostFigure, ground: Ground) -> dt.date:
    return local_date(one.published_at, ground.campaign.zone)


def bubbles_of(ground: Ground) -> Plot | None:
    """Posts by reach and rate, with what each cost. Of very many those with the largest reach."""
    known = [
        (one, one.counts.reach, found)
        for one in ground.figures
        if one.counts.reach is not None and (found := ground.basis.rate(one.counts)) is not None
    ]
    if len(known) < 2:
        return None
    known = nlargest(MOST_CIRCLES, known, key=itemgetter(1))
    widest, highest = top_of(known[0][1]), top_of(max(found for *_rest, found in known) * 100)
    costs = {one.post: ground.purse.cost_of_post(one) for one, *_rest in known}
    dearest = max((cost for cost in costs.values() if cost is not None), default=None)
    named = labelled([one.post for one, *_rest in known], known)
    circles = [
        Circle(
            across(reach, widest), down(found * 100, highest), radius(costs[one.post], dearest),
            circle_title(one, reach, found, costs[one.post], ground), first_name(one), one.post in named,
        )
        for one, reach, found in known
    ]  # fmt: skip
    rows = [
        [one.name, one.title, count(reach), rate(found), money(costs[one.post], ground.currency)]
        for one, reach, found in known
    ]
    heads = [
        _("Person"),
        _("Post"),
        _("Reach"),
        _("Engagement rate"),
        _("Client price") if ground.client else _("Cost"),
    ]
    return Plot(
        _("Posts by reach and engagement rate"), y_ticks(highest, lambda value: rate(Decimal(str(value)) / 100)),
        [Tick(across(value, widest), short(value)) for value in map(Decimal, map(round, scale(widest)))],
        Table("posts", _("Posts by reach and engagement rate"), heads, rows, frozenset({2, 3, 4})), circles=circles,
        sub=_("To the right: more reached. Up: more of the followers engaged. Larger: dearer.")
        if dearest is not None
        else _("To the right: more reached. Up: more of the followers engaged."),
    )  # fmt: skip


def labelled(posts: Sequence[int], known: Sequence[tuple[PostFigure, int, Decimal]]) -> set[int]:
    """The names that are worth reading: the largest reach and the highest rate."""
    highest = max(known, key=lambda one: one[2])
    return {posts[0], highest[0].post}


def first_name(one: PostFigure) -> str:
    return one.name.split()[0] if one.name.split() else ""


def circle_title(one: PostFigure, reach: int, found: Decimal, cost: Decimal | None, ground: Ground) -> str:
    said = [f"{one.name}, {one.title}", _("reach %(n)s") % {"n": count(reach)}, rate(found)]
    return ", ".join([*said, money(cost, ground.currency)] if cost is not None else said)


def y_ticks(top: float, write: Callable[[Decimal], str]) -> list[Tick]:
    return [Tick(down(value, top), write(Decimal(str(value)))) for value in scale(top)]


def day_ticks(first: dt.date, last: dt.date, most: int = 5) -> list[Tick]:
    """At most so many days along the line, the first and the last among them."""
    span = max(1, (last - first).days)
    count_ = min(most, span + 1)
    days = [first + dt.timedelta(days=round(span * place / (count_ - 1))) for place in range(count_)]
    return [Tick(across((on - first).days, span), day_words(on, "brief").partition(" ")[2]) for on in days]
