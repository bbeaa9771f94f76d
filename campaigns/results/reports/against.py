"""Our posts beside what others measured: same platform, same measure, same band of followers, the set and its year named."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from operator import itemgetter

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from campaigns.results.formulas import Counts, median_of
from campaigns.results.models import ReportSettings
from campaigns.results.reckoning.shape import PostFigure
from campaigns.results.reports.pieces import BenchmarkRow, with_year
from campaigns.results.reports.words import count, rate
from crm.base.formats import count_short
from crm.vetting.models import Benchmark, BenchmarkSet

Measure = BenchmarkSet.Measure
HUNDRED, A_HUNDREDTH = Decimal(100), Decimal("0.01")

RATES: dict[str, Callable[[Counts], Decimal | None]] = {
    Measure.LIKES: lambda one: one.like_rate,
    Measure.COMMENTS: lambda one: one.comment_rate,
    Measure.PUBLIC: lambda one: one.public,
    Measure.SPONSORED: lambda one: one.public,
    Measure.VIEWS: lambda one: one.by_views,
    Measure.IMPRESSIONS: lambda one: one.by_impressions,
}
"""A set that does not say how it counts is compared with nothing. Posts of a campaign are sponsored, so both fit."""


def bands_for(settings: int | None) -> list[Benchmark]:
    """Of the sets somebody chose for this report, else of those chosen for the house; one query."""
    rows = Benchmark.objects.filter(benchmark_set__measure__in=list(RATES)).select_related("benchmark_set__platform")
    chosen = ReportSettings.benchmarks.through.objects.filter(reportsettings=settings)
    house = Q(benchmark_set__is_chosen=True) & ~Exists(chosen)
    picked = Q(Exists(chosen.filter(benchmarkset=OuterRef("benchmark_set"))))
    order = ("benchmark_set__platform__position", "benchmark_set__measure", "benchmark_set__code", "from_followers")
    return list(rows.filter(house | picked).order_by(*order))


def compared(figures: Sequence[PostFigure], bands: Iterable[Benchmark]) -> list[BenchmarkRow]:
    """One row for each band that holds posts of ours whose rate is known."""
    sized = by_platform(figures)
    rows = []
    for band in bands:
        rates = sorted(rates_in(sized.get(band.benchmark_set.platform.code, ()), band))
        middle = median_of(rates)
        if middle is not None:
            rows.append(row_of(band, rates, middle))
    return rows


Sized = Sequence[tuple[int, Counts]]


def by_platform(figures: Iterable[PostFigure]) -> dict[str, Sized]:
    """The counts of posts whose followers are known, with these, the smallest account first."""
    found: dict[str, list[tuple[int, Counts]]] = {}
    for one in figures:
        if one.counts.followers is not None:
            found.setdefault(one.platform, []).append((one.counts.followers, one.counts))
    return {platform: sorted(rows, key=itemgetter(0)) for platform, rows in found.items()}


def rates_in(sized: Sized, band: Benchmark) -> list[Decimal]:
    """From so many followers up to, but not including, so many."""
    first = bisect_left(sized, band.from_followers, key=itemgetter(0))
    last = len(sized) if band.to_followers is None else bisect_left(sized, band.to_followers, key=itemgetter(0))
    own = RATES[band.benchmark_set.measure]
    return [value * HUNDRED for _followers, counts in sized[first:last] if (value := own(counts)) is not None]


def holds(band: Benchmark, one: PostFigure) -> bool:
    """Whether one post may stand beside this band: its platform, and its followers of that day."""
    followers = one.counts.followers
    if followers is None or one.platform != band.benchmark_set.platform.code or followers < band.from_followers:
        return False
    return band.to_followers is None or followers < band.to_followers


def row_of(band: Benchmark, rates: Sequence[Decimal], middle: Decimal) -> BenchmarkRow:
    one = band.benchmark_set
    words, tone = judged(middle, band)
    named = with_year(one.name, one.source_year)
    n = len(rates)
    return BenchmarkRow(
        one.name, one.source_year, one.source, str(Measure(one.measure).label), one.platform.name, band_words(band),
        band.low, band.high, middle, n, tuple(rates), words, tone,
        _("%(rate)s in the middle of %(n)s posts against %(named)s: %(usual)s.")
        % {"rate": rate(middle / HUNDRED), "n": count(n), "named": named, "usual": usual(band)},
    )  # fmt: skip


def judged(value: Decimal, band: Benchmark) -> tuple[str, str]:
    """A set that gives one number has no room between: within a hundredth of it is on it (2.375 % beside 2.37 %)."""
    room = band.low * A_HUNDREDTH if band.low == band.high else Decimal(0)
    if value < band.low - room:
        return _("below the benchmark"), "warn"
    if value > band.high + room:
        return _("above the benchmark"), "ok"
    return _("on the benchmark"), "info"


def usual(band: Benchmark) -> str:
    low, high = rate(band.low / HUNDRED), rate(band.high / HUNDRED)
    return low if low == high else f"{low} – {high}"


def band_words(band: Benchmark) -> str:
    low = count_short(band.from_followers)
    if band.to_followers is None:
        return _("%(low)s followers and more") % {"low": low}
    return _("%(low)s to %(high)s followers") % {"low": low, "high": count_short(band.to_followers)}
