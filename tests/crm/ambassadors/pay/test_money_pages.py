"""Pages about what a deal pays: each costs the same at one row and at three, and a refused form keeps what was typed."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from crm.ambassadors.models import (
    AmbassadorDeal,
    PerkGrant,
    Program,
    ProgramTier,
    RetainerCharge,
    Sale,
    TailItem,
    Termination,
)
from crm.ambassadors.pay.commissions import mature
from crm.ambassadors.pay.retainers import on_close
from crm.payments.models import LedgerLine
from crm.reminders.registry import Asked, dues
from crm.team.models import Role
from crm.timeline.record import subject_of
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.pay.conftest import Sell, at, booked, day, period_of, rupiah, share_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal(deal_of: DealOf, circle: Program) -> AmbassadorDeal:
    return deal_of(program=circle)


@pytest.fixture
def as_manager(organisation: Any) -> Client:
    client = Client()
    client.force_login(UserFactory(role=Role.MANAGER, name="Manager Tiga"))
    return client


def url(name: str, deal: AmbassadorDeal, *more: int) -> str:
    return reverse(f"ambassador-{name}", args=[deal.pk, *more])


def words(answer: Any) -> str:
    return str(answer.content.decode())


def errors(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 422
    return {name: [str(one) for one in found] for name, found in answer.context["form"].errors.items()}


@pytest.mark.parametrize("many", [1, 3])
def test_the_money_page_costs_the_same(
    as_owner: Client, deal: AmbassadorDeal, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    line = deal.quotas.get()
    for number in range(1, many + 1):
        on_close(period_of(deal, number, number), at=at(number + 1, 1), shortfalls={line: (1, 2)})
    as_owner.get(url("money", deal))
    with django_assert_num_queries(6):
        answer = as_owner.get(url("money", deal))
    assert words(answer).count("Note as paid") == many
    assert len(answer.context["page"].questions) == many


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_of_orders_costs_the_same(
    as_owner: Client, deal: AmbassadorDeal, sell: Sell, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    share_of(deal)
    for number in range(many):
        sell(deal, 500_000, f"100{number}")
    as_owner.get(url("orders", deal))
    with django_assert_num_queries(8):
        answer = as_owner.get(url("orders", deal))
    assert len(answer.context["page_obj"].object_list) == many


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_of_perks_costs_the_same(
    as_owner: Client, deal: AmbassadorDeal, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    Program.objects.update(has_tiers=True)
    for rank in range(1, many + 1):
        ProgramTier.objects.create(program=deal.program, rank=rank, name=f"Tier {rank}", from_posts=rank * 10)
        PerkGrant.objects.create(
            deal=deal, kind="credit", label=f"Credit {rank}", value=rupiah(9), granted_on=day(1, 1)
        )
    as_owner.get(url("perks", deal))
    with django_assert_num_queries(9):
        answer = as_owner.get(url("perks", deal))
    assert len(answer.context["page"].rows) == len(answer.context["page"].rungs) == many


def test_money_is_told_by_month_with_what_was_open_after_each_row(as_owner: Client, deal: AmbassadorDeal) -> None:
    for number in (7, 8):
        on_close(period_of(deal, number, number), at=at(number + 1, 1))
    as_owner.post(
        url("settle", deal, LedgerLine.objects.earliest("pk").pk),
        {"on": "2026-11-20", "amount": "4,000,000", "note": "transfer 4711"},
    )
    page = as_owner.get(url("money", deal)).context["page"]
    told = [
        (month.first_on, [(int(row.effect.amount), int(row.after.amount)) for row in month.rows])
        for month in page.months
    ]
    assert told == [
        (day(11, 1), [(-4_000_000, 16_000_000)]),
        (day(8, 1), [(10_000_000, 20_000_000)]),
        (day(7, 1), [(10_000_000, 10_000_000)]),
    ]
    assert (page.open, page.settled) == ([rupiah(16_000_000)], [rupiah(4_000_000)])
    assert (page.next_due.pk, page.is_late) == (LedgerLine.objects.earliest("pk").pk, True)


def test_how_a_retainer_was_reckoned_is_told(as_owner: Client, deal: AmbassadorDeal) -> None:
    on_close(period_of(deal, 8, first_on=day(8, 12)), at=at(9, 1))
    assert "Wed, 12 Aug 2026 to Mon, 31 Aug 2026: 20 of 31 days of IDR\u00a010,000,000" in words(
        as_owner.get(url("money", deal))
    )


def test_without_a_line_the_page_says_what_will_come(as_owner: Client, deal: AmbassadorDeal) -> None:
    assert "Nothing is due yet" in words(as_owner.get(url("money", deal)))


def test_more_than_is_open_cannot_be_noted_as_paid(as_owner: Client, deal: AmbassadorDeal) -> None:
    on_close(period_of(deal, 8), at=at(9, 1))
    line = LedgerLine.objects.get()
    typed = {"on": "2026-11-20", "amount": "10,000,001", "note": "transfer 4711"}
    answer = as_owner.post(url("settle", deal, line.pk), typed)
    assert errors(answer) == {
        "amount": ["“Lumi Circle, period 1” is open for IDR\u00a010,000,000. No more than that can be noted."]
    }
    assert "transfer 4711" in words(answer)
    assert len(booked(deal)) == 1


def test_a_manager_takes_a_deduction_off(as_manager: Client, as_coordinator: Client, deal: AmbassadorDeal) -> None:
    on_close(period_of(deal, 8), at=at(9, 1), shortfalls={deal.quotas.get(): (1, 2)})
    charge = RetainerCharge.objects.get(kind="deduction")
    assert as_coordinator.post(url("charge", deal, charge.pk), {"yes": "1"}).status_code == 403
    page = as_manager.get(url("charge", deal, charge.pk))
    assert "Reel: 1 missing, of 2 posts owed" in words(page)
    as_manager.post(url("charge", deal, charge.pk), {"yes": "1", "amount": "2,000,000"})
    assert booked(deal)[1][:3] == ("due", "deduction", -2_000_000)


def test_no_to_a_deduction_says_why(as_manager: Client, deal: AmbassadorDeal) -> None:
    on_close(period_of(deal, 8), at=at(9, 1), shortfalls={deal.quotas.get(): (1, 2)})
    charge = RetainerCharge.objects.get(kind="deduction")
    assert errors(as_manager.post(url("charge", deal, charge.pk), {"no": "1"})) == {"why": ["Say why."]}
    as_manager.post(url("charge", deal, charge.pk), {"no": "1", "why": "our parcel was late"})
    charge.refresh_from_db()
    assert (charge.state, charge.why) == ("refused", "our parcel was late")


ORDER = {
    "number": "1001",
    "ordered_on": "2026-11-02",
    "gross_0": "500,000",
    "gross_1": "IDR",
    "via": "code",
    "code": "KIRANA",
}


def test_an_order_is_noted_by_hand(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    share_of(deal)
    answer = as_coordinator.post(url("sale", deal), ORDER)
    assert answer.url == url("orders", deal)
    assert (Sale.objects.get().code, Sale.objects.get().commission) == ("KIRANA", rupiah(50_000))


def test_an_order_noted_twice_is_refused_and_stays_typed(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    as_coordinator.post(url("sale", deal), ORDER)
    answer = as_coordinator.post(url("sale", deal), {**ORDER, "code": "OTHER"})
    assert errors(answer) == {"number": [f"Order 1001 is known already: it was noted for {deal.influencer}."]}
    assert "OTHER" in words(answer)
    assert Sale.objects.count() == 1


PASTED = """order;day;amount;code
1001; 2026-11-01; 450000; KIRANA10
1002; 03/11/2026; 1,2 jt; KIRANA10
1001; 2026-11-04; 100000;
1003; someday; 100000;
1004; 2026-11-04; plenty;
"""


def test_pasted_orders_are_shown_before_they_are_noted(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    share_of(deal)
    answer = as_coordinator.post(url("sales", deal), {"rows": PASTED})
    assert [(row.number, row.refused) for row in answer.context["rows"]] == [
        ("1001", ""),
        ("1002", ""),
        ("1001", "This order is in the list twice."),
        ("1003", "“someday” is not a day."),
        ("1004", "“plenty” is not an amount."),
    ]
    assert Sale.objects.count() == 0
    sure = {"rows": PASTED, "shown": answer.context["shown"], "sure": "1"}
    done = as_coordinator.post(url("sales", deal), sure)
    assert (done.context["good"], done.context["bad"]) == (2, 3)
    assert list(Sale.objects.order_by("pk").values_list("number", "ordered_on", "gross", "commission")) == [
        ("1001", day(11, 1), 450_000, 45_000),
        ("1002", day(11, 3), 1_200_000, 120_000),
    ]


def test_what_was_not_shown_is_not_noted(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    shown = as_coordinator.post(url("sales", deal), {"rows": PASTED}).context["shown"]
    sure = {"rows": PASTED.replace("450000", "990000"), "shown": shown, "sure": "1"}
    assert as_coordinator.post(url("sales", deal), sure).context["is_done"] is False
    assert Sale.objects.count() == 0


def test_an_order_comes_back(as_coordinator: Client, deal: AmbassadorDeal, sell: Sell) -> None:
    share_of(deal)
    sale = sell(deal, 500_000)
    assert "nothing becomes due" in words(as_coordinator.get(url("sale-returned", deal, sale.pk)))
    as_coordinator.post(url("sale-returned", deal, sale.pk), {"on": "2026-11-20"})
    sale.refresh_from_db()
    assert (sale.state, sale.returned_on) == ("returned", day(11, 20))


def test_a_perk_is_given_and_used(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    given = {
        "kind": "credit",
        "label": "Shop credit",
        "value_0": "500,000",
        "value_1": "IDR",
        "granted_on": "2026-11-01",
    }
    assert as_coordinator.post(url("perk", deal), given).url == url("perks", deal)
    grant = PerkGrant.objects.get()
    as_coordinator.post(url("perk-used", deal, grant.pk), {"on": "2026-11-20", "part": "200,000"})
    grant.refresh_from_db()
    assert grant.used == 200_000
    refused = as_coordinator.post(url("perk-used", deal, grant.pk), {"on": "2026-11-20", "part": "300,001"})
    assert errors(refused) == {"part": ["Of it IDR\u00a0300,000 is left."]}


ENDING = {"kind": "mutual", "by": "both", "on": "2026-11-20", "why": "moves abroad"}


def test_an_end_shows_what_is_settled_before_it_is_done(as_manager: Client, deal: AmbassadorDeal) -> None:
    period_of(deal, 11, 11)
    answer = as_manager.post(url("end", deal), ENDING)
    assert [(line.key, line.amount) for line, _amount, _note in answer.context["rows"]] == [
        ("period:11", rupiah(6_666_667)),
        ("kill_fee", rupiah(0)),
    ]
    assert Termination.objects.count() == 0
    lines = {"line-amount_0": "6,700,000", "line-note_0": "rounded", "line-amount_1": "0"}
    done = as_manager.post(url("end", deal), {**ENDING, **lines, "shown": answer.context["shown"], "sure": "1"})
    assert done.url == url("after", deal)
    assert booked(deal) == [("due", "retainer", 6_700_000, "2026-12-21")]


def test_an_end_is_not_done_where_something_changed_since_it_was_shown(
    as_manager: Client, deal: AmbassadorDeal
) -> None:
    period = period_of(deal, 11, 11)
    shown = as_manager.post(url("end", deal), ENDING).context["shown"]
    period.last_on = day(11, 15)
    period.save()
    answer = as_manager.post(url("end", deal), {**ENDING, "line-amount_0": "1", "shown": shown, "sure": "1"})
    assert "Something changed meanwhile" in words(answer)
    assert Termination.objects.count() == 0


def test_an_end_for_cause_says_the_cause(as_manager: Client, deal: AmbassadorDeal) -> None:
    answer = as_manager.post(url("end", deal), {**ENDING, "kind": "cause", "why": ""})
    assert errors(answer) == {"why": ["An end for cause says what the cause is."]}


def test_a_day_after_the_last_is_refused_on_the_page(as_manager: Client, deal: AmbassadorDeal) -> None:
    answer = as_manager.post(url("end", deal), {**ENDING, "on": "2027-05-01"})
    assert errors(answer) == {"on": ["It ends on 31 December 2026 anyway. Choose that day or an earlier one."]}


def test_what_comes_afterwards_is_ticked_off_with_a_name(as_coordinator: Client, deal: AmbassadorDeal) -> None:
    Termination.objects.create(deal=deal, kind="expiry", by="both", effective_on=day(11, 1))
    item = TailItem.objects.create(deal=deal, kind="bio", due_on=dt.date(2026, 11, 8))
    assert ">late<" in words(as_coordinator.get(url("after", deal)))
    as_coordinator.post(url("tail", deal, item.pk))
    item.refresh_from_db()
    assert item.done_by == "Dinda"
    as_coordinator.post(url("tail", deal, item.pk), {"undo": "1"})
    item.refresh_from_db()
    assert (item.done_at, item.done_by) == (None, "")


def test_what_ran_out_is_settled_later(as_manager: Client, deal_of: DealOf) -> None:
    over = deal_of(end_on=day(10, 31), status="ended")
    period_of(over, 10, 10)
    Termination.objects.create(deal=over, kind="expiry", by="both", effective_on=day(10, 31))
    assert "Settle it" in words(as_manager.get(url("after", over)))
    typed = {"kind": "expiry", "by": "both", "why": ""}
    shown = as_manager.post(url("end", over), typed)
    lines = {"line-amount_0": "10,000,000"}
    as_manager.post(url("end", over), {**typed, **lines, "shown": shown.context["shown"], "sure": "1"})
    assert booked(over) == [("due", "retainer", 10_000_000, "2026-11-30")]
    ended = Termination.objects.get()
    assert (ended.kind, ended.effective_on, ended.settled_by) == ("expiry", day(10, 31), "Manager")
    assert as_manager.get(url("end", over)).url == url("after", over)


def test_the_commission_of_a_month_is_paid_in_one(as_owner: Client, deal: AmbassadorDeal, sell: Sell) -> None:
    share_of(deal, hold_days=0)
    for number in range(3):
        sell(deal, 500_000, f"100{number}", on=day(11, 2 + number))
    mature(deal, now=at(11, 24))
    (row,) = as_owner.get(url("money", deal)).context["page"].months[0].rows
    assert (row.orders, row.effect, row.is_open) == (3, rupiah(150_000), rupiah(150_000))
    as_owner.post(url("settle", deal, row.line.pk), {"on": "2026-11-24", "note": "batch 7"})
    assert LedgerLine.objects.settled().count() == 3
    assert as_owner.get(url("money", deal)).context["page"].open == []


def test_a_manager_puts_her_on_another_tier(as_manager: Client, deal: AmbassadorDeal) -> None:
    tier = ProgramTier.objects.create(program=deal.program, rank=2, name="Shine")
    assert errors(as_manager.post(url("tier", deal), {"tier": tier.pk, "why": ""})) == {
        "why": ["This field is required."]
    }
    as_manager.post(url("tier", deal), {"tier": tier.pk, "why": "asked for at the review"})
    assert AmbassadorDeal.objects.get().tier == tier


def test_what_is_left_to_see_to_stands_on_today(deal: AmbassadorDeal) -> None:
    item = TailItem.objects.create(deal=deal, kind="bio", due_on=day(11, 20))
    TailItem.objects.create(deal=deal, kind="data", due_on=day(11, 20), done_at=at(11, 20), done_by="Dinda")
    found = list(dues(Asked(at(11, 24), from_at=at(11, 1), to_at=at(11, 30), user=deal.contract.owner), ["deal.tail"]))
    assert [(one.subject, one.due_on, str(one.title), one.owner_id) for one in found] == [
        (subject_of(item), day(11, 20), "The brand is out of her bio", deal.contract.owner_id)
    ]
