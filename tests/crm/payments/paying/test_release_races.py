"""Two people at the same line in the same second: never is more released than is open."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from crm.payments.actions import take_back
from crm.payments.models import BankSheet, LedgerLine, Payment, PaymentPart
from crm.payments.paying.actions import came_back, pay, release, send, withdraw
from crm.payments.queries import free_amounts
from crm.team.models import User
from crm.timeline.record import SYSTEM
from tests.crm.payments.conftest import rupiah
from tests.factories.payments import NOON, ON, benefit_of, contract_in_force, due_line, ready_line
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
PAY_ON = dt.date(2026, 12, 1)


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


@pytest.fixture
def told(coordinator: User) -> dict[str, Any]:
    return {"pay_on": PAY_ON, "at": NOON, "user": coordinator}


def test_of_two_who_release_a_line_at_once_one_does(told: dict[str, Any]) -> None:
    line = ready_line(1_000_000)
    # The control: asked before either has written, both are told that all of it is free. Only the lock makes it true.
    assert [int(free_amounts([line])[line.pk]) for _ in range(2)] == [1_000_000, 1_000_000]
    assert together(*[lambda: release({line: None}, **told)] * 2) == ["MoreThanOpen"]
    assert [int(part.amount) for part in PaymentPart.objects.all()] == [1_000_000]


def test_of_two_parts_that_are_too_much_together_one_leaves(told: dict[str, Any]) -> None:
    line = ready_line(1_000_000)
    raised = together(*(lambda part=part: release({line: rupiah(part)}, **told) for part in (600_000, 700_000)))  # type: ignore[misc]
    assert raised == ["MoreThanOpen"]
    assert PaymentPart.objects.count() == 1


def test_two_parts_that_fit_are_both_released_with_numbers_of_their_own(told: dict[str, Any]) -> None:
    line = ready_line(1_000_000)
    raised = together(*(lambda part=part: release({line: rupiah(part)}, **told) for part in (400_000, 600_000)))  # type: ignore[misc]
    assert raised == []
    assert sorted(PaymentPart.objects.values_list("sequence", flat=True)) == [1, 2]


def test_a_line_is_either_released_or_taken_back(told: dict[str, Any]) -> None:
    line = ready_line(1_000_000)
    raised = together(
        lambda: release({line: None}, **told), lambda: take_back(line, key="back", on=ON, at=NOON, by="Dinda")
    )
    assert raised == ["MoreThanOpen"]
    taken_back = LedgerLine.objects.filter(key="back").count()
    assert (Payment.objects.count(), taken_back) in {(1, 0), (0, 1)}


def test_two_payments_of_a_month_at_once_are_taxed_as_one(told: dict[str, Any]) -> None:
    contract = contract_in_force()
    first = ready_line(80_000_000, contract=contract)
    second = due_line(contract, 70_000_000, key="two")
    assert together(lambda: release({first: None}, **told), lambda: release({second: None}, **told)) == []
    assert sum(int(one.tax) for one in Payment.objects.all()) == 5_250_000


def test_a_benefit_is_taxed_by_one_of_two_at_once(told: dict[str, Any]) -> None:
    contract = contract_in_force()
    first = ready_line(5_000_000, contract=contract)
    second = due_line(contract, 5_000_000, key="two")
    benefit_of(contract, 3_000_000)
    assert together(lambda: release({first: None}, **told), lambda: release({second: None}, **told)) == []
    assert sorted(int(one.in_kind) for one in Payment.objects.all()) == [0, 3_000_000]


def test_of_two_who_note_it_as_paid_at_once_one_does(told: dict[str, Any]) -> None:
    payment = release({ready_line(): None}, **told)
    paid: dict[str, Any] = {"paid_on": PAY_ON, "at": NOON, "actor": SYSTEM}
    raised = together(*[lambda: pay(Payment.objects.get(pk=payment.pk), **paid)] * 2)
    assert raised == ["TransitionRefused"]
    assert LedgerLine.objects.settled().count() == 1


def test_of_two_who_put_it_on_a_sheet_at_once_one_does(told: dict[str, Any], coordinator: User) -> None:
    payment = release({ready_line(): None}, **told)
    assert together(*[lambda: send([payment], at=NOON, user=coordinator)] * 2) == ["TransitionRefused"]
    assert BankSheet.objects.count() == 1


def test_paid_and_withdrawn_at_once_is_one_of_both(told: dict[str, Any]) -> None:
    payment = release({ready_line(): None}, **told)
    raised = together(
        lambda: pay(Payment.objects.get(pk=payment.pk), paid_on=PAY_ON, at=NOON, actor=SYSTEM),
        lambda: withdraw(Payment.objects.get(pk=payment.pk), "Not now", at=NOON, actor=SYSTEM),
    )
    assert raised == ["TransitionRefused"]
    assert LedgerLine.objects.settled().exists() == Payment.objects.get().is_paid


def test_money_that_came_back_is_noted_once(told: dict[str, Any]) -> None:
    payment = release({ready_line(): None}, **told)
    pay(payment, paid_on=PAY_ON, at=NOON, actor=SYSTEM)

    def back() -> None:
        came_back(Payment.objects.get(pk=payment.pk), "Closed", on=PAY_ON, at=NOON, actor=SYSTEM)

    assert together(back, back) == ["TransitionRefused"]
    assert [int(row.amount.amount) for row in LedgerLine.objects.settled().order_by("pk")] == [1_500_000, -1_500_000]
