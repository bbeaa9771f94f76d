"""Letting money go: what is owed less what she owes, taxed once, never more than is open."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from djmoney.money import Money

from crm.base.models import Organisation
from crm.payments.actions import MoreThanOpen, settle, take_back
from crm.payments.models import Document, LedgerLine, Payment, PaymentPart
from crm.payments.paying.actions import release, withdraw
from crm.payments.paying.plan import plan_of
from crm.payments.queries import free_amounts, open_amounts
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.factories.payments import (
    NOON,
    ON,
    benefit_of,
    contract_in_force,
    due_line,
    invoice_for,
    pay_terms,
    payee_for,
    ready_line,
)

pytestmark = pytest.mark.django_db
PAY_ON = dt.date(2026, 12, 1)


def rupiah(amount: int) -> Money:
    return Money(amount, "IDR")


@pytest.fixture
def told(coordinator: User) -> dict[str, Any]:
    return {"pay_on": PAY_ON, "at": NOON, "user": coordinator}


def sums(payment: Payment) -> tuple[int, int, int]:
    return int(payment.gross), int(payment.tax), int(payment.net)


def parts(payment: Payment) -> list[tuple[str, int, int]]:
    rows = payment.parts.select_related("line").order_by("line_id")
    return [(part.line.key, part.sequence, int(part.amount)) for part in rows]


def test_a_line_is_released_with_its_tax(told: dict[str, Any]) -> None:
    line = ready_line(1_500_000)
    payment = release({line: None}, **told)
    assert sums(payment) == (1_500_000, 37_500, 1_462_500)
    assert (payment.article, payment.tax_base, payment.tax_month_on) == ("pph21", Decimal(750_000), PAY_ON)
    assert parts(payment) == [("one", 1, 1_500_000)]
    assert open_amounts([line]) == {line.pk: Decimal(1_500_000)}
    assert free_amounts([line]) == {line.pk: Decimal(0)}


def test_a_release_is_told_and_gets_its_bill(told: dict[str, Any]) -> None:
    payment = release({ready_line(): None}, **told)
    assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == ["payment.released", "document.issued"]
    (bill,) = Document.objects.filter(payment=payment)
    assert (bill.series.kind, bill.amount, Decimal(bill.said["net"])) == (
        "bill", rupiah(1_500_000), Decimal(1_462_500),
    )  # fmt: skip


def test_who_sends_invoices_gets_no_bill_of_ours(told: dict[str, Any]) -> None:
    contract = contract_in_force()
    pay_terms(contract, needs_invoice=True)
    line = ready_line(contract=contract)
    invoice_for(line)
    release({line: None}, **told)
    assert Document.objects.count() == 0


def test_two_parts_of_a_line_are_numbered_and_no_more_than_open(told: dict[str, Any]) -> None:
    line = ready_line(1_000_000)
    first, second = release({line: rupiah(400_000)}, **told), release({line: None}, **told)
    assert (parts(first), parts(second)) == ([("one", 1, 400_000)], [("one", 2, 600_000)])
    before = PaymentPart.objects.count()
    with pytest.raises(MoreThanOpen):
        release({line: rupiah(1)}, **told)
    assert PaymentPart.objects.count() == before


@pytest.mark.parametrize("part", [Money(10, "USD"), Money(-10, "IDR"), Money(0, "IDR"), Money(1_500_001, "IDR")])
def test_a_part_is_above_zero_of_the_same_currency_and_not_more(told: dict[str, Any], part: Money) -> None:
    line = ready_line()
    with pytest.raises(MoreThanOpen):
        release({line: part}, **told)
    assert Payment.objects.count() == 0


def test_what_she_owes_is_taken_off_first(told: dict[str, Any]) -> None:
    line = ready_line(1_500_000)
    owed = due_line(line.contract, -500_000, key="owed", kind="deduction", influencer=line.influencer)
    payment = release({line: None}, **told)
    assert sums(payment) == (1_000_000, 25_000, 975_000)
    assert parts(payment) == [("one", 1, 1_500_000), ("owed", 1, -500_000)]
    assert free_amounts([owed]) == {owed.pk: Decimal(0)}


def test_what_she_owes_is_taken_off_as_far_as_the_money_goes(told: dict[str, Any]) -> None:
    line = ready_line(1_500_000)
    owed = due_line(line.contract, -2_000_000, key="owed", kind="deduction", influencer=line.influencer)
    payment = release({line: None}, **told)
    assert sums(payment) == (0, 0, 0)
    assert free_amounts([owed]) == {owed.pk: Decimal(-500_000)}
    assert Document.objects.count() == 0


def test_costs_paid_back_are_not_taxed(told: dict[str, Any]) -> None:
    contract = contract_in_force()
    fee = ready_line(1_500_000, contract=contract)
    costs = due_line(contract, 200_000, key="costs", kind="reimbursed")
    assert sums(release({fee: None, costs: None}, **told)) == (1_700_000, 37_500, 1_662_500)


def test_a_net_amount_arrives_whole(told: dict[str, Any]) -> None:
    line = ready_line(10_000_000, is_net=True)
    payment = release({line: None}, **told)
    assert (sums(payment), int(payment.grossed_up)) == ((10_256_410, 256_410, 10_000_000), 256_410)


def test_benefits_are_taxed_once_with_the_money(told: dict[str, Any]) -> None:
    contract = contract_in_force()
    line = ready_line(6_000_000, contract=contract)
    benefit = benefit_of(contract, 3_000_000)
    first = release({line: rupiah(5_000_000)}, **told)
    assert (sums(first), int(first.in_kind)) == ((5_000_000, 200_000, 4_800_000), 3_000_000)
    assert first.steps[-1] == {
        "code": "benefit",
        "label": "Serum, 3 pieces",
        "amount": "3000000.00",
        "benefits": [benefit.pk],
    }
    second = release({line: None}, **told)
    assert (sums(second), int(second.in_kind)) == ((1_000_000, 25_000, 975_000), 0)


def test_a_benefit_is_taxed_by_the_next_payment_when_the_first_was_withdrawn(told: dict[str, Any]) -> None:
    contract = contract_in_force()
    line = ready_line(5_000_000, contract=contract)
    benefit_of(contract, 3_000_000)
    withdraw(release({line: None}, **told), "Wrong day", at=NOON, actor=SYSTEM)
    assert int(release({line: None}, **told).in_kind) == 3_000_000


def test_a_benefit_taken_back_is_not_taxed(told: dict[str, Any]) -> None:
    contract = contract_in_force()
    line = ready_line(5_000_000, contract=contract)
    benefit_of(contract, 3_000_000)
    benefit_of(contract, -3_000_000, key="back")
    assert int(release({line: None}, **told).in_kind) == 0


def test_two_payments_of_a_month_are_taxed_together(told: dict[str, Any]) -> None:
    contract = contract_in_force()
    first = ready_line(80_000_000, contract=contract)
    second = due_line(contract, 70_000_000, key="two")
    assert int(release({first: None}, **told).tax) == 2_000_000
    assert int(release({second: None}, **told).tax) == 3_250_000


def test_two_payments_looked_at_together_are_released_as_they_were_shown(told: dict[str, Any]) -> None:
    lumi = ready_line(80_000_000)
    other = contract_in_force(lumi.influencer)
    pay_terms(other)
    terra = due_line(other, 70_000_000, key="two")
    first = plan_of({lumi: None}, pay_on=PAY_ON)
    second = plan_of({terra: None}, pay_on=PAY_ON, earlier=[first])
    made = [release({lumi: None}, **told), release({terra: None}, **told)]
    assert [one.tax for one in made] == [first.reckoned.tax, second.reckoned.tax] == [2_000_000, 3_250_000]


def test_the_month_of_the_tax_is_that_of_the_due_day_where_the_house_says_so(told: dict[str, Any]) -> None:
    Organisation.objects.update(tax_month_by="due")
    line = ready_line(due_on=dt.date(2026, 11, 30))
    assert release({line: None}, **told).tax_month_on == dt.date(2026, 11, 1)


def test_lines_of_two_people_are_not_one_transfer(told: dict[str, Any]) -> None:
    one, other = ready_line(), ready_line(key="two")
    with pytest.raises(ValidationError, match="one person"):
        release({one: None, other: None}, **told)
    assert (Payment.objects.count(), PaymentPart.objects.count()) == (0, 0)


def test_nothing_leaves_past_a_gate_that_is_shut(told: dict[str, Any]) -> None:
    line = ready_line()
    line.contract.pay_terms.delete()
    with pytest.raises(ValidationError) as refused:
        release({line: None}, **told)
    assert refused.value.code == "no_invoice"
    assert (Payment.objects.count(), Document.objects.count()) == (0, 0)


def test_what_is_on_the_way_is_neither_taken_back_nor_settled_by_hand(told: dict[str, Any]) -> None:
    line = ready_line(1_500_000)
    release({line: rupiah(1_000_000)}, **told)
    with pytest.raises(MoreThanOpen):
        take_back(line, rupiah(500_001), key="back", on=ON, at=NOON, by="Dinda")
    with pytest.raises(MoreThanOpen):
        settle(line, rupiah(500_001), key="paid", on=ON, at=NOON, by="Dinda")
    assert LedgerLine.objects.count() == 1
    take_back(line, key="back", on=ON, at=NOON, by="Dinda")
    assert free_amounts([line]) == {line.pk: Decimal(0)}


def test_nothing_leaves_for_anybody_when_one_has_no_account(told: dict[str, Any]) -> None:
    line = ready_line()
    other = due_line(key="two")
    pay_terms(other.contract)
    payee_for(other.influencer, account=False)
    with pytest.raises(ValidationError) as refused:
        release({line: None, other: None}, **told)
    assert refused.value.code == "no_account"


def test_commission_waits_for_the_statement_of_its_month(told: dict[str, Any]) -> None:
    order = ready_line(90_000, kind="commission", due_on=None)
    with pytest.raises(ValidationError) as refused:
        release({order: None}, **told)
    assert refused.value.code == "not_gathered"
    assert Payment.objects.count() == 0


def test_commission_she_gave_back_is_left_to_her_statement(told: dict[str, Any]) -> None:
    line = ready_line(1_500_000)
    due_line(line.contract, -50_000, key="back", kind="commission", due_on=None, influencer=line.influencer)
    assert parts(release({line: None}, **told)) == [("one", 1, 1_500_000)]
