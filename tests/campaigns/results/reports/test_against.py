"""Our posts beside benchmarks: like with like, and never with a set that does not say how it counts."""

from decimal import Decimal

import pytest

from campaigns.planning.models import Campaign
from campaigns.results.models import ReportSettings
from campaigns.results.reports.shape import BenchmarkRow
from crm.vetting.models import BenchmarkSet
from tests.campaigns.results.reports.conftest import card_of, told
from tests.factories.results import a_live_post, a_snapshot

pytestmark = pytest.mark.django_db


def rows(campaign: Campaign) -> dict[tuple[str, str], BenchmarkRow]:
    return {(row.named, row.measure): row for row in told(campaign).benchmarks}


def test_the_sample_is_on_the_benchmark_of_the_seed_article(campaign: Campaign) -> None:
    a_snapshot(a_live_post(card_of(campaign)))
    found = rows(campaign)
    likes = found["Seed article / Markerly 2016", "Likes per follower"]
    comments = found["Seed article / Markerly 2016", "Comments per follower"]
    assert (likes.judged, comments.judged, likes.n) == ("on the benchmark", "on the benchmark", 1)


def test_the_set_its_year_and_our_number_are_named(campaign: Campaign) -> None:
    card = card_of(campaign)
    for likes in (900, 1_140, 2_000):
        a_snapshot(a_live_post(card), followers=48_000, likes=likes, comments=82)
    row = rows(campaign)["Untapper ranges 2026", "Likes and comments per follower"]
    assert row.sentence == "2.55% in the middle of 3 posts against Untapper ranges 2026: 2% – 3.5%."
    assert (row.n, row.band, row.low, row.high) == (3, "10k to 50k followers", Decimal(2), Decimal("3.5"))


def test_only_posts_of_the_same_size_are_compared(campaign: Campaign) -> None:
    card = card_of(campaign)
    a_snapshot(a_live_post(card), followers=9_999, likes=500, comments=5)
    a_snapshot(a_live_post(card), followers=10_000, likes=300, comments=5)
    bands = [row.band for row in told(campaign).benchmarks if row.set_name == "Untapper ranges"]
    assert bands == ["1k to 10k followers", "10k to 50k followers"]


def test_a_set_somebody_chose_stands_instead_of_those_of_the_house(campaign: Campaign) -> None:
    a_snapshot(a_live_post(card_of(campaign)))
    settings = ReportSettings.objects.create(campaign=campaign)
    settings.benchmarks.add(BenchmarkSet.objects.get(code="organic-2025-instagram"))
    assert set(rows(campaign)) == {("OrganicMediaBuying 2025", "Likes and comments per follower")}


def test_a_set_that_does_not_say_how_it_counts_is_compared_with_nothing(campaign: Campaign) -> None:
    a_snapshot(a_live_post(card_of(campaign)))
    settings = ReportSettings.objects.create(campaign=campaign)
    settings.benchmarks.add(BenchmarkSet.objects.get(code="akselera-2026-instagram"))
    assert rows(campaign) == {}


def test_without_followers_of_the_day_nothing_is_compared(campaign: Campaign) -> None:
    a_snapshot(a_live_post(card_of(campaign)), followers=None)
    assert rows(campaign) == {}
