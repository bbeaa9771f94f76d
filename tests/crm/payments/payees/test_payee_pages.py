"""The pages of payees: lists, forms that keep what was typed, one whole number shown once."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.influencers.models import Influencer
from crm.payments.models import BankAccount, PaidThrough, Payee
from crm.team.models import User
from crm.timeline.models import Entry
from tests.crm.payments.payees.conftest import NUMBER, Enter
from tests.factories import InfluencerFactory
from tests.factories.payments import payee_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def finance(fajar: User) -> Client:
    client = Client()
    client.force_login(fajar)
    return client


def text(client: Client, name: str, *args: Any, **query: Any) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_list_asks_as_often_for_three(finance: Client, django_assert_num_queries: Any) -> None:
    text(finance, "payees")
    for many in (1, 2):
        for _ in range(many):
            payee_for(InfluencerFactory())
        with django_assert_num_queries(9):
            text(finance, "payees")


def test_the_list_is_found_by_whom_it_is_paid_for(finance: Client, kirana: Influencer) -> None:
    payee_for(kirana, name="PT Bintang", kind="company")
    payee_for(InfluencerFactory(stage_name="Sekar Ayu"))
    assert ["PT Bintang" in text(finance, "payees", q=words) for words in ("kirana", "bintang", "sekar")] == [
        True, True, False,
    ]  # fmt: skip


def test_no_page_shows_a_whole_number(finance: Client, payee: Payee, enter: Enter, kirana: Influencer) -> None:
    account = enter()
    Payee.objects.update(tax_id_status="npwp", tax_number="0198765432109876")
    pages = [
        text(finance, "payees"), text(finance, "payee", payee.pk), text(finance, "payee-edit", payee.pk),
        text(finance, "payee-call", payee.pk, account.pk), text(finance, "person-panels", kirana.pk),
    ]  # fmt: skip
    assert [NUMBER in page or "0198765432109876" in page for page in pages] == [False] * 5


def test_an_empty_number_keeps_the_one_on_file(finance: Client, payee: Payee) -> None:
    Payee.objects.update(tax_id_status="npwp", tax_number="0198765432109876")
    payee.refresh_from_db()
    said = {"name": payee.name, "kind": "individual", "country": "ID", "tax_id_status": "npwp", "tax_number": ""}
    answer = finance.post(reverse("payee-edit", args=[payee.pk]), {**said, "seen": payee.updated_at.isoformat()})
    payee.refresh_from_db()
    assert (answer.status_code, payee.tax_number) == (302, "0198765432109876")


def test_a_standing_with_a_number_needs_one(finance: Client) -> None:
    said = {"name": "PT Bintang", "kind": "company", "country": "ID", "tax_id_status": "npwp", "tax_number": ""}
    answer = finance.post(reverse("payee-new"), said)
    assert (answer.status_code, Payee.objects.count()) == (422, 0)
    assert "Enter the number, or choose that there is none." in answer.content.decode()
    assert "PT Bintang" in answer.content.decode()


def test_one_press_on_her_page_makes_her_a_payee(finance: Client, kirana: Influencer) -> None:
    assert "She is paid herself" in text(finance, "person-panels", kirana.pk)
    finance.post(reverse("payee-herself", args=[kirana.pk]))
    assert PaidThrough.objects.get().payee.name == "Kirana Maheswari"
    assert reverse("payee-herself", args=[kirana.pk]) not in text(finance, "person-panels", kirana.pk)


def test_a_minor_is_not_offered_that(finance: Client) -> None:
    young = InfluencerFactory(birth_on=dt.date(2015, 1, 1))
    assert "She is paid herself" not in text(finance, "person-panels", young.pk)
    finance.post(reverse("payee-herself", args=[young.pk]))
    assert Payee.objects.count() == 0


def test_the_call_is_noted_with_whom_and_where(finance: Client, payee: Payee, enter: Enter) -> None:
    account = enter()
    address = reverse("payee-call", args=[payee.pk, account.pk])
    refused = finance.post(address, {"number": "other", "other": "", "who": "Kirana", "said": "hers"})
    assert (refused.status_code, BankAccount.objects.get().status) == (422, "waiting")
    finance.post(address, {"number": "+6281234567890", "who": "Kirana", "said": "hers"})
    account.refresh_from_db()
    assert (account.status, account.call_note) == ("verified", "Kirana, +6281234567890")


def test_whoever_entered_it_is_told_to_ask_a_colleague(
    finance: Client, payee: Payee, enter: Enter, fajar: User
) -> None:
    account = enter(by=fajar)
    said = {"number": "+6281234567890", "who": "Kirana", "said": "hers"}
    answer = finance.post(reverse("payee-call", args=[payee.pk, account.pk]), said)
    assert (answer.status_code, BankAccount.objects.get().status) == (422, "waiting")
    assert "You entered this account" in answer.content.decode()


def test_a_whole_number_is_shown_once_for_a_reason(finance: Client, payee: Payee, enter: Enter) -> None:
    account = enter()
    address = reverse("payee-reveal", args=[payee.pk, str(account.pk)])
    assert (finance.post(address, {"why": ""}).status_code, Entry.objects.filter(verb="payee.revealed").count()) == (
        422,
        0,
    )
    shown = finance.post(address, {"why": "For the bank"})
    assert (NUMBER in shown.content.decode(), "no-store" in shown["Cache-Control"]) == (True, True)
    assert NUMBER not in finance.get(address).content.decode()


def test_an_account_number_is_kept_without_blanks(finance: Client, payee: Payee) -> None:
    said = {"bank": "Bank Nusa", "number": "0012 3456-7890", "holder": "Kirana Maheswari"}
    address = reverse("payee-account", args=[payee.pk])
    assert finance.post(address, {**said, "number": "12"}).status_code == 422
    finance.post(address, said)
    assert BankAccount.objects.get().number == "001234567890"


@pytest.mark.parametrize(("rate", "kept"), [("0.5", 50), ("10", 1_000)])
def test_a_certificate_keeps_its_rate(finance: Client, payee: Payee, rate: str, kept: int) -> None:
    said = {"kind": "final", "number": "PP55", "percent": rate, "valid_from": "2026-01-01", "valid_to": "2026-12-31"}
    finance.post(reverse("payee-certificate", args=[payee.pk]), said)
    assert payee.certificates.get().rate_bp == kept


def test_the_calculator_says_what_was_asked(finance: Client) -> None:
    page = text(
        finance, "tax-calculator", amount="10000000", agreed="net", who="person", known="on", in_kind_tax="payee_cash",
        on="2026-11-24",
    )  # fmt: skip
    assert [words in page for words in ("IDR\u00a010,256,410", "IDR\u00a0256,410", "PMK 168/2023")] == [True] * 3


def test_a_day_without_rules_is_said_in_the_form(finance: Client) -> None:
    said = {"amount": "1", "agreed": "gross", "who": "person", "in_kind_tax": "payee_cash", "on": "2001-01-01"}
    answer = finance.get(reverse("tax-calculator"), said)
    assert (answer.status_code, "No rule for PPh 21 holds" in answer.content.decode()) == (422, True)
