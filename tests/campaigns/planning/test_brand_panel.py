"""A brand's page tells what the brand does and did, as far as the reader may know."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.panels import brand_campaigns
from crm.brands.models import Brand
from crm.team.models import User
from tests.factories import BrandFactory, CampaignFactory, CollaborationFactory, DeliverableFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def lumi(organisation: object) -> Brand:
    return BrandFactory(name="Lumi Skincare")


def test_the_page_of_a_brand_has_its_campaigns_latest_first_and_nobody_elses(
    as_coordinator: Client, lumi: Brand
) -> None:
    for name, start_on in (("Glow", "2026-03-01"), ("Ramadan", "2027-01-26")):
        CampaignFactory(brand=lumi, name=name, start_on=start_on, end_on="2027-03-01")
    CampaignFactory(name="Somebody else's")
    page = as_coordinator.get(reverse("brand", args=[lumi.pk]))
    (panel,) = [
        context for template, context in page.context["panels"] if template == "campaigns/planning/brand_panel.html"
    ]
    assert [row.campaign.name for row in panel["rows"]] == ["Ramadan", "Glow"]
    html = page.content.decode()
    assert "Somebody else" not in html
    assert f'href="{reverse("campaign-new")}?brand={lumi.pk}"' in html


def test_a_brand_without_campaigns_says_so_and_an_archived_one_opens_none(
    as_coordinator: Client, lumi: Brand, now: dt.datetime
) -> None:
    assert "No campaign yet." in as_coordinator.get(reverse("brand", args=[lumi.pk])).content.decode()
    Brand.objects.update(archived_at=now)
    assert f"?brand={lumi.pk}" not in as_coordinator.get(reverse("brand", args=[lumi.pk])).content.decode()


def test_who_only_looks_sees_the_campaigns_and_opens_none(as_viewer: Client, lumi: Brand) -> None:
    CampaignFactory(brand=lumi, name="Glow")
    html = as_viewer.get(reverse("brand", args=[lumi.pk])).content.decode()
    assert "Glow" in html
    assert reverse("campaign-new") not in html


def test_more_than_a_dozen_are_cut_and_the_rest_is_one_click_away(as_coordinator: Client, lumi: Brand) -> None:
    for number in range(13):
        CampaignFactory(brand=lumi, name=f"Glow {number}")
    html = as_coordinator.get(reverse("brand", args=[lumi.pk])).content.decode()
    assert html.count('data-label="Standing"') == 12
    assert "/campaigns/?q=Lumi%20Skincare" in html


@pytest.mark.parametrize("count", [1, 3])
def test_the_brands_panel_costs_the_same_queries(
    count: int, coordinator: User, rf: Any, lumi: Brand, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        campaign = CampaignFactory(brand=lumi, name=f"Glow {number}")
        DeliverableFactory(collaboration=CollaborationFactory(campaign=campaign, status="making"))
    request = rf.get("/")
    request.user = coordinator
    coordinator.brand_ids()
    with django_assert_num_queries(4):
        shown = brand_campaigns(request, lumi)
        assert shown is not None
        assert [row.people for row in shown[1]["rows"]] == [1] * count
