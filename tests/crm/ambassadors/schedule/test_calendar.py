"""What the calendar does to deals: a month without a worker comes to the same as a tick every day."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.ambassadors.models import (
    AmbassadorDeal,
    DealPeriod,
    PeriodQuota,
    QuotaEntry,
    RetainerCharge,
    TailItem,
    Termination,
)
from crm.ambassadors.quotas.counting import credit
from crm.ambassadors.schedule.calendar import keep_in_order
from crm.ambassadors.schedule.queries import to_look_at
from crm.ambassadors.schedule.upkeep import keep_deals
from crm.contracts.actions.by_date import move_by_date
from crm.contracts.models import Contract
from crm.payments.models import LedgerLine
from crm.reminders.models import Todo
from crm.timeline.models import Entry
from tests.crm.ambassadors.conftest import DealOf, line_of

pytestmark = pytest.mark.django_db
ISO = dt.date.fromisoformat
DAY = dt.timedelta(days=1)
FIRST = dt.datetime(2026, 1, 1, 1, 0, tzinfo=dt.UTC)  # 08.00 in Jakarta


def day(on: str, hour: int = 1) -> dt.datetime:
    return dt.datetime.combine(ISO(on), dt.time(hour), tzinfo=dt.UTC)


def states(deal: AmbassadorDeal) -> list[str]:
    return [f"{row.number} {row.state}" for row in DealPeriod.objects.filter(deal=deal).order_by("number")]


def test_the_first_period_begins_on_its_first_day_in_the_zone_of_the_deal(deal_of: DealOf) -> None:
    deal = deal_of(zone="Asia/Jayapura", start_on=ISO("2026-02-01"), end_on=ISO("2026-03-31"))
    keep_deals(day("2026-01-31", 14))  # 23.00 there
    assert states(deal) == ["1 planned", "2 planned"]
    keep_deals(day("2026-01-31", 16))  # 01.00 on the first
    assert states(deal) == ["1 open", "2 planned"]
    assert DealPeriod.objects.get(deal=deal, number=1).opened_at == day("2026-01-31", 16)


def test_what_a_period_owes_and_an_advance_are_written_as_it_begins(deal_of: DealOf) -> None:
    deal = deal_of(billing=AmbassadorDeal.Billing.ADVANCE, quantity=3)
    keep_deals(FIRST)
    assert [(row.kind, row.quantity) for row in QuotaEntry.objects.all()] == [("grant", 3)]
    assert [(row.kind, row.state, row.amount.amount) for row in RetainerCharge.objects.all()] == [
        ("retainer", "raised", 10_000_000)
    ]
    assert states(deal)[:2] == ["1 open", "2 planned"]


def test_a_period_with_nothing_to_decide_closes_the_day_after_its_last(deal_of: DealOf) -> None:
    deal = deal_of(line={"rollover": "carry"})
    keep_deals(FIRST)
    keep_deals(day("2026-01-31"))
    assert states(deal)[0] == "1 open"
    keep_deals(day("2026-02-01"))
    assert states(deal)[:3] == ["1 closed", "2 open", "3 planned"]


def test_a_period_in_which_posts_would_lapse_waits_seven_days_for_a_person(deal_of: DealOf) -> None:
    deal = deal_of()
    for on, state in (("2026-02-07", "1 in_review"), ("2026-02-08", "1 closed")):
        keep_deals(day(on))
        assert states(deal)[0] == state


def test_a_period_that_asks_for_money_waits_seven_days_for_a_person(deal_of: DealOf) -> None:
    deal = deal_of(line={"rollover": "deduct"})
    keep_deals(FIRST)
    keep_deals(day("2026-02-01"))
    assert states(deal)[:2] == ["1 in_review", "2 open"]
    keep_deals(day("2026-02-07"))
    assert states(deal)[0] == "1 in_review"
    keep_deals(day("2026-02-08"))
    assert states(deal)[:2] == ["1 closed", "2 open"]
    assert RetainerCharge.objects.waiting().count() == 1


def nameless(key: str) -> str:
    """Without the numbers of rows: PostgreSQL never gives one out twice, also where what had it was taken back."""
    return re.sub(r"\d+", "#", key)


def ledgers() -> tuple[list[tuple[object, ...]], ...]:
    """Everything that was written about periods, without the moment somebody wrote it."""
    return (
        sorted(QuotaEntry.objects.values_list("key", "kind", "quantity", "on", "exact", "note", "by")),
        sorted(
            PeriodQuota.objects.values_list(
                "period__number", "line", "granted", "carried", "delivered", "settled", "left"
            )
        ),
        sorted(RetainerCharge.objects.values_list("period__number", "kind", "amount", "state")),
        sorted(
            (nameless(key), *said)
            for key, *said in LedgerLine.objects.values_list("key", "kind", "amount", "due_on", "on")
        ),
        sorted(DealPeriod.objects.values_list("number", "state", "first_on", "last_on", "active_days")),
        sorted(Entry.objects.values_list("verb", "sentence_en")),
    )


CASES = {
    "nothing posted, nothing owed for it": {},
    "what is missed is carried": {"line": {"rollover": "carry", "carry_cap": 2, "carry_lasts": 2}},
    "what is missed is made good": {"line": {"rollover": "make_good"}},
    "what is missed is deducted": {"line": {"rollover": "deduct"}, "billing": "advance"},
    "what is too many counts ahead": {"line": {"over": "advance"}},
}


@pytest.mark.parametrize("said", CASES.values(), ids=CASES.keys())
def test_a_jump_of_the_clock_comes_to_the_same_as_a_tick_every_day(deal_of: DealOf, said: dict[str, object]) -> None:
    deal, until = deal_of(**said), "2026-03-09"
    line = deal.quotas.get()
    keep_deals(FIRST)
    credit(line, 3 if line.over == "advance" else 1, key="a", on=ISO("2026-01-10"), at=day("2026-01-10"))
    before = [*QuotaEntry.objects.all()]
    with_daily_ticks = _after(
        lambda: [keep_deals(FIRST + DAY * n) for n in range(1, (ISO(until) - ISO("2026-01-01")).days + 1)]
    )
    assert [*QuotaEntry.objects.all()] == before
    at_once = _after(lambda: keep_deals(day(until)))
    assert at_once == with_daily_ticks
    assert len(at_once[0]) > len(before)


class _Back(Exception):
    pass


def _after(act: object) -> tuple[list[tuple[object, ...]], ...]:
    """What stands in the ledgers after something that is then undone."""
    from django.db import transaction

    found: list[tuple[list[tuple[object, ...]], ...]] = []
    try:
        with transaction.atomic():
            act()  # type: ignore[operator]
            found.append(ledgers())
            raise _Back
    except _Back:
        return found[0]


def test_twice_on_one_day_changes_nothing(deal_of: DealOf) -> None:
    deal = deal_of()
    keep_deals(day("2026-03-15"))
    before = ledgers()
    assert keep_deals(day("2026-03-15", 9)) == {}
    keep_in_order(deal.pk, day("2026-03-15", 9))
    assert ledgers() == before


def test_a_day_without_anything_due_asks_two_questions_however_many_deals(deal_of: DealOf) -> None:
    for _ in range(3):
        deal_of(quantity=None, retainer=None)
    keep_deals(day("2026-11-24"))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert keep_deals(day("2026-11-24", 9)) == {}
    assert len(asked) == 2


def test_deals_are_looked_at_each_by_the_day_of_its_own_zone(deal_of: DealOf) -> None:
    west = deal_of(zone="America/New_York", quantity=None, retainer=None)
    east = deal_of(zone="Asia/Jayapura", quantity=None, retainer=None)
    keep_deals(day("2026-11-24", 6))
    assert [*to_look_at(day("2026-11-24", 15))] == [east]
    assert {*to_look_at(day("2026-11-25", 6))} == {west, east}


def test_a_draft_is_not_looked_at(deal_of: DealOf) -> None:
    deal_of(signed=False)
    assert [*to_look_at(FIRST)] == []


def test_a_deal_that_breaks_is_told_and_keeps_none_of_the_others_back(
    deal_of: DealOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, fine = deal_of(), deal_of()
    AmbassadorDeal.objects.filter(pk=broken.pk).update(unit="decade")
    assert keep_deals(FIRST)["broke"] == 1
    assert (states(broken), states(fine)[0]) == ([], "1 open")
    assert list(Todo.objects.values_list("key", "owner")) == [(f"deal_broke:{broken.pk}", broken.contract.owner_id)]
    assert keep_deals(FIRST + dt.timedelta(hours=1)) == {}
    AmbassadorDeal.objects.filter(pk=broken.pk).update(unit="month")
    keep_deals(FIRST + DAY)
    assert states(broken)[0] == "1 open"


def test_a_deal_that_runs_out_is_closed_period_by_period_and_leaves_a_list_for_afterwards(deal_of: DealOf) -> None:
    deal = deal_of(end_on=ISO("2026-02-28"))
    at = day("2026-03-20")
    move_by_date(at)
    keep_deals(at)
    assert states(deal) == ["1 closed", "2 closed"]
    assert Termination.objects.get(deal=deal).kind == Termination.Kind.EXPIRY
    assert TailItem.objects.filter(deal=deal).exists()
    assert [*to_look_at(at + 5 * DAY)] == []


def test_a_deal_that_goes_on_by_itself_opens_the_first_period_of_its_next_term(deal_of: DealOf) -> None:
    term = {"end_on": ISO("2026-02-28"), "renewal": Contract.Renewal.AUTO, "renew_months": 2, "notice_value": 10}
    deal = deal_of(line={"rollover": "make_good"}, **term)
    at = day("2026-03-01")
    move_by_date(at)
    keep_deals(at)
    assert states(deal) == ["1 closed", "2 closed", "3 open", "4 planned"]
    assert DealPeriod.objects.get(deal=deal, number=4).last_on == ISO("2026-04-30")


def test_a_quota_that_begins_within_the_term_is_granted_in_part(deal_of: DealOf) -> None:
    deal = deal_of(quantity=None)
    line_of(deal, 4, from_on=ISO("2026-01-16"))
    keep_deals(FIRST)
    assert [(row.kind, row.quantity, row.exact) for row in QuotaEntry.objects.all()] == [("prorate", 2, "64/31")]
