"""Looks at a deal are due before the day for notice, or every so many periods, and follow its days until decided."""

import datetime as dt
from typing import Any

import pytest

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, DealReview
from crm.ambassadors.reviewing.next_decision import next_decision, next_decisions
from crm.ambassadors.reviewing.planning import reviews_due
from crm.contracts.actions.by_date import bring_up_to_date
from crm.contracts.actions.resting import go_on_after, rest
from crm.contracts.models import Contract
from crm.timeline.record import Actor
from tests.crm.ambassadors.conftest import DealOf

pytestmark = pytest.mark.django_db
AUTO = {"renewal": "auto", "renew_months": 12, "notice_value": 30}


def on(month: int, day: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, day)


def noon(month: int, day: int, year: int = 2026) -> dt.datetime:
    return dt.datetime(year, month, day, 5, tzinfo=dt.UTC)


def looks(deal: AmbassadorDeal) -> list[tuple[str, dt.date, dt.date]]:
    return list(deal.reviews.order_by("kind", "for_on").values_list("kind", "for_on", "due_on"))


def months_of(deal: AmbassadorDeal, count: int = 12) -> None:
    for number in range(1, count + 1):
        last = dt.date(2026 + number // 12, number % 12 + 1, 1) - dt.timedelta(days=1)
        DealPeriod.objects.create(
            deal=deal,
            number=number,
            first_on=last.replace(day=1),
            last_on=last,
            active_days=last.day,
            nominal_days=last.day,
        )


class TestBeforeItEnds:
    @pytest.mark.parametrize(
        ("terms", "due_on"),
        [
            ({**AUTO, "notice_value": 60, "end_on": on(3, 10, 2027)}, on(12, 26)),
            ({**AUTO}, on(11, 17)),
            ({**AUTO, "review_lead_days": 30}, on(11, 1)),
            ({"renewal": "option", "renew_months": 12, "notice_value": 2, "notice_span": "months"}, on(10, 17)),
            ({"renewal": "manual", "notice_value": 30}, on(11, 17)),
            ({"renewal": "manual"}, on(12, 1)),
            ({"renewal": "none"}, on(12, 1)),
        ],
    )
    def test_it_is_due_early_enough_to_act(self, deal_of: DealOf, terms: dict[str, Any], due_on: dt.date) -> None:
        deal = deal_of(**terms)
        reviews_due(deal, at=noon(2, 1))
        assert looks(deal) == [("renewal", deal.contract.end_on, due_on)]

    def test_asking_again_changes_nothing(self, deal_of: DealOf) -> None:
        deal = deal_of(**AUTO)
        reviews_due(deal, at=noon(2, 1))
        kept = deal.reviews.get()
        reviews_due(deal, at=noon(2, 2))
        assert (deal.reviews.get().pk, deal.reviews.get().updated_at) == (kept.pk, kept.updated_at)

    def test_undecided_it_moves_with_the_end(self, deal_of: DealOf, actor: Actor) -> None:
        deal = deal_of(**AUTO)
        reviews_due(deal, at=noon(2, 1))
        go_on_after(deal.contract, 45, at=noon(6, 1), actor=actor)
        reviews_due(deal, at=noon(6, 1))
        assert looks(deal) == [("renewal", on(2, 14, 2027), on(1, 1, 2027))]
        bring_up_to_date(deal.contract_id, noon(1, 16, 2027))
        reviews_due(deal, at=noon(1, 16, 2027))
        assert looks(deal) == [("renewal", on(2, 14, 2028), on(1, 1, 2028))]

    def test_decided_it_stays_and_the_next_term_has_its_own(self, deal_of: DealOf) -> None:
        deal = deal_of(**AUTO)
        reviews_due(deal, at=noon(2, 1))
        deal.reviews.update(decision="continue", decided_at=noon(11, 1))
        bring_up_to_date(deal.contract_id, noon(12, 2))
        reviews_due(deal, at=noon(12, 2))
        assert looks(deal) == [
            ("renewal", on(12, 31), on(11, 17)), ("renewal", on(12, 31, 2027), on(11, 17, 2027)),
        ]  # fmt: skip

    def test_while_it_rests_or_once_notice_is_given_nothing_is_planned(self, deal_of: DealOf, actor: Actor) -> None:
        resting, noticed = deal_of(**AUTO), deal_of(**AUTO, status="in_notice")
        rest(resting.contract, on(6, 1), at=noon(6, 1), actor=actor)
        for deal in (resting, noticed):
            reviews_due(deal, at=noon(6, 2))
        assert DealReview.objects.count() == 0


class TestOnTheWay:
    def test_every_third_period_is_looked_back_on_the_day_after(self, deal_of: DealOf) -> None:
        deal = deal_of(review_every=3, end_on=None)
        months_of(deal)
        reviews_due(deal, at=noon(2, 15))
        assert looks(deal) == []
        reviews_due(deal, at=noon(3, 1))
        assert looks(deal) == [("regular", on(3, 31), on(4, 1))]
        reviews_due(deal, at=noon(6, 30))
        assert looks(deal) == [("regular", on(3, 31), on(4, 1)), ("regular", on(6, 30), on(7, 1))]

    def test_the_last_period_is_looked_at_before_it_ends_and_not_twice(self, deal_of: DealOf) -> None:
        deal = deal_of(review_every=6)
        months_of(deal)
        reviews_due(deal, at=noon(12, 10))
        assert looks(deal) == [("regular", on(6, 30), on(7, 1)), ("renewal", on(12, 31), on(12, 1))]

    def test_a_period_that_moved_takes_its_look_with_it(self, deal_of: DealOf) -> None:
        deal = deal_of(review_every=3, end_on=None)
        months_of(deal, 3)
        reviews_due(deal, at=noon(3, 1))
        deal.periods.filter(number=3).update(last_on=on(4, 10))
        reviews_due(deal, at=noon(3, 12))
        assert looks(deal) == [("regular", on(4, 10), on(4, 11))]


class TestNextDecision:
    def test_the_look_comes_first_then_the_day_for_notice(self, deal_of: DealOf) -> None:
        deal = deal_of(**AUTO)
        reviews_due(deal, at=noon(2, 1))
        found = next_decision(deal, on(2, 1))
        assert found is not None
        assert (str(found.what), found.on, found.url) == (
            "Look at it", on(11, 17), f"/ambassadors/reviews/{deal.reviews.get().pk}/",
        )  # fmt: skip
        deal.reviews.update(decision="improve", decided_at=noon(11, 1))
        found = next_decision(deal, on(11, 1))
        assert found is not None
        assert (str(found.what), found.on) == ("Last day for notice", on(12, 1))

    def test_decided_or_over_nothing_is_left(self, deal_of: DealOf) -> None:
        deal, ended = deal_of(**AUTO), deal_of(status="ended")
        Contract.objects.filter(pk=deal.contract_id).update(decision="goes_on", decided_for_on=on(12, 31))
        deals = list(AmbassadorDeal.objects.with_contract().order_by("pk"))
        assert next_decisions(deals, on(2, 1)) == {deal.pk: None, ended.pk: None}

    @pytest.mark.parametrize("count", [1, 3])
    def test_of_many_it_is_one_query(self, deal_of: DealOf, count: int, django_assert_num_queries: Any) -> None:
        for _number in range(count):
            reviews_due(deal_of(**AUTO), at=noon(2, 1))
        deals = list(AmbassadorDeal.objects.with_contract())
        with django_assert_num_queries(1):
            next_decisions(deals, on(2, 1))
