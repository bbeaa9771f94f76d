"""What every installation knows before its first check: the list, the thresholds, what others measured."""

from decimal import Decimal

import pytest

from crm.vetting.models import Benchmark, BenchmarkSet, CheckItem, PriceBand, Threshold

pytestmark = pytest.mark.django_db


def test_the_checklist_is_the_articles_six_and_the_authenticity_screen() -> None:
    assert list(CheckItem.objects.values_list("code", "is_hard", "valid_months")) == [
        ("past-content", False, 12),
        ("scandals", True, 6),
        ("comments", False, 6),
        ("disclosure", False, 6),
        ("competitors", False, 3),
        ("unsafe", True, 6),
        ("authenticity", False, 3),
    ]


def test_the_thresholds_are_those_of_the_domain() -> None:
    limits = {
        code: (limit.normalize(), upper.normalize() if upper is not None else None, least)
        for code, limit, upper, least in Threshold.objects.exclude(code="OFFER").values_list(
            "code", "limit", "upper", "least"
        )
    }
    assert limits == {
        "ER_LOW": (Decimal("0.5"), None, None),
        "ER_HIGH": (Decimal(3), None, None),
        "COMMENT_LIKE": (Decimal("0.005"), Decimal("0.25"), None),
        "GROWTH_SPIKE": (Decimal("0.05"), Decimal(3), 4),
        "FOLLOW_RATIO": (Decimal(1), None, 10_000),
        "UNIFORM_LIKES": (Decimal("0.1"), None, 12),
        "DUP_COMMENTS": (Decimal("0.4"), None, 50),
        "SPONSORED_DROP": (Decimal("0.5"), None, None),
        "GEO_MISMATCH": (Decimal("0.3"), None, None),
        "STALE": (Decimal(90), None, None),
        "ENOUGH": (Decimal(2), None, 6),
        "CLEARANCE": (Decimal(180), None, None),
        "TIMES": (Decimal(2), None, None),
    }


def test_high_engagement_takes_nothing_off_the_score() -> None:
    assert Threshold.objects.get(code="ER_HIGH").weight == 0


def test_the_seed_articles_figures_are_a_dated_set_and_not_the_truth() -> None:
    likes = BenchmarkSet.objects.get(code="markerly-2016-likes")
    bands = Benchmark.objects.filter(benchmark_set=likes).values_list("from_followers", "to_followers", "low", "high")
    assert (likes.name, likes.source_year, likes.grade) == ("Seed article / Markerly 2016", 2016, "B")
    assert list(bands) == [
        (1_000, 10_000, Decimal("4.040"), Decimal("4.040")),
        (10_000, 100_000, Decimal("2.370"), Decimal("2.370")),
        (1_000_000, 10_000_000, Decimal("1.660"), Decimal("1.660")),
    ]


def test_every_row_says_where_it_comes_from() -> None:
    for model in (CheckItem, Threshold, BenchmarkSet):
        assert list(model.objects.filter(source="")) == []
    assert list(BenchmarkSet.objects.filter(source_url="")) == []


def test_one_set_is_chosen_for_each_platform_and_measure() -> None:
    chosen = BenchmarkSet.objects.filter(is_chosen=True).order_by("platform__code", "measure")
    assert list(chosen.values_list("platform__code", "measure", "code")) == [
        ("instagram", "comments", "markerly-2016-comments"),
        ("instagram", "likes", "markerly-2016-likes"),
        ("instagram", "public", "untapper-2026-instagram"),
        ("instagram", "sponsored", "mediakix-2017"),
        ("tiktok", "views", "untapper-2026-tiktok"),
    ]


def test_every_set_of_benchmarks_says_where_it_comes_from() -> None:
    sets = BenchmarkSet.objects.values_list("code", "source", "source_url", "source_year", "grade")
    undated = {code for code, _source, _url, year, _grade in sets if year is None}
    assert [code for code, source, url, _year, grade in sets if not source or not url or grade == "H"] == []
    assert (len(sets), undated) == (21, {"hypeauditor-instagram"})


def test_a_set_that_does_not_say_how_it_counts_is_never_chosen() -> None:
    unsaid = BenchmarkSet.objects.filter(measure="unsaid")
    assert (unsaid.count(), unsaid.filter(is_chosen=True).count()) == (7, 0)


@pytest.mark.parametrize(
    ("set_name", "platform", "followers", "said"),
    [
        ("Herald.id", None, 10_000, (Decimal(500_000), Decimal(2_500_000), "IDR", 2024)),
        ("CalcScope", None, 1_000_000, (Decimal(150_000_000), None, "IDR", 2025)),
        ("Herco Digital", None, 1_000, (Decimal(200_000), Decimal(1_000_000), "IDR", 2025)),
        ("A Little Class", "tiktok", 50_000, (Decimal(125), Decimal(1_250), "USD", 2021)),
        ("Word on the Block", "instagram", 10_000, (Decimal(100), Decimal(500), "USD", 2023)),
    ],
)
def test_prices_others_name_are_hints_with_source_and_year(
    set_name: str, platform: str | None, followers: int, said: tuple[object, ...]
) -> None:
    rows = PriceBand.objects.filter(set_name=set_name, platform__code=platform, from_followers=followers)
    band = rows.get() if platform else PriceBand.objects.get(set_name=set_name, from_followers=followers)
    assert (band.low, band.high, band.currency, band.source_year) == said
    assert (band.grade, bool(band.source_url)) == ("C", True)
