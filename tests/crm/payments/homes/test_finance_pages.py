"""Finance's page, and the tables that leave it."""

import csv
import datetime as dt
import io
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from crm.payments.homes.finance import finance_page
from crm.payments.models import BankAccount, Payment
from crm.payments.tax.of_payee import first_of
from crm.team.models import User
from tests.conftest import NOW
from tests.factories import InfluencerFactory
from tests.factories.payments import ON, account_for, contract_in_force, due_line, invoice_for, payee_for, ready_line

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_clock")]


@pytest.fixture
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def released(amount: int, **fields: Any) -> Payment:
    """A payment as a release writes it."""
    contract = contract_in_force()
    person = contract.talents[0].influencer
    payee = payee_for(person)
    said: dict[str, Any] = {
        "payee": payee, "influencer": person, "brand": contract.brand, "account": payee.accounts.get(), "gross": amount,
        "article": "pph21", "tax_month_on": first_of(ON), "tax_base": amount / 2, "tax": amount / 40,
        "net": amount - amount / 40, "pay_on": ON, "released_at": NOW,
    }  # fmt: skip
    return Payment.objects.create(**{**said, **fields})


def tiles(user: User) -> dict[str, tuple[int, list[int]]]:
    page = finance_page(user, NOW)
    return {str(tile.label): (tile.count, [int(one.amount) for one in tile.sums]) for tile in page.tiles}


def test_the_tiles_add_up_what_is_due_late_and_held(fajar: User) -> None:
    ready_line(1_000_000, key="late", due_on=ON - dt.timedelta(days=1))
    ready_line(2_000_000, key="week", due_on=ON)
    ready_line(4_000_000, key="later", due_on=ON + dt.timedelta(days=7))
    due_line(contract_in_force(), 8_000_000, key="held", due_on=ON + dt.timedelta(days=30))
    assert tiles(fajar) == {
        "Due within a week": (1, [2_000_000]),
        "Overdue": (1, [1_000_000]),
        "Waits for papers": (1, [8_000_000]),
        "Released": (0, []),
        "Paid this month": (0, []),
    }


def test_what_is_released_and_what_was_paid(fajar: User) -> None:
    released(4_000_000)
    released(8_000_000, status="paid", paid_on=ON)
    released(8_000_000, status="paid", paid_on=dt.date(2026, 10, 31), tax_month_on=dt.date(2026, 10, 1))
    found = tiles(fajar)
    assert (found["Released"], found["Paid this month"]) == ((1, [3_900_000]), (1, [7_800_000]))
    run = finance_page(fajar, NOW).run
    assert run is not None
    assert (run.pay_on, run.count, int(run.sums[0].amount)) == (ON, 1, 3_900_000)


def test_what_blocks_is_told_by_reason(fajar: User) -> None:
    for number in (1, 2):
        due_line(contract_in_force(), 1_000_000, key=str(number))
    blocked = finance_page(fajar, NOW).blocked
    assert [(group.problem.code, len(group.lines), int(group.sums[0].amount)) for group in blocked] == [
        ("no_invoice", 2, 2_000_000),
        ("no_payee", 2, 2_000_000),
    ]


def test_an_invoice_that_is_here_does_not_stand_among_those_that_are_missing(fajar: User) -> None:
    due_line(contract_in_force(), 1_000_000, key="missing")
    invoice_for(due_line(contract_in_force(), 2_000_000, key="here"), accepted=False)
    invoices = [group for group in finance_page(fajar, NOW).blocked if group.problem.code != "no_payee"]
    assert sorted((len(group.lines), int(group.sums[0].amount)) for group in invoices) == [
        (1, 1_000_000),
        (1, 2_000_000),
    ]


def test_the_page_leads_to_every_remedy(finance: Client) -> None:
    line = due_line(contract_in_force(), 1_000_000)
    waiting = account_for(payee_for(InfluencerFactory(), account=False), verified=False)
    page = finance.get(reverse("finance")).content.decode()
    for address in (reverse("payee-call", args=[waiting.payee_id, waiting.pk]), reverse("payee-new"), line.label):
        assert address in page


def test_the_page_asks_as_often_for_three(finance: Client, django_assert_num_queries: Any) -> None:
    finance.get(reverse("finance"))
    for number in range(3):
        due_line(contract_in_force(), 1_000_000, key=f"held {number}")
        ready_line(1_000_000, key=f"ready {number}", due_on=ON)
        released(1_000_000)
        account_for(payee_for(InfluencerFactory(), account=False), verified=False)
        if number in (0, 2):
            with django_assert_num_queries(30):
                assert finance.get(reverse("finance")).status_code == 200


def test_taxes_leave_as_a_table_with_masked_numbers(finance: Client) -> None:
    released(4_000_000)
    answer = finance.get(reverse("finance-taxes", args=["2026-11", "csv"]))
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))  # type: ignore[call-overload]
    assert (len(rows), rows[1][4], rows[1][9], rows[1][14]) == (2, "···2345", "PPh 21", "100000.00")
    assert finance.get(reverse("finance-taxes", args=["2026-13", "csv"])).status_code == 404
    assert finance.get(reverse("finance-taxes", args=["2026-11", "pdf"])).status_code == 404


def test_the_year_leaves_as_a_table(finance: Client) -> None:
    line = due_line(contract_in_force(), 1_000_000)
    answer = finance.get(reverse("finance-year"), {"as": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer))).active  # type: ignore[call-overload]
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == [str(line.influencer)]
    assert str(line.influencer) in finance.get(reverse("finance-year")).content.decode()


def test_a_quiet_day_says_so(finance: Client) -> None:
    assert "Nothing. Everything that is due can be paid." in finance.get(reverse("finance")).content.decode()
    assert BankAccount.objects.count() == 0
