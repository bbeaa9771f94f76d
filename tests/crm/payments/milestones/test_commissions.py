"""Commission is kept order by order, paid once a month, and adds up whatever comes back."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import transaction
from djmoney.money import Money
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm.base.models import Organisation
from crm.contracts.models import Party, PayLine
from crm.payments.milestones.commissions import earn, lost
from crm.payments.milestones.statements import close_month, lines_in
from crm.payments.models import CommissionStatement, LedgerLine
from crm.payments.queries import balance
from tests.crm.payments.milestones.conftest import NOW
from tests.factories.payments import contract_in_force

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER, JANUARY = dt.date(2026, 11, 1), dt.date(2026, 12, 1), dt.date(2027, 1, 1)


def pay_from(least: int) -> None:
    house = Organisation.load()
    house.commission_paid_from = Decimal(least)
    house.save()


def sold(party: Party, amount: int, key: str, on: dt.date = dt.date(2026, 11, 20)) -> LedgerLine | None:
    return earn(party, Money(amount, "IDR"), key=key, on=on, at=NOW, by="Mitra", label=f"Order {key}")


def refund(key: str, share: Fraction, number: str = "1", on: dt.date = dt.date(2026, 11, 25)) -> None:
    lost(key, share, refund=number, on=on, at=NOW, by="Mitra")


def told(month_on: dt.date) -> tuple[int, ...]:
    one = CommissionStatement.objects.get(month_on=month_on)
    return tuple(int(amount) for amount in (one.carried_in, one.earned, one.returned, one.paid_out, one.carried_on))


def payable() -> list[tuple[int, dt.date | None]]:
    lines = LedgerLine.objects.due().filter(due_on__isnull=False).order_by("pk")
    return [(int(line.amount.amount), line.due_on) for line in lines]


def test_without_a_commission_nothing_is_earned(party: Party) -> None:
    assert sold(party, 1_000_000, "1") is None
    assert LedgerLine.objects.count() == 0


def test_the_same_order_earns_once(seller: Party) -> None:
    first = sold(seller, 1_000_000, "1")
    assert first is not None
    assert (int(first.amount.amount), first.due_on) == (100_000, None)
    assert sold(seller, 1_000_000, "1") is None


def test_a_month_is_paid_in_one_two_weeks_after_it_is_over(seller: Party) -> None:
    sold(seller, 1_000_000, "1")
    sold(seller, 2_500_000, "2")
    close_month(NOVEMBER, at=NOW)
    assert told(NOVEMBER) == (0, 350_000, 0, 350_000, 0)
    assert payable() == [(350_000, dt.date(2026, 12, 15))]
    assert balance(seller.contract) == {"IDR": Decimal(350_000)}


def test_closing_a_month_twice_changes_nothing(seller: Party) -> None:
    sold(seller, 1_000_000, "1")
    close_month(NOVEMBER, at=NOW)
    assert close_month(NOVEMBER, at=NOW) == []
    assert payable() == [(100_000, dt.date(2026, 12, 15))]


def test_an_order_told_after_its_month_was_closed_for_others_is_in_the_next_statement(seller: Party) -> None:
    sold(seller, 1_000_000, "1")
    close_month(NOVEMBER, at=NOW)
    other = contract_in_force().talents[0]
    PayLine.objects.create(contract=other.contract, kind="commission", rate_bp=1_000)
    sold(other, 700_000, "late")
    sold(other, 300_000, "in time", on=dt.date(2026, 12, 3))
    (made,) = close_month(DECEMBER, at=NOW)
    assert (made.earned, made.paid_out, made.carried_on) == (100_000, 100_000, 0)
    assert [line.key for line in lines_in(made)] == ["late", "in time"]
    assert balance(other.contract) == {"IDR": Decimal(100_000)}


def test_what_is_below_the_least_payout_is_carried_on(seller: Party) -> None:
    pay_from(150_000)
    sold(seller, 1_000_000, "1")
    close_month(NOVEMBER, at=NOW)
    assert (told(NOVEMBER), payable()) == ((0, 100_000, 0, 0, 100_000), [])
    sold(seller, 500_000, "2", on=dt.date(2026, 12, 3))
    close_month(DECEMBER, at=NOW)
    assert told(DECEMBER) == (100_000, 50_000, 0, 150_000, 0)
    assert [amount for amount, _on in payable()] == [150_000]


def test_an_order_given_back_after_it_was_paid_is_taken_out_of_the_next_month(seller: Party) -> None:
    sold(seller, 1_000_000, "1")
    close_month(NOVEMBER, at=NOW)
    refund("1", Fraction(1), on=dt.date(2026, 12, 10))
    close_month(DECEMBER, at=NOW)
    assert told(DECEMBER) == (0, 0, 100_000, 0, -100_000)
    sold(seller, 3_000_000, "2", on=dt.date(2027, 1, 4))
    close_month(JANUARY, at=NOW)
    assert told(JANUARY) == (-100_000, 300_000, 0, 200_000, 0)
    assert [amount for amount, _on in payable()] == [100_000, 200_000]


def test_the_same_refund_counts_once_and_never_more_than_was_earned(seller: Party) -> None:
    sold(seller, 1_000_000, "1")
    refund("1", Fraction(1, 4))
    refund("1", Fraction(1, 4))
    assert balance(seller.contract) == {"IDR": Decimal(75_000)}
    refund("1", Fraction(1), "2")
    assert balance(seller.contract) == {}


def test_an_order_told_late_counts_for_the_month_that_is_open(seller: Party) -> None:
    sold(seller, 1_000_000, "1")
    close_month(NOVEMBER, at=NOW)
    late = sold(seller, 1_000_000, "2")
    assert late is not None
    assert late.on == DECEMBER


def test_a_statement_lists_its_orders_and_not_what_gathered_them(seller: Party) -> None:
    sold(seller, 1_000_000, "1")
    refund("1", Fraction(1, 2))
    (made,) = close_month(NOVEMBER, at=NOW)
    assert [(line.step, int(line.amount.amount)) for line in lines_in(made)] == [("due", 100_000), ("reversed", 50_000)]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    orders=st.lists(
        st.tuples(st.integers(1, 5_000_000), st.integers(0, 2), st.sampled_from([0, 1, 3, 4]), st.integers(0, 2)),
        max_size=8,
    ),
    least=st.sampled_from([0, 100_000, 700_000]),
)
def test_statements_add_up_to_what_the_ledger_says(
    seller: Party, orders: list[tuple[int, int, int, int]], least: int
) -> None:
    with transaction.atomic():
        pay_from(least)
        months = [NOVEMBER, DECEMBER, JANUARY]
        for place, month_on in enumerate(months):
            for number, (amount, sold_in, _quarters, _back_in) in enumerate(orders):
                if sold_in == place:
                    sold(seller, amount, f"o{number}", month_on + dt.timedelta(days=3))
            for number, (_amount, sold_in, quarters, back_in) in enumerate(orders):
                if back_in == place and sold_in <= place and quarters:
                    refund(f"o{number}", Fraction(quarters, 4), on=month_on + dt.timedelta(days=9))
            close_month(month_on, at=NOW)
        last = CommissionStatement.objects.order_by("-month_on").first()
        paid = sum((amount for amount, _on in payable()), 0)
        carried = last.carried_on if last else Decimal(0)
        assert balance(seller.contract).get("IDR", Decimal(0)) == paid + carried
        transaction.set_rollback(True)
