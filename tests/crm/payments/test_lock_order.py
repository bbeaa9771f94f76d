"""Money is held in one order, and so that rows pointing at what is held can still be written: nobody waits in a ring."""

import datetime as dt
import re
import threading
from collections.abc import Callable, Collection, Mapping
from fractions import Fraction
from typing import Any

import pytest
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext
from djmoney.money import Money

from crm.contracts.models import Contract, PayLine
from crm.influencers.models import Influencer
from crm.payments.milestones.commissions import earn, held, lost
from crm.payments.milestones.extras import sign_off
from crm.payments.milestones.killing import call_off
from crm.payments.milestones.laying import Part, Terms, lay
from crm.payments.milestones.meeting import look
from crm.payments.milestones.statements import close_month
from crm.payments.models import BankAccount, Invoice, LedgerLine, Milestone, Payee, Payment, SeriesYear
from crm.payments.papers.invoices import InvoiceSaid, receive
from crm.payments.payees.accounts import confirm
from crm.payments.payees.queries import lock_payees
from crm.payments.paying.actions import came_back, pay, release, send
from crm.team.models import User
from crm.timeline.record import SYSTEM
from tests.factories import UserFactory
from tests.factories.payments import NOON, ON, account_for, due_line, invoice_for, ready_line
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
PAY_ON = dt.date(2026, 12, 1)
ORDER: list[type[models.Model]] = [
    Influencer, Contract, Milestone, PayLine, Payment, Payee, BankAccount, LedgerLine, SeriesYear,
]  # fmt: skip
"""As docs/payments.md says it."""
SHARED = {Influencer, Payee}
"""Many rows point at one of these."""
TABLES = [model._meta.db_table for model in ORDER]


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such order")


@pytest.fixture
def line() -> LedgerLine:
    """Ready to be paid, with a commission and a part that waits beside it."""
    made = ready_line(1_500_000)
    contract = made.contract
    assert contract is not None
    PayLine.objects.create(contract=contract, kind="commission", rate_bp=1_000)
    due_line(contract, -100_000, key="owed", kind="deduction")
    return made


def _contract(line: LedgerLine) -> Contract:
    assert line.contract is not None
    return line.contract


def _released(line: LedgerLine, user: User) -> Payment:
    return release({line: None}, pay_on=PAY_ON, at=NOON, user=user)


def _earn(line: LedgerLine, user: User) -> None:
    earn(_contract(line).talents[0], Money(1_000_000, "IDR"), key="o", on=ON, at=NOON, by="shop", label="Order 1")


def _came_back(line: LedgerLine, user: User) -> None:
    payment = _released(line, user)
    pay(payment, paid_on=PAY_ON, at=NOON, actor=SYSTEM)
    came_back(payment, "Closed", on=PAY_ON, at=NOON, actor=SYSTEM)


def _looked(line: LedgerLine, user: User) -> None:
    lay(_contract(line), [Part(10_000, "signed")], Terms(), at=NOON, actor=SYSTEM)
    look(_contract(line), at=NOON, actor=SYSTEM)


def _called_off(line: LedgerLine, user: User) -> None:
    contract = _contract(line)
    lay(contract, [Part(5_000, "signed"), Part(5_000, "published")], Terms(), at=NOON, actor=SYSTEM)
    look(contract, at=NOON, actor=SYSTEM)
    call_off(contract, {contract.talents[0].pk: 2_500}, "The launch moved", by="us", at=NOON, actor=SYSTEM)


def _lost(line: LedgerLine, user: User) -> None:
    _earn(line, user)
    lost("o", Fraction(1, 2), refund="1", on=ON, at=NOON, by="shop")


def _closed(line: LedgerLine, user: User) -> None:
    _earn(line, user)
    close_month(dt.date(2026, 11, 1), at=NOON)


def _signed_off(line: LedgerLine, user: User) -> None:
    contract = _contract(line)
    bonus = PayLine.objects.create(contract=contract, kind="bonus", amount=1_000_000)
    sign_off(bonus, Money(10, "IDR"), "A million views", party=contract.talents[0], at=NOON, actor=SYSTEM)


ACTS: Mapping[str, Callable[[LedgerLine, User], Any]] = {
    "a release": _released,
    "a payment": lambda line, user: pay(_released(line, user), paid_on=PAY_ON, at=NOON, actor=SYSTEM),
    "money that came back": _came_back,
    "a sheet": lambda line, user: send([_released(line, user)], at=NOON, user=user),
    "an invoice": lambda line, user: receive(
        [line], InvoiceSaid("INV-7", ON, Money(1_500_000, "IDR")), at=NOON, actor=SYSTEM
    ),
    "a call": lambda line, user: confirm(
        account_for(Payee.objects.get(), verified=False, number="99887766"), "Kirana", at=NOON, user=user
    ),
    "a part that is met": _looked,
    "work called off": _called_off,
    "an order": _earn,
    "a refund": _lost,
    "a month": _closed,
    "a bonus": _signed_off,
}


def holds_in(queries: Collection[dict[str, str]]) -> list[tuple[str, str]]:
    """The tables of which rows were held, and how strongly, one transaction after the other."""
    found = (re.search(r'^SELECT .* FROM "(\w+)".* FOR ((?:NO KEY )?UPDATE)', one["sql"], re.DOTALL) for one in queries)
    return [(match.group(1), match.group(2)) for match in found if match]


def steps_of(queries: Collection[dict[str, str]]) -> list[list[dict[str, str]]]:
    """The statements of each transaction."""
    steps: list[list[dict[str, str]]] = [[]]
    for one in queries:
        if one["sql"].startswith("BEGIN"):
            steps.append([])
        steps[-1].append(one)
    return steps


@pytest.mark.parametrize("name", ACTS)
def test_rows_are_held_in_one_order_and_leave_room(line: LedgerLine, fajar: User, name: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        ACTS[name](line, fajar)
    holds = [holds_in(step) for step in steps_of(asked.captured_queries)]
    assert any(holds), "it holds nothing: this says nothing about its order"
    for step in holds:
        ranks = [TABLES.index(table) for table, _how in step if table in TABLES]
        firsts = list(dict.fromkeys(ranks))
        assert firsts == sorted(firsts), [TABLES[rank] for rank in firsts]
    strong = {table for step in holds for table, how in step if how == "UPDATE"}
    assert strong & {model._meta.db_table for model in SHARED} == set()


@pytest.fixture
def fajar(db: None) -> User:
    return UserFactory(role="finance")


def _written_while(line: LedgerLine, hold: Callable[[], object]) -> list[str]:
    """A row that points at somebody is written while `hold` holds them."""
    is_held, is_written, payee = threading.Event(), threading.Event(), Payee.objects.get()

    def holds() -> None:
        with transaction.atomic():
            hold()
            is_held.set()
            assert is_written.wait(3), "whoever writes waits for this one"

    def writes() -> None:
        assert is_held.wait(10)
        with transaction.atomic():
            invoice_for(line, payee=payee)
        is_written.set()

    return together(holds, writes)


def test_whoever_is_held_can_be_pointed_at(line: LedgerLine) -> None:
    payee = Payee.objects.get()
    assert _written_while(line, lambda: (held(line.influencer_id), lock_payees([payee.pk]))) == []
    assert Invoice.objects.count() == 1


def test_control_whoever_is_held_whole_cannot(line: LedgerLine) -> None:
    rows = Payee.objects.select_for_update(of=("self",))
    assert _written_while(line, lambda: list(rows)) == ["AssertionError"]
