"""The manager's page: what is at risk first, what waits, and the same number of questions for one campaign and three."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money
from pytest_django import DjangoAssertNumQueries

from campaigns.planning.models import Campaign, Kpi, KpiKind
from campaigns.results.homes import views
from campaigns.results.homes.page import overview_of
from campaigns.results.homes.rows import rows_of
from campaigns.results.models import CampaignCost
from crm.base.models import Organisation
from crm.team.models import Role, User
from tests.factories import BrandFactory, CampaignFactory, CollaborationFactory, UserFactory
from tests.factories.results import a_live_post, a_snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(organisation: Organisation) -> User:
    return UserFactory(role=Role.MANAGER, name="Maya Lestari")


@pytest.fixture
def as_manager(manager: User, monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> Client:
    monkeypatch.setattr(views.timezone, "now", lambda: now)
    client = Client()
    client.force_login(manager)
    return client


def a_campaign(name: str, now: dt.datetime, *, spent: int = 4_500_000, **more: object) -> Campaign:
    """Live since a fortnight, half its days over, with one counted post and a goal."""
    made: Campaign = CampaignFactory(
        name=name, status="live", budget=Money(10_000_000, "IDR"), start_on=now.date() - dt.timedelta(days=14),
        end_on=now.date() + dt.timedelta(days=14), **more,
    )  # fmt: skip
    card = CollaborationFactory(campaign=made, status="making", promised_at=now)
    a_snapshot(a_live_post(card))
    CampaignCost.objects.create(campaign=made, amount=Money(spent, "IDR"), on=now.date())
    Kpi.objects.create(campaign=made, kind=KpiKind.objects.get(code="reach"), target=Decimal(20_000))
    return made


def test_a_row_tells_goal_budget_and_what_an_engagement_cost(now: dt.datetime, organisation: Organisation) -> None:
    (row,) = rows_of([a_campaign("Glow", now)], now)
    assert row.main is not None
    assert (row.main.reached, row.main.percent) == (Decimal(15_200), 76.0)
    assert (row.spent_share, row.time_gone, row.each.replace("\xa0", " ")) == (45, 48, "IDR 3.4k")
    assert row.age_words == "2 days"
    assert row.risks == []


def test_money_that_runs_ahead_of_time_and_old_numbers_are_risks(now: dt.datetime, organisation: Organisation) -> None:
    (row,) = rows_of([a_campaign("Glow", now, spent=7_000_000)], now)
    assert row.risks == ["money runs ahead of time"]
    later = now + dt.timedelta(days=6)
    (old,) = rows_of([row.campaign], later)
    assert old.risks == ["numbers are old"]
    CampaignCost.objects.update(amount=Decimal(11_000_000))
    assert rows_of([row.campaign], now)[0].risks == ["over the budget"]


def test_what_is_at_risk_stands_first(manager: User, now: dt.datetime) -> None:
    a_campaign("Calm", now)
    a_campaign("Dear", now, spent=11_000_000)
    assert [one.campaign.name for one in overview_of(manager, now).rows] == ["Dear", "Calm"]


def test_only_live_campaigns_of_ones_own_brands_are_there(manager: User, now: dt.datetime) -> None:
    lumi, other = BrandFactory(name="Lumi"), BrandFactory(name="Rival")
    a_campaign("Glow", now, brand=lumi)
    a_campaign("Hidden", now, brand=other)
    CampaignFactory(name="Draft", brand=lumi, status="draft")
    Organisation.objects.update(brand_walls=True)
    manager.brand_access.create(brand=lumi)
    manager.forget_brands()
    assert [one.campaign.name for one in overview_of(manager, now).rows] == ["Glow"]


def test_the_page_shows_it_and_says_so_when_nothing_is_live(as_manager: Client, now: dt.datetime) -> None:
    assert "No campaign is live" in as_manager.get(reverse("manager-home")).content.decode()
    made = a_campaign("Glow", now)
    page = as_manager.get(reverse("manager-home")).content.decode()
    for shown in ("Glow", "76%", reverse("campaign-report", args=[made.pk]), "48% of the days are over"):
        assert shown in page


def test_it_asks_as_often_for_one_campaign_as_for_three(
    as_manager: Client, now: dt.datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = reverse("manager-home")
    a_campaign("One", now)
    as_manager.get(url)
    with django_assert_num_queries(27):
        as_manager.get(url)
    a_campaign("Two", now)
    a_campaign("Three", now)
    with django_assert_num_queries(27):
        as_manager.get(url)
