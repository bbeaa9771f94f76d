"""The page of deals at risk: what it lists, where each row leads, and what it costs."""

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from crm.ambassadors.models import AmbassadorDeal, Program, RetainerCharge
from crm.base.models import Organisation
from crm.contracts.models import Contract
from crm.exclusivity.models import Clause, Finding
from crm.influencers.models import Influencer, MetricSnapshot
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.lists.test_list_pages import period_of
from tests.crm.ambassadors.lists.test_risks import closed
from tests.factories import SocialAccountFactory

pytestmark = pytest.mark.django_db
PAGE = "/ambassadors/at-risk/"


def rows(client: Client, **asked: str) -> list[tuple[str, str]]:
    found = client.get(PAGE, asked).context["rows"]
    return [(str(row.deal.influencer), row.risk.key) for row in found]


def test_every_reason_has_its_row_and_the_page_that_settles_it(
    as_coordinator: Client, deal_of: DealOf, kirana: Influencer, circle: Program
) -> None:
    deal = deal_of(person=kirana, program=circle, renewal=Contract.Renewal.AUTO, renew_months=12, notice_value=30)
    period_of(deal, owed=4, done=1)
    assert rows(as_coordinator) == [("Kirana Maheswari", "notice"), ("Kirana Maheswari", "behind")]
    page = as_coordinator.get(PAGE)
    assert [row.url for row in page.context["rows"]] == [
        reverse("ambassador-notice", args=[deal.pk]), f"/ambassadors/{deal.pk}/periods/11/",
    ]  # fmt: skip
    assert "1 of 4 posted, 7 days left." in page.content.decode()
    assert "1 deal somebody should look at" in page.content.decode()


def test_the_page_is_narrowed_to_one_reason(as_coordinator: Client, deal_of: DealOf) -> None:
    late, waits = deal_of(), deal_of()
    period_of(late, owed=4, done=1)
    RetainerCharge.objects.create(period=closed(waits, 10, owed=2, done=2), amount=500_000)
    assert rows(as_coordinator, reason="charge") == [(str(waits.influencer), "charge")]
    assert rows(as_coordinator, reason="fell") == []
    tabs = as_coordinator.get(PAGE, {"reason": "charge"}).context["tabs"]
    assert [(str(tab["label"]), tab["count"], tab["active"]) for tab in tabs] == [
        ("All reasons", 2, False), ("Behind", 1, False), ("Charge to decide", 1, True),
    ]  # fmt: skip


def test_a_deal_behind_the_wall_is_not_listed(as_coordinator: Client, deal_of: DealOf) -> None:
    period_of(deal_of(), owed=4, done=1)
    Organisation.objects.update(brand_walls=True)
    cache.clear()
    assert rows(as_coordinator) == []


def test_when_nothing_is_at_risk_the_page_says_so(as_coordinator: Client, deal_of: DealOf) -> None:
    deal_of()
    page = as_coordinator.get(PAGE).content.decode()
    assert "No deal is at risk" in page
    period_of(AmbassadorDeal.objects.get(), owed=4, done=1)
    assert "No deal for this reason" in as_coordinator.get(PAGE, {"reason": "fell"}).content.decode()


def troubled(deal: AmbassadorDeal, now: dt.datetime) -> None:
    """Something of every kind."""
    period_of(deal, owed=4, done=0)
    deal.pauses.create(first_on=dt.date(2026, 9, 1))
    for number in (9, 10):
        period = closed(deal, number, owed=2, done=1)
        period.make_goods.create(line=deal.quotas.get(), quantity=1, due_on=dt.date(2026, 11, 1))
        RetainerCharge.objects.create(period=period, amount=500_000)
    deal.reviews.create(for_on=dt.date(2026, 12, 31), due_on=dt.date(2026, 11, 17))
    deal.tail.create(kind="bio", due_on=dt.date(2026, 11, 1))
    clause = Clause.objects.create(influencer=deal.influencer, brand=deal.contract.brand)
    Finding.objects.create(
        clause=clause, influencer=deal.influencer, engagement_ref="seen:1", fingerprint=f"{deal.pk:064d}", severity=3
    )
    account = SocialAccountFactory(influencer=deal.influencer)
    for ago, likes in ((120, 300), (5, 100)):
        at = now - dt.timedelta(days=ago)
        MetricSnapshot.objects.create(account=account, taken_at=at, followers=10_000, likes=likes)


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_costs_the_same_however_many_are_at_risk(
    as_coordinator: Client, deal_of: DealOf, now: dt.datetime, many: int, django_assert_num_queries: Any
) -> None:
    for _number in range(many):
        troubled(deal_of(renewal=Contract.Renewal.AUTO, renew_months=12, notice_value=30), now)
    as_coordinator.get(PAGE)
    with django_assert_num_queries(9):
        page = as_coordinator.get(PAGE)
    assert len(page.context["rows"]) == 9 * many
