"""Which numbers of a post a report takes, and how posts are put together."""

import datetime as dt

import pytest
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from campaigns.planning.models import Campaign, Collaboration
from campaigns.results.formulas import Counts
from campaigns.results.models import PostSnapshot
from campaigns.results.reckoning.figures import post_figures
from campaigns.results.reckoning.shape import PostFigure, grouped
from crm.influencers.models import MetricSnapshot
from tests.campaigns.results.reckoning.conftest import NOW
from tests.factories import CollaborationFactory, InfluencerFactory
from tests.factories.results import WENT_OUT, a_live_post, a_snapshot

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)


def only(campaign: Campaign, mark: int = 168, at: dt.datetime | None = None) -> PostFigure:
    [found] = post_figures([campaign.pk], mark, at)
    return found


@pytest.mark.parametrize(("mark", "likes"), [(24, 10), (72, 70), (168, 170), (720, 700)])
def test_the_numbers_nearest_to_the_mark_are_taken(
    campaign: Campaign, kirana: Collaboration, mark: int, likes: int
) -> None:
    post = a_live_post(kirana)
    for hours, counted in ((25, 10), (70, 70), (170, 170), (700, 700)):
        a_snapshot(post, hours=hours, likes=counted)
    assert only(campaign, mark).counts.likes == likes


def test_of_two_as_near_the_earlier_one_counts(campaign: Campaign, kirana: Collaboration) -> None:
    post = a_live_post(kirana)
    a_snapshot(post, hours=178, likes=2)
    a_snapshot(post, hours=158, likes=1)
    assert only(campaign).counts.likes == 1


def test_withdrawn_numbers_do_not_count(campaign: Campaign, kirana: Collaboration) -> None:
    post = a_live_post(kirana)
    wrong, right = a_snapshot(post, hours=168, likes=99_999), a_snapshot(post, hours=100, likes=5)
    PostSnapshot.objects.filter(pk=wrong.pk).update(withdrawn_at=NOW)
    found = only(campaign)
    assert (found.counts.likes, found.hours) == (5, right.hours)


def test_before_the_mark_the_newest_numbers_stand_in_and_it_is_said(campaign: Campaign, kirana: Collaboration) -> None:
    post = a_live_post(kirana, at=NOW - 40 * HOUR)
    a_snapshot(post, hours=5, likes=5)
    a_snapshot(post, hours=30, likes=30)
    found = only(campaign)
    assert (found.counts.likes, found.is_early(168, NOW), found.is_early(24, NOW)) == (30, True, False)


def test_numbers_far_from_the_mark_are_said_to_be(campaign: Campaign, kirana: Collaboration) -> None:
    a_snapshot(a_live_post(kirana), hours=24)
    assert (only(campaign, 168).is_elsewhen(168), only(campaign, 24).is_elsewhen(24)) == (True, False)


def test_what_was_counted_later_is_left_out_of_an_earlier_look(campaign: Campaign, kirana: Collaboration) -> None:
    post = a_live_post(kirana)
    a_snapshot(post, hours=24, likes=24)
    a_snapshot(post, hours=168, likes=168)
    assert only(campaign, 168, WENT_OUT + 100 * HOUR).counts.likes == 24


def test_a_post_nobody_counted_stands_without_numbers(campaign: Campaign, kirana: Collaboration) -> None:
    a_live_post(kirana)
    found = only(campaign)
    assert (found.is_counted, found.counts, found.is_early(168, NOW)) == (False, Counts(), False)


def test_the_tier_is_that_of_the_followers_on_the_day_it_went_out(campaign: Campaign, kirana: Collaboration) -> None:
    post = a_live_post(kirana)
    a_snapshot(post, followers=99_999)
    MetricSnapshot.objects.create(account=post.deliverable.account, taken_at=NOW, followers=2_000_000)
    assert only(campaign).tier == "micro"


def test_without_followers_of_the_day_those_of_the_account_say_the_tier(
    campaign: Campaign, kirana: Collaboration
) -> None:
    post = a_live_post(kirana)
    a_snapshot(post, followers=None)
    for days, followers in ((9, 50_000), (1, 150_000)):
        taken_at = NOW - dt.timedelta(days=days)
        MetricSnapshot.objects.create(account=post.deliverable.account, taken_at=taken_at, followers=followers)
    assert only(campaign).tier == "macro"


def test_nobody_knows_the_followers_is_no_tier(campaign: Campaign, kirana: Collaboration) -> None:
    a_snapshot(a_live_post(kirana), followers=None)
    assert (only(campaign).tier, only(campaign).counts.public) == ("", None)


def test_two_cards_of_one_person_are_one_person(campaign: Campaign, kirana: Collaboration) -> None:
    twin = InfluencerFactory(stage_name="Kirana M", merged_into=kirana.influencer)
    a_live_post(kirana)
    a_live_post(CollaborationFactory(campaign=campaign, influencer=twin))
    figures = post_figures([campaign.pk])
    assert {(one.person, one.name) for one in figures} == {(kirana.influencer_id, "Kirana Maheswari")}


def test_posts_of_another_campaign_stay_out(campaign: Campaign, kirana: Collaboration) -> None:
    a_live_post(kirana)
    a_snapshot(a_live_post(CollaborationFactory()), likes=7)
    assert only(campaign).card == kirana.pk


def test_the_first_post_comes_first(campaign: Campaign, kirana: Collaboration, rafi: Collaboration) -> None:
    later, earlier = a_live_post(kirana, at=WENT_OUT), a_live_post(rafi, at=WENT_OUT - HOUR)
    assert [one.post for one in post_figures([campaign.pk])] == [earlier.pk, later.pk]


def test_posts_of_one_person_are_one_group(campaign: Campaign, kirana: Collaboration, rafi: Collaboration) -> None:
    for card, likes in ((kirana, 10), (rafi, 100), (kirana, 20)):
        a_snapshot(a_live_post(card), likes=likes)
    a_live_post(rafi)
    groups = grouped(post_figures([campaign.pk]), lambda one: (str(one.person), one.name))
    told = {group.label: (group.posts, group.counted, group.people, group.counts.likes) for group in groups}
    assert told == {"Kirana Maheswari": (2, 2, 1, 30), "Rafi Alamsyah": (2, 1, 1, 100)}


def test_a_post_without_a_title_is_named_by_its_kind_in_the_language_that_reads(
    campaign: Campaign, kirana: Collaboration
) -> None:
    post = a_live_post(kirana)
    post.deliverable.format.name_id = "Reel Indonesia"
    post.deliverable.format.save()
    with translation.override("id"):
        assert only(campaign).title == "Reel Indonesia"


@pytest.mark.parametrize("people", [1, 3])
def test_any_number_of_posts_takes_four_queries(
    campaign: Campaign, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _one in range(people):
        a_snapshot(a_live_post(CollaborationFactory(campaign=campaign)))
    with django_assert_num_queries(4):
        post_figures([campaign.pk])
