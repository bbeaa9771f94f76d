"""What stands against paying a line, each reason by itself, and never more questions than a fixed number."""

import datetime as dt
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from crm.contracts.models import Contract
from crm.payments.models import Invoice, LedgerLine, PaidThrough, Payee
from crm.payments.paying.gate import gate_of
from tests.factories import ContactFactory
from tests.factories.payments import (
    NOON,
    ON,
    account_for,
    contract_in_force,
    due_line,
    invoice_for,
    pay_terms,
    payee_for,
    ready_line,
)

pytestmark = pytest.mark.django_db


def codes(line: LedgerLine, on: dt.date = ON) -> tuple[str, ...]:
    return gate_of([line], on)[line.pk].codes


def test_nothing_stands_against_a_line_that_is_ready() -> None:
    assert codes(ready_line()) == ()


def test_nobody_is_entered_who_is_paid() -> None:
    contract = contract_in_force()
    pay_terms(contract)
    assert codes(due_line(contract)) == ("no_payee",)


def test_a_payee_counts_from_her_first_to_her_last_day() -> None:
    line = ready_line()
    PaidThrough.objects.update(since_on=ON, until_on=ON)
    found = [codes(line, ON + dt.timedelta(days=days)) for days in (-1, 0, 1)]
    assert found == [("no_payee",), (), ("no_payee",)]


def test_a_minor_is_paid_through_her_guardian() -> None:
    line = ready_line()
    person, payee = line.influencer, Payee.objects.get()
    person.birth_on = dt.date(2010, 1, 1)
    person.save()
    assert codes(line) == ("minor_without_guardian",)
    payee.contact = ContactFactory()
    payee.save()
    assert codes(line) == ()


@pytest.mark.parametrize(("checked", "found"), [(None, ("no_tax_id",)), (NOON, ())])
def test_having_no_tax_number_is_fine_once_somebody_has_checked(checked: Any, found: tuple[str, ...]) -> None:
    line = ready_line()
    Payee.objects.update(tax_id_status="none", tax_number="", tax_checked_at=checked)
    assert codes(line) == found


def test_money_goes_to_an_account_somebody_called_about() -> None:
    contract = contract_in_force()
    pay_terms(contract)
    line = due_line(contract)
    payee = payee_for(line.influencer, account=False)
    assert codes(line) == ("no_account",)
    account_for(payee, verified=False)
    assert codes(line) == ("account_waiting",)


def test_her_invoice_is_here_and_accepted() -> None:
    contract = contract_in_force()
    pay_terms(contract, needs_invoice=True)
    line = ready_line(contract=contract)
    missing = gate_of([line], ON)[line.pk].problems[0]
    assert (missing.code, missing.is_hers) == ("no_invoice", True)
    invoice = invoice_for(line, accepted=False)
    waits = gate_of([line], ON)[line.pk].problems[0]
    assert (waits.code, waits.is_hers, waits.url) == ("no_invoice", False, f"/payments/invoices/{invoice.pk}/")
    Invoice.objects.update(status=Invoice.Status.ACCEPTED)
    assert codes(line) == ()
    Invoice.objects.update(status=Invoice.Status.REFUSED)
    assert codes(line) == ("no_invoice",)


def test_terms_nobody_has_set_ask_for_an_invoice() -> None:
    line = ready_line()
    line.contract.pay_terms.delete()
    assert codes(line) == ("no_invoice",)


def test_a_contract_everybody_has_signed_is_paid_after_its_end_too() -> None:
    line = ready_line()
    Contract.objects.filter(pk=line.contract_id).update(status=Contract.Status.ENDED)
    assert codes(line) == ()
    Contract.objects.filter(pk=line.contract_id).update(status=Contract.Status.VOID)
    assert codes(line) == ("contract_not_in_force",)
    Contract.objects.filter(pk=line.contract_id).update(status=Contract.Status.SENT, signed_at=None)
    assert codes(line) == ("contract_not_in_force",)


def test_what_she_owes_is_told_and_stops_nothing() -> None:
    line = ready_line()
    due_line(line.contract, -500_000, key="owed", kind="deduction", influencer=line.influencer)
    gate = gate_of([line], ON)[line.pk]
    assert (gate.codes, [note.words for note in gate.notes]) == (
        (),
        ["She owes IDR\u00a0500,000. It is taken off first."],
    )


@pytest.mark.parametrize("count", [1, 3])
def test_the_gate_asks_the_same_for_one_line_and_for_three(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lines = [ready_line(key=f"line {number}") for number in range(count)]
    for line in lines:
        due_line(line.contract, -1, key=f"owed {line.pk}", kind="deduction", influencer=line.influencer)
    with django_assert_num_queries(10):
        gate_of(lines, ON)
