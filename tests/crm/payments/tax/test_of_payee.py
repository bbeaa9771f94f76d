"""The tax of a payee: rules of the day, her papers, what the month saw, who bears what is not money."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from djmoney.money import Money

from crm.base.models import Organisation
from crm.brands.models import Brand
from crm.influencers.models import Influencer
from crm.payments.models import (
    BankAccount,
    ExchangeRate,
    Payee,
    Payment,
    StampRule,
    TaxCertificate,
    YearlyThreshold,
)
from crm.payments.tax.of_payee import first_of, reckon, tax_day
from crm.payments.tax.stamps import stamp_needed
from crm.payments.tax.steps import read_steps

ON = dt.date(2026, 11, 24)
MILLION = 1_000_000


@pytest.fixture
def her(db: None) -> Payee:
    return Payee.objects.create(name="Kirana Maheswari", tax_id_status="nik_valid", tax_number="3171000000000001")


@pytest.fixture
def agency(db: None) -> Payee:
    return Payee.objects.create(
        name="PT Bintang Kreatif", kind="company", tax_id_status="npwp", tax_number="01.234", is_vat_registered=True
    )


def rupiah(payee: Payee, cash: int = 0, **said: Any) -> Any:
    return reckon(payee, cash=cash, **{"currency": "IDR", "on": ON, **said})


def paid(payee: Payee, lumi: Brand, kirana: Influencer, at: dt.datetime, **sums: Any) -> Payment:
    """A payment of this month as a release writes it."""
    account = BankAccount.objects.create(payee=payee, bank="BCA", number="1234567890", holder="K", entered_at=at)
    said = rupiah(payee, **sums)
    return Payment.objects.create(
        payee=payee, influencer=kirana, brand=lumi, account=account, gross=said.gross, in_kind=said.in_kind,
        article=said.article, tax_month_on=first_of(ON), tax_base=said.tax_base, tax=said.tax, net=said.net,
        vat=said.vat, steps=said.steps, pay_on=ON, released_at=at,
    )  # fmt: skip


def test_a_person_with_a_valid_number(her: Payee) -> None:
    said = rupiah(her, 1_500_000)
    assert (said.article, said.tax_base, said.tax, said.net) == ("pph21", 750_000, 37_500, 1_462_500)


@pytest.mark.parametrize(("status", "tax"), [("npwp", 5_250_000), ("nik_unvalidated", 6_300_000), ("none", 6_300_000)])
def test_the_surcharge_goes_by_what_the_tax_office_knows(her: Payee, status: str, tax: int) -> None:
    her.tax_id_status = status
    assert rupiah(her, 150 * MILLION).tax == tax


def test_a_company_that_charges_vat(agency: Payee) -> None:
    said = rupiah(agency, 50 * MILLION)
    assert (said.article, said.tax, said.vat, said.net) == ("pph23", 1_000_000, 5_500_000, 54_500_000)


def test_a_company_without_a_number_pays_double(agency: Payee) -> None:
    agency.tax_id_status, agency.is_vat_registered = "none", False
    assert rupiah(agency, 50 * MILLION).tax == 2_000_000


def test_somebody_abroad_and_her_treaty(her: Payee) -> None:
    her.country = "MY"
    her.save()
    assert (rupiah(her, 50 * MILLION).article, rupiah(her, 50 * MILLION).tax) == ("pph26", 10_000_000)
    TaxCertificate.objects.create(
        payee=her, kind="treaty", number="DGT 1", rate_bp=1_000, valid_from=ON, valid_to=ON + dt.timedelta(days=30)
    )
    assert rupiah(her, 50 * MILLION).tax == 5_000_000
    assert rupiah(her, 50 * MILLION, on=ON - dt.timedelta(days=1)).tax == 10_000_000


@pytest.mark.parametrize(("kind", "rate_bp", "tax"), [("exempt", 0, 0), ("final", 50, 50_000), ("treaty", 0, 250_000)])
def test_a_certificate_counts_where_it_is_about_her(her: Payee, kind: str, rate_bp: int, tax: int) -> None:
    TaxCertificate.objects.create(payee=her, kind=kind, number="7", rate_bp=rate_bp, valid_from=ON, valid_to=ON)
    assert rupiah(her, 10 * MILLION).tax == tax


def test_the_second_payment_of_a_month_counts_the_first(
    her: Payee, lumi: Brand, kirana: Influencer, now: dt.datetime
) -> None:
    first = paid(her, lumi, kirana, now, cash=80 * MILLION)
    assert rupiah(her, 70 * MILLION).tax == 3_250_000
    assert rupiah(her, 70 * MILLION, but=first).tax == 1_750_000
    assert rupiah(her, 70 * MILLION, on=dt.date(2026, 12, 1)).tax == 1_750_000


def test_a_payment_that_was_withdrawn_does_not_count(
    her: Payee, lumi: Brand, kirana: Influencer, now: dt.datetime
) -> None:
    first = paid(her, lumi, kirana, now, cash=80 * MILLION)
    Payment.objects.filter(pk=first.pk).update(status=Payment.Status.WITHDRAWN)
    assert rupiah(her, 70 * MILLION).tax == 1_750_000


def test_goods_are_taxed_out_of_her_money(her: Payee) -> None:
    said = rupiah(her, 5 * MILLION, in_kind=3 * MILLION)
    assert (said.tax_base, said.tax, said.net, said.owed_by_her) == (4 * MILLION, 200_000, 4_800_000, 0)


def test_goods_we_bear_leave_her_net_as_it_was(her: Payee) -> None:
    said = rupiah(her, 5 * MILLION, in_kind=3 * MILLION, in_kind_tax="gross_up")
    assert (said.grossed_up, said.tax, said.net) == (76_923, 201_923, 4_875_000)


def test_goods_she_pays_for_herself_are_owed_by_her(her: Payee) -> None:
    said = rupiah(her, 5 * MILLION, in_kind=3 * MILLION, in_kind_tax="payee_transfers")
    assert (said.tax, said.net, said.owed_by_her) == (125_000, 4_875_000, 75_000)


def test_goods_alone_leave_a_tax_that_nothing_is_taken_from(her: Payee) -> None:
    said = rupiah(her, 0, in_kind=3 * MILLION)
    assert (said.tax, said.net, said.owed_by_her) == (0, 0, 75_000)


def test_what_she_was_asked_to_transfer_is_not_taken_again_this_month(
    her: Payee, lumi: Brand, kirana: Influencer, now: dt.datetime
) -> None:
    paid(her, lumi, kirana, now, cash=5 * MILLION, in_kind=3 * MILLION, in_kind_tax="payee_transfers")
    assert rupiah(her, 2 * MILLION).tax == 50_000


def test_a_net_fee_arrives_whole(her: Payee) -> None:
    said = rupiah(her, 0, net_cash=10 * MILLION)
    assert (said.gross, said.grossed_up, said.tax, said.net) == (10_256_410, 256_410, 256_410, 10 * MILLION)


def test_costs_paid_back_are_not_taxed(her: Payee) -> None:
    said = rupiah(her, 1_500_000, untaxed=400_000)
    assert (said.gross, said.tax_base, said.tax, said.net) == (1_900_000, 750_000, 37_500, 1_862_500)


def test_more_taken_off_than_paid_is_refused(her: Payee) -> None:
    with pytest.raises(ValidationError, match="nothing is left to transfer"):
        rupiah(her, -1)


def test_dollars_wait_for_what_they_were_worth_that_day(her: Payee) -> None:
    with pytest.raises(ValidationError, match="Enter what one USD was worth in rupiah"):
        rupiah(her, 9_375, currency="USD")
    ExchangeRate.objects.create(base="USD", quote="IDR", rate=16_000, on=ON, source="Bank")
    said = rupiah(her, 9_375, currency="USD")
    assert (said.tax, said.net) == (Decimal("328.13"), Decimal("9046.87"))


def test_a_flat_tax_needs_no_exchange_rate(her: Payee) -> None:
    her.country = "MY"
    assert rupiah(her, 1_000, currency="USD").tax == 200


def test_a_day_without_a_rule_is_refused(her: Payee) -> None:
    with pytest.raises(ValidationError, match="No rule for PPh 21 holds"):
        rupiah(her, 1_000, on=dt.date(2020, 1, 1))


def test_the_steps_are_told_in_the_language_of_the_reader(her: Payee) -> None:
    steps = read_steps(rupiah(her, 150 * MILLION).steps)
    assert [(step.code, step.amount) for step in steps] == [
        ("cash", 150 * MILLION),
        ("base", 75 * MILLION),
        ("band", 3 * MILLION),
        ("band", 2_250_000),
        ("tax_sum", 5_250_000),
        ("tax", -5_250_000),
        ("net", 144_750_000),
    ]
    assert [step.label for step in steps][1] == "Taxed: 50% of it"


def test_the_steps_of_the_money_add_up(her: Payee, agency: Payee) -> None:
    for payee in (her, agency):
        said = rupiah(payee, 7_777_777, net_cash=1_234_567, in_kind=333_333, untaxed=99_999, in_kind_tax="gross_up")
        sums = [step.amount for step in read_steps(said.steps) if step.is_sum and step.code != "net"]
        assert sum(sums) == said.net == said.gross + said.vat - said.tax


@pytest.mark.parametrize(("by", "day"), [("paid", ON), ("due", dt.date(2026, 10, 30))])
def test_the_month_of_a_tax_is_a_choice_of_the_house(db: None, by: str, day: dt.date) -> None:
    house = Organisation.load()
    house.tax_month_by = by
    assert tax_day(ON, [dt.date(2026, 10, 2), dt.date(2026, 10, 30), None], house) == day


@pytest.mark.parametrize(
    ("paper", "amount", "duty"),
    [
        (StampRule.Paper.AGREEMENT, 2_000_000, 10_000),
        (StampRule.Paper.RECEIPT, 5_000_000, None),
        (StampRule.Paper.RECEIPT, 5_000_001, 10_000),
    ],
)
def test_which_papers_carry_a_stamp(db: None, paper: str, amount: int, duty: int | None) -> None:
    assert stamp_needed(paper, Money(amount, "IDR"), ON) == (Money(duty, "IDR") if duty else None)


def test_no_stamp_before_the_law(db: None) -> None:
    assert stamp_needed(StampRule.Paper.AGREEMENT, None, dt.date(2020, 12, 31)) is None


def test_the_french_threshold_is_seeded(db: None) -> None:
    row = YearlyThreshold.objects.get(country="FR")
    assert (row.amount, row.currency, row.valid_from) == (1_000, "EUR", dt.date(2026, 1, 1))
