"""Signs read from stored numbers, the profile sample and clearances that end by themselves."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.brands.models import Territory
from crm.influencers.models import Audience, Influencer, MetricSnapshot, Platform, SocialAccount
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from crm.vetting.actions import Looked, VettingRefused, clear_sign, withdraw_clearance
from crm.vetting.models import Benchmark, BenchmarkSet, Clearance, ProfileSample, Threshold
from crm.vetting.queries.rules import rules_on
from crm.vetting.queries.screening import Screen, screen_person
from tests.crm.vetting.conftest import TODAY, count
from tests.factories import SocialAccountFactory

pytestmark = pytest.mark.django_db


def screen(person: Influencer, on: dt.date = TODAY) -> Screen:
    (found,) = screen_person(person, on)
    return found


def codes(found: Screen) -> list[str]:
    return [shown.sign.code for shown in found.signs]


@pytest.fixture
def quiet(account: SocialAccount) -> SocialAccount:
    """Numbers nobody needs to look at twice."""
    count(account, 90, followers=33_000, likes=800, comments=60)
    count(account, 3, followers=34_000, likes=850, comments=62)
    return account


@pytest.fixture
def low(account: SocialAccount) -> SocialAccount:
    """Engagement far below what is usual for 34,000 followers."""
    count(account, 90, followers=33_000, likes=100, comments=8)
    count(account, 3, followers=34_000, likes=110, comments=9)
    return account


def test_usual_numbers_give_a_full_score(kirana: Influencer, quiet: SocialAccount) -> None:
    found = screen(kirana)
    assert (codes(found), found.score.points) == ([], 100)


def test_low_engagement_is_read_against_the_chosen_set_for_that_size(kirana: Influencer, low: SocialAccount) -> None:
    found = screen(kirana)
    assert (codes(found), found.score.points) == (["ER_LOW"], 75)
    assert "Usual: 2% to 3.5% (Untapper ranges 2026, indicative)." in found.signs[0].sign.words


def test_another_chosen_set_changes_what_is_low(kirana: Influencer, low: SocialAccount) -> None:
    BenchmarkSet.objects.filter(code="untapper-2026-instagram").update(is_chosen=False)
    own = BenchmarkSet.objects.create(
        code="ours", name="Our own", platform=low.platform, measure="public", source_year=2026, is_chosen=True
    )
    Benchmark.objects.create(benchmark_set=own, low=Decimal("0.3"), high=Decimal(1))
    assert codes(screen(kirana)) == []


def test_one_count_is_no_history_and_never_one_hundred(kirana: Influencer, account: SocialAccount) -> None:
    count(account, 3, followers=34_000, likes=850, comments=62)
    found = screen(kirana)
    assert (found.score.points, found.score.missing) == (None, ("Followers were not counted on 2 different days.",))


def test_withdrawn_numbers_count_no_more(kirana: Influencer, quiet: SocialAccount) -> None:
    MetricSnapshot.objects.filter(followers=33_000).update(withdrawn_at=dt.datetime(2026, 11, 24, tzinfo=dt.UTC))
    assert screen(kirana).score.points is None


def test_sponsored_and_organic_posts_are_read_apart(kirana: Influencer, quiet: SocialAccount) -> None:
    count(quiet, 3, nature="organic", followers=34_000, likes=1_000, comments=54)
    count(quiet, 3, nature="sponsored", followers=34_000, likes=400, comments=20)
    assert [shown.sign.seen for shown in screen(kirana).signs] == [
        "Sponsored posts reach 1.24% engagement, organic ones 3.1%."
    ]


def test_numbers_age_with_the_day_somebody_looks(kirana: Influencer, quiet: SocialAccount) -> None:
    assert codes(screen(kirana, TODAY + dt.timedelta(days=88))) == ["STALE"]


def test_the_newest_profile_sample_is_read(kirana: Influencer, quiet: SocialAccount) -> None:
    ProfileSample.objects.create(account=quiet, taken_on=TODAY - dt.timedelta(days=30), following=50_000)
    ProfileSample.objects.create(
        account=quiet, taken_on=TODAY, following=800, like_counts=[850, 852] * 6, comments_sampled=50, comments_alike=31
    )
    found = screen(kirana)
    assert (codes(found), found.score.points) == (["UNIFORM_LIKES", "DUP_COMMENTS"], 60)
    assert found.typical_likes == 851


def audience(account: SocialAccount, days_ago: int, **shares: int) -> None:
    counted = Audience.objects.create(
        influencer=account.influencer,
        account=account,
        counted_on=TODAY - dt.timedelta(days=days_ago),
        source="Media kit",
    )
    for code, percent in shares.items():
        place = Territory.objects.get(code=code)
        counted.shares.create(kind="place", label=place.name, territory=place, percent=percent)


def test_an_audience_that_lives_elsewhere_is_read_from_its_newest_count(
    organisation: object, kirana: Influencer, quiet: SocialAccount
) -> None:
    audience(quiet, 90, id=80)
    assert codes(screen(kirana)) == []
    audience(quiet, 3, id=12, my=60)
    (shown,) = screen(kirana).signs
    assert (shown.sign.code, shown.sign.seen) == (
        "GEO_MISMATCH", "12% of the audience lives in Indonesia (Media kit); less than 30%.",
    )  # fmt: skip


def test_towns_alone_do_not_say_where_the_rest_lives(kirana: Influencer, quiet: SocialAccount) -> None:
    town = Territory.objects.filter(kind="city")[0]
    audience(quiet, 3, **{town.code: 11})
    assert codes(screen(kirana)) == []


def test_a_threshold_of_a_later_day_counts_from_that_day(kirana: Influencer, quiet: SocialAccount) -> None:
    Threshold.objects.create(code="STALE", limit=2, weight=40, valid_from=TODAY + dt.timedelta(days=1))
    assert (codes(screen(kirana)), codes(screen(kirana, TODAY + dt.timedelta(days=1)))) == ([], ["STALE"])


def test_a_threshold_that_ended_switches_its_sign_off(kirana: Influencer, low: SocialAccount) -> None:
    Threshold.objects.filter(code="ER_LOW").update(valid_to=TODAY - dt.timedelta(days=1))
    assert codes(screen(kirana)) == []


def test_rates_stand_beside_every_set_of_that_platform_and_size(kirana: Influencer, quiet: SocialAccount) -> None:
    assert [(found.measure, found.band.name, found.words) for found in screen(kirana).comparisons] == [
        ("Likes and comments per follower", "Untapper ranges", "on the benchmark"),
        ("Likes and comments per follower", "Archive", "below the benchmark"),
        ("Likes and comments per follower", "HypeAuditor study", "above the benchmark"),
        ("Likes and comments per follower", "OrganicMediaBuying", "above the benchmark"),
        ("Likes and comments per follower", "Statista summary, all sizes", "above the benchmark"),
        ("Likes per follower", "Seed article / Markerly 2016", "above the benchmark"),
        ("Comments per follower", "Seed article / Markerly 2016", "above the benchmark"),
    ]


def test_videos_are_compared_by_views_and_only_when_all_parts_are_known(kirana: Influencer) -> None:
    tiktok = SocialAccountFactory(
        influencer=kirana, platform=Platform.objects.get(code="tiktok"), handle="kirana", followers=20_000
    )
    count(tiktok, 3, followers=20_000, likes=300, comments=40, shares=20, views=20_000)
    assert screen(kirana).comparisons == []
    count(tiktok, 1, followers=20_000, likes=300, comments=40, shares=20, saves=40, views=20_000)
    (found,) = screen(kirana).comparisons
    assert (found.measure, found.rate, found.words) == ("Engagements per view", Decimal("0.02"), "below the benchmark")


def test_many_accounts_ask_as_often_as_one(kirana: Influencer, quiet: SocialAccount) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            screen_person(kirana, TODAY)
        return len(asked)

    one = queries()
    for number in range(2):
        other = SocialAccountFactory(influencer=kirana, platform=quiet.platform, handle=f"kirana.{number}")
        count(other, 3, followers=34_000, likes=10, comments=1)
    assert (one, queries()) == (7, 7)


# ---- clearances --------------------------------------------------------------------------------------------------


def clear(account: SocialAccount, user: User, at: dt.datetime, on: dt.date = TODAY) -> Clearance:
    return clear_sign(
        account, "ER_LOW", "Engagement is 0.35%", Looked("She hides her likes; 40 comments a post."),
        rule=rules_on(on).get("CLEARANCE"), on=on, user=user, at=at,
    )  # fmt: skip


def test_a_cleared_sign_rests_for_one_hundred_and_eighty_days(
    kirana: Influencer, low: SocialAccount, coordinator: User, now: dt.datetime
) -> None:
    made = clear(low, coordinator, now)
    assert made.expires_on == TODAY + dt.timedelta(days=180)
    Threshold.objects.filter(code="STALE").update(valid_to=TODAY)
    found = screen(kirana)
    assert (codes(found), found.score.points, found.shown[0].clearance) == ([], 100, made)
    assert screen(kirana, made.expires_on).signs == []
    after = screen(kirana, made.expires_on + dt.timedelta(days=1))
    assert (codes(after), after.score.points, after.cleared_before) == (["ER_LOW"], 75, [made])


def test_a_sign_is_cleared_once(low: SocialAccount, coordinator: User, owner: User, now: dt.datetime) -> None:
    clear(low, coordinator, now)
    with pytest.raises(VettingRefused, match="Somebody has cleared this sign already"):
        clear(low, owner, now)
    assert (Clearance.objects.count(), Entry.objects.count()) == (1, 1)


def test_without_a_threshold_nobody_knows_how_long_a_clearance_lasts(
    low: SocialAccount, coordinator: User, now: dt.datetime
) -> None:
    Threshold.objects.filter(code="CLEARANCE").update(valid_to=TODAY - dt.timedelta(days=1))
    with pytest.raises(VettingRefused, match="No threshold says how long"):
        clear(low, coordinator, now)
    assert Clearance.objects.count() == 0


def test_a_clearance_taken_back_lets_the_sign_show_and_stays_on_file(
    kirana: Influencer, low: SocialAccount, coordinator: User, now: dt.datetime
) -> None:
    made = clear(low, coordinator, now)
    assert withdraw_clearance(made, at=now, actor=Actor.user(coordinator)) is True
    assert withdraw_clearance(made, at=now, actor=Actor.user(coordinator)) is False
    found = screen(kirana)
    assert (codes(found), found.cleared_before) == (["ER_LOW"], [made])
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == ["vetting.cleared", "vetting.uncleared"]
