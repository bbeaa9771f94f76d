"""How many posts a period owes: its whole, a part of it, what changed, and what was carried in."""

import datetime as dt

import pytest

from crm.ambassadors.models import AmbassadorDeal, DealPause, Program, ProgramTier, QuotaEntry, QuotaQuantity, TierMove
from crm.ambassadors.quotas.granting import open_quota, sync_entitlement
from crm.ambassadors.quotas.ledger import Totals, replay, stored
from tests.crm.ambassadors.conftest import DealOf, line_of
from tests.crm.ambassadors.quotas.conftest import AT, month, rows

pytestmark = pytest.mark.django_db
MARCH_11 = dt.date(2026, 3, 11)


def sync(deal: AmbassadorDeal) -> int:
    return sync_entitlement(deal, at=AT, by="Dinda")


def test_a_whole_period_owes_the_whole_quantity_once(deal_of: DealOf) -> None:
    deal = deal_of(quantity=4)
    line, march = deal.quotas.get(), month(deal, 3)
    open_quota(march, at=AT)
    open_quota(march, at=AT)
    assert rows(line) == [("grant", 4)]
    assert stored(march, line) == replay(march, line) == Totals(granted=4)


@pytest.mark.parametrize(("rounding", "owed"), [("half_up", 3), ("floor", 2), ("ceil", 3)])
def test_a_part_of_a_period_owes_its_share_and_keeps_the_exact_one(deal_of: DealOf, rounding: str, owed: int) -> None:
    deal = deal_of(quantity=4, line={"rounding": rounding}, start_on=MARCH_11)
    march = month(deal, 3, first_on=MARCH_11, active_days=21, is_stub=True)
    open_quota(march, at=AT)
    row = QuotaEntry.objects.get()
    assert (row.kind, row.quantity, row.exact) == ("prorate", owed, "84/31")


def test_paused_days_owe_nothing(deal_of: DealOf) -> None:
    deal = deal_of(quantity=4)
    DealPause.objects.create(deal=deal, first_on=dt.date(2026, 6, 1), last_on=dt.date(2026, 7, 15), effect="freeze")
    june, july = month(deal, 6, "paused", active_days=0), month(deal, 7, active_days=16)
    open_quota(june, at=AT)
    open_quota(july, at=AT)
    row = QuotaEntry.objects.get()
    assert (row.period, row.kind, row.quantity, row.exact) == (july, "prorate", 2, "64/31")


def test_a_quantity_that_changes_in_the_middle_is_summed_by_days_and_rounded_once(deal_of: DealOf) -> None:
    deal = deal_of(quantity=2)
    line, march = deal.quotas.get(), month(deal, 3)
    QuotaQuantity.objects.create(line=line, quantity=4, from_on=dt.date(2026, 3, 17))
    open_quota(march, at=AT)
    row = QuotaEntry.objects.get()
    assert (row.kind, row.quantity, row.exact) == ("prorate", 3, "92/31")


def test_a_quota_agreed_in_the_middle_owes_the_days_that_are_left(deal_of: DealOf) -> None:
    deal = deal_of(quantity=2)
    stories, march = line_of(deal, 4, "story", from_on=dt.date(2026, 3, 22)), month(deal, 3)
    open_quota(march, at=AT)
    assert rows(stories) == [("prorate", 1)]


def test_a_change_of_the_open_period_is_a_row_of_the_difference(deal_of: DealOf) -> None:
    deal = deal_of(quantity=2)
    line, march = deal.quotas.get(), month(deal, 3)
    open_quota(march, at=AT)
    QuotaQuantity.objects.create(line=line, quantity=4, from_on=dt.date(2026, 3, 1))
    assert (sync(deal), sync(deal)) == (1, 0)
    assert rows(line) == [("grant", 2), ("amend", 2)]
    QuotaQuantity.objects.filter(quantity=4).update(quantity=1)
    assert (sync(deal), sync(deal)) == (1, 0)
    assert stored(march, line) == replay(march, line) == Totals(granted=1)


def test_a_change_that_reaches_into_a_closed_period_is_a_row_of_the_open_one_about_it(deal_of: DealOf) -> None:
    deal = deal_of(quantity=2)
    line, february, march = deal.quotas.get(), month(deal, 2), month(deal, 3)
    for period in (february, march):
        open_quota(period, at=AT)
    type(february).objects.filter(pk=february.pk).update(state="closed", closed_at=AT)
    QuotaQuantity.objects.create(line=line, quantity=3, from_on=dt.date(2026, 2, 1))
    assert (sync(deal), sync(deal)) == (2, 0)
    assert (rows(line, february), rows(line, march)) == ([("grant", 2)], [("grant", 2), ("amend", 1), ("amend", 1)])
    assert list(QuotaEntry.objects.filter(kind="amend").order_by("pk").values_list("about", flat=True)) == [
        february.pk, None,
    ]  # fmt: skip


def test_with_nothing_open_behind_it_a_closed_period_stays_as_it_was(deal_of: DealOf) -> None:
    deal = deal_of(quantity=2)
    line, march = deal.quotas.get(), month(deal, 3)
    open_quota(march, at=AT)
    type(march).objects.filter(pk=march.pk).update(state="closed", closed_at=AT)
    month(deal, 4, "planned")
    QuotaQuantity.objects.create(line=line, quantity=3, from_on=dt.date(2026, 2, 1))
    assert sync(deal) == 0
    assert rows(line) == [("grant", 2)]


def test_a_period_cut_short_owes_less(deal_of: DealOf) -> None:
    deal = deal_of(quantity=4)
    line, march = deal.quotas.get(), month(deal, 3)
    open_quota(march, at=AT)
    type(march).objects.filter(pk=march.pk).update(last_on=dt.date(2026, 3, 10), active_days=10)
    assert sync(deal) == 1
    assert rows(line) == [("grant", 4), ("amend", -3)]


@pytest.fixture
def tiers(deal_of: DealOf) -> tuple[AmbassadorDeal, ProgramTier, ProgramTier]:
    deal = deal_of(quantity=2)
    Program.objects.update(has_tiers=True)
    low = ProgramTier.objects.create(program=deal.program, rank=1, name="Friend")
    high = ProgramTier.objects.create(program=deal.program, rank=2, name="Circle", min_quota=4)
    line_of(deal, 1, "story")
    return deal, low, high


def rise(deal: AmbassadorDeal, tier: ProgramTier, on: dt.date, former: ProgramTier | None = None) -> None:
    TierMove.objects.create(deal=deal, tier=tier, former=former, from_on=on, at=AT, by="Mitra")
    AmbassadorDeal.objects.filter(pk=deal.pk).update(tier=tier)
    deal.refresh_from_db()


def test_who_rises_owes_the_least_of_the_tier_from_the_next_period_on(
    tiers: tuple[AmbassadorDeal, ProgramTier, ProgramTier],
) -> None:
    deal, low, high = tiers
    reels, stories = deal.quotas.order_by("pk")
    march, april = month(deal, 3), month(deal, 4)
    rise(deal, low, dt.date(2026, 1, 1))
    rise(deal, high, dt.date(2026, 3, 10), low)
    open_quota(march, at=AT)
    open_quota(april, at=AT)
    assert (rows(reels, march), rows(reels, april)) == ([("grant", 2)], [("grant", 4)])
    assert (rows(stories, april), sync(deal)) == ([("grant", 1)], 0)


def test_who_begins_on_a_tier_owes_its_least_from_the_first_day(
    tiers: tuple[AmbassadorDeal, ProgramTier, ProgramTier],
) -> None:
    deal, _low, high = tiers
    january, march = month(deal, 1), month(deal, 3)
    rise(deal, high, dt.date(2026, 1, 1))
    open_quota(january, at=AT)
    open_quota(march, at=AT)
    reels = deal.quotas.order_by("pk")[0]
    assert rows(reels) == [("grant", 4), ("grant", 4)]


def test_without_a_history_the_tier_of_the_deal_counts(
    tiers: tuple[AmbassadorDeal, ProgramTier, ProgramTier],
) -> None:
    deal, _low, high = tiers
    AmbassadorDeal.objects.update(tier=high)
    march = month(deal, 3)
    open_quota(march, at=AT)
    assert rows(deal.quotas.order_by("pk")[0]) == [("grant", 4)]
