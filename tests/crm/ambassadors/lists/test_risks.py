"""What puts a deal at risk: each reason at the day it begins to hold, and the facts it is told by."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from crm.ambassadors.lists.pace import Pace
from crm.ambassadors.models import AmbassadorDeal, DealPeriod, MakeGood, PeriodQuota, RetainerCharge
from crm.ambassadors.risks.facts import read_facts
from crm.ambassadors.risks.rules import DealFacts, risks_of
from crm.contracts.models import Contract
from crm.exclusivity.models import Clause, Finding
from crm.influencers.models import MetricSnapshot
from tests.crm.ambassadors.conftest import DealOf
from tests.factories import SocialAccountFactory

TODAY = dt.date(2026, 11, 24)
CALM = DealFacts(deal=1, today=TODAY)
NOVEMBER = Pace(11, dt.date(2026, 11, 1), dt.date(2026, 11, 30), owed=4, done=1)


def told(**facts: Any) -> list[tuple[str, str]]:
    one = replace(CALM, **facts)
    return [(risk.key, risk.says(one)) for risk in risks_of(one)]


def days(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


class TestRules:
    def test_a_calm_deal_has_no_reason(self) -> None:
        assert told() == []

    def test_more_than_one_post_late_is_behind(self) -> None:
        assert told(pace=NOVEMBER) == [("behind", "1 of 4 posted, 7 days left.")]
        assert told(pace=replace(NOVEMBER, done=2)) == [("behind", "2 of 4 posted, 7 days left.")]
        assert told(pace=replace(NOVEMBER, done=3)) == []

    def test_exactly_one_post_late_is_not_behind(self) -> None:
        half = dt.date(2026, 11, 16)
        assert told(today=half, pace=replace(NOVEMBER, done=1)) == []
        assert told(today=half, pace=replace(NOVEMBER, done=0)) == [("behind", "0 of 4 posted, 15 days left.")]

    def test_a_deal_that_rests_or_is_over_is_not_behind(self) -> None:
        assert told(pace=NOVEMBER, is_paused=True) == []
        assert told(pace=NOVEMBER, is_in_force=False) == []

    def test_one_short_period_may_happen_two_in_a_row_may_not(self) -> None:
        assert told(short_in_a_row=1) == []
        assert told(short_in_a_row=2) == [("short", "Two periods in a row came in short.")]

    def test_the_day_for_notice_is_told_from_thirty_days_before_to_itself(self) -> None:
        assert told(notice_until=days(31)) == []
        assert told(notice_until=days(30)) == [
            ("notice", "30 days left to give notice, until Thu, 24 Dec 2026. Nobody has decided.")
        ]
        assert told(notice_until=TODAY) == [
            ("notice", "0 days left to give notice, until Tue, 24 Nov 2026. Nobody has decided.")
        ]
        assert told(notice_until=days(-1)) == []

    @pytest.mark.parametrize(
        ("name", "key", "sentence"),
        [
            ("review_on", "review", "It should have been looked at by Mon, 23 Nov 2026."),
            ("make_good_on", "make_good", "Posts should have been made good by Mon, 23 Nov 2026."),
            ("tail_on", "tail", "It is over, and something is still to be seen to since Mon, 23 Nov 2026."),
        ],
    )
    def test_a_day_is_overdue_once_it_is_over(self, name: str, key: str, sentence: str) -> None:
        assert told(**{name: TODAY}) == []
        assert told(**{name: days(-1)}) == [(key, sentence)]

    def test_a_pause_without_end_is_told_after_thirty_days(self) -> None:
        assert told(paused_since=days(-30), is_paused=True) == []
        assert told(paused_since=days(-31), is_paused=True) == [
            ("paused", "Paused since Sat, 24 Oct 2026, with no end.")
        ]

    def test_engagement_that_fell_by_a_third_is_told(self) -> None:
        assert told(engagement=0.021, engagement_before=0.03) == []
        assert told(engagement=0.02, engagement_before=0.03) == [
            ("fell", "Engagement is 2%, in the season before it was 3%.")
        ]

    def test_what_waits_for_a_decision_is_counted(self) -> None:
        assert told(waiting=1) == [("charge", "1 charge waits for a decision.")]
        assert told(waiting=2) == [("charge", "2 charges wait for a decision.")]

    def test_the_worst_reason_comes_first(self) -> None:
        assert [key for key, _said in told(waiting=1, pace=NOVEMBER, finding=3, review_on=days(-1))] == [
            "broken", "review", "behind", "charge",
        ]  # fmt: skip


def closed(deal: AmbassadorDeal, number: int, owed: int, done: int) -> DealPeriod:
    first = dt.date(2026, number, 1)
    period = DealPeriod.objects.create(
        deal=deal, number=number, first_on=first, last_on=first + dt.timedelta(days=27), active_days=28, nominal_days=28,
        state=DealPeriod.State.CLOSED, closed_at=dt.datetime(2026, number, 28, tzinfo=dt.UTC),
    )  # fmt: skip
    PeriodQuota.objects.create(
        period=period, line=deal.quotas.get(), granted=owed, delivered=done, settled=done - owed, left=0
    )
    return period


@pytest.mark.django_db
class TestFacts:
    def facts(self, now: dt.datetime) -> DealFacts:
        (found,) = read_facts(AmbassadorDeal.objects.all(), now)
        return found

    def test_short_periods_are_counted_back_from_the_latest(self, deal_of: DealOf, now: dt.datetime) -> None:
        deal = deal_of()
        for number, done in ((7, 1), (8, 2), (9, 1), (10, 0)):
            closed(deal, number, owed=2, done=done)
        assert self.facts(now).short_in_a_row == 2
        closed(deal, 11, owed=2, done=2)
        assert self.facts(now).short_in_a_row == 0

    def test_what_was_let_go_is_not_short(self, deal_of: DealOf, now: dt.datetime) -> None:
        period = closed(deal_of(), 10, owed=2, done=1)
        PeriodQuota.objects.update(waived=1, settled=0)
        assert (period.is_closed, self.facts(now).short_in_a_row) == (True, 0)

    def test_the_earliest_thing_of_each_kind_is_told(self, deal_of: DealOf, now: dt.datetime) -> None:
        deal = deal_of(renewal=Contract.Renewal.AUTO, renew_months=12, notice_value=30)
        line, period = deal.quotas.get(), closed(deal, 10, owed=2, done=1)
        MakeGood.objects.create(period=period, line=line, quantity=1, due_on=dt.date(2026, 11, 14))
        review = deal.reviews.create(for_on=dt.date(2026, 12, 31), due_on=dt.date(2026, 11, 17))
        RetainerCharge.objects.create(period=period, kind=RetainerCharge.Kind.DEDUCTION, amount=500_000)
        found = self.facts(now)
        assert (found.make_good_on, found.review, found.review_on, found.notice_until, found.waiting) == (
            dt.date(2026, 11, 14), review.pk, dt.date(2026, 11, 17), dt.date(2026, 12, 1), 1,
        )  # fmt: skip

    def test_what_was_made_good_is_settled(self, deal_of: DealOf, now: dt.datetime) -> None:
        deal = deal_of()
        period = closed(deal, 10, owed=3, done=1)
        MakeGood.objects.create(
            period=period, line=deal.quotas.get(), quantity=2, done=1, waived=1, due_on=dt.date(2026, 11, 1)
        )
        assert self.facts(now).make_good_on is None

    def test_once_somebody_decided_the_day_for_notice_is_no_risk(self, deal_of: DealOf, now: dt.datetime) -> None:
        decided = {"decision": Contract.Decision.GOES_ON, "decided_for_on": dt.date(2026, 12, 31)}
        deal_of(renewal=Contract.Renewal.AUTO, renew_months=12, notice_value=30, **decided)
        assert self.facts(now).notice_until is None

    def test_a_pause_with_an_end_has_no_open_end(self, deal_of: DealOf, now: dt.datetime) -> None:
        pause = deal_of().pauses.create(first_on=dt.date(2026, 10, 1))
        assert (self.facts(now).is_paused, self.facts(now).paused_since) == (True, dt.date(2026, 10, 1))
        pause.last_on = dt.date(2026, 11, 30)
        pause.save()
        assert (self.facts(now).is_paused, self.facts(now).paused_since) == (True, None)

    def test_a_finding_about_her_promise_to_this_brand_is_told(self, deal_of: DealOf, now: dt.datetime) -> None:
        deal = deal_of()
        clause = Clause.objects.create(influencer=deal.influencer, brand=deal.contract.brand)
        finding = Finding.objects.create(
            clause=clause, influencer=deal.influencer, engagement_ref="seen:1", fingerprint="f" * 64, severity=3
        )
        assert self.facts(now).finding == finding.pk
        Finding.objects.update(status=Finding.Status.RESOLVED)
        assert self.facts(now).finding is None

    def test_engagement_is_compared_season_by_season(self, deal_of: DealOf, now: dt.datetime) -> None:
        account = SocialAccountFactory(influencer=deal_of().influencer)
        for ago, likes in ((120, 300), (100, 500), (40, 100), (5, 140)):
            MetricSnapshot.objects.create(
                account=account, taken_at=now - dt.timedelta(days=ago), followers=10_000, likes=likes
            )
        found = self.facts(now)
        assert (round(found.engagement or 0, 4), round(found.engagement_before or 0, 4)) == (0.012, 0.04)

    def test_a_deal_that_is_over_is_told_only_by_what_it_left(self, deal_of: DealOf, now: dt.datetime) -> None:
        deal = deal_of(status=Contract.Status.ENDED)
        assert read_facts(AmbassadorDeal.objects.all(), now) == []
        item = deal.tail.create(kind="bio", due_on=dt.date(2026, 11, 1))
        assert (self.facts(now).tail_on, self.facts(now).is_in_force) == (dt.date(2026, 11, 1), False)
        item.done_at = now
        item.save()
        assert read_facts(AmbassadorDeal.objects.all(), now) == []

    def test_a_draft_is_not_at_risk(self, deal_of: DealOf, now: dt.datetime) -> None:
        deal_of(signed=False)
        assert read_facts(AmbassadorDeal.objects.all(), now) == []
