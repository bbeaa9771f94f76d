"""An account's own rates beside what others measured: like with like, the set and its year always named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from crm.base.formats import count_full
from crm.influencers.rates import Counts
from crm.vetting.authenticity.readings import Band
from crm.vetting.authenticity.signs import band_words
from crm.vetting.models import BenchmarkSet

Measure = BenchmarkSet.Measure
AIR = Decimal("1.25")


@dataclass(frozen=True)
class Comparison:
    """One rate beside one set."""

    measure: str
    rate: Decimal
    band: Band
    words: str
    is_worth_a_look: bool

    @property
    def usual(self) -> str:
        return band_words(self.band)

    @property
    def scale(self) -> Decimal:
        """The whole width of a bar that holds both."""
        return max(self.rate, self.band.high) * AIR


def own_rate(measure: str, overall: Counts, sponsored: Counts) -> Decimal | None:
    """The rate that a set of this measure may be compared with; None when it cannot be computed."""
    match measure:
        case Measure.LIKES:
            return overall.like_rate
        case Measure.COMMENTS:
            return overall.comment_rate
        case Measure.PUBLIC:
            return overall.public
        case Measure.VIEWS:
            return overall.by_views
        case Measure.SPONSORED:
            return sponsored.public
    return None


def compare(
    bands: Iterable[tuple[str, Band]], overall: Counts, sponsored: Counts, times: Decimal | None
) -> Iterator[Comparison]:
    """Each (measure, band) beside the account's own rate, where that is known."""
    for measure, band in bands:
        rate = own_rate(measure, overall, sponsored)
        if rate is not None:
            worth = times is not None and rate >= times * band.high
            yield Comparison(str(Measure(measure).label), rate, band, judged(rate, band, worth=worth), worth)


def judged(rate: Decimal, band: Band, *, worth: bool) -> str:
    """Below, within, above, or so many times the benchmark."""
    if worth:
        return _("%(times)s times the benchmark, worth a look") % {"times": count_full(round(rate / band.high, 1))}
    if rate > band.high:
        return _("above the benchmark")
    return _("below the benchmark") if rate < band.low else _("on the benchmark")
