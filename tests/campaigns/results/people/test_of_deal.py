"""What a deal brought: each post in the period it counts for, the cost of that period beside it, and nothing made up."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money
from pytest_django import DjangoAssertNumQueries

from campaigns.planning.models import QuotaPost
from campaigns.results.people.of_deal import deal_report, has_posts
from crm.ambassadors.models import AmbassadorDeal, DealPeriod, QuotaLine, RetainerCharge
from crm.ambassadors.quotas.ledger import write
from crm.team.models import User
from tests.factories import CampaignFactory, CollaborationFactory
from tests.factories.ambassadors import NOON, line
from tests.factories.results import a_live_post, a_snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture
def quota(db: None) -> QuotaLine:
    return line(1)


def a_month(quota: QuotaLine, month: int) -> DealPeriod:
    """One Reel owed and posted on the 14th, with a retainer of four and a half million."""
    first, last = dt.date(2026, month, 1), dt.date(2026, month, 28)
    period = DealPeriod.objects.create(
        deal=quota.deal,
        number=month,
        first_on=first,
        last_on=last,
        active_days=28,
        nominal_days=28,
        state="open",
        opened_at=NOON,
    )
    write(period, quota, "grant", 1, key=f"grant {month}", on=first, at=NOON, by="Mitra")
    RetainerCharge.objects.create(period=period, amount=Money(4_500_000, "IDR"), state="raised")
    return period


def a_post(quota: QuotaLine, month: int, period: DealPeriod | None) -> None:
    deal = quota.deal
    card = CollaborationFactory(
        campaign=CampaignFactory(brand=deal.contract.brand), influencer=deal.influencer, status="making"
    )
    post = a_live_post(card, at=dt.datetime(2026, month, 14, 5, tzinfo=dt.UTC))
    a_snapshot(post)
    QuotaPost.objects.create(deliverable=post.deliverable, line=quota, period=period)
    if period is not None:
        write(period, quota, "delivered", -1, key=f"done {month}", on=dt.date(2026, month, 14), at=NOON, by="Mitra")


def report_rows(deal: AmbassadorDeal, user: User) -> list[tuple[int, int, int, str]]:
    rows = deal_report(deal, user).rows
    return [(row.period.number, row.done, row.owed, row.each.replace("\xa0", " ")) for row in rows]


def test_each_period_has_its_posts_its_quota_and_its_cost(quota: QuotaLine, owner: User) -> None:
    a_post(quota, 9, a_month(quota, 9))
    a_month(quota, 10)
    DealPeriod.objects.update(state="closed", closed_at=NOON)
    report = deal_report(quota.deal, owner)
    assert report_rows(quota.deal, owner) == [(9, 1, 1, "IDR 3.4k"), (10, 0, 1, "n/a")]
    assert [row.is_short for row in report.rows] == [False, True]
    assert (report.kept, len(report.closed), report.counts.cost) == (1, 2, Decimal(9_000_000))


def test_a_post_of_another_campaign_counts_in_the_period_of_its_day(quota: QuotaLine, owner: User) -> None:
    a_month(quota, 9), a_month(quota, 10)
    a_post(quota, 10, None)
    assert [len(row.figures) for row in deal_report(quota.deal, owner).rows] == [0, 1]


def test_a_period_is_told_once_it_has_begun_or_something_came_of_it(quota: QuotaLine, owner: User) -> None:
    a_post(quota, 9, a_month(quota, 9))
    a_month(quota, 10), a_month(quota, 11)
    RetainerCharge.objects.filter(period__number=11).delete()
    DealPeriod.objects.update(state="planned", opened_at=None)
    assert [row.period.number for row in deal_report(quota.deal, owner).begun] == [9, 10]
    DealPeriod.objects.filter(number=11).update(state="open", opened_at=NOON)
    assert [row.period.number for row in deal_report(quota.deal, owner).begun] == [9, 10, 11]


def test_a_charge_that_was_only_proposed_cost_nothing(quota: QuotaLine, owner: User) -> None:
    a_month(quota, 9)
    RetainerCharge.objects.update(state="proposed")
    assert deal_report(quota.deal, owner).counts.cost is None


def test_the_pages_lead_to_each_other(as_owner: Client, quota: QuotaLine, owner: User) -> None:
    assert not has_posts(quota.deal, owner)
    a_post(quota, 9, a_month(quota, 9))
    address = reverse("deal-report", args=[quota.deal.pk])
    assert address in as_owner.get(reverse("ambassador-panels", args=[quota.deal.pk])).content.decode()
    page = as_owner.get(address)
    assert page.status_code == 200
    assert "Period 9" in page.content.decode()


def test_it_asks_as_often_for_one_period_as_for_three(
    as_owner: Client, quota: QuotaLine, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    url = reverse("deal-report", args=[quota.deal.pk])
    a_post(quota, 9, a_month(quota, 9))
    as_owner.get(url)
    with django_assert_num_queries(11):
        as_owner.get(url)
    for month in (10, 11):
        a_post(quota, month, a_month(quota, month))
    with django_assert_num_queries(11):
        as_owner.get(url)
