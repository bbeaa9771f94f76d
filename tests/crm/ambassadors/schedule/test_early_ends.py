"""A deal that ends before its day: what its periods owe and pay follows, and a period it never reaches comes to nothing."""

import datetime as dt
from decimal import Decimal

import pytest

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, PeriodQuota, QuotaEntry, Termination
from crm.ambassadors.pay.ending import End, end_deal
from crm.ambassadors.pay.settling import settlement_of
from crm.ambassadors.quotas.counting import credit
from crm.ambassadors.quotas.ledger import replay, stored
from crm.ambassadors.schedule.laying import lay_out
from crm.ambassadors.schedule.upkeep import keep_deals
from crm.contracts.models import Contract
from crm.payments.models import LedgerLine
from crm.payments.queries import balance
from crm.timeline.record import Actor
from tests.crm.ambassadors.conftest import DealOf

pytestmark = pytest.mark.django_db
ISO = dt.date.fromisoformat
ADVANCE = AmbassadorDeal.Billing.ADVANCE


def day(on: str) -> dt.datetime:
    return dt.datetime.combine(ISO(on), dt.time(1), tzinfo=dt.UTC)


def ends(deal: AmbassadorDeal, on: str, at: dt.datetime) -> None:
    """Its contract ends on that day, as if it had been agreed on the contract's own page, and its periods follow."""
    Contract.objects.filter(pk=deal.contract_id).update(closed_on=ISO(on))
    lay_out(AmbassadorDeal.objects.get(pk=deal.pk), at=at)
    AmbassadorDeal.objects.filter(pk=deal.pk).update(checked_on=None)


def rows(deal: AmbassadorDeal, number: int) -> list[tuple[str, int]]:
    found = QuotaEntry.objects.filter(period__deal=deal, period__number=number).order_by("pk")
    return list(found.values_list("kind", "quantity"))


def money(deal: AmbassadorDeal) -> list[tuple[str, Decimal]]:
    found = LedgerLine.objects.of_contract(deal.contract_id).order_by("pk")
    return [(line.kind, line.amount.amount) for line in found]


@pytest.fixture
def paid_ahead(deal_of: DealOf) -> AmbassadorDeal:
    """Paid at the beginning, what is missing carried on; its second period has begun, one of four was carried into it."""
    deal = deal_of(quantity=4, billing=ADVANCE, line={"rollover": "carry"})
    keep_deals(day("2026-01-01"))
    credit(deal.quotas.get(), 3, key="post", on=ISO("2026-01-20"), at=day("2026-01-20"))
    keep_deals(day("2026-02-02"))
    assert rows(deal, 2) == [("grant", 4), ("carry_in", 1)]
    return deal


def test_an_end_within_the_period_under_way_leaves_its_share_owed_at_the_next_tick(deal_of: DealOf) -> None:
    deal = deal_of(quantity=4)
    keep_deals(day("2026-01-01"))
    ends(deal, "2026-01-15", day("2026-01-02"))
    keep_deals(day("2026-01-03"))
    assert rows(deal, 1) == [("grant", 4), ("amend", -2)]
    assert PeriodQuota.objects.get().left == 2


def test_a_period_that_had_begun_and_is_dropped_owes_nothing_and_pays_nothing(paid_ahead: AmbassadorDeal) -> None:
    ends(paid_ahead, "2026-01-31", day("2026-02-03"))
    keep_deals(day("2026-02-03"))
    assert rows(paid_ahead, 2) == [("grant", 4), ("carry_in", 1), ("amend", -4), ("expire", -1)]
    assert PeriodQuota.objects.get(period__number=2).left == 0
    assert money(paid_ahead) == [("retainer", 10_000_000), ("retainer", 10_000_000), ("adjustment", -10_000_000)]


def test_a_dropped_period_comes_to_nothing_once_however_often_it_is_looked_at(paid_ahead: AmbassadorDeal) -> None:
    ends(paid_ahead, "2026-01-31", day("2026-02-03"))
    keep_deals(day("2026-02-03"))
    once = rows(paid_ahead, 2), money(paid_ahead)
    AmbassadorDeal.objects.update(checked_on=None)
    keep_deals(day("2026-02-04"))
    assert (rows(paid_ahead, 2), money(paid_ahead)) == once


def test_a_post_in_a_dropped_period_is_noted_as_extra(paid_ahead: AmbassadorDeal) -> None:
    credit(paid_ahead.quotas.get(), 2, key="early", on=ISO("2026-02-02"), at=day("2026-02-02"))
    ends(paid_ahead, "2026-01-31", day("2026-02-03"))
    keep_deals(day("2026-02-03"))
    assert rows(paid_ahead, 2)[-2:] == [("amend", -4), ("extra", 1)]
    period, line = DealPeriod.objects.get(deal=paid_ahead, number=2), paid_ahead.quotas.get()
    assert stored(period, line).left == 0
    assert replay(period, line) == stored(period, line)


def test_a_dropped_period_the_deal_reaches_after_all_owes_and_pays_as_before(paid_ahead: AmbassadorDeal) -> None:
    ends(paid_ahead, "2026-01-31", day("2026-02-03"))
    keep_deals(day("2026-02-03"))
    ends(paid_ahead, "2026-12-31", day("2026-02-04"))
    keep_deals(day("2026-02-04"))
    assert rows(paid_ahead, 2)[4:] == [("amend", 4), ("expire", 1)]
    assert PeriodQuota.objects.get(period__number=2).left == 5
    keep_deals(day("2026-03-20"))
    assert balance(paid_ahead.contract, ISO("2026-03-20")) == {"IDR": Decimal(30_000_000)}


def test_a_settlement_takes_back_what_was_charged_for_a_period_it_never_reaches(
    paid_ahead: AmbassadorDeal, actor: Actor
) -> None:
    end, at = End(Termination.Kind.MUTUAL, Termination.By.BOTH, ISO("2026-01-31")), day("2026-02-03")
    shown = {line.key: line for line in settlement_of(paid_ahead, end.on, end.kind, end.by)}
    assert (shown["period:2"].kind, shown["period:2"].amount.amount) == ("advance_back", -10_000_000)
    chosen = {key: (abs(line.amount.amount), "") for key, line in shown.items()}
    end_deal(paid_ahead, end, chosen, at=at, actor=actor)
    booked = money(paid_ahead)
    assert booked == [("retainer", 10_000_000), ("retainer", 10_000_000), ("advance_back", -10_000_000)]
    keep_deals(day("2026-02-03"))
    assert money(paid_ahead) == booked
