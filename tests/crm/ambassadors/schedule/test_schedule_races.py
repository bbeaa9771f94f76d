"""Two ticks over the same deal, and two people who pause it, at the same second."""

import datetime as dt

import pytest
from django.db import connection

from crm.ambassadors.models import AmbassadorDeal, DealPause, DealPeriod, QuotaEntry, RetainerCharge
from crm.ambassadors.schedule.calendar import keep_in_order
from crm.ambassadors.schedule.laying import lay_out
from crm.ambassadors.schedule.pausing import Wish, check_pause, pause
from crm.ambassadors.schedule.queries import to_look_at
from crm.ambassadors.schedule.upkeep import keep_deals
from crm.contracts.models import Contract
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.crm.ambassadors.conftest import DealOf
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
AT = dt.datetime(2026, 3, 10, 1, tzinfo=dt.UTC)
ISO = dt.date.fromisoformat


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


def test_two_ticks_at_once_write_what_one_writes(deal_of: DealOf) -> None:
    deal = deal_of(billing=AmbassadorDeal.Billing.ADVANCE, line={"rollover": "carry"})
    # The control: asked before either has written, both find the deal to be looked at. Only the lock lets one of them do it.
    assert [[*to_look_at(AT)] for _ in range(2)] == [[deal], [deal]]
    assert together(*[lambda: keep_in_order(deal.pk, AT)] * 2) == []
    assert list(DealPeriod.objects.closed().values_list("number", flat=True)) == [1, 2]
    grants = QuotaEntry.objects.filter(kind=QuotaEntry.Kind.GRANT)
    assert (grants.count(), RetainerCharge.objects.count()) == (3, 3)
    assert Entry.objects.filter(verb="deal.period_open").count() == 3


def test_a_tick_and_a_contract_that_moves_lay_out_one_year(deal_of: DealOf) -> None:
    deal = deal_of()
    assert together(lambda: keep_deals(AT), lambda: lay_out(deal, at=AT)) == []
    assert list(DealPeriod.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 13))


def test_of_two_who_pause_the_same_days_at_once_one_does(deal_of: DealOf) -> None:
    deal, wish = deal_of(), Wish(ISO("2026-06-01"), ISO("2026-06-10"))
    keep_deals(AT)
    # The control: asked before either has written, nothing stands against either of them.
    for _ in range(2):
        check_pause(deal, wish)
    assert together(*[lambda: pause(deal, wish, at=AT, actor=SYSTEM)] * 2) == ["ValidationError"]
    assert DealPause.objects.count() == 1
    assert Contract.objects.get(pk=deal.contract_id).shifted_days == 10
