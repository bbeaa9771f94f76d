"""The page of links: the address is shown once, what was typed stays, and the list costs the same for one and three."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from campaigns.planning.models import Campaign
from campaigns.results.models import ReportLink
from campaigns.results.sharing.actions import share
from crm.portal.links import digest
from crm.team.models import User
from tests.campaigns.results.sharing.conftest import Shared

pytestmark = pytest.mark.django_db


def page_of(campaign: Campaign) -> str:
    return f"/campaigns/{campaign.pk}/report/links/"


def test_the_address_is_shown_once(as_coordinator: Client, campaign: Campaign) -> None:
    said = {"label": "Board", "language": "id", "days": "14", "shows_money": "on"}
    shown = as_coordinator.post(page_of(campaign), said)
    link = ReportLink.objects.get()
    address = shown.context["address"]
    assert (shown.status_code, shown["Cache-Control"]) == (200, "no-store, private")
    assert digest(address.split("/")[-2]) == link.token_sha256
    assert address in shown.content.decode()
    assert address.split("/")[-2] not in as_coordinator.get(page_of(campaign)).content.decode()


@pytest.mark.parametrize(
    "wrong", [{"days": "0"}, {"days": "366"}, {"days": "soon"}, {"label": ""}, {"language": "fr"}, {"label": "x" * 121}]
)
def test_a_refused_form_keeps_what_was_typed(as_coordinator: Client, campaign: Campaign, wrong: dict[str, str]) -> None:
    said = {"label": "Board of Lumi", "language": "id", "days": "14", **wrong}
    answer = as_coordinator.post(page_of(campaign), said)
    assert (answer.status_code, ReportLink.objects.count()) == (422, 0)
    assert {name: answer.context["form"][name].value() for name in said} == said


def test_a_link_is_taken_back_from_the_list(as_coordinator: Client, shared: Shared, now: dt.datetime) -> None:
    url = f"/campaigns/report/links/{shared.link.pk}/take-back/"
    answers = [as_coordinator.post(url), as_coordinator.post(url)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert ReportLink.objects.get().revoked_at == now
    assert "taken back" in as_coordinator.get(page_of(shared.link.campaign)).content.decode()


def test_the_list_costs_the_same_for_one_link_and_three(
    as_coordinator: Client,
    campaign: Campaign,
    coordinator: User,
    now: dt.datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    as_coordinator.get(page_of(campaign))
    for label in ("One", "Two", "Three"):
        share(campaign, label=label, language="en", at=now, user=coordinator)
        if label != "Two":
            with django_assert_num_queries(5):
                as_coordinator.get(page_of(campaign))
