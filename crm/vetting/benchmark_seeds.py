"""What others measured with many people: each set with its platform, its measure, its source, year and grade."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from crm.base.models import Grade
from crm.base.seeding import seed
from crm.influencers.models import Platform
from crm.influencers.seeds import SEED_ARTICLE
from crm.vetting.models import Benchmark, BenchmarkSet

HYPEAUDITOR: dict[str, Any] = {
    "source": "HypeAuditor, study of Instagram engagement",
    "source_url": (
        "https://hypeauditor.com/blog/"
        "how-do-micro-influencers-and-mega-influencers-compare-in-instagram-engagement-rates"
    ),
    "grade": Grade.EXPERT,
}


class Band(NamedTuple):
    """The usual rate, in percent, from so many followers up to so many."""

    low_followers: int
    high_followers: int | None
    low: str
    high: str


class Measured(NamedTuple):
    """One set of benchmarks with its source."""

    code: str
    name: str
    platform: str
    measure: str
    year: int | None
    source: str
    address: str
    grade: Grade
    bands: tuple[Band, ...]
    is_chosen: bool = False


K, M = 1_000, 1_000_000
MARKETING_DIVE = (
    "https://www.marketingdive.com/news/brand-marketers-see-higher-engagement-with-micro-influencers-survey/418109/"
)
MARKETING_PROFS = (
    "https://www.marketingprofs.com/charts/2017/32863/"
    "micro-influencers-vs-macro-influencers-which-are-more-effective-infographic"
)
DATASETS = "https://datasetsearch.research.google.com/search?query=average+engagement+rate+on+instagram+for+influencers"
ORGANIC = "https://organicmediabuying.com/blog/micro-vs-nano-vs-macro-influencers.html"
UNTAPPER = "https://untapper.com/influencer-marketing-benchmarks"
UNTAPPER_SAYS = "Untapper, ranges; the bands of the Mediakix ladder stand in for its own"
ORGANIC_SAYS = "OrganicMediaBuying; the bands of the Mediakix ladder stand in for its own"
ARCHIVE = "https://archive.com/blog/micro-influencer-engagement-rate-statistics"
PARTIPOST = "https://www.partipost.com/resources-guides-indonesia/influencer-nano-micro-macro-mega-apa-sih-bedanya"
LADDER = ((1 * K, 10 * K), (10 * K, 50 * K), (50 * K, 500 * K), (500 * K, 1 * M), (1 * M, None))
BUSY_CONTINENT = "https://busycontinent.com/influencers-impacted-fraud-decreases-hypeauditor/"
AUSTRALIA_SAYS = "HypeAuditor, report on Australia, by Busy Continent"
EMARKETER = (
    "https://content-na1.emarketer.com/"
    "exclusive-instagram-s-nano-influencers-outperform-as-do-tiktok-s-upper-echelon-of-creators"
)
GARUDA = "https://garuda.kemdiktisaintek.go.id/documents/detail/6340395"
AKSELERA = "https://akselera.tech/id/insights/guides/tiktok-influencer-marketing-complete-guide"
MEASURE = BenchmarkSet.Measure


def ladder(*rates: str | tuple[str, str]) -> tuple[Band, ...]:
    """Bands of the five-step ladder: a rate, or its low and high."""
    pairs = [rate if isinstance(rate, tuple) else (rate, rate) for rate in rates]
    return tuple(Band(low, high, *pair) for (low, high), pair in zip(LADDER, pairs, strict=True))


SETS = (
    Measured(
        "markerly-2016-likes", "Seed article / Markerly 2016", "instagram", MEASURE.LIKES, 2016,
        f"{SEED_ARTICLE}; the figures of Markerly, by Marketing Dive", MARKETING_DIVE, Grade.EXPERT,
        (Band(1 * K, 10 * K, "4.04", "4.04"), Band(10 * K, 100 * K, "2.37", "2.37"), Band(1 * M, 10 * M, "1.66", "1.66")),
        is_chosen=True,
    ),
    Measured(
        "markerly-2016-comments", "Seed article / Markerly 2016", "instagram", MEASURE.COMMENTS, 2016,
        f"{SEED_ARTICLE}; the figures of Markerly", MARKETING_DIVE, Grade.EXPERT,
        (Band(1 * K, 10 * K, "0.27", "0.27"), Band(10 * K, 100 * K, "0.17", "0.17")),
        is_chosen=True,
    ),
    Measured(
        "mediakix-2017", "Mediakix 2017", "instagram", MEASURE.SPONSORED, 2017,
        "Mediakix, 700 sponsored posts, by MarketingProfs", MARKETING_PROFS, Grade.EXPERT,
        (Band(10 * K, 100 * K, "2.75", "2.75"), Band(100 * K, None, "2.65", "2.65")),
        is_chosen=True,
    ),
    Measured(
        "untapper-2026-instagram", "Untapper ranges", "instagram", MEASURE.PUBLIC, 2026, UNTAPPER_SAYS, UNTAPPER,
        Grade.ARTICLE, ladder(("3", "5"), ("2", "3.5"), ("1.5", "2.5"), ("1", "1.8"), ("0.7", "1.2")),
        is_chosen=True,
    ),
    Measured(
        "hypeauditor-instagram", "HypeAuditor study", "instagram", MEASURE.PUBLIC, None, HYPEAUDITOR["source"],
        HYPEAUDITOR["source_url"], Grade.EXPERT, (Band(20 * K, None, "1.54", "1.62"),),
    ),
    Measured(
        "statista-2023", "Statista summary", "instagram", MEASURE.PUBLIC, 2023, "Statista, by Google Dataset Search",
        DATASETS, Grade.EXPERT, (Band(1 * K, 10 * K, "2.19", "2.19"),),
    ),
    Measured(
        "organic-2025-instagram", "OrganicMediaBuying", "instagram", MEASURE.PUBLIC, 2025, ORGANIC_SAYS, ORGANIC,
        Grade.ARTICLE, ladder("4.8", "2.4", "1.8", "1.5", "1.2"),
    ),
    Measured(
        "archive-2025-instagram", "Archive", "instagram", MEASURE.PUBLIC, 2025, "Archive", ARCHIVE, Grade.ARTICLE,
        (Band(10 * K, 100 * K, "3.86", "3.86"), Band(1 * M, None, "1.21", "1.21")),
    ),
    Measured(
        "partipost-2022", "Partipost Indonesia", "instagram", MEASURE.PUBLIC, 2022, "Partipost guide for Indonesia",
        PARTIPOST, Grade.EXPERT, (Band(0, 5 * K, "7", "10"),),
    ),
    Measured(
        "untapper-2026-tiktok", "Untapper ranges", "tiktok", MEASURE.VIEWS, 2026, UNTAPPER_SAYS, UNTAPPER,
        Grade.ARTICLE, ladder(("6", "10"), ("4", "7"), ("3", "5"), ("2", "3.5"), ("1", "2")),
        is_chosen=True,
    ),
    Measured(
        "statista-2023-all", "Statista summary, all sizes", "instagram", MEASURE.PUBLIC, 2023,
        "Statista, by Google Dataset Search", DATASETS, Grade.EXPERT, (Band(0, None, "1.85", "1.85"),),
    ),
    Measured(
        "hypeauditor-au-2023-instagram", "HypeAuditor, Australia", "instagram", MEASURE.PUBLIC, 2023, AUSTRALIA_SAYS,
        BUSY_CONTINENT, Grade.EXPERT, (Band(1 * K, 5 * K, "2.78", "2.78"),),
    ),
    Measured(
        "hypeauditor-au-2023-tiktok", "HypeAuditor, Australia", "tiktok", MEASURE.UNSAID, 2023, AUSTRALIA_SAYS,
        BUSY_CONTINENT, Grade.EXPERT, (Band(1 * K, 5 * K, "12.6", "12.6"),),
    ),
    Measured(
        "captiv8-2024-instagram", "Captiv8", "instagram", MEASURE.IMPRESSIONS, 2024, "Captiv8, by eMarketer", EMARKETER,
        Grade.EXPERT, (Band(1 * K, 10 * K, "6.23", "6.23"),),
    ),
    Measured(
        "captiv8-2024-tiktok", "Captiv8", "tiktok", MEASURE.VIEWS, 2024, "Captiv8, by eMarketer", EMARKETER,
        Grade.EXPERT, (Band(1_500 * K, None, "4.95", "4.95"),),
    ),
    Measured(
        "organic-2025-tiktok", "OrganicMediaBuying", "tiktok", MEASURE.UNSAID, 2025, ORGANIC_SAYS, ORGANIC,
        Grade.ARTICLE, ladder("10.3", "8.1", "6.3", "5.5", "4.9"),
    ),
    Measured(
        "organic-2025-youtube", "OrganicMediaBuying", "youtube", MEASURE.UNSAID, 2025, ORGANIC_SAYS, ORGANIC,
        Grade.ARTICLE, ladder("3.2", "2.1", "1.5", "1.2", "0.9"),
    ),
    Measured(
        "archive-2025-tiktok", "Archive", "tiktok", MEASURE.UNSAID, 2025, "Archive", ARCHIVE, Grade.ARTICLE,
        (Band(1 * K, 10 * K, "10.3", "10.3"), Band(10 * K, 100 * K, "8.7", "8.7")),
    ),
    Measured(
        "beauty-2026-tiktok", "Indonesian beauty on TikTok", "tiktok", MEASURE.UNSAID, 2026,
        "Study of 120 beauty videos of 12 Indonesian accounts; macro is highest there, nano not lowest", GARUDA,
        Grade.OFFICIAL, (Band(100 * K, 1 * M, "11.634", "11.634"),),
    ),
    Measured(
        "akselera-2026-instagram", "Akselera", "instagram", MEASURE.UNSAID, 2026, "Akselera, guide for Indonesia",
        AKSELERA, Grade.ARTICLE, (Band(1 * K, 10 * K, "6.23", "6.23"), Band(10 * K, 100 * K, "3.86", "3.86")),
    ),
    Measured(
        "akselera-2026-tiktok", "Akselera", "tiktok", MEASURE.UNSAID, 2026, "Akselera, guide for Indonesia", AKSELERA,
        Grade.ARTICLE, (Band(1 * K, 10 * K, "18", "18"), Band(10 * K, 100 * K, "12", "12")),
    ),
)  # fmt: skip
"""Like is compared with like only: a set that does not say how it counts is kept with its source and compared with nothing."""


@seed(BenchmarkSet, "code")
def benchmark_sets() -> Iterator[BenchmarkSet]:
    platforms = {platform.code: platform for platform in Platform.objects.all()}
    for one in SETS:
        yield BenchmarkSet(
            code=one.code,
            name=one.name,
            platform=platforms[one.platform],
            measure=one.measure,
            is_chosen=one.is_chosen,
            source=one.source[:200],
            source_url=one.address,
            source_year=one.year,
            grade=one.grade,
        )


@seed(Benchmark, "benchmark_set", "from_followers")
def benchmarks() -> Iterator[Benchmark]:
    """A set somebody edited keeps exactly the bands it was given."""
    known = {one.code: one for one in BenchmarkSet.objects.filter(edited_at__isnull=True)}
    for one in SETS:
        if one.code in known:
            for band in one.bands:
                yield Benchmark(
                    benchmark_set=known[one.code],
                    from_followers=band.low_followers,
                    to_followers=band.high_followers,
                    low=Decimal(band.low),
                    high=Decimal(band.high),
                )
