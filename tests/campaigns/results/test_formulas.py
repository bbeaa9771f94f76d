"""The formulas of section 8.2 with the sample of section 8.3, and what they say when something is missing."""

from dataclasses import fields, replace
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaigns.results.formulas import (
    METRIC,
    METRICS,
    Counts,
    added,
    change,
    divided,
    mean_of,
    median_of,
    share_of_target,
)

SAMPLE = Counts(
    followers=48_000, likes=1_140, comments=82, saves=60, shares=25, reach=15_200, impressions=19_400, clicks=310,
    orders=22, revenue=Decimal(5_940_000), margin=Decimal(5_940_000 - 2_600_000), cost=Decimal(4_500_000),
)  # fmt: skip


def shown(value: Decimal | None, digits: str) -> Decimal:
    assert value is not None
    return value.quantize(Decimal(digits), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("code", "percent", "digits"),
    [
        ("like_rate", "2.375", "0.001"),
        ("comment_rate", "0.1708", "0.0001"),
        ("public", "2.546", "0.001"),
        ("full", "2.723", "0.001"),
        ("by_reach", "8.599", "0.001"),
        ("by_impressions", "6.737", "0.001"),
        ("reach_rate", "31.67", "0.01"),
        ("amplification", "0.0521", "0.0001"),
        ("ctr", "1.598", "0.001"),
        ("cvr", "7.097", "0.001"),
        ("roi", "-25.8", "0.1"),
    ],
)
def test_the_sample_has_the_rates_of_the_rules(code: str, percent: str, digits: str) -> None:
    value = METRIC[code].of(SAMPLE)
    assert value is not None
    assert shown(value * 100, digits) == Decimal(percent)


@pytest.mark.parametrize(
    ("code", "rupiah"), [("cpm", 231_959), ("reached", 296_053), ("cpe", 3_443), ("cpc", 14_516), ("cpa", 204_545)]
)
def test_the_sample_costs_what_the_rules_say(code: str, rupiah: int) -> None:
    assert shown(METRIC[code].of(SAMPLE), "1") == rupiah


def test_a_return_above_one_can_be_a_loss() -> None:
    assert shown(SAMPLE.roas, "0.01") == Decimal("1.32")
    assert SAMPLE.roi is not None
    assert SAMPLE.roi < 0


def test_by_revenue_the_same_campaign_looks_like_a_gain() -> None:
    assert shown(SAMPLE.roi_by_revenue, "0.01") == Decimal("0.32")


def test_without_the_cost_of_goods_there_is_no_return_by_margin() -> None:
    assert replace(SAMPLE, margin=None).roi is None


def test_video_is_told_by_its_views() -> None:
    video = replace(SAMPLE, views=26_140)
    assert shown(video.by_views, "0.01") == Decimal("0.05")
    assert shown(video.cpv, "0.01") == Decimal("172.15")


def test_sentiment_runs_from_all_against_to_all_in_favour() -> None:
    assert Counts(positive=30, neutral=10, negative=10).sentiment == Decimal("0.4")
    assert Counts(positive=0, neutral=0, negative=5).sentiment == Decimal(-1)
    assert Counts(positive=5, neutral=0, negative=0).sentiment == Decimal(1)


def test_nobody_classified_anything_is_no_sentiment() -> None:
    assert Counts(positive=0, neutral=0, negative=0).sentiment is None
    assert Counts(positive=3, negative=1).sentiment is None


def test_reach_that_is_meant_is_a_share_of_the_reach() -> None:
    micro, celebrity = Counts(reach=400_000), Counts(reach=600_000)
    assert (micro.effective_reach(60), celebrity.effective_reach(15)) == (Decimal(240_000), Decimal(90_000))
    assert micro.effective_reach(None) is None


def test_a_thousand_who_are_meant_cost_more_than_a_thousand_reached() -> None:
    assert replace(SAMPLE, reach=10_000).cost_per_thousand_meant(50) == Decimal(900_000)
    assert SAMPLE.cost_per_thousand_meant(0) is None


def test_one_post_through_the_roof_moves_the_mean_and_not_the_median() -> None:
    rates = [Decimal("2"), Decimal("2.5"), None, Decimal("9")]
    assert (mean_of(rates), median_of(rates)) == (Decimal("4.5"), Decimal("2.5"))
    assert (mean_of([None]), median_of([])) == (None, None)


def test_a_target_may_be_passed() -> None:
    assert share_of_target(Decimal(30), Decimal(20)) == Decimal("1.5")
    assert share_of_target(None, Decimal(20)) is None


def test_a_change_is_told_against_where_it_began() -> None:
    assert change(200, 250) == Decimal("0.25")
    assert change(Decimal("-0.2"), Decimal("0.1")) == Decimal("1.5")
    assert (change(0, 5), change(None, 5), change(5, None)) == (None, None, None)


def test_what_nobody_knows_is_not_nothing_when_posts_are_added() -> None:
    both = added(Counts(likes=10, reach=100), Counts(likes=5))
    assert (both.likes, both.reach, both.saves) == (15, 100, None)
    assert added() == Counts()


def test_saves_that_are_not_known_leave_only_what_everybody_sees() -> None:
    seen = replace(SAMPLE, saves=None)
    assert (seen.full, seen.cpe) == (None, None)
    assert (seen.public_engagements, shown(seen.public_cpe, "1")) == (1_222, Decimal(3_682))


NEEDS = {
    "like_rate": (("likes",), "followers"),
    "comment_rate": (("comments",), "followers"),
    "public": (("likes", "comments"), "followers"),
    "full": (("likes", "comments", "saves", "shares"), "followers"),
    "by_reach": (("likes", "comments", "saves", "shares"), "reach"),
    "by_impressions": (("likes", "comments", "saves", "shares"), "impressions"),
    "by_views": (("likes", "comments", "saves", "shares"), "views"),
    "reach_rate": (("reach",), "followers"),
    "amplification": (("shares",), "followers"),
    "ctr": (("clicks",), "impressions"),
    "cvr": (("orders",), "clicks"),
    "cpm": (("cost",), "impressions"),
    "reached": (("cost",), "reach"),
    "cpe": (("cost",), ("likes", "comments", "saves", "shares")),
    "cpv": (("cost",), "views"),
    "cpc": (("cost",), "clicks"),
    "cpa": (("cost",), "orders"),
    "roas": (("revenue",), "cost"),
    "roi": (("margin", "cost"), "cost"),
    "sentiment": (("positive", "neutral", "negative"), ("positive", "neutral", "negative")),
}
"""What each formula needs above the line, and what stands below it."""

MONEY = {"revenue", "margin", "cost"}
anything = st.builds(
    Counts,
    **{
        field.name: st.none() | (st.decimals(0, 10**12, places=2) if field.name in MONEY else st.integers(0, 10**12))
        for field in fields(Counts)
    },
)


@given(one=anything, code=st.sampled_from([metric.code for metric in METRICS]))
def test_a_figure_is_not_available_exactly_when_a_part_is_missing_or_nothing_divides(one: Counts, code: str) -> None:
    above, below = NEEDS[code]
    parts = below if isinstance(below, tuple) else (below,)
    known = [getattr(one, name) for name in (*above, *parts)]
    missing = None in known or not sum(getattr(one, name) for name in parts)
    assert (METRIC[code].of(one) is None) is missing


@given(st.none() | st.integers(), st.none() | st.decimals(allow_nan=False, allow_infinity=False))
def test_dividing_never_raises(part: int | None, by: Decimal | None) -> None:
    assert (divided(part, by) is None) is (part is None or by is None or not by)


@given(st.lists(anything, max_size=6))
def test_posts_added_one_by_one_or_all_at_once_are_the_same(posts: list[Counts]) -> None:
    step = Counts()
    for one in posts:
        step = added(step, one)
    assert step == added(*posts)
