"""Deals for many: the same questions once, a row for each before anything is written, a result for each after."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.ambassadors.models import AmbassadorDeal, Program
from crm.influencers.models import Influencer, Platform, SocialAccount
from tests.crm.ambassadors.conftest import DealOf, format_of
from tests.factories import InfluencerFactory

pytestmark = pytest.mark.django_db
MANY = reverse("ambassador-many")


def person(name: str) -> Influencer:
    made = InfluencerFactory(stage_name=name)
    account = {"platform": Platform.objects.get(code="instagram"), "handle": name.lower()}
    SocialAccount.objects.create(influencer=made, followers=20_000, **account)
    return made


@pytest.fixture
def sekar(db: None) -> Influencer:
    return person("Sekar")


@pytest.fixture
def laras(db: None) -> Influencer:
    return person("Laras")


def typed(circle: Program, **more: Any) -> dict[str, Any]:
    usual = {
        "who": "sekar\nlaras", "program": circle.pk, "said": "2 reel a month, 3jt", "start_on": "2027-01-01",
        "months": "6", "renewal": "none", "zone": "Asia/Jakarta", "unit": "month", "every": "1",
        "quota-TOTAL_FORMS": "2", "quota-INITIAL_FORMS": "0",
    }  # fmt: skip
    return {**usual, **more}


def test_everybody_is_shown_before_anything_is_written(
    as_coordinator: Client, circle: Program, sekar: Influencer, laras: Influencer, deal_of: DealOf
) -> None:
    deal_of(person=laras, program=circle, start_on=dt.date(2026, 6, 1), end_on=dt.date(2027, 5, 31))
    page = as_coordinator.post(MANY, typed(circle, show="1"))
    rows = [(row.person, row.is_impossible, [one.quantity for one in row.quotas]) for row in page.context["plan"].rows]
    assert (page.status_code, rows) == (200, [(sekar, False, [2]), (laras, True, [2])])
    assert AmbassadorDeal.objects.count() == 1


def test_those_who_are_ticked_get_a_draft_each(
    as_coordinator: Client, circle: Program, sekar: Influencer, laras: Influencer
) -> None:
    page = as_coordinator.post(MANY, typed(circle, save="1", on=[sekar.pk]))
    assert [(one.person, one.deal is not None) for one in page.context["made"]] == [(sekar, True)]
    deal = AmbassadorDeal.objects.get()
    assert (deal.influencer, deal.contract.status) == (sekar, "draft")
    assert f'name="ids" value="{deal.contract_id}"' in page.text


def test_pressing_twice_writes_each_once(
    as_coordinator: Client, circle: Program, sekar: Influencer, laras: Influencer
) -> None:
    as_coordinator.post(MANY, typed(circle, save="1", on=[sekar.pk, laras.pk]))
    page = as_coordinator.post(MANY, typed(circle, save="1", on=[sekar.pk, laras.pk]))
    assert "Nobody is ticked." in page.text
    assert AmbassadorDeal.objects.count() == 2


def test_nobody_ticked_writes_nothing(
    as_coordinator: Client, circle: Program, sekar: Influencer, laras: Influencer
) -> None:
    page = as_coordinator.post(MANY, typed(circle, save="1"))
    assert (page.status_code, AmbassadorDeal.objects.count()) == (200, 0)
    assert "Nobody is ticked." in page.text


def test_people_ticked_in_the_list_come_along(as_coordinator: Client, circle: Program, sekar: Influencer) -> None:
    page = as_coordinator.post(reverse("people-bulk"), {"action": "ambassadors", "ids": [sekar.pk]})
    assert (page.status_code, list(page.context["chosen"])) == (200, [sekar])
    page = as_coordinator.post(MANY, typed(circle, who="", chosen=str(sekar.pk), show="1"))
    assert [row.person for row in page.context["plan"].rows] == [sekar]


def test_who_is_unknown_is_said_and_stays_typed(as_coordinator: Client, circle: Program) -> None:
    page = as_coordinator.post(MANY, typed(circle, who="nobody.known", show="1"))
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["who"])
    assert "nobody.known" in page.text


def test_a_row_costs_the_same_for_few_and_for_many(
    as_coordinator: Client, circle: Program, sekar: Influencer, django_assert_num_queries: Any
) -> None:
    from crm.ambassadors.making.terms import QuotaTerms
    from crm.ambassadors.many.plan import plan_of
    from tests.crm.ambassadors.test_making import terms_of

    asked = terms_of(None, circle, circle.owner, quotas=[QuotaTerms(format_of("reel"), 2)], posts=[("story", 3)])
    now = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
    people = [sekar, person("Laras"), person("Intan")]
    plan_of(asked, people, circle.owner, now)  # what the whole page knows is asked once
    for several in (people[:1], people):
        with django_assert_num_queries(5):
            plan_of(asked, several, circle.owner, now)
