"""The comparison as a page: typed or taken from the shortlist, and never with one answer for everything."""

import pytest
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Campaign
from campaigns.shortlist.versus_page import EXAMPLE
from crm.team.models import User
from tests.campaigns.shortlist.conftest import noted_lately, on_shortlist, person

pytestmark = pytest.mark.django_db


def url(campaign: Campaign) -> str:
    return reverse("campaign-versus", args=[campaign.pk])


def test_the_articles_example_prints_every_line(campaign: Campaign, as_coordinator: Client) -> None:
    answer = as_coordinator.get(url(campaign), EXAMPLE)
    assert [
        (line.label, line.a.replace("\u00a0", " "), line.b.replace("\u00a0", " ")) for line in answer.context["lines"]
    ] == [
        ("Cost together", "IDR 150,000,000", "IDR 150,000,000"),
        ("Likes", "49,800", "47,400"),
        ("Cost of each of them", "IDR 3,012", "IDR 3,165"),
        ("Reach", "600,000", "400,000"),
        ("Cost per 1,000 people reached", "IDR 250,000", "IDR 375,000"),
        ("Coordination", "1", "50"),
        ("Effective reach", "90,000", "240,000"),
        ("Cost per 1,000 of that audience", "IDR 1,666,667", "IDR 625,000"),
    ]
    assert "Neither answer is general" in answer.content.decode()


def test_people_of_the_shortlist_fill_a_side(campaign: Campaign, as_coordinator: Client) -> None:
    card = on_shortlist(campaign, noted_lately(person("Kirana")))
    form = as_coordinator.get(url(campaign), {"b": card.pk}).context["form"]
    assert {name: str(value) for name, value in form.initial.items() if name.startswith("b_")} == {
        "b_people": "1", "b_followers": "48000", "b_price": "2500000", "b_rate": "2.375", "b_reach": "31.667",
        "b_match": "23.200",
    }  # fmt: skip


def test_what_cannot_be_read_is_explained_and_kept(campaign: Campaign, as_coordinator: Client) -> None:
    answer = as_coordinator.get(url(campaign), {**EXAMPLE, "a_people": "0", "b_followers": "many"})
    page = answer.content.decode()
    assert (answer.status_code, answer.context["lines"]) == (422, None)
    assert 'value="many"' in page
    assert "greater than or equal to 1" in page


def test_a_side_without_reach_says_so(campaign: Campaign, as_coordinator: Client) -> None:
    lines = as_coordinator.get(url(campaign), {**EXAMPLE, "a_reach": "", "b_match": ""}).context["lines"]
    assert {line.label: (line.a, line.b) for line in lines if "n/a" in (line.a, line.b)} == {
        "Reach": ("n/a", "400,000"),
        "Cost per 1,000 people reached": ("n/a", "IDR\u00a0375,000"),
        "Effective reach": ("n/a", "n/a"),
        "Cost per 1,000 of that audience": ("n/a", "n/a"),
    }


def test_the_example_reads_the_same_in_indonesian(
    campaign: Campaign, as_coordinator: Client, coordinator: User
) -> None:
    User.objects.filter(pk=coordinator.pk).update(language="id")
    lines = as_coordinator.get(url(campaign), EXAMPLE).context["lines"]
    assert [(line.a, line.b) for line in lines[:3]] == [
        ("Rp150.000.000", "Rp150.000.000"), ("49.800", "47.400"), ("Rp3.012", "Rp3.165"),
    ]  # fmt: skip
