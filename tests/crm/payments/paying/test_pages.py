"""What the pages about money that leaves show."""

import datetime as dt
import re
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from crm.payments.models import BankSheet, LedgerLine, Payment
from crm.payments.paying.actions import release, send
from crm.team.models import Role, User
from crm.timeline.models import Entry
from tests.conftest import today_here
from tests.factories import UserFactory
from tests.factories.payments import NOON, due_line, ready_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance(organisation: object) -> User:
    return UserFactory(role=Role.FINANCE, name="Ratna Finance")


@pytest.fixture
def as_finance(finance: User) -> Client:
    client = Client()
    client.force_login(finance)
    return client


def released(line: LedgerLine, user: User) -> Payment:
    return release({line: None}, pay_on=dt.date(2026, 12, 1), at=NOON, user=user)


def test_what_is_due_says_what_stands_against_it(as_finance: Client) -> None:
    line = ready_line()
    line.contract.pay_terms.delete()
    page = as_finance.get(reverse("payments")).content.decode()
    assert "Her invoice is missing. Ask for it, or enter it." in page
    assert reverse("invoice-new", args=[line.pk]) in page
    assert 'name="ids"' not in page


def test_the_brand_of_a_group_leads_to_what_is_due_for_it(as_finance: Client) -> None:
    brand = ready_line(due_on=today_here() + dt.timedelta(days=30)).brand_id
    assert f'href="?brand={brand}"' in as_finance.get(reverse("payments")).content.decode()
    assert f'href="?tab=later&amp;brand={brand}"' in as_finance.get(f"{reverse('payments')}?tab=later").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_for_one_line_and_for_three(
    count: int, as_finance: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        line = ready_line(key=f"line {number}")
        due_line(line.contract, -1, key=f"owed {number}", kind="deduction", influencer=line.influencer)
    as_finance.get(reverse("payments"))
    with django_assert_num_queries(16):
        as_finance.get(reverse("payments"))


def test_a_release_shows_the_tax_first_and_does_it_pressed_once_more(as_finance: Client) -> None:
    line = ready_line(1_500_000)
    shown = as_finance.get(reverse("payment-release"), {"ids": line.pk}).content.decode()
    assert "IDR\u00a01,462,500" in shown
    assert Payment.objects.count() == 0
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    assert seen is not None
    sure = {"ids": line.pk, "pay_on": today_here().isoformat(), "seen": seen[1], "sure": "1"}
    answer = as_finance.post(reverse("payment-release"), sure)
    made = Payment.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (302, reverse("payment", args=[made.pk]))


def test_what_changed_since_it_was_looked_at_is_shown_again(as_finance: Client) -> None:
    line = ready_line(1_500_000)
    shown = as_finance.get(reverse("payment-release"), {"ids": line.pk}).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', shown)
    assert seen is not None
    due_line(line.contract, -500_000, key="owed", kind="deduction", influencer=line.influencer)
    sure = {"ids": line.pk, "pay_on": today_here().isoformat(), "seen": seen[1], "sure": "1"}
    answer = as_finance.post(reverse("payment-release"), sure)
    assert answer.status_code == 422
    assert "Something has changed since you looked." in answer.content.decode()
    assert Payment.objects.count() == 0


def test_a_part_that_is_too_much_stays_in_its_box(as_finance: Client) -> None:
    line = ready_line(1_500_000)
    typed = {"ids": line.pk, "pay_on": today_here().isoformat(), f"part_{line.pk}": "2,000,000", "look": "1"}
    answer = as_finance.post(reverse("payment-release"), typed)
    assert answer.status_code == 422
    assert "At most 1,500,000, and more than nothing." in answer.content.decode()
    assert 'value="2,000,000"' in answer.content.decode()


def test_a_payment_shows_no_whole_account_number(as_finance: Client, finance: User) -> None:
    payment = released(ready_line(), finance)
    page = as_finance.get(reverse("payment", args=[payment.pk])).content.decode()
    assert "Bank Nusa ···1234" in page
    assert "0012345678901234" not in page


def test_a_paid_payment_is_noted_on_its_page(as_finance: Client, finance: User) -> None:
    payment = released(ready_line(), finance)
    answer = as_finance.post(reverse("payment-paid", args=[payment.pk]), {"paid_on": today_here().isoformat()})
    assert answer.status_code == 302
    payment.refresh_from_db()
    assert payment.status == Payment.Status.PAID


@pytest.mark.parametrize("count", [1, 3])
def test_the_payments_ask_the_same_for_one_and_for_three(
    count: int, as_finance: Client, finance: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(count):
        released(ready_line(key=f"line {number}"), finance)
    as_finance.get(reverse("payments-made"))
    with django_assert_num_queries(6):
        as_finance.get(reverse("payments-made"))


def test_a_sheet_is_made_after_a_look_and_taken_as_a_file_that_is_told(as_finance: Client, finance: User) -> None:
    payment = released(ready_line(), finance)
    looked = as_finance.get(reverse("bank-sheet-new"), {"ids": payment.pk})
    assert (looked.status_code, BankSheet.objects.count()) == (200, 0)
    as_finance.post(reverse("bank-sheet-new"), {"ids": payment.pk})
    sheet = BankSheet.objects.get()
    assert as_finance.get(reverse("bank-sheet", args=[sheet.pk])).status_code == 200
    answer = as_finance.post(reverse("bank-sheet-file", args=[sheet.pk, "xlsx"]))
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]
    rows = [list(row) for row in book["Mitra"].iter_rows(values_only=True)]
    assert rows[1][3:6] == ["0012345678901234", payment.payee.name, 1_462_500]
    assert Entry.objects.filter(verb="payment.sheet_taken").count() == 1


def test_a_csv_for_the_bank_keeps_zeros_and_runs_no_formula(as_finance: Client, finance: User) -> None:
    line = ready_line()
    account = released(line, finance).account
    account.holder = "=HYPERLINK(1)"
    account.save()
    sheet = send(list(Payment.objects.all()), at=NOON, user=finance)
    answer = as_finance.post(reverse("bank-sheet-file", args=[sheet.pk, "csv"]))
    row = b"".join(answer.streaming_content).decode().splitlines()[1]  # type: ignore[attr-defined]
    assert row.split(",")[3:5] == ["0012345678901234", "'=HYPERLINK(1)"]


def test_empty_pages_say_how_something_comes_there(as_finance: Client) -> None:
    for name, words in {
        "payments": "Nothing is due", "payments-made": "No payment stands here", "bank-sheets": "No sheet was made yet",
        "invoices": "No invoice stands here", "documents": "No paper was written yet",
    }.items():  # fmt: skip
        assert words in as_finance.get(reverse(name)).content.decode()
