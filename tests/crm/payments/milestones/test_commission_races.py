"""Orders, refunds, months and endings at the same moment: each counts once."""

import threading
from fractions import Fraction

import pytest
from django.db import connection, transaction

from crm.contracts.models import Contract, Party, PayLine
from crm.payments.milestones.extras import sign_off
from crm.payments.milestones.killing import call_off
from crm.payments.milestones.laying import Part
from crm.payments.milestones.meeting import look
from crm.payments.milestones.statements import close_month
from crm.payments.models import CommissionStatement, LedgerLine
from crm.payments.queries import balance
from crm.timeline.record import SYSTEM
from tests.crm.payments.conftest import rupiah
from tests.crm.payments.milestones.conftest import NOW, Say
from tests.crm.payments.milestones.test_commissions import DECEMBER, NOVEMBER, refund, sold, told
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


def test_a_month_closed_by_four_at_once_is_paid_once(seller: Party) -> None:
    sold(seller, 1_000_000, "1")
    assert together(*[lambda: close_month(NOVEMBER, at=NOW)] * 4) == []
    assert told(NOVEMBER) == (0, 100_000, 0, 100_000, 0)
    assert [int(amount) for amount in balance(seller.contract).values()] == [100_000]


def test_an_order_told_while_its_month_is_closed_is_in_that_month_or_in_the_next(seller: Party) -> None:
    sold(seller, 1_000_000, "1")
    assert together(lambda: close_month(NOVEMBER, at=NOW), lambda: sold(seller, 500_000, "2")) == []
    close_month(DECEMBER, at=NOW)
    assert sum(int(one.earned) for one in CommissionStatement.objects.all()) == 150_000
    assert sum(int(one.paid_out) for one in CommissionStatement.objects.all()) == 150_000


def test_a_refund_told_by_four_at_once_is_lost_once(seller: Party) -> None:
    sold(seller, 1_000_000, "1")
    assert together(*[lambda: refund("1", Fraction(1, 4))] * 4) == []
    assert [int(amount) for amount in balance(seller.contract).values()] == [75_000]


def test_control_a_month_summed_before_the_person_is_held_is_stopped_by_the_constraint_alone(
    seller: Party,
) -> None:
    both = threading.Barrier(2)

    def sum_then_write() -> None:
        with transaction.atomic():
            there = CommissionStatement.objects.filter(month_on=NOVEMBER).exists()
            both.wait(10)
            assert not there
            CommissionStatement.objects.create(
                influencer_id=seller.influencer_id, brand_id=seller.contract.brand_id, currency="IDR",
                month_on=NOVEMBER, carried_in=0, earned=0, returned=0, paid_out=0, carried_on=0, orders=0,
            )  # fmt: skip

    assert together(sum_then_write, sum_then_write) == ["IntegrityError"]


def test_of_two_who_call_it_off_at_once_one_does(contract: Contract, party: Party, say: Say) -> None:
    say(Part(5_000, "signed"), Part(5_000, "published"))
    look(contract, at=NOW, actor=SYSTEM)

    def off() -> None:
        call_off(contract, {party.pk: 7_500}, "The launch moved", by="us", at=NOW, actor=SYSTEM)

    assert together(off, off) == ["DecidedAlready"]
    assert [int(line.amount.amount) for line in LedgerLine.objects.order_by("pk")] == [5_000_000, 2_500_000]


def test_of_two_who_sign_off_too_much_together_one_does(contract: Contract, party: Party) -> None:
    bonus = PayLine.objects.create(contract=contract, kind="bonus", amount=1_000_000)

    def sign() -> None:
        sign_off(bonus, rupiah(600_000), "A million views", party=party, at=NOW, actor=SYSTEM)

    assert together(sign, sign) == ["ValidationError"]
    assert [int(line.amount.amount) for line in LedgerLine.objects.all()] == [600_000]
