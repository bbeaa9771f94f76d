"""The checklist and the thresholds of signs: each row with its source, year and grade."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from crm.base.models import Grade
from crm.base.seeding import seed
from crm.influencers.seeds import SEED_ARTICLE
from crm.vetting import price_seeds  # noqa: F401  laid with the others
from crm.vetting.benchmark_seeds import HYPEAUDITOR
from crm.vetting.models import CheckItem, Threshold

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
