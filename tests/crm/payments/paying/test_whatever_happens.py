"""Whatever colleagues do in whatever order: the ledger and the payments say the same, and nothing leaves twice."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from djmoney.money import Money
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.contracts.models import Contract
from crm.payments.actions import take_back
from crm.payments.models import BankAccount, LedgerLine, Payment, PaymentPart
from crm.payments.paying.actions import came_back, pay, release, send, withdraw
from crm.payments.queries import balance, free_amounts
from crm.team.models import User
from crm.timeline.record import SYSTEM
from crm.timeline.transitions import TransitionRefused
from tests.factories.payments import (
    NOON,
    ON,
    account_for,
    benefit_of,
    contract_in_force,
    due_line,
    pay_terms,
    payee_for,
    ready_line,
)

pytestmark = pytest.mark.django_db
PAY_ON = dt.date(2026, 12, 1)
Step = tuple[str, int, int]


class House:
    """Kirana's contract, a colleague, and everything that can be done with her money."""

    def __init__(self, user: User) -> None:
        self.user, self.contract = user, contract_in_force()
        pay_terms(self.contract)
        self.payee = payee_for(self.contract.talents[0].influencer)
        self.made = 0

    def do(self, step: Step) -> None:
        name, which, amount = step
        deed: Callable[[int, int], object] = getattr(self, name)
        try:
            with transaction.atomic():
                deed(which, amount)
        except (ValidationError, TransitionRefused):
            return

    def key(self) -> str:
        self.made += 1
        return f"step-{self.made}"

    def line(self, which: int) -> LedgerLine:
        rows = list(LedgerLine.objects.due().order_by("pk"))
        if not rows:
            raise ValidationError("none")
        return rows[which % len(rows)]

    def payment(self, which: int) -> Payment:
        rows = list(Payment.objects.order_by("pk"))
        if not rows:
            raise ValidationError("none")
        return rows[which % len(rows)]

    def owe(self, which: int, amount: int) -> None:
        due_line(self.contract, amount, key=self.key(), is_net=not which % 3)

    def deduct(self, _which: int, amount: int) -> None:
        due_line(self.contract, -amount, key=self.key(), kind="deduction")

    def give(self, _which: int, amount: int) -> None:
        benefit_of(self.contract, amount, key=self.key())

    def release(self, which: int, amount: int) -> None:
        part = Money(amount, "IDR") if which % 2 else None
        release({self.line(which): part}, pay_on=PAY_ON, at=NOON, user=self.user)

    def release_all(self, _which: int, _amount: int) -> None:
        rows = LedgerLine.objects.due().owed_to_her()
        free = free_amounts(list(rows))
        release({one: None for one in rows if free[one.pk]}, pay_on=PAY_ON, at=NOON, user=self.user)

    def send(self, which: int, _amount: int) -> None:
        send([self.payment(which)], at=NOON, user=self.user)

    def pay(self, which: int, _amount: int) -> None:
        pay(self.payment(which), paid_on=PAY_ON, at=NOON, actor=SYSTEM)

    def came_back(self, which: int, _amount: int) -> None:
        came_back(self.payment(which), "Account closed", on=PAY_ON, at=NOON, actor=SYSTEM)

    def withdraw(self, which: int, _amount: int) -> None:
        withdraw(self.payment(which), "Wrong day", at=NOON, actor=SYSTEM)

    def take_back(self, which: int, amount: int) -> None:
        line = self.line(which)
        part = Money(amount if line.amount.amount > 0 else -amount, "IDR") if which % 2 else None
        take_back(line, part, key=self.key(), on=ON, at=NOON, by="Dinda")

    def other_account(self, _which: int, _amount: int) -> None:
        self.payee.accounts.verified().update(status=BankAccount.Status.RETIRED)
        account_for(self.payee, number="0077")


def check(contract: Contract) -> None:
    """The ledger, the payments and the benefits agree."""
    lines = list(LedgerLine.objects.due())
    free, sums = free_amounts(lines), Counter[int]()
    parts = PaymentPart.objects.select_related("payment")
    for part in parts.filter(payment__in=Payment.objects.paid()):
        sums[part.line_id] += int(part.amount)
    for line in lines:
        settled = sum(int(row.amount.amount) for row in line.later.all() if row.step == LedgerLine.Step.SETTLED)
        assert settled == sums[line.pk]
        assert 0 <= free[line.pk] / line.amount.amount <= 1
    counting = list(Payment.objects.counting().prefetch_related("parts"))
    for payment in counting:
        assert payment.gross - payment.grossed_up == sum(part.amount for part in payment.parts.all())
        assert payment.net == payment.gross + payment.vat - payment.tax >= 0
    taxed = Counter(pk for one in counting for step in one.steps for pk in step.get("benefits", ()))
    assert set(taxed.values()) <= {1}
    due = sum(line.amount.amount for line in lines)
    back = sum(row.amount.amount for row in LedgerLine.objects.exclude(step="due").exclude(step="settled"))
    left = due - back - sum(sums.values())
    assert balance(contract) == ({"IDR": left} if left else {})


STEPS = st.tuples(
    st.sampled_from(
        [
            "owe",
            "owe",
            "deduct",
            "give",
            "release",
            "release_all",
            "send",
            "pay",
            "pay",
            "came_back",
            "withdraw",
            "take_back",
            "other_account",
        ]
    ),
    st.integers(0, 5),
    st.sampled_from([1, 999, 1_500_000, 70_000_000]),
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=6, max_size=12))
def test_the_ledger_and_the_payments_say_the_same_after_every_step(coordinator: User, steps: list[Step]) -> None:
    with transaction.atomic():
        house = House(coordinator)
        house.do(("owe", 1, 1_500_000))
        for step in steps:
            house.do(step)
            check(house.contract)
        transaction.set_rollback(True)


def test_a_benefit_is_not_taxed_a_second_time_after_a_merge(coordinator: User) -> None:
    contract = contract_in_force()
    line = ready_line(6_000_000, contract=contract)
    benefit_of(contract, 3_000_000)
    first = release({line: Money(5_000_000, "IDR")}, pay_on=PAY_ON, at=NOON, user=coordinator)
    goes_on = contract_in_force(brand=contract.brand)
    pay_terms(goes_on)
    person = goes_on.talents[0].influencer
    payee_for(person)
    type(person).objects.filter(pk=first.influencer_id).update(merged_into=person)
    other = due_line(contract, 1_000_000, key="two", influencer=person)
    second = release({other: None}, pay_on=PAY_ON, at=NOON, user=coordinator)
    assert (first.in_kind, second.in_kind) == (Decimal(3_000_000), Decimal(0))
