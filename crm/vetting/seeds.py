"""The checklist, the thresholds of signs, and what others measured: each row with its source, year and grade."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from crm.base.models import Grade
from crm.base.seeding import seed
from crm.influencers.models import Platform
from crm.influencers.seeds import SEED_ARTICLE
from crm.vetting.models import Benchmark, BenchmarkSet, CheckItem, Threshold

S2 = "Mediakix, “What is a micro-influencer?”"
OURS: dict[str, Any] = {"source": "Mitra", "grade": Grade.HOUSE}
FROM_S2: dict[str, Any] = {"source": S2, "source_year": 2021, "grade": Grade.ARTICLE}


class Item(NamedTuple):
    """One line of the checklist, in both languages."""

    code: str
    name_en: str
    name_id: str
    question_en: str
    question_id: str
    is_hard: bool
    valid_months: int


ITEMS = (
    Item(
        "past-content", "Past content and world view", "Konten lama dan pandangan",
        "Scroll two years back: does anything there contradict what our brands stand for?",
        "Gulir dua tahun ke belakang: adakah yang bertentangan dengan nilai brand kita?",
        False, 12,
    ),
    Item(
        "scandals", "Scandals in the news", "Skandal di berita",
        "Search her name and handles in the news. Court, police, public apologies?",
        "Cari nama dan akunnya di berita. Pengadilan, polisi, permintaan maaf terbuka?",
        True, 6,
    ),
    Item(
        "comments", "Controversial comments", "Komentar kontroversial",
        "What she said under posts of others, in lives and in stories kept by the press.",
        "Yang ia tulis di postingan orang lain, di live, dan di story yang dikutip media.",
        False, 6,
    ),
    Item(
        "disclosure", "Disclosure of paid posts", "Keterbukaan konten berbayar",
        "Look at three paid posts: is each marked as advertising where people see it at once?",
        "Lihat tiga konten berbayar: apakah tandanya langsung terlihat?",
        False, 6,
    ),
    Item(
        "competitors", "Work with competitors", "Kerja sama dengan pesaing",
        "Which rivals did she promote, and when was the last time?",
        "Pesaing mana yang pernah ia promosikan, dan kapan terakhir?",
        False, 3,
    ),
    Item(
        "unsafe", "Unsafe content", "Konten tidak aman",
        "Hate, violence, gambling, drugs, dangerous stunts, adult content.",
        "Kebencian, kekerasan, judi, narkoba, aksi berbahaya, konten dewasa.",
        True, 6,
    ),
    Item(
        "authenticity", "Authenticity screen", "Pemeriksaan keaslian",
        "Look at every sign below and decide. A sign alone proves nothing.",
        "Lihat setiap tanda di bawah lalu putuskan. Satu tanda saja tidak membuktikan apa pun.",
        False, 3,
    ),
)  # fmt: skip


@seed(CheckItem, "code")
def check_items() -> Iterator[CheckItem]:
    for position, item in enumerate(ITEMS, 1):
        yield CheckItem(**item._asdict(), position=position * 10, **FROM_S2)


HYPEAUDITOR: dict[str, Any] = {
    "source": "HypeAuditor, study of Instagram engagement",
    "source_url": (
        "https://hypeauditor.com/blog/"
        "how-do-micro-influencers-and-mega-influencers-compare-in-instagram-engagement-rates"
    ),
    "grade": Grade.EXPERT,
}
POPULAR_PAYS: dict[str, Any] = {
    "source": "Popular Pays, help centre",
    "source_url": (
        "https://support.popularpays.com/en/articles/"
        "2959095-evaluating-a-creator-s-follower-count-in-comparison-to-their-engagement-rate"
    ),
    "grade": Grade.OFFICIAL,
}
MODASH: dict[str, Any] = {
    "source": "Modash, help centre",
    "source_url": "https://help.modash.io/en/articles/6967277-audience-likers-credibility",
    "grade": Grade.OFFICIAL,
}
KARI: dict[str, Any] = {
    "source": "Kari blog",
    "source_url": "https://media.kariblog.com/how-to-spot-fake-engagement-before-signing-an-influencer/",
    "grade": Grade.ARTICLE,
}
S1: dict[str, Any] = {"source": SEED_ARTICLE, "grade": Grade.ARTICLE}
CODE = Threshold.Code

THRESHOLDS: tuple[dict[str, Any], ...] = (
    {"code": CODE.ER_LOW, "limit": "0.5", "weight": 25, **HYPEAUDITOR,
     "meaning": "Below so many times the benchmark's low end."},
    {"code": CODE.ER_HIGH, "limit": "3", "weight": 0, **S1,
     "meaning": "Above so many times the benchmark's high end. 10 to 20 percent exists, so it takes nothing off."},
    {"code": CODE.COMMENT_LIKE, "limit": "0.005", "upper": "0.25", "weight": 15, **S1,
     "meaning": "Comments per like below the limit or above the upper limit. The article's bands lie near 0.07."},
    {"code": CODE.GROWTH_SPIKE, "limit": "0.05", "upper": "3", "least": 4, "weight": 25, **POPULAR_PAYS,
     "meaning": "Growth in 7 days above the limit, and so many standard deviations above the other weeks of 90 days."},
    {"code": CODE.FOLLOW_RATIO, "limit": "1", "least": 10_000, "weight": 10, **MODASH,
     "meaning": "Follows more than so many times her followers, above so many followers."},
    {"code": CODE.UNIFORM_LIKES, "limit": "0.1", "least": 12, "weight": 20, **OURS,
     "meaning": "Standard deviation by mean of likes below the limit, over at least so many posts."},
    {"code": CODE.DUP_COMMENTS, "limit": "0.4", "least": 50, "weight": 20, **KARI,
     "meaning": "More than this share of comments is alike or only emoji, in a sample of at least so many."},
    {"code": CODE.SPONSORED_DROP, "limit": "0.5", "weight": 10, **FROM_S2,
     "meaning": "Engagement on sponsored posts below this share of organic posts."},
    {"code": CODE.GEO_MISMATCH, "limit": "0.3", "weight": 10, **OURS,
     "meaning": "Less than this share of the audience lives in the house's own country."},
    {"code": CODE.STALE, "limit": "90", "weight": 10, **OURS, "meaning": "The newest numbers are older, in days."},
    {"code": CODE.ENOUGH, "limit": "2", "least": 6, "weight": 0, **OURS,
     "meaning": "A score needs at least so many posts and so many follower counts on different days."},
    {"code": CODE.CLEARANCE, "limit": "180", "weight": 0, **OURS, "meaning": "How long a cleared sign rests, in days."},
    {"code": CODE.TIMES, "limit": "2", "weight": 0, **S1,
     "meaning": "So many times the benchmark's high end is named and worth a look."},
    {"code": CODE.OFFER, "limit": "10000000", "currency": "IDR", "weight": 0, **FROM_S2,
     "meaning": "An offer above this amount needs a valid authenticity check."},
    {"code": CODE.OFFER, "limit": "650", "currency": "USD", "weight": 0, **FROM_S2,
     "meaning": "An offer above this amount needs a valid authenticity check."},
    {"code": CODE.OFFER, "limit": "600", "currency": "EUR", "weight": 0, **FROM_S2,
     "meaning": "An offer above this amount needs a valid authenticity check."},
    {"code": CODE.OFFER, "limit": "500", "currency": "GBP", "weight": 0, **FROM_S2,
     "meaning": "An offer above this amount needs a valid authenticity check."},
    {"code": CODE.OFFER, "limit": "850", "currency": "SGD", "weight": 0, **FROM_S2,
     "meaning": "An offer above this amount needs a valid authenticity check."},
    {"code": CODE.OFFER, "limit": "2700", "currency": "MYR", "weight": 0, **FROM_S2,
     "meaning": "An offer above this amount needs a valid authenticity check."},
)  # fmt: skip
"""The domain gives the rules of the signs; weights and the offer's amount are ours."""


@seed(Threshold, "code", "currency", "valid_from")
def thresholds() -> Iterator[Threshold]:
    for row in THRESHOLDS:
        values = {**row, "limit": Decimal(row["limit"])}
        if "upper" in row:
            values["upper"] = Decimal(row["upper"])
        yield Threshold(**values)


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
)  # fmt: skip
"""Of the published sets those whose definition of a rate can be computed here; prices and mixed sets stay out."""


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
