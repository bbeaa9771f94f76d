"""What the pages of a report show."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money
from pytest_django import DjangoAssertNumQueries

from campaigns.planning.models import Campaign, Kpi, KpiKind, KpiShare
from campaigns.results.models import ReportSettings
from crm.base.models import Organisation
from tests.factories import BrandFactory, CampaignFactory, CollaborationFactory, InfluencerFactory
from tests.factories.results import WENT_OUT, a_live_post, a_snapshot

pytestmark = pytest.mark.django_db
QUERIES = 17


@pytest.fixture
def campaign(organisation: Organisation) -> Campaign:
    return CampaignFactory(
        name="Glow", brand=BrandFactory(name="Lumi"), goal="awareness", budget=Money(20_000_000, "IDR"),
        start_on=dt.date(2026, 11, 1), end_on=dt.date(2026, 11, 30),
    )  # fmt: skip


def posted(campaign: Campaign, name: str, days: int = 0, **counts: int) -> None:
    card = CollaborationFactory(
        campaign=campaign, influencer=InfluencerFactory(stage_name=name), status="posting",
        fee=Money(4_500_000, "IDR"), promised_at=WENT_OUT,
    )  # fmt: skip
    a_snapshot(a_live_post(card, at=WENT_OUT + dt.timedelta(days=days)), **counts)


def text(client: Client, name: str, campaign: Campaign, query: str = "") -> str:
    answer = client.get(reverse(name, args=[campaign.pk]) + query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_before_the_first_post_it_says_where_to_go(as_coordinator: Client, campaign: Campaign) -> None:
    assert "Nothing is out yet" in text(as_coordinator, "campaign-report", campaign)


def test_posts_without_numbers_ask_for_numbers(as_coordinator: Client, campaign: Campaign) -> None:
    a_live_post(CollaborationFactory(campaign=campaign))
    assert "1 post is out, and nobody has counted it" in text(as_coordinator, "campaign-report", campaign)


def test_it_says_on_how_many_posts_it_stands_and_against_which_set(as_coordinator: Client, campaign: Campaign) -> None:
    posted(campaign, "Kirana Maheswari")
    a_live_post(CollaborationFactory(campaign=campaign))
    page = text(as_coordinator, "campaign-report", campaign)
    assert "1 of 2 posts have numbers" in page
    assert "2.55% in the middle of 1 posts against Untapper ranges 2026: 2% – 3.5%." in page
    assert "Seed article / Markerly 2016" in page


def test_her_own_target_stands_beside_what_she_brought(as_coordinator: Client, campaign: Campaign) -> None:
    posted(campaign, "Kirana Maheswari")
    kpi = Kpi.objects.create(campaign=campaign, kind=KpiKind.objects.get(code="reach"), target=60_000)
    KpiShare.objects.create(kpi=kpi, collaboration=campaign.collaborations.get(), target=20_000)
    page = text(as_coordinator, "campaign-report", campaign)
    assert "Reach: 15,200 of 20,000" in page
    assert "15,200 of 60,000" in page


def test_the_address_looks_at_another_mark_and_keeps_nothing(as_coordinator: Client, campaign: Campaign) -> None:
    posted(campaign, "Kirana Maheswari")
    for query in ("?mark=24&cost=cash", "?mark=25", "?mark=x", "?cost=all", "?match=101", "?mark=९"):
        text(as_coordinator, "campaign-report", campaign, query)
    assert not ReportSettings.objects.exists()


def test_tiers_are_compared_by_how_many_of_the_right_people_they_reach(
    as_coordinator: Client, campaign: Campaign
) -> None:
    posted(campaign, "Kirana Maheswari")
    posted(campaign, "Bagas Celebrity", followers=3_000_000, reach=600_000, likes=49_800, comments=10)
    page = text(as_coordinator, "campaign-tiers", campaign, "?match=60")
    assert "360k of 600k reached are meant" in page
    assert "9.1k of 15.2k reached are meant" in page


def test_an_umbrella_counts_each_post_and_person_once(as_coordinator: Client, campaign: Campaign) -> None:
    part = CampaignFactory(name="Glow Bandung", brand=campaign.brand, parent=campaign)
    kirana = InfluencerFactory(stage_name="Kirana Maheswari")
    for one in (campaign, part):
        a_snapshot(a_live_post(CollaborationFactory(campaign=one, influencer=kirana)))
    page = text(as_coordinator, "campaign-report", campaign)
    assert "2 campaigns together, each post and person counted once." in page
    assert (
        '<tfoot><tr><th scope="row">Together</th><td class="num" data-label="Posts">2</td><td class="num" data-label="People">1</td>'
        in page
    )


def test_settings_are_kept_and_told(as_coordinator: Client, campaign: Campaign) -> None:
    answer = as_coordinator.post(
        reverse("report-settings", args=[campaign.pk]), {"mark": "24", "cost": "cash", "target_match": "40"}
    )
    assert (answer.status_code, answer["Location"]) == (302, reverse("campaign-report", args=[campaign.pk]))
    row = ReportSettings.objects.get()
    assert (row.campaign, row.mark, row.cost, row.target_match) == (campaign, 24, "cash", 40)


def test_more_than_all_of_the_reach_is_refused_and_nothing_kept(as_coordinator: Client, campaign: Campaign) -> None:
    said = {"mark": "24", "cost": "cash", "target_match": "140"}
    answer = as_coordinator.post(reverse("report-settings", args=[campaign.pk]), said)
    assert answer.status_code == 422
    assert 'value="140"' in answer.content.decode()
    assert not ReportSettings.objects.exists()


@pytest.mark.parametrize("people", [1, 3])
def test_a_report_takes_as_many_queries_whatever_its_size(
    as_coordinator: Client, campaign: Campaign, people: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(people):
        posted(campaign, f"Person {n}", days=n)
    kpi = Kpi.objects.create(campaign=campaign, kind=KpiKind.objects.get(code="reach"), target=60_000)
    for card in campaign.collaborations.all():
        KpiShare.objects.create(kpi=kpi, collaboration=card, target=20_000)
    address = reverse("campaign-report", args=[campaign.pk])
    as_coordinator.get(address)
    with django_assert_num_queries(QUERIES):
        as_coordinator.get(address)
