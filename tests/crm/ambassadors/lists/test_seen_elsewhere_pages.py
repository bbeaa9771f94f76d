"""Deals and programmes on the pages of people, contracts and brands, and in the search of the house."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from crm.ambassadors.lists.panels import deals_of_person
from crm.ambassadors.models import Program, Prospect
from crm.contracts.models import Contract
from crm.influencers.merging.actions import merge
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import SYSTEM
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.lists.test_list_pages import period_of
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db


def shown(client: Client, name: str, pk: int) -> str:
    return client.get(reverse(name, args=[pk])).content.decode()


def test_a_persons_page_says_since_when_she_belongs_to_a_programme(
    as_coordinator: Client, deal_of: DealOf, kirana: Influencer, circle: Program
) -> None:
    deal_of(
        person=kirana, program=circle, status=Contract.Status.ENDED,
        start_on=dt.date(2025, 1, 1), end_on=dt.date(2025, 12, 31),
    )  # fmt: skip
    period_of(deal_of(person=kirana, program=circle), owed=4, done=3)
    page = shown(as_coordinator, "person-panels", kirana.pk)
    assert page.count("Member since 1 January 2025") == 2
    assert "3 of 4" in page


def test_whoever_has_no_deal_has_no_panel_of_deals(as_coordinator: Client, kirana: Influencer) -> None:
    assert 'id="ambassador"' not in shown(as_coordinator, "person-panels", kirana.pk)


def test_after_a_merge_the_deal_is_on_the_page_of_who_stays(
    as_coordinator: Client, deal_of: DealOf, kirana: Influencer, circle: Program, now: dt.datetime
) -> None:
    twin = InfluencerFactory(stage_name="Kirana M.")
    deal = deal_of(person=twin, program=circle)
    merge(kirana.pk, twin.pk, {}, at=now, actor=SYSTEM)
    deal.refresh_from_db()
    assert deal.influencer == kirana
    assert "Lumi Circle" in shown(as_coordinator, "person-panels", kirana.pk)


@pytest.mark.parametrize("many", [1, 3])
def test_a_persons_panel_costs_the_same_however_many_deals(
    coordinator: User,
    rf: RequestFactory,
    deal_of: DealOf,
    kirana: Influencer,
    many: int,
    django_assert_num_queries: Any,
) -> None:
    for _number in range(many):
        period_of(deal_of(person=kirana), owed=4, done=3)
    request = rf.get("/")
    request.user = coordinator
    coordinator.brand_ids()
    with django_assert_num_queries(4):
        _template, context = deals_of_person(request, kirana) or ("", {})
    assert len(context["rows"]) == many


def test_a_contracts_page_leads_to_its_deal(
    as_coordinator: Client, deal_of: DealOf, kirana: Influencer, circle: Program
) -> None:
    deal = deal_of(person=kirana, program=circle)
    page = shown(as_coordinator, "contract", deal.contract_id)
    assert f'href="/ambassadors/{deal.pk}/"' in page
    assert "Ends: Thu, 31 Dec 2026" in page


def test_an_amendment_leads_to_the_deal_it_changes(as_coordinator: Client, deal_of: DealOf) -> None:
    deal = deal_of()
    change = Contract.objects.create(
        kind=Contract.Kind.AMBASSADOR, title="More reels", brand=deal.contract.brand, owner=deal.contract.owner,
        amends=deal.contract,
    )  # fmt: skip
    assert f'href="/ambassadors/{deal.pk}/"' in shown(as_coordinator, "contract", change.pk)


def test_a_brands_page_lists_its_programmes(as_coordinator: Client, deal_of: DealOf, circle: Program) -> None:
    deal_of(program=circle)
    deal_of(program=circle)
    deal_of(program=circle, status=Contract.Status.ENDED)
    Prospect.objects.create(influencer=InfluencerFactory(), brand=circle.brand, program=circle)
    page = shown(as_coordinator, "brand", circle.brand_id)
    assert "2 ambassadors" in page
    assert "1 might join" in page


def test_programmes_and_deals_are_found_by_search(
    as_coordinator: Client, deal_of: DealOf, kirana: Influencer, circle: Program
) -> None:
    deal = deal_of(person=kirana, program=circle)
    page = as_coordinator.get("/search/", {"q": "circle"}).content.decode()
    assert f'href="/ambassadors/programs/{circle.pk}/"' in page
    assert f'href="/ambassadors/{deal.pk}/"' in page
