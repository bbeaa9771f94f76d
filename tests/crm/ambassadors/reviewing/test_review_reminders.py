"""Who is reminded to look at a deal, and what stops it; the reminder of the day for notice beside it."""

import datetime as dt
from typing import Any

import pytest

from crm.ambassadors.models import AmbassadorDeal
from crm.ambassadors.reviewing.planning import reviews_due
from crm.ambassadors.reviewing.reminders import REVIEW
from crm.contracts.models import Contract
from crm.contracts.reminders.windows import NOTICE
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, Due, dues
from tests.crm.ambassadors.conftest import DealOf

pytestmark = pytest.mark.django_db
OCTOBER = dt.datetime(2026, 10, 5, 3, tzinfo=dt.UTC)
AUTO = {"renewal": "auto", "renew_months": 12, "notice_value": 30}


def found(kind: str, **asked: Any) -> list[Due]:
    return list(dues(Asked(now=OCTOBER, **asked), [kind]))


def stopped(kind: str, pk: int) -> str:
    (one,) = found(kind, subjects=[pk])
    return str(one.stopped_why)


@pytest.fixture
def deal(deal_of: DealOf) -> AmbassadorDeal:
    """Noticed by 1 December, looked at by 17 November; signed in August."""
    made = deal_of(**AUTO, signed_at=dt.datetime(2026, 8, 1, tzinfo=dt.UTC))
    reviews_due(made, at=OCTOBER)
    return made


def test_the_look_is_due_at_the_end_of_its_day_where_the_deal_counts(deal: AmbassadorDeal) -> None:
    (one,) = found(REVIEW)
    review = deal.reviews.get()
    assert (one.due_on, one.due_at, one.url, one.owner_id) == (
        dt.date(2026, 11, 17), dt.datetime(2026, 11, 17, 17, tzinfo=dt.UTC), f"/ambassadors/reviews/{review.pk}/",
        deal.contract.owner_id,
    )  # fmt: skip


def test_it_is_planned_a_week_before_on_the_day_and_three_days_after(deal: AmbassadorDeal) -> None:
    deal.reviews.update(created_at=OCTOBER)
    plan(OCTOBER + dt.timedelta(days=33))
    rows = Reminder.objects.queued().filter(rule__code="REVIEW_DEAL").order_by("send_at", "pk")
    assert [row.due_key.partition("/")[2] for row in rows] == ["-7d/coordinator", "+0d/coordinator", "+3d/coordinator"]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"status": "in_notice"}, "Notice is given"),
        ({"status": "ended"}, "The contract is not in force"),
        ({"rests_since_on": dt.date(2026, 10, 1)}, "It rests, and its last day moves"),
    ],
)
def test_what_stops_it(deal: AmbassadorDeal, change: dict[str, Any], why: str) -> None:
    Contract.objects.filter(pk=deal.contract_id).update(**change)
    assert (found(REVIEW), stopped(REVIEW, deal.reviews.get().pk)) == ([], why)


def test_decided_nobody_is_reminded(deal: AmbassadorDeal) -> None:
    deal.reviews.update(decision="improve", decided_at=OCTOBER)
    assert (found(REVIEW), stopped(REVIEW, deal.reviews.get().pk)) == ([], "It is decided")


class TestNotice:
    def test_of_an_option_the_day_for_our_word_is_due(self, deal: AmbassadorDeal) -> None:
        Contract.objects.update(renewal="option")
        (one,) = found(NOTICE)
        assert (one.due_on, str(one.title), one.facts["words"]["to_do"]["en"]) == (
            dt.date(2026, 12, 1), "Last day for our option", "Use the option by then, or let it end.",
        )  # fmt: skip

    def test_an_option_that_may_not_be_used_again_is_not_due(self, deal: AmbassadorDeal) -> None:
        Contract.objects.update(renewal="option", most_renewals=1, renewed=1)
        assert found(NOTICE) == []

    def test_while_it_rests_nobody_is_reminded_of_a_day_that_moves(self, deal: AmbassadorDeal) -> None:
        Contract.objects.update(rests_since_on=dt.date(2026, 10, 1))
        assert (found(NOTICE), stopped(NOTICE, deal.contract_id)) == ([], "It rests, and its last day moves")

    def test_a_look_that_decided_to_go_on_stops_it(self, deal: AmbassadorDeal) -> None:
        Contract.objects.update(decision="goes_on", decided_for_on=deal.contract.end_on)
        assert (found(NOTICE), stopped(NOTICE, deal.contract_id)) == ([], "It is decided")
