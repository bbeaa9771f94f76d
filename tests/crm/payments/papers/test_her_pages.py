"""What she reads of her money on her own page."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from djmoney.money import Money
from pytest_django import DjangoAssertNumQueries

from crm.contracts.models import Contract
from crm.outbox.models import Contact
from crm.payments.models import Document, Payment
from crm.payments.paying.actions import pay, release
from crm.portal.links import digest, exchange
from crm.portal.models import Link
from crm.portal.visits import COOKIE
from crm.team.models import User
from crm.timeline.record import SYSTEM
from tests.factories import RepresentationFactory
from tests.factories.payments import NOON, contract_in_force, due_line, ready_line

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(organisation: object) -> Contract:
    made = contract_in_force()
    RepresentationFactory(
        influencer=made.talents[0].influencer, contact__kind=Contact.Kind.PERSON, contact__name="Kirana Maheswari"
    )
    return made


@pytest.fixture
def her(contract: Contract) -> tuple[Client, int]:
    """Her browser, and her visit with the brand of the contract."""
    person, now = contract.talents[0].influencer, timezone.now()
    assert person is not None
    contact = Contact.objects.get(kind=Contact.Kind.PERSON)
    link = Link.objects.create(
        token_sha256=digest("a"), purpose=Link.Purpose.TASKS, contact=contact, influencer_ref=person.pk,
        brand_ref=contract.brand_id, expires_at=now + dt.timedelta(days=1),
    )  # fmt: skip
    opened = exchange(link, now)
    client = Client()
    client.cookies[COOKIE] = opened.key
    return client, opened.session.pk


def paid(line: Any, user: User) -> Payment:
    payment = release({line: None}, pay_on=dt.date(2026, 12, 1), at=NOON, user=user)
    pay(payment, paid_on=dt.date(2026, 12, 1), at=NOON, actor=SYSTEM)
    return payment


def read(her: tuple[Client, int], name: str, *args: int) -> str:
    client, visit = her
    return client.get(reverse(name, args=[visit, *args])).content.decode()


def test_she_reads_what_is_open_what_is_on_its_way_and_what_was_paid(
    her: tuple[Client, int], contract: Contract, coordinator: User
) -> None:
    line = ready_line(3_000_000, contract=contract, label="Reel, posted")
    release({line: Money(1_000_000, "IDR")}, pay_on=dt.date(2026, 12, 1), at=NOON, user=coordinator)
    paid(due_line(contract, 1_500_000, key="two", label="Bonus"), coordinator)
    page = read(her, "her-payments")
    for words in ("IDR\u00a02,000,000</b> Reel, posted", "On its way", "IDR\u00a01,462,500</b> Bonus",
                  "IDR\u00a037,500 of tax was withheld from IDR\u00a01,500,000"):  # fmt: skip
        assert words in page
    assert "0012345678901234" not in page


def test_she_reads_what_is_missing_from_her_with_the_way_there(her: tuple[Client, int], contract: Contract) -> None:
    due_line(contract)
    page = read(her, "her-payments")
    assert "We still need your bank account and tax number" in page
    assert reverse("her-bank", args=[her[1]]) in page
    assert "We still need your invoice" in page


def test_her_money_stands_in_short_beneath_her_tasks(her: tuple[Client, int], contract: Contract) -> None:
    ready_line(3_000_000, contract=contract)
    page = read(her, "portal-page")
    assert "IDR\u00a03,000,000</b> open" in page
    assert reverse("her-payments", args=[her[1]]) in page


def test_she_takes_her_receipt(her: tuple[Client, int], contract: Contract, coordinator: User) -> None:
    paid(ready_line(contract=contract), coordinator)
    receipt = Document.objects.get(series__kind="receipt")
    client, visit = her
    answer = client.get(reverse("her-paper", args=[visit, receipt.pk]))
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")


def test_nobody_reads_the_papers_of_somebody_else(her: tuple[Client, int], coordinator: User) -> None:
    other = paid(ready_line(key="other"), coordinator)
    client, visit = her
    paper = Document.objects.filter(payment=other).first()
    assert paper is not None
    assert client.get(reverse("her-paper", args=[visit, paper.pk])).status_code == 404
    assert client.get(reverse("her-proof", args=[visit, other.pk])).status_code == 404
    assert "Nothing is due yet" in read(her, "her-payments")


@pytest.mark.parametrize("count", [1, 3])
def test_her_page_asks_the_same_for_one_amount_and_for_three(
    count: int, her: tuple[Client, int], contract: Contract, coordinator: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for number in range(count):
        ready_line(3_000_000, contract=contract, key=f"due {number}")
        paid(due_line(contract, 1_500_000, key=f"paid {number}"), coordinator)
    read(her, "her-payments")
    with django_assert_num_queries(18):
        read(her, "her-payments")
