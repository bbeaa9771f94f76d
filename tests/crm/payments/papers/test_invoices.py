"""Her invoices: handed in by her or a colleague, accepted, sent back; one that stands about each line."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from djmoney.money import Money

from crm.contracts.models import Contract
from crm.outbox.models import Contact, Email
from crm.payments.models import Invoice, LedgerLine, Payee
from crm.payments.papers.forms import VatInvoiceForm
from crm.payments.papers.invoices import InvoiceSaid, accept, receive, refuse
from crm.portal.registry import Asking, Told, find_task, open_tasks, settle
from crm.team.models import User
from crm.timeline.record import SYSTEM
from crm.timeline.transitions import TransitionRefused
from tests.factories import RepresentationFactory
from tests.factories.payments import NOON, ON, contract_in_force, due_line, pay_terms, ready_line

pytestmark = pytest.mark.django_db


def said(number: str = "INV-7", amount: int = 1_500_000) -> InvoiceSaid:
    return InvoiceSaid(number=number, issued_on=ON, amount=Money(amount, "IDR"))


@pytest.fixture
def contract(db: None) -> Contract:
    made = contract_in_force()
    pay_terms(made, needs_invoice=True)
    return made


@pytest.fixture
def line(contract: Contract) -> LedgerLine:
    return ready_line(contract=contract)


@pytest.fixture
def asking(line: LedgerLine) -> Asking:
    contact = RepresentationFactory(influencer=line.influencer, contact__kind=Contact.Kind.PERSON).contact
    return Asking(line.influencer_id, line.brand_id, NOON, "Asia/Jakarta", contact)


def test_an_invoice_is_received_with_what_it_is_about(line: LedgerLine) -> None:
    invoice = receive([line], said(), at=NOON, actor=SYSTEM)
    assert (invoice.status, invoice.payee, [one.pk for one in invoice.lines.all()]) == (
        Invoice.Status.RECEIVED, Payee.objects.get(), [line.pk],
    )  # fmt: skip


def test_one_invoice_stands_about_a_line(line: LedgerLine) -> None:
    receive([line], said(), at=NOON, actor=SYSTEM)
    with pytest.raises(ValidationError) as refused:
        receive([line], said("INV-8"), at=NOON, actor=SYSTEM)
    assert refused.value.code == "there"
    assert list(Invoice.objects.values_list("number", flat=True)) == ["INV-7"]


def test_a_number_is_known_once_for_a_person_and_brand(line: LedgerLine, contract: Contract) -> None:
    receive([line], said(), at=NOON, actor=SYSTEM)
    other = due_line(contract, 1_000, key="two")
    with pytest.raises(ValidationError) as refused:
        receive([other], said(), at=NOON, actor=SYSTEM)
    assert refused.value.code == "known"
    assert Invoice.objects.count() == 1


def test_one_that_was_sent_back_makes_room_for_another(line: LedgerLine, asking: Asking, coordinator: User) -> None:
    invoice = receive([line], said(), at=NOON, actor=SYSTEM)
    refuse(invoice, "The amount is another one.", at=NOON, user=coordinator)
    email = Email.objects.get(name="invoice_back")
    assert (email.contact, "The amount is another one." in email.text) == (asking.contact, True)
    assert receive([line], said(), at=NOON, actor=SYSTEM).status == Invoice.Status.RECEIVED


def test_an_invoice_is_accepted_once(line: LedgerLine, coordinator: User) -> None:
    invoice = receive([line], said(), at=NOON, actor=SYSTEM)
    accept(invoice, at=NOON, user=coordinator)
    with pytest.raises(TransitionRefused):
        accept(invoice, at=NOON, user=coordinator)


def test_she_is_asked_once_for_each_contract_with_the_amount_filled_in(asking: Asking, contract: Contract) -> None:
    due_line(contract, 500_000, key="two", label="Bonus")
    (task,) = [one for one in open_tasks(asking) if one.feature == "invoice"]
    assert str(task.title) == "Your invoice over IDR\u00a02,000,000"
    assert task.initial == {"amount": "2,000,000", "issued_on": ON}


def test_nobody_is_asked_where_we_write_the_bill(line: LedgerLine, asking: Asking) -> None:
    line.contract.pay_terms.needs_invoice = False
    line.contract.pay_terms.save()
    assert [one for one in open_tasks(asking) if one.feature == "invoice"] == []


def test_what_she_hands_in_settles_the_task(line: LedgerLine, asking: Asking) -> None:
    task = find_task(asking, "invoice", line.pk)
    assert task is not None
    data: dict[str, Any] = {"number": "INV-7", "issued_on": ON, "amount": Money(1, "IDR").amount * 1_400_000}
    settle(asking, task, Told("send", data, NOON, SYSTEM))
    assert Invoice.objects.get().amount == Money(1_400_000, "IDR")
    assert find_task(asking, "invoice", line.pk) is None


@pytest.mark.parametrize(
    ("faktur", "errors"),
    [
        ("04002600000000001", {}),
        ("040.026.00.00000001", {"faktur": ["A faktur pajak has 17 digits."]}),
        ("0400 2600 0000 0000 1", {}),
        ("", {"faktur": ["With VAT the number of the faktur pajak is needed."]}),
    ],
)
def test_a_faktur_has_17_digits(faktur: str, errors: dict[str, Any]) -> None:
    typed = {
        "number": "7",
        "issued_on": dt.date(2026, 11, 24),
        "amount": "50000000",
        "vat": "5500000",
        "faktur": faktur,
    }
    form = VatInvoiceForm(typed)
    form.fields["file"].required = False
    form.is_valid()
    assert form.errors == errors
