"""Money becomes due by what happened, once, and is taken back when it did not happen after all."""

import datetime as dt

import pytest
from djmoney.money import Money

from crm.contracts.models import Contract, Party, PayLine, PromisedPost
from crm.payments.actions import settle
from crm.payments.milestones.laying import Part
from crm.payments.milestones.meeting import look, meet
from crm.payments.milestones.places import Work
from crm.payments.models import LedgerLine, Milestone, PayTerms
from crm.payments.paying.actions import came_back, pay, release, withdraw
from crm.payments.queries import balance
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.record import SYSTEM
from tests.crm.payments.milestones.conftest import NOW, TODAY, Known, Say, promised, told
from tests.factories.payments import payee_for

pytestmark = pytest.mark.django_db
Trigger = Milestone.Trigger
HALVES = (Part(5_000, Trigger.SIGNED), Part(5_000, Trigger.PUBLISHED))
ALL = (Part(10_000),)
SIGNED_ON = dt.date(2026, 11, 24)


def look_at(contract: Contract, at: dt.datetime = NOW) -> list[LedgerLine]:
    return look(contract, at=at, actor=SYSTEM)


def test_half_is_due_on_signature_and_half_once_it_is_posted(
    contract: Contract, party: Party, say: Say, known: Known
) -> None:
    say(*HALVES)
    assert len(look_at(contract)) == 1
    known.works(party, Work("a", out_on=TODAY))
    assert len(look_at(contract)) == 1
    assert told() == [("due", 5_000_000, dt.date(2026, 12, 8)), ("due", 5_000_000, dt.date(2026, 12, 15))]


def test_looking_again_makes_nothing_due_twice(contract: Contract, party: Party, say: Say, known: Known) -> None:
    say(*HALVES)
    known.works(party, Work("a", out_on=TODAY))
    look_at(contract)
    assert look_at(contract) == []
    assert meet("published", contract=contract, on=TODAY, at=NOW, actor=SYSTEM, party=party.pk) == []
    assert len(told()) == 2


def test_a_due_day_on_a_day_off_is_the_next_day_people_work(contract: Contract, say: Say) -> None:
    say(Part(10_000, Trigger.DATE, on=dt.date(2026, 11, 29)), net_days=13)
    look_at(contract)
    assert told() == [("due", 10_000_000, dt.date(2026, 12, 14))]


def test_a_part_about_all_posts_waits_for_the_last_of_them(
    contract: Contract, party: Party, say: Say, known: Known
) -> None:
    first, second = promised(party), promised(party)
    say(*ALL)
    known.works(party, Work("a", first.pk, out_on=TODAY))
    assert look_at(contract) == []
    known.works(party, Work("a", first.pk, out_on=TODAY), Work("b", second.pk, out_on=TODAY))
    assert [int(line.amount.amount) for line in look_at(contract)] == [10_000_000]


def test_a_part_about_one_post_waits_for_that_one_only(
    contract: Contract, party: Party, say: Say, known: Known
) -> None:
    first, second = promised(party), promised(party)
    say(Part(4_000, post=first), Part(6_000, post=second))
    known.works(party, Work("b", second.pk, out_on=TODAY))
    look_at(contract)
    assert told() == [("due", 6_000_000, dt.date(2026, 12, 15))]


def test_a_post_that_never_was_takes_back_what_is_unpaid_and_waits_again(
    contract: Contract, party: Party, say: Say, known: Known
) -> None:
    (one,) = say(*ALL)
    known.works(party, Work("a", out_on=TODAY))
    look_at(contract)
    known.works(party, Work("a"))
    look_at(contract)
    one.refresh_from_db()
    assert (one.met_on, one.due_on) == (None, None)
    known.works(party, Work("a", out_on=TODAY))
    look_at(contract)
    due = ("due", 10_000_000, dt.date(2026, 12, 15))
    assert told() == [due, ("reversed", 10_000_000, None), due]


def test_of_money_that_was_paid_somebody_is_asked_and_the_ledger_says_nothing(
    contract: Contract, party: Party, say: Say, known: Known
) -> None:
    (one,) = say(*ALL)
    known.works(party, Work("a", out_on=TODAY))
    (line,) = look_at(contract)
    settle(line, key="paid", on=TODAY, at=NOW, by="Dinda")
    before = told()
    known.works(party, Work("a"))
    look_at(contract)
    look_at(contract)
    one.refresh_from_db()
    assert (told(), one.is_met) == (before, True)
    assert [todo.url for todo in Todo.objects.open()] == [f"/contracts/{contract.pk}/"]


def test_a_post_that_is_gone_counts_as_not_posted(contract: Contract, party: Party, say: Say, known: Known) -> None:
    say(*ALL)
    known.works(party, Work("a", out_on=TODAY), gone=frozenset({"a"}))
    assert look_at(contract) == []


def test_a_post_is_paid_once_it_has_stayed_as_long_as_was_agreed(
    contract: Contract, party: Party, say: Say, known: Known
) -> None:
    say(Part(10_000, Trigger.LIVE_N_DAYS, days=30))
    known.works(party, Work("a", out_on=TODAY))
    assert look_at(contract, NOW + dt.timedelta(days=29)) == []
    look_at(contract, NOW + dt.timedelta(days=30))
    assert told() == [("due", 10_000_000, dt.date(2027, 1, 14))]


def test_net_money_stays_net_and_what_does_not_divide_goes_to_the_last(
    contract: Contract, party: Party, say: Say
) -> None:
    PayLine.objects.filter(contract=contract).update(amount=1_000_001, tax="net")
    say(Part(3_333, Trigger.SIGNED), Part(6_667, Trigger.DATE, on=SIGNED_ON))
    lines = look_at(contract)
    assert [(int(line.amount.amount), line.is_net) for line in lines] == [(333_300, True), (666_701, True)]


def test_gross_and_net_of_one_part_are_two_lines(contract: Contract, party: Party, say: Say) -> None:
    PayLine.objects.create(contract=contract, amount=Money(500_000, "IDR"), kind="usage_fee", tax="net")
    (one,) = say(Part(10_000, Trigger.SIGNED))
    lines = look_at(contract)
    said = [(line.key, int(line.amount.amount), line.is_net) for line in lines]
    assert said == [(one.key, 10_000_000, False), (f"{one.key}:2", 500_000, True)]


def test_a_fee_raised_before_the_last_part_is_made_whole_by_it(
    contract: Contract, party: Party, say: Say, known: Known
) -> None:
    say(*HALVES)
    look_at(contract)
    PayLine.objects.filter(contract=contract).update(amount=12_000_000)
    known.works(party, Work("a", out_on=TODAY))
    look_at(contract)
    assert [amount for _step, amount, _on in told()] == [5_000_000, 7_000_000]


def test_a_fee_raised_after_everything_was_met_is_due_once_the_last_thing_holds(
    contract: Contract, party: Party, say: Say, known: Known
) -> None:
    say(*ALL)
    first = promised(party)
    known.works(party, Work("a", first.pk, out_on=TODAY))
    look_at(contract)
    PayLine.objects.filter(contract=contract).update(amount=13_000_000)
    second = promised(party)
    PromisedPost.objects.filter(pk=second.pk).update(created_at=NOW + dt.timedelta(days=1))
    later = NOW + dt.timedelta(days=6)
    known.works(party, Work("a", first.pk, out_on=TODAY), Work("b", second.pk))
    assert look_at(contract, later) == []
    known.works(party, Work("a", first.pk, out_on=TODAY), Work("b", second.pk, out_on=dt.date(2026, 12, 7)))
    look_at(contract, later)
    assert told() == [("due", 10_000_000, dt.date(2026, 12, 15)), ("due", 3_000_000, dt.date(2026, 12, 21))]


def test_a_lower_fee_takes_back_what_is_open(contract: Contract, party: Party, say: Say) -> None:
    say(Part(10_000, Trigger.SIGNED))
    look_at(contract)
    PayLine.objects.filter(contract=contract).update(amount=8_000_000)
    look_at(contract)
    look_at(contract)
    assert [(step, amount) for step, amount, _on in told()] == [("due", 10_000_000), ("reversed", 2_000_000)]


def test_of_a_lower_fee_that_was_paid_somebody_is_asked(contract: Contract, party: Party, say: Say) -> None:
    say(Part(10_000, Trigger.SIGNED))
    (line,) = look_at(contract)
    settle(line, key="paid", on=TODAY, at=NOW, by="Dinda")
    before = told()
    PayLine.objects.filter(contract=contract).update(amount=8_000_000)
    look_at(contract)
    assert told() == before
    assert Todo.objects.open().count() == 1


def test_somebody_who_knows_of_a_period_meets_what_waits_for_it(contract: Contract, party: Party, say: Say) -> None:
    say(Part(5_000, Trigger.PERIOD_CLOSED, period=1), Part(5_000, Trigger.PERIOD_CLOSED, period=2))
    meet("period_closed", contract=contract, on=TODAY, at=NOW, actor=SYSTEM, period=1)
    assert [amount for _step, amount, _on in told()] == [5_000_000]


def test_nothing_becomes_due_under_a_contract_that_ended_early(
    contract: Contract, party: Party, say: Say, known: Known
) -> None:
    say(*ALL)
    Contract.objects.filter(pk=contract.pk).update(status=Contract.Status.TERMINATED)
    known.works(party, Work("a", out_on=TODAY))
    assert look_at(contract) == []
    assert told() == []


@pytest.mark.parametrize("how", ["withdrawn", "came back"])
def test_a_payment_that_did_not_arrive_for_a_post_that_is_gone_is_not_owed_again(
    contract: Contract, party: Party, say: Say, known: Known, coordinator: User, how: str
) -> None:
    say(*ALL)
    PayTerms.objects.update(needs_invoice=False)
    payee_for(contract.talents[0].influencer)
    known.works(party, Work("a", out_on=TODAY))
    (line,) = look_at(contract)
    payment = release({line: None}, pay_on=TODAY, at=NOW, user=coordinator)
    known.works(party, Work("a", out_on=TODAY), gone={"a"})
    look_at(contract)
    assert [step for step, _amount, _day in told()] == ["due"]
    if how == "withdrawn":
        withdraw(payment, "Post is gone", at=NOW, actor=SYSTEM)
    else:
        pay(payment, paid_on=TODAY, at=NOW, actor=SYSTEM)
        came_back(payment, "Account closed", on=TODAY, at=NOW, actor=SYSTEM)
    assert balance(contract) == {}
    assert LedgerLine.objects.get(step="reversed").amount == line.amount
