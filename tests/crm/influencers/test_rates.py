"""Engagement rates: the domain's verified sample, and nothing where something is unknown."""

from decimal import Decimal

from crm.influencers.rates import Counts

SAMPLE = Counts(followers=48_000, likes=1_140, comments=82, saves=60, shares=25, reach=15_200, views=20_000)


def in_percent(rate: Decimal | None, digits: str) -> Decimal | None:
    return None if rate is None else (rate * 100).quantize(Decimal(digits))


def test_the_verified_sample_comes_out_digit_by_digit() -> None:
    assert in_percent(SAMPLE.like_rate, "0.001") == Decimal("2.375")
    assert in_percent(SAMPLE.comment_rate, "0.0001") == Decimal("0.1708")
    assert in_percent(SAMPLE.public, "0.001") == Decimal("2.546")
    assert in_percent(SAMPLE.full, "0.001") == Decimal("2.723")
    assert in_percent(SAMPLE.by_reach, "0.001") == Decimal("8.599")
    assert in_percent(SAMPLE.reach_rate, "0.01") == Decimal("31.67")
    assert in_percent(SAMPLE.amplification, "0.0001") == Decimal("0.0521")


def test_engagements_per_view_count_all_four_parts() -> None:
    assert SAMPLE.by_views == Decimal(1_140 + 82 + 60 + 25) / 20_000


def test_a_missing_part_gives_nothing_and_not_zero() -> None:
    counts = Counts(followers=48_000, likes=1_140, comments=82, views=20_000, reach=15_200)
    assert (counts.full, counts.by_views, counts.by_reach) == (None, None, None)
    assert Counts(followers=48_000, likes=1_140).public is None
    assert Counts().comments_per_like is None


def test_nothing_is_divided_by_nothing() -> None:
    empty = Counts(followers=0, likes=0, comments=0, saves=0, shares=0, views=0, reach=0)
    assert [empty.public, empty.full, empty.by_views, empty.by_reach, empty.comments_per_like] == [None] * 5
