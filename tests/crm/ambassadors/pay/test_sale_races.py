"""The same order noted by two at the same second is one order."""

import pytest
from django.db import connection

from crm.ambassadors.models import Sale
from crm.ambassadors.pay.commissions import mature, return_sale
from crm.payments.queries import balance
from crm.timeline.record import Actor
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.pay.conftest import Sell, at, day, share_of
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


def test_the_same_order_noted_twice_at_once_is_one_order(deal_of: DealOf, sell: Sell) -> None:
    first = deal_of()
    other = deal_of(program=first.program)
    # The control: asked before either has written, nobody knows the number. Only the index makes it one order.
    assert [Sale.objects.filter(number="1001").exists() for _ in range(2)] == [False, False]
    raised = together(*(lambda one=one: sell(one, 500_000) for one in (first, other)))  # type: ignore[misc]
    assert raised == ["KnownOrder"]
    assert Sale.objects.count() == 1


def test_an_order_returned_as_it_matures_leaves_nothing_open(deal_of: DealOf, sell: Sell, actor: Actor) -> None:
    deal = deal_of()
    share_of(deal, hold_days=0)
    sale = sell(deal, 500_000)
    raised = together(
        lambda: mature(deal, now=at(11, 24)), lambda: return_sale(sale, on=day(11, 24), at=at(11, 24), actor=actor)
    )
    assert raised == []
    assert (Sale.objects.get().state, balance(deal.contract)) == ("returned", {})
