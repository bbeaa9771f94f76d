"""The pages of results: one person's, one deal's, and what stands of them on other pages."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from crm.influencers.models import Influencer
from tests.campaigns.results.people.test_of_person import a_part
from tests.factories import InfluencerFactory
from tests.factories.results import WENT_OUT

pytestmark = pytest.mark.django_db


@pytest.fixture
def kirana(db: None) -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari")


def test_the_page_tells_campaigns_posts_and_rates(as_coordinator: Client, kirana: Influencer) -> None:
    a_part(kirana, "Glow")
    page = as_coordinator.get(reverse("person-report", args=[kirana.pk])).content.decode()
    for shown in ("Glow", "2.72%", "Reel"):
        assert shown in page


def test_a_page_without_a_post_says_so(as_coordinator: Client, kirana: Influencer) -> None:
    assert "No post for us yet" in as_coordinator.get(reverse("person-report", args=[kirana.pk])).content.decode()


def test_the_panel_leads_there_once_something_went_out(as_coordinator: Client, kirana: Influencer) -> None:
    panels, address = reverse("person-panels", args=[kirana.pk]), reverse("person-report", args=[kirana.pk])
    assert address not in as_coordinator.get(panels).content.decode()
    a_part(kirana, "Glow")
    assert address in as_coordinator.get(panels).content.decode()


def test_it_asks_as_often_for_one_campaign_as_for_three(
    as_coordinator: Client, kirana: Influencer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = reverse("person-report", args=[kirana.pk])
    a_part(kirana, "One")
    as_coordinator.get(url)
    with django_assert_num_queries(18):
        as_coordinator.get(url)
    for days, name in enumerate(("Two", "Three"), 1):
        a_part(kirana, name, at=WENT_OUT + dt.timedelta(days=days))
    with django_assert_num_queries(18):
        as_coordinator.get(url)
