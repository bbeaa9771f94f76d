"""What a report tells of targets, changes, money and its own footing."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import translation
from djmoney.money import Money
from pytest_django import DjangoAssertNumQueries

from campaigns.planning.models import Campaign, KpiShare
from campaigns.results.models import BrandLift, CampaignCost, ChangeThreshold, Order, OrderReturn, ReportSettings
from campaigns.results.reports.building import report_of
from campaigns.results.reports.chosen import Chosen
from campaigns.tracking.models import LinkClick, TrackedLink
from crm.influencers.models import MetricSnapshot
from crm.payments.models import LedgerLine
from tests.campaigns.results.reports.conftest import NOW, aim, card_of, told
from tests.factories import BrandFactory, CampaignFactory, InfluencerFactory, UserFactory
from tests.factories.results import SAMPLE, WENT_OUT, a_live_post, a_snapshot

pytestmark = pytest.mark.django_db


def an_order(card: object, number: str, amount: int = 270_000, **more: object) -> Order:
    values = {"via": "code", "cost": Decimal(100_000), **more}
    return Order.objects.create(
        brand=card.campaign.brand, number=number, ordered_at=NOW, ordered_on=NOW.date(),
        amount=Money(amount, values.pop("currency", "IDR")), collaboration=card, **values,
    )  # fmt: skip


def test_the_sample_of_the_rules_comes_out_of_a_whole_report(campaign: Campaign) -> None:
    card = card_of(campaign)
    a_snapshot(a_live_post(card))
    for n in range(22):
        an_order(card, str(n), cost=Decimal(2_600_000) / 22)
    counts = told(campaign).counts
    assert (counts.engagements, counts.cost, counts.orders, counts.revenue) == (1_307, 4_500_000, 22, 5_940_000)
    assert counts.roi is not None
    assert (round(counts.roi, 3), counts.clicks) == (Decimal("-0.258"), 310)


def test_a_target_stands_beside_what_is_counted(campaign: Campaign) -> None:
    aim(campaign, "reach", target=20_000)
    a_snapshot(a_live_post(card_of(campaign)))
    [line] = told(campaign).kpis
    assert (line.reached, line.share_words, line.is_met, line.where_from) == (
        15_200, "76%", False, "counted from posts and orders",
    )  # fmt: skip


def test_what_was_noted_at_the_end_goes_before_what_is_counted(campaign: Campaign) -> None:
    aim(campaign, "reach", target=20_000, closing=21_000)
    a_snapshot(a_live_post(card_of(campaign)))
    [line] = told(campaign).kpis
    assert (line.reached, line.is_met, line.where_from) == (21_000, True, "noted at the end")


def test_where_less_is_better_it_says_how_far_over(campaign: Campaign) -> None:
    aim(campaign, "cpe", target=2_000)
    a_snapshot(a_live_post(card_of(campaign)))
    [line] = told(campaign).kpis
    assert (line.reached_words, line.share_words, line.is_met) == ("IDR\u00a03,443", "72.15% over", False)


def test_a_figure_only_people_can_say_is_not_available_until_they_do(campaign: Campaign) -> None:
    aim(campaign, "mentions", target=100)
    a_snapshot(a_live_post(card_of(campaign)))
    [line] = told(campaign).kpis
    assert (line.reached, line.reached_words, line.share, line.where_from) == (
        None,
        "n/a",
        None,
        "nobody has noted it yet",
    )


@pytest.mark.parametrize(
    ("after", "words", "is_change"), [(1_040, "no significant change", False), (1_050, "+5%", True)]
)
def test_a_change_below_the_threshold_is_none(campaign: Campaign, after: int, words: str, is_change: bool) -> None:
    aim(campaign, "brand_followers", baseline=1_000, closing=after)
    ChangeThreshold.objects.all().delete()
    ChangeThreshold.objects.create(percent=5)
    [change] = told(campaign).changes
    assert (change.words, change.is_change) == (words, is_change)


def test_a_kind_has_a_threshold_of_its_own(campaign: Campaign) -> None:
    kpi = aim(campaign, "brand_followers", baseline=1_000, closing=1_100)
    ChangeThreshold.objects.update_or_create(kind=kpi.kind, defaults={"percent": 20})
    assert told(campaign).changes[0].words == "no significant change"


def test_from_nothing_to_something_is_a_change(campaign: Campaign) -> None:
    aim(campaign, "mentions", baseline=0, closing=12)
    [change] = told(campaign).changes
    assert (change.words, change.is_change, change.is_better) == ("from nothing", True, True)


def test_her_own_part_is_told_by_her_own_posts(campaign: Campaign) -> None:
    kpi = aim(campaign, "reach", target=60_000)
    kirana, rafi = card_of(campaign), card_of(campaign, "Rafi Alamsyah")
    for card, reach in ((kirana, 30_000), (rafi, 5_000)):
        a_snapshot(a_live_post(card), reach=reach)
        KpiShare.objects.create(kpi=kpi, collaboration=card, target=20_000)
    people = told(campaign).by_person
    assert [(one.name, one.shares[0].reached_words, one.shares[0].share) for one in people] == [
        ("Kirana Maheswari", "30,000", Decimal("1.5")), ("Rafi Alamsyah", "5,000", Decimal("0.25"))
    ]  # fmt: skip


def test_saves_that_are_missing_of_one_post_make_likes_and_comments_the_measure_of_all(campaign: Campaign) -> None:
    card = card_of(campaign)
    a_snapshot(a_live_post(card))
    a_snapshot(a_live_post(card), **{name: value for name, value in SAMPLE.items() if name != "saves"})
    report = told(campaign)
    assert report.basis == "public"
    assert report.people_told[0].each == "IDR\u00a01,841"


def test_clicks_of_our_links_go_before_those_a_platform_reports(campaign: Campaign) -> None:
    post = a_live_post(card_of(campaign))
    a_snapshot(post)
    link = TrackedLink.objects.create(deliverable=post.deliverable, slug="glow", target="https://lumi.example/")
    LinkClick.objects.bulk_create([LinkClick(link=link, at=NOW, is_scanner=n > 3) for n in range(6)])
    assert told(campaign).counts.clicks == 4


def test_a_whole_refund_leaves_no_order_and_a_part_of_one_leaves_less(campaign: Campaign) -> None:
    card = card_of(campaign)
    a_snapshot(a_live_post(card))
    for number, back in (("1", 0), ("2", 70_000), ("3", 270_000)):
        order = an_order(card, number)
        if back:
            OrderReturn.objects.create(order=order, number=number, key=number, amount=back, on=NOW.date(), at=NOW)
    counts = told(campaign).counts
    assert (counts.orders, counts.revenue, counts.margin) == (2, 470_000, 270_000)


def test_one_order_whose_goods_nobody_priced_leaves_only_the_return_by_revenue(campaign: Campaign) -> None:
    card = card_of(campaign)
    a_snapshot(a_live_post(card))
    an_order(card, "1")
    an_order(card, "2", cost=None)
    report = told(campaign)
    assert (report.counts.margin, report.counts.roi) == (None, None)
    assert report.orders is not None
    assert report.orders.lines[-1][0] == "Return on cost, by revenue only: what the goods cost is not known"


def test_orders_in_another_currency_count_as_orders_and_not_as_money(campaign: Campaign) -> None:
    card = card_of(campaign)
    a_snapshot(a_live_post(card))
    an_order(card, "1")
    an_order(card, "2", 50, currency="USD")
    assert (told(campaign).counts.orders, told(campaign).counts.revenue) == (2, 270_000)


def test_an_agencys_fee_stands_beside_the_people(campaign: Campaign) -> None:
    a_snapshot(a_live_post(card_of(campaign)))
    CampaignCost.objects.create(campaign=campaign, kind="agency", amount=Money(500_000, "IDR"), on=NOW.date())
    report = told(campaign)
    assert report.costs is not None
    assert (report.counts.cost, report.by_person[0].group.counts.cost) == (5_000_000, 4_500_000)
    assert [(part.code, part.amount) for part in report.costs.parts] == [("cash", 4_500_000), ("fees", 500_000)]


def test_a_client_sees_prices_and_nothing_of_what_it_cost(campaign: Campaign) -> None:
    card = card_of(campaign, client_price=Money(6_000_000, "IDR"))
    a_snapshot(a_live_post(card))
    an_order(card, "1")
    CampaignCost.objects.create(campaign=campaign, kind="agency", amount=Money(500_000, "IDR"), on=NOW.date())
    report = told(campaign, client=True)
    assert report.costs is not None
    assert report.orders is not None
    assert (report.counts.cost, report.costs.total, list(report.costs.parts)) == (6_000_000, 6_000_000, [])
    assert ("burn" in report.charts, report.orders.margin_words) == (False, "")
    assert "4,500,000" not in repr([report.tiles, report.orders, report.people_told, report.costs])


def test_a_client_without_prices_meets_no_empty_figure_of_money(campaign: Campaign) -> None:
    for number in (1, 2):
        a_snapshot(a_live_post(card_of(campaign)), views=number)
    ours, theirs = told(campaign), told(campaign, client=True)
    assert ([tile.label for tile in ours.tiles][-2:], "Cost" in [tile.label for tile in theirs.tiles]) == (
        ["Cost", "Cost per engagement"],
        False,
    )
    assert [tile.label for tile in theirs.tiles] == [tile.label for tile in ours.tiles][:-2]
    assert ("tiers" in ours.charts, "tiers" in theirs.charts) == (True, False)


def test_posts_younger_than_the_mark_are_said_to_be(campaign: Campaign) -> None:
    a_snapshot(a_live_post(card_of(campaign), at=NOW - dt.timedelta(hours=40)), hours=30)
    report = told(campaign)
    assert report.sample.early == 1
    assert "1 post is younger than the mark of 7 days: its newest numbers stand in." in report.notes


def test_partial_numbers_are_said_to_be(campaign: Campaign) -> None:
    card = card_of(campaign)
    a_snapshot(a_live_post(card))
    a_live_post(card)
    report = told(campaign)
    assert (report.sample.words, report.sample.is_partial) == ("1 of 2 posts have numbers", True)
    assert report.notes[1].startswith("1 of 2 posts have numbers: sums count only those")


def test_what_an_uncounted_post_cost_does_not_make_its_tier_look_dear(campaign: Campaign) -> None:
    card = card_of(campaign, fee=2_000_000)
    a_snapshot(a_live_post(card), followers=48_000)
    uncounted = a_live_post(card)
    MetricSnapshot.objects.create(account=uncounted.deliverable.account, taken_at=WENT_OUT, followers=48_000)
    [micro] = told(campaign).by_tier
    assert (micro.posts, micro.counted, micro.counts.cost) == (2, 1, 1_000_000)


def test_reach_is_forecast_by_the_median_reach_rate_never_by_followers(campaign: Campaign) -> None:
    for reach in (10_000, 15_000, 40_000):
        post = a_live_post(card_of(campaign, f"Person {reach}"))
        a_snapshot(post, followers=48_000, reach=12_000)
        MetricSnapshot.objects.create(
            account=post.deliverable.account, taken_at=WENT_OUT, followers=50_000, reach=reach
        )  # fmt: skip
    forecast = told(campaign).forecast
    assert forecast is not None
    assert (forecast.expected, forecast.reached, forecast.posts) == (62_400, 36_000, 3)


def test_sponsored_stands_beside_all_of_her_posts(campaign: Campaign) -> None:
    post = a_live_post(card_of(campaign))
    a_snapshot(post, followers=10_000, likes=180, comments=10)
    MetricSnapshot.objects.create(
        account=post.deliverable.account, taken_at=WENT_OUT, followers=10_000, likes=290, comments=20
    )  # fmt: skip
    sponsored = told(campaign).sponsored
    assert sponsored is not None
    assert (sponsored.ours, sponsored.overall, sponsored.people) == (Decimal("1.9"), Decimal("3.1"), 1)


def test_an_umbrella_counts_its_parts_once_and_a_person_once(campaign: Campaign) -> None:
    part = CampaignFactory(name="Bandung", brand=campaign.brand, parent=campaign)
    below = CampaignFactory(name="Dago", brand=campaign.brand, parent=part)
    kirana = InfluencerFactory(stage_name="Kirana Maheswari")
    for one in (campaign, part, below):
        a_snapshot(a_live_post(card_of(one, influencer=kirana)), reach=1_000)
    report = told(campaign)
    assert (report.counts.reach, report.counts.cost, report.sample.people) == (3_000, 13_500_000, 1)
    assert [(one.name, one.depth, one.group.counts.reach) for one in report.parts] == [
        ("Glow", 0, 1_000), ("Bandung", 1, 1_000), ("Dago", 2, 1_000)
    ]  # fmt: skip


def test_a_part_behind_a_brand_wall_stays_out(campaign: Campaign) -> None:
    from crm.base.models import Organisation

    Organisation.objects.update(brand_walls=True)
    hidden = CampaignFactory(name="Hidden", brand=BrandFactory(name="Other"), parent=campaign)
    a_snapshot(a_live_post(card_of(hidden)))
    assert told(campaign, user=UserFactory(role="coordinator")).sample.posts == 0
    assert told(campaign).sample.posts == 1


def test_the_mark_and_the_cost_of_the_settings_hold(campaign: Campaign) -> None:
    post = a_live_post(card_of(campaign))
    a_snapshot(post, hours=24, likes=24)
    a_snapshot(post, hours=168, likes=168)
    ReportSettings.objects.create(campaign=campaign, mark=24)
    assert (told(campaign).counts.likes, told(campaign, chosen=Chosen(mark=168)).counts.likes) == (24, 168)


def test_what_was_paid_climbs_below_what_was_promised(campaign: Campaign) -> None:
    card = card_of(campaign)
    a_live_post(card)
    plot = told(campaign).charts["burn"]
    assert (plot.sub, plot.second) == ("IDR\u00a04.5M promised, IDR\u00a00 paid of IDR\u00a020M", "")
    assert LedgerLine.objects.count() == 0


def test_in_indonesian_figures_are_written_the_indonesian_way(campaign: Campaign) -> None:
    a_snapshot(a_live_post(card_of(campaign)))
    with translation.override("id"):
        assert told(campaign).people_told[0].each == "Rp3.443"


@pytest.mark.parametrize(("asked", "words"), [(400, "+10 points"), (20, "too few to tell")])
def test_a_survey_of_few_is_called_too_few_to_tell(campaign: Campaign, asked: int, words: str) -> None:
    BrandLift.objects.create(
        campaign=campaign, question="Do you know Lumi?", exposed=asked, exposed_yes=asked * 4 // 10,
        control=asked, control_yes=asked * 3 // 10, on=NOW.date(),
    )  # fmt: skip
    assert [one.words for one in told(campaign).lift] == [words]


@pytest.mark.parametrize("people", [1, 3])
def test_a_report_takes_twelve_queries_whatever_its_size(
    campaign: Campaign, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    kpi = aim(campaign, "reach", target=60_000)
    for n in range(people):
        card = card_of(campaign, f"Person {n}")
        a_snapshot(a_live_post(card))
        an_order(card, str(n))
        KpiShare.objects.create(kpi=kpi, collaboration=card, target=20_000)
    fresh = Campaign.objects.get(pk=campaign.pk)
    with django_assert_num_queries(12):
        report_of(fresh, now=NOW)
