"""A report as building one leaves it: Lumi's Glow, two people, three posts, the figures of domain rule 8.3 among them."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from campaigns.results.formulas import Counts, added
from campaigns.results.reckoning.shape import Group, PostFigure
from campaigns.results.reports.shape import (
    Also,
    BenchmarkRow,
    Change,
    CostPart,
    CostSheet,
    KpiLine,
    OrderSheet,
    Person,
    Report,
    Sample,
    Tile,
)

AT = dt.datetime(2026, 11, 10, 2, 0, tzinfo=dt.UTC)
KIRANA = Counts(
    followers=48_000, likes=1_140, comments=82, saves=60, shares=25, reach=15_200, impressions=19_400, clicks=310,
    orders=22, revenue=Decimal(5_940_000), margin=Decimal(3_340_000), cost=Decimal(4_500_000),
)  # fmt: skip
BARE = Counts(followers=9_000, likes=400, comments=20)


def post(pk: int, name: str, counts: Counts, **more: Any) -> PostFigure:
    values = {
        "post": pk, "deliverable": pk, "card": pk, "campaign": 1, "person": pk, "name": name, "title": "Reel", "url": "https://ig.example/p/1",
        "platform": "instagram", "platform_name": "Instagram", "format": "reel", "format_name": "Reel", "tier": "micro",
        "tier_name": "Micro", "published_at": AT, "hours": 168, "taken_at": AT + dt.timedelta(days=7), "counts": counts,
    }  # fmt: skip
    return PostFigure(**{**values, **more})


def told(client: bool = False, **more: Any) -> Report:
    """The report; a client's has prices where ours has costs."""
    posts = [post(1, "Kirana Maheswari", replace(KIRANA, orders=None, revenue=None, margin=None, cost=None)),
             post(2, "=HYPERLINK(\"x\")", BARE), post(3, "Sekar", Counts(), hours=None, taken_at=None)]  # fmt: skip
    one = Group("1", "Kirana Maheswari", posts[:1], KIRANA)
    two = Group("2", '=HYPERLINK("x")', posts[1:2], BARE)
    everything = Group("all", "Glow", posts, added(KIRANA, BARE))
    values: dict[str, Any] = {
        "campaign": 1, "title": "Glow", "brand": "Lumi", "goal": "Awareness", "goal_code": "awareness",
        "period": "1 November 2026 to 30 November 2026", "zone": "Asia/Jakarta", "currency": "IDR", "client": client, "mark": 168,
        "mark_words": "Figures after 7 days.", "sample": Sample(3, 2, 3, 0, 0, "2 of 3 posts have numbers, of 3 people."),
        "newest_at": AT, "age_words": "Newest numbers: 2 days old.", "total": everything, "basis": "full",
        "basis_words": "Money, goods, shipping, events and fees.", "match": None,
        "tiles": [Tile("Reach", "15.2k", "of 20k", "76% of the goal", 76.0), Tile("Engagements", "1,307"), Tile("Orders", "22")],
        "kpis": [KpiLine("reach", "Reach", "count", False, Decimal(20_000), Decimal(15_200), Decimal("0.76"), "20,000", "15,200", "76%", "posts")],
        "changes": [Change("Brand followers", Decimal(10_000), Decimal(10_050), "10,000", "10,050", "+50", Decimal("0.5"), False, False, "No significant change.")],
        "benchmarks": [BenchmarkRow("Markerly", 2016, "via The Marketeers", "Likes per follower", "Instagram", "10k to 100k", Decimal("2.37"), Decimal("2.37"), Decimal("2.375"), 1, (Decimal("2.375"),), "on", "ok", "2.38% of 1 post; usual: 2.37%.")],
        "by_tier": [one], "by_person": [Person(1, one.label, one), Person(2, two.label, two)], "by_post": posts,
        "costs": None if client else CostSheet("full", "Money, goods, shipping, events and fees.", Decimal(4_500_000), "IDR 4,500,000", "IDR 4,000,000", "IDR 500,000", [CostPart("cash", "Money", Decimal(4_000_000), "IDR 4,000,000"), CostPart("goods", "Goods", Decimal(500_000), "IDR 500,000")]),
        "orders": OrderSheet(22, "IDR 5,940,000", "IDR 3,340,000", 20, 2, Decimal(91), Decimal(9), "IDR 0", "Codes count at least what came."),
        "confounders": [Also("The price changed", "12 November 2026", "Ten per cent off in all shops")],
        "notes": ["Sales are never due to influencers alone."],
    }  # fmt: skip
    return Report(**{**values, **more})
