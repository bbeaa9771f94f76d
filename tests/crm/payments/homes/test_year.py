"""Totals of a year: one advertiser, one person, one aim, in money and at retail, against a country's threshold."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from djmoney.money import Money

from campaigns.planning.models import Campaign, Collaboration
from crm.brands.models import Brand, BrandOwner
from crm.contracts.models import Contract
from crm.influencers.models import Influencer
from crm.payments.actions import take_back
from crm.payments.homes.year import YearRow, year_rows, years
from crm.payments.models import Benefit, ExchangeRate
from crm.team.models import User
from tests.factories import BrandFactory, CampaignFactory, InfluencerFactory
from tests.factories.payments import NOON, ON, contract_in_force, due_line

pytestmark = pytest.mark.django_db


def euro(amount: str) -> Money:
    return Money(amount, "EUR")


@pytest.fixture
def amelie(db: None) -> Influencer:
    return InfluencerFactory(stage_name="Amélie Durand", country="FR")


def gift(contract: Contract, retail: int, key: str = "gift", *, currency: str = "EUR", **fields: Any) -> Benefit:
    said: dict[str, Any] = {"on": ON, "influencer_id": contract.talents[0].influencer_id, **fields}
    return Benefit.objects.create(
        kind="product", amount=Money(retail / 2, currency), retail=retail, label="Serum", key=key, at=NOON, by="Dinda",
        brand=contract.brand, contract=contract, **said,
    )  # fmt: skip


def only(user: User, year: int = 2026) -> YearRow:
    (row,) = year_rows(user, year)
    return row


def for_goal(contract: Contract, goal: str) -> Campaign:
    campaign = CampaignFactory(brand=contract.brand, goal=goal)
    party = contract.talents[0]
    Collaboration.objects.create(campaign=campaign, influencer=party.influencer, party=party)
    return campaign


def test_money_and_gifts_at_retail_are_added_up(fajar: User, amelie: Influencer) -> None:
    contract = contract_in_force(amelie)
    due_line(contract, euro("700"))
    gift(contract, 300)
    row = only(fajar)
    assert (row.by_currency["EUR"].cash, row.by_currency["EUR"].in_kind, row.counted) == (700, 300, euro("1000.00"))
    assert (row.is_reached, row.has_contract, row.lacks_contract) == (True, True, False)


def test_one_cent_below_is_near_and_not_reached(fajar: User, amelie: Influencer) -> None:
    due_line(contract_in_force(amelie), euro("999.99"))
    row = only(fajar)
    assert (row.is_reached, row.is_near) == (False, True)


def test_a_contract_nobody_signed_is_missing(fajar: User, amelie: Influencer) -> None:
    due_line(contract_in_force(amelie, status=Contract.Status.SENT, signed_at=None), euro("1000"))
    assert only(fajar).lacks_contract is True


def test_what_was_taken_back_does_not_count(fajar: User, amelie: Influencer) -> None:
    line = due_line(contract_in_force(amelie), euro("1000"))
    take_back(line, euro("400"), key="back", on=ON, at=NOON, by="Dinda")
    assert only(fajar).counted == euro("600.00")


def test_costs_paid_back_are_no_pay(fajar: User, amelie: Influencer) -> None:
    due_line(contract_in_force(amelie), euro("1000"), kind="reimbursed")
    assert year_rows(fajar, 2026) == []


def test_each_year_stands_for_itself(fajar: User, amelie: Influencer) -> None:
    contract = contract_in_force(amelie)
    due_line(contract, euro("600"), key="old", on=dt.date(2025, 12, 31))
    due_line(contract, euro("500"), key="new", on=dt.date(2026, 1, 1))
    assert [only(fajar, year).by_currency["EUR"].cash for year in (2025, 2026)] == [600, 500]
    assert years(fajar) == [2026, 2025]
    assert only(fajar, 2025).threshold is None  # the decree counts from 2026 on


def test_brands_of_one_house_are_one_advertiser(fajar: User, amelie: Influencer) -> None:
    house = BrandOwner.objects.create(name="Lumi Group")
    for number in (1, 2):
        brand = BrandFactory(owner=house)
        due_line(contract_in_force(amelie, brand), euro("500"), key=str(number))
    assert (only(fajar).owner, only(fajar).counted) == ("Lumi Group", euro("1000.00"))


def test_aims_are_counted_apart(fajar: User, amelie: Influencer, lumi: Brand) -> None:
    for number, goal in enumerate(("awareness", "sales", "sales")):
        contract = contract_in_force(amelie, lumi)
        for_goal(contract, goal)
        due_line(contract, euro("400"), key=str(number))
    found = {str(row.aim): row.by_currency["EUR"].cash for row in year_rows(fajar, 2026)}
    assert found == {"Awareness": 400, "Conversion to sales": 800}


def test_elsewhere_no_threshold_counts(fajar: User) -> None:
    due_line(contract_in_force(), 100_000_000)
    assert (only(fajar).threshold, only(fajar).share) == (None, None)


def test_other_money_waits_for_a_rate(fajar: User, amelie: Influencer) -> None:
    due_line(contract_in_force(amelie), 18_000_000)
    assert (only(fajar).needs_rate, only(fajar).counted) == (True, None)
    ExchangeRate.objects.create(base="EUR", quote="IDR", rate=Decimal(18_000), on=dt.date(2026, 11, 1), source="Bank")
    assert (only(fajar).counted, only(fajar).is_reached) == (euro("1000.00"), True)


def test_who_was_merged_is_one_person(fajar: User, amelie: Influencer, lumi: Brand) -> None:
    gone = InfluencerFactory(country="FR")
    due_line(contract_in_force(gone, lumi), euro("500"), key="gone")
    due_line(contract_in_force(amelie, lumi), euro("500"), key="stays")
    Influencer.objects.filter(pk=gone.pk).update(merged_into=amelie)
    assert (only(fajar).person, only(fajar).counted) == ("Amélie Durand", euro("1000.00"))


def test_the_year_asks_as_often_for_three(fajar: User, django_assert_num_queries: Any) -> None:
    fajar.brand_ids()
    for number in range(3):
        contract = contract_in_force(InfluencerFactory(country="FR"))
        for_goal(contract, "sales")
        due_line(contract, euro("500"), key=str(number))
        gift(contract, 100, key=str(number))
        if number in (0, 2):
            with django_assert_num_queries(8):
                year_rows(fajar, 2026)
