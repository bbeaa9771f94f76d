import datetime as dt
from itertools import pairwise

import pytest
from pytest_django import DjangoAssertNumQueries

from crm.base.seeding import lay_all
from crm.influencers.models import Tier, TierScheme
from crm.influencers.tiers import ladder, tier

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def laid() -> None:
    lay_all()


def code(scheme: str, followers: int | None, on: dt.date = TODAY) -> str | None:
    found = tier(scheme, followers, on)
    return found.code if found else None


@pytest.mark.parametrize(
    ("followers", "expected"),
    [
        (0, None),
        (999, None),
        (1_000, "micro"),
        (5_000, "micro"),
        (99_999, "micro"),
        (100_000, "macro"),
        (300_000, "macro"),
        (1_000_000, "macro"),
        (1_000_001, "celebrity"),
        (477_900_000, "celebrity"),
        (None, None),
    ],
)
def test_marketeers_keeps_exactly_a_million_macro(followers: int | None, expected: str | None) -> None:
    assert code("marketeers", followers) == expected


@pytest.mark.parametrize(
    ("followers", "expected"),
    [
        (999, None),
        (1_000, "nano"),
        (5_000, "nano"),
        (9_999, "nano"),
        (10_000, "micro"),
        (50_000, "mid"),
        (300_000, "mid"),
        (500_000, "macro"),
        (999_999, "macro"),
        (1_000_000, "mega"),
    ],
)
def test_mediakix_counts_every_lower_edge_in(followers: int, expected: str | None) -> None:
    assert code("mediakix", followers) == expected


@pytest.mark.parametrize(
    ("scheme", "followers", "expected"),
    [
        ("mediakix-2017", 9_999, None),
        ("mediakix-2017", 100_000, "macro"),
        ("getcraft", 2_999, None),
        ("getcraft", 3_000, "micro"),
        ("getcraft", 90_000, "macro"),
        ("getcraft", 500_000, "premium"),
        ("partipost", 4_999, "nano"),
        ("partipost", 5_000, "micro"),
        ("partipost", 30_000, "macro"),
        ("hypeauditor", 999, "starter"),
        ("hypeauditor", 4_999, "nano"),
        ("hypeauditor", 20_000, "mid"),
        ("hypeauditor", 1_000_000, "mega"),
        ("nobody", 5_000, None),
    ],
)
def test_each_source_draws_its_own_lines(scheme: str, followers: int, expected: str | None) -> None:
    assert code(scheme, followers) == expected


def test_a_scheme_counts_only_while_it_is_valid() -> None:
    TierScheme.objects.filter(code="getcraft").update(valid_from=dt.date(2018, 1, 1), valid_to=dt.date(2018, 12, 31))

    assert code("getcraft", 5_000, dt.date(2018, 12, 31)) == "micro"
    assert code("getcraft", 5_000, dt.date(2019, 1, 1)) is None


def test_a_page_of_accounts_asks_once(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        rungs = ladder("mediakix", TODAY)
        codes = [found.code for found in map(rungs.tier, (5_000, 20_000, 60_000)) if found]

    assert codes == ["nano", "micro", "mid"]


@pytest.mark.parametrize("scheme", ["marketeers", "mediakix", "mediakix-2017", "getcraft", "partipost", "hypeauditor"])
def test_no_count_falls_between_or_into_two_tiers(scheme: str) -> None:
    tiers = list(Tier.objects.filter(scheme__code=scheme).order_by("low"))

    for below, above in pairwise(tiers):
        assert below.high == above.low
        assert below.high_included != above.low_included
    assert tiers[-1].high is None


def test_an_edited_scheme_keeps_the_tiers_it_was_given() -> None:
    TierScheme.objects.filter(code="marketeers").update(edited_at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
    Tier.objects.filter(scheme__code="marketeers", code="celebrity").delete()

    lay_all()

    assert code("marketeers", 2_000_000) is None
