"""Two managers who end the same deal at the same second: one does, and everything is settled once."""

import pytest
from django.db import connection

from crm.ambassadors.models import AmbassadorDeal, Termination
from crm.ambassadors.pay.ending import check_end, end_deal
from crm.ambassadors.pay.settling import settlement_of
from crm.timeline.record import Actor
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.pay.conftest import at, booked, period_of
from tests.crm.ambassadors.pay.test_ending import AUGUST_20, ending
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


def test_of_two_who_end_a_deal_at_once_one_does(deal_of: DealOf, actor: Actor) -> None:
    deal = deal_of()
    period_of(deal, 8, 8)
    end = ending("mutual", "both")
    chosen = {line.key: (line.size.amount, "") for line in settlement_of(deal, AUGUST_20, end.kind, end.by)}
    # The control: looked at before either has written, both may end it. Only whoever holds her people first does.
    assert [check_end(deal, end, now=at(8, 20)) for _ in range(2)] == [AUGUST_20, AUGUST_20]

    def act() -> None:
        end_deal(AmbassadorDeal.objects.with_contract().get(pk=deal.pk), end, chosen, at=at(8, 20), actor=actor)

    assert len(together(act, act)) == 1
    assert Termination.objects.count() == 1
    assert [row[:3] for row in booked(deal)] == [("due", "retainer", 6_451_613)]


def test_of_two_who_settle_what_ran_out_one_does(deal_of: DealOf, actor: Actor) -> None:
    over = deal_of(end_on=AUGUST_20, status="ended")
    period_of(over, 8, 8, last_on=AUGUST_20)
    end = ending("expiry", "both")
    chosen = {line.key: (line.size.amount, "") for line in settlement_of(over, AUGUST_20, end.kind, end.by)}

    def act() -> None:
        end_deal(AmbassadorDeal.objects.with_contract().get(pk=over.pk), end, chosen, at=at(8, 24), actor=actor)

    assert together(act, act) == ["ValidationError"]
    assert [row[:3] for row in booked(over)] == [("due", "retainer", 6_451_613)]
