"""Days of money: her invoice, paying, looking whether it arrived; for whom, and what a calendar asks for them."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from crm.payments.paying.actions import release
from crm.payments.paying.reminders import ARRIVED, INVOICE, PAY
from crm.reminders.registry import Asked, dues
from crm.team.models import User
from tests.factories.payments import NOON, contract_in_force, due_line, invoice_for, pay_terms, payee_for, ready_line

pytestmark = pytest.mark.django_db
KINDS = (INVOICE, PAY, ARRIVED)
MONTH = {"from_at": dt.datetime(2026, 11, 1, tzinfo=dt.UTC), "to_at": dt.datetime(2026, 12, 31, tzinfo=dt.UTC)}


def told(user: User | None = None, *, calendar: bool = True) -> list[tuple[str, dt.date]]:
    asked = Asked(now=NOON, user=user, calendar=calendar, **MONTH)
    return [(due.kind, due.due_on) for due in dues(asked, KINDS)]


def waiting_line(key: str) -> None:
    contract = contract_in_force()
    pay_terms(contract, needs_invoice=True)
    payee_for(contract.talents[0].influencer)
    due_line(contract, key=key)


def test_an_amount_waits_for_her_invoice_and_for_its_day(coordinator: User) -> None:
    waiting_line("one")
    assert told(coordinator) == [(INVOICE, dt.date(2026, 11, 24)), (PAY, dt.date(2026, 12, 1))]


def test_an_invoice_that_is_here_is_not_asked_for(coordinator: User) -> None:
    contract = contract_in_force()
    pay_terms(contract, needs_invoice=True)
    invoice_for(due_line(contract), accepted=False)
    assert told(coordinator) == [(PAY, dt.date(2026, 12, 1))]


def test_what_is_on_its_way_is_only_asked_after(coordinator: User) -> None:
    release({ready_line(): None}, pay_on=dt.date(2026, 12, 1), at=NOON, user=coordinator)
    assert told(coordinator) == [(ARRIVED, dt.date(2026, 12, 1))]


def test_days_of_money_are_for_those_who_read_money(coordinator: User, viewer: User) -> None:
    waiting_line("one")
    release({ready_line(key="two"): None}, pay_on=dt.date(2026, 12, 1), at=NOON, user=coordinator)
    assert [kind for kind, _on in told()] == [kind for kind, _on in told(coordinator)] == [INVOICE, PAY, ARRIVED]
    assert told(viewer) == []


def test_a_calendar_asks_for_money_twice_however_much_is_due(coordinator: User) -> None:
    told(coordinator)  # whose brands these are is read once for a colleague
    counted = []
    for number in range(3):
        waiting_line(f"line-{number}")
        release({ready_line(key=f"way-{number}"): None}, pay_on=dt.date(2026, 12, 1), at=NOON, user=coordinator)
        with CaptureQueriesContext(connection) as asked:
            found = told(coordinator)
        counted.append((len(asked), len(found)))
    assert counted == [(2, 3), (2, 6), (2, 9)]
