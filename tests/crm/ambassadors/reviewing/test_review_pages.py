"""The page of a review with its facts, and the queue of deals that come to the end of their term."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, DealReview, PeriodQuota, RetainerCharge, Sale
from crm.ambassadors.reviewing.planning import reviews_due
from crm.base.zones import local_date
from crm.contracts.models import Contract
from crm.vetting.models import Fact
from tests.crm.ambassadors.conftest import DealOf

pytestmark = pytest.mark.django_db
AUTO = {"renewal": "auto", "renew_months": 12, "notice_value": 30}
DAY = dt.timedelta(days=1)


@pytest.fixture
def today(now: dt.datetime) -> dt.date:
    return local_date(now, "Asia/Jakarta")


def closing(deal: AmbassadorDeal, today: dt.date, now: dt.datetime, *, owed: int = 4, done: int = 3) -> DealPeriod:
    """A closed period of this deal with its quota, its retainer, an order and a post that was late."""
    period = DealPeriod.objects.create(
        deal=deal, number=deal.periods.count() + 1, first_on=today - 60 * DAY, last_on=today - 31 * DAY, active_days=30,
        nominal_days=30, state="closed", closed_at=now,
    )  # fmt: skip
    line = deal.quotas.get()
    PeriodQuota.objects.create(period=period, line=line, granted=owed, delivered=done, settled=done - owed, left=0)
    RetainerCharge.objects.create(period=period, amount=Money(10_000_000, "IDR"), state="raised", decided_at=now)
    Sale.objects.create(
        brand=deal.contract.brand, number=f"A-{deal.pk}", deal=deal, ordered_on=today - 40 * DAY,
        gross=Money(500_000, "IDR"), commission=Money(50_000, "IDR"),
    )  # fmt: skip
    Fact.objects.create(
        influencer=deal.influencer, brand=deal.contract.brand, kind="post_days", amount=2, happened_at=now,
        ref=f"x:{deal.pk}", work="x:1",
    )  # fmt: skip
    return period


def ending(deal_of: DealOf, today: dt.date, now: dt.datetime, **said: Any) -> AmbassadorDeal:
    deal = deal_of(**{**AUTO, "start_on": today - 300 * DAY, "end_on": today + 64 * DAY, **said})
    closing(deal, today, now)
    reviews_due(deal, at=now)
    return deal


class TestReview:
    def test_it_shows_what_is_known_and_what_each_decision_does(
        self, as_coordinator: Client, deal_of: DealOf, today: dt.date, now: dt.datetime
    ) -> None:
        deal = ending(deal_of, today, now)
        page = as_coordinator.get(reverse("ambassador-review", args=[deal.reviews.get().pk])).content.decode()
        assert "In all 3 of 4 posted, IDR\xa010,000,000." in page
        assert "IDR\xa0500,000" in page
        assert "Reach and engagement are not measured yet." in page
        assert "It goes on by itself, and nobody is reminded about notice any more." in page
        assert "Go on with more" in page

    def test_a_coordinator_does_not_let_it_end_and_who_decides_does(
        self, as_coordinator: Client, as_owner: Client, deal_of: DealOf, today: dt.date, now: dt.datetime
    ) -> None:
        deal = ending(deal_of, today, now)
        address = reverse("ambassador-review", args=[deal.reviews.get().pk])
        refused = as_coordinator.post(address, {"decision": "end", "content": "4", "note": "typed"})
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["decision"])
        assert "typed" in refused.content.decode()
        assert deal.reviews.get().decision == ""
        answer = as_owner.post(address, {"decision": "end"})
        assert (answer.status_code, answer["Location"]) == (302, reverse("contract-notice", args=[deal.contract_id]))

    def test_decided_it_shows_by_whom_and_asks_nothing(
        self, as_coordinator: Client, deal_of: DealOf, today: dt.date, now: dt.datetime
    ) -> None:
        deal = ending(deal_of, today, now)
        address = reverse("ambassador-review", args=[deal.reviews.get().pk])
        as_coordinator.post(address, {"decision": "continue", "content": "4", "note": "Warm."})
        answer = as_coordinator.get(address)
        assert (answer.context["form"], "Warm." in answer.content.decode()) == (None, True)
        assert as_coordinator.post(address, {"decision": "improve"}).status_code == 200
        assert deal.reviews.get().decision == "continue"

    @pytest.mark.parametrize("many", [1, 3])
    def test_it_costs_the_same_however_long_the_deal_has_run(
        self, as_coordinator: Client, deal_of: DealOf, today: dt.date, now: dt.datetime, many: int,
        django_assert_num_queries: Any,
    ) -> None:  # fmt: skip
        deal = ending(deal_of, today, now)
        for number in range(many - 1):
            DealPeriod.objects.create(
                deal=deal, number=number + 2, first_on=today - 20 * DAY, last_on=today, active_days=21, nominal_days=21
            )
            DealReview.objects.create(
                deal=deal, kind="regular", for_on=today - number * DAY, due_on=today, decision="continue",
                decided_at=now, decided_by=deal.contract.owner,
            )  # fmt: skip
        with django_assert_num_queries(12):
            as_coordinator.get(reverse("ambassador-review", args=[deal.reviews.before_the_end().get().pk]))


class TestQueue:
    def test_it_is_sorted_by_the_day_of_the_decision(
        self, as_coordinator: Client, deal_of: DealOf, today: dt.date, now: dt.datetime
    ) -> None:
        later = ending(deal_of, today, now)
        sooner = ending(deal_of, today, now, end_on=today + 40 * DAY)
        by_hand = ending(deal_of, today, now, renewal="manual", end_on=today + 20 * DAY)
        far = ending(deal_of, today, now, end_on=today + 300 * DAY)
        answer = as_coordinator.get(reverse("ambassador-renewals"))
        assert [(row.deal.pk, row.on) for row in answer.context["rows"]] == [
            (sooner.pk, today + 10 * DAY), (by_hand.pk, today + 20 * DAY), (later.pk, today + 34 * DAY),
        ]  # fmt: skip
        everything = as_coordinator.get(reverse("ambassador-renewals"), {"within": "all"})
        assert [row.deal.pk for row in everything.context["rows"]][-1] == far.pk

    def test_a_row_says_how_it_went_and_what_going_on_costs(
        self, as_coordinator: Client, deal_of: DealOf, today: dt.date, now: dt.datetime
    ) -> None:
        deal = ending(deal_of, today, now)
        (row,) = as_coordinator.get(reverse("ambassador-renewals")).context["rows"]
        assert (row.kept.done, row.kept.owed, row.worked.on_time.good, row.worked.on_time.of) == (3, 4, 0, 1)
        assert (row.retainer, row.cost) == (Money(10_000_000, "IDR"), Money(120_000_000, "IDR"))
        assert (row.review.pk, row.is_settled) == (deal.reviews.get().pk, False)

    def test_what_is_decided_or_noticed_says_so(
        self, as_coordinator: Client, deal_of: DealOf, today: dt.date, now: dt.datetime
    ) -> None:
        decided, noticed = ending(deal_of, today, now), ending(deal_of, today, now)
        end_on = decided.contract.end_on
        Contract.objects.filter(pk=decided.contract_id).update(decision="goes_on", decided_for_on=end_on)
        Contract.objects.filter(pk=noticed.contract_id).update(status="in_notice")
        rows = as_coordinator.get(reverse("ambassador-renewals")).context["rows"]
        said = {row.deal.pk: str(row.state) for row in rows}
        assert said == {decided.pk: "It goes on", noticed.pk: "Notice is given: it ends"}
        told = {row.deal.pk: (str(row.day_label), str(row.going_on)) for row in rows}
        assert told[noticed.pk] == ("Last day", "Notice given")

    def test_a_filter_narrows_it_and_keeps_the_span(
        self, as_coordinator: Client, deal_of: DealOf, today: dt.date, now: dt.datetime
    ) -> None:
        mine, other = ending(deal_of, today, now), ending(deal_of, today, now)
        answer = as_coordinator.get(reverse("ambassador-renewals"), {"program": mine.program_id, "within": "180"})
        assert [row.deal.pk for row in answer.context["rows"]] == [mine.pk]
        assert (answer.context["tabs"][2]["active"], other.pk != mine.pk) == (True, True)

    def test_without_deals_it_says_what_will_stand_here(self, as_coordinator: Client) -> None:
        page = as_coordinator.get(reverse("ambassador-renewals")).content.decode()
        assert "No deal comes to an end" in page

    @pytest.mark.parametrize("many", [1, 3])
    def test_it_costs_the_same_however_many_deals(
        self, as_coordinator: Client, deal_of: DealOf, today: dt.date, now: dt.datetime, many: int,
        django_assert_num_queries: Any,
    ) -> None:  # fmt: skip
        for _number in range(many):
            ending(deal_of, today, now)
        with django_assert_num_queries(8):
            as_coordinator.get(reverse("ambassador-renewals"))

    def test_the_address_of_a_deals_notice_leads_to_its_contract(self, as_coordinator: Client, deal_of: DealOf) -> None:
        deal = deal_of(**AUTO)
        answer = as_coordinator.get(reverse("ambassador-notice", args=[deal.pk]))
        assert (answer.status_code, answer["Location"]) == (302, reverse("contract-notice", args=[deal.contract_id]))
