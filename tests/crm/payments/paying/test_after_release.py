"""What comes of a payment: handed to the bank, paid, come back, withdrawn; the ledger is only ever added to."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from djmoney.money import Money

from crm.outbox.models import Contact, Email
from crm.payments.models import BankAccount, BankSheet, Document, LedgerLine, PaidThrough, Payee, Payment
from crm.payments.paying.actions import came_back, pay, release, send, slip_noted, withdraw
from crm.payments.paying.sheets import rows_of
from crm.payments.queries import balance, free_amounts, open_amounts
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused
from tests.factories import RepresentationFactory
from tests.factories.payments import NOON, due_line, ready_line

pytestmark = pytest.mark.django_db
PAID_ON = dt.date(2026, 12, 1)


@pytest.fixture
def done(coordinator: User) -> dict[str, Any]:
    return {"at": NOON, "actor": Actor.user(coordinator)}


@pytest.fixture
def payment(coordinator: User) -> Payment:
    line = ready_line(1_500_000)
    due_line(line.contract, -500_000, key="owed", kind="deduction", influencer=line.influencer)
    return release({line: None}, pay_on=PAID_ON, at=NOON, user=coordinator)


def ledger() -> list[tuple[str, str, int]]:
    rows = LedgerLine.objects.order_by("pk").select_related("of")
    return [(row.step, (row.of or row).key, int(row.amount.amount)) for row in rows]


DUE = [("due", "one", 1_500_000), ("due", "owed", -500_000)]
SETTLED = [("settled", "one", 1_500_000), ("settled", "owed", -500_000)]
TURNED = [("settled", "one", -1_500_000), ("settled", "owed", 500_000)]


def test_a_payment_settles_its_lines_and_gets_its_receipt(payment: Payment, done: dict[str, Any]) -> None:
    pay(payment, paid_on=PAID_ON, bank_ref="FT 4711", **done)
    assert ledger() == [*DUE, *SETTLED]
    assert balance(payment.influencer) == {}
    receipt = Document.objects.get(series__kind="receipt")
    assert (receipt.payment, receipt.amount, receipt.issued_on) == (payment, Money(975_000, "IDR"), PAID_ON)
    assert (receipt.said["paid_on"], receipt.said["bank_ref"]) == ("2026-12-01", "FT 4711")


def test_she_is_told_once_how_much_for_what_and_what_was_withheld(payment: Payment, done: dict[str, Any]) -> None:
    RepresentationFactory(
        influencer=payment.influencer, contact__kind=Contact.Kind.PERSON, contact__name="Kirana Maheswari"
    )
    pay(payment, paid_on=PAID_ON, **done)
    email = Email.objects.get(name="payment_made")
    assert (email.context["what"], email.context["account"]) == ("Fee, 1 of 1", "Bank Nusa ···1234")
    assert "IDR\u00a025,000 of tax was withheld from IDR\u00a01,000,000." in email.text
    assert "0012345678901234" not in email.text


def test_a_payment_is_paid_once(payment: Payment, done: dict[str, Any]) -> None:
    pay(payment, paid_on=PAID_ON, **done)
    with pytest.raises(TransitionRefused):
        pay(payment, paid_on=PAID_ON, **done)
    assert ledger() == [*DUE, *SETTLED]
    assert Document.objects.filter(series__kind="receipt").count() == 1


def test_a_paid_one_that_comes_back_turns_its_settlement_and_voids_its_papers(
    payment: Payment, done: dict[str, Any]
) -> None:
    pay(payment, paid_on=PAID_ON, **done)
    came_back(payment, "Account closed", on=PAID_ON, **done)
    assert ledger() == [*DUE, *SETTLED, *TURNED]
    assert balance(payment.influencer) == {"IDR": Decimal(1_000_000)}
    assert [bool(paper.voided_at) for paper in Document.objects.all()] == [True, True]
    assert (payment.status, payment.failed_why) == (Payment.Status.FAILED, "Account closed")


def test_what_came_back_is_released_and_settled_again(
    payment: Payment, done: dict[str, Any], coordinator: User
) -> None:
    pay(payment, paid_on=PAID_ON, **done)
    came_back(payment, "Account closed", on=PAID_ON, **done)
    line = LedgerLine.objects.get(key="one")
    again = release({line: None}, pay_on=PAID_ON, at=NOON, user=coordinator)
    pay(again, paid_on=PAID_ON, **done)
    assert ledger() == [*DUE, *SETTLED, *TURNED, *SETTLED]
    assert open_amounts([line]) == {line.pk: Decimal(0)}
    assert [(part.line.key, part.sequence) for part in again.parts.order_by("line_id")] == [("one", 2), ("owed", 2)]


def test_one_the_bank_never_paid_out_changes_nothing_in_the_ledger(
    payment: Payment, done: dict[str, Any], coordinator: User
) -> None:
    send([payment], at=NOON, user=coordinator)
    payment.refresh_from_db()
    came_back(payment, "Name does not match", on=PAID_ON, **done)
    assert ledger() == DUE
    line = LedgerLine.objects.get(key="one")
    assert free_amounts([line]) == {line.pk: Decimal(1_500_000)}


def test_a_withdrawn_one_frees_its_lines_and_voids_its_bill(payment: Payment, done: dict[str, Any]) -> None:
    withdraw(payment, "Wrong day", **done)
    line = LedgerLine.objects.get(key="one")
    assert free_amounts([line]) == {line.pk: Decimal(1_500_000)}
    assert Document.objects.get().voided_why == "Wrong day"
    assert Email.objects.count() == 0


def test_what_is_with_the_bank_is_not_withdrawn(payment: Payment, done: dict[str, Any], coordinator: User) -> None:
    send([payment], at=NOON, user=coordinator)
    with pytest.raises(TransitionRefused):
        withdraw(payment, "Wrong day", **done)
    assert Document.objects.get().voided_at is None


def test_a_sheet_has_whole_account_numbers_as_text(payment: Payment, coordinator: User) -> None:
    sheet = send([payment], at=NOON, user=coordinator)
    assert (sheet.currency, sheet.pay_on, sheet.made_by) == ("IDR", PAID_ON, coordinator)
    payment.refresh_from_db()
    assert (payment.status, payment.sheet) == (Payment.Status.SENT, sheet)
    assert [list(row) for row in rows_of(sheet, coordinator)] == [
        [
            f"MITRA-{payment.pk}",
            "Bank Nusa",
            "999",
            "0012345678901234",
            payment.payee.name,
            Decimal(975_000),
            "IDR",
            PAID_ON,
        ]
    ]


def test_a_sheet_is_all_or_nothing(payment: Payment, coordinator: User) -> None:
    other = release({ready_line(key="two"): None}, pay_on=PAID_ON, at=NOON, user=coordinator)
    BankAccount.objects.filter(pk=other.account_id).update(status=BankAccount.Status.RETIRED)
    with pytest.raises(ValidationError) as refused:
        send([payment, other], at=NOON, user=coordinator)
    assert refused.value.code == "account"
    assert BankSheet.objects.count() == 0
    assert set(Payment.objects.values_list("status", flat=True)) == {Payment.Status.RELEASED}


def test_money_that_goes_to_somebody_else_by_now_is_not_sent(payment: Payment, coordinator: User) -> None:
    agency = Payee.objects.create(name="Agensi Nusa", kind="company", tax_checked_at=NOON)
    PaidThrough.objects.filter(influencer=payment.influencer).update(payee=agency)
    with pytest.raises(ValidationError) as refused:
        send([payment], at=NOON, user=coordinator)
    assert refused.value.code == "payee"
    assert (BankSheet.objects.count(), Payment.objects.released().count()) == (0, 1)


def test_the_same_payment_is_on_one_sheet(payment: Payment, coordinator: User) -> None:
    send([payment], at=NOON, user=coordinator)
    with pytest.raises(TransitionRefused):
        send([payment], at=NOON, user=coordinator)
    assert BankSheet.objects.count() == 1


def test_the_slip_is_noted_and_told_once(payment: Payment, done: dict[str, Any]) -> None:
    slip_noted(payment, "BP-1", **done)
    slip_noted(payment, "BP-1", **done)
    assert Payment.objects.get().slip == "BP-1"
    assert Entry.objects.filter(verb="payment.slip").count() == 1
