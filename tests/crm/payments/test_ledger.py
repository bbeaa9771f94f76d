"""What becomes due, is taken back and settled; never more than is open, and everything once."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from djmoney.money import Money

from crm.brands.models import Brand
from crm.influencers.models import Influencer
from crm.payments.actions import MoreThanOpen, make_due, settle, take_back
from crm.payments.models import LedgerLine
from crm.payments.queries import balance, open_amounts, settled_of
from crm.team.models import User
from tests.crm.payments.conftest import ON, Owe, rupiah

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, int]]:
    return [(line.step, int(line.amount.amount)) for line in LedgerLine.objects.order_by("pk")]


def test_the_same_thing_becomes_due_once(owe: Owe, kirana: Influencer, lumi: Brand, noted: dict[str, Any]) -> None:
    owe(rupiah(10_000_000), key="charge:1")
    again = make_due(
        "retainer", rupiah(9), key="charge:1", influencer=kirana.pk, brand=lumi.pk, label="Retainer", **noted
    )
    assert again is None
    assert told() == [("due", 10_000_000)]


def test_nothing_is_written_about_an_amount_of_nothing(kirana: Influencer, lumi: Brand, noted: dict[str, Any]) -> None:
    made = make_due("retainer", rupiah(0), key="charge:1", influencer=kirana.pk, brand=lumi.pk, label="June", **noted)
    assert made is None
    assert told() == []


def test_a_line_is_settled_in_parts_until_nothing_is_open(owe: Owe, noted: dict[str, Any]) -> None:
    line = owe(rupiah(100))
    settle(line, rupiah(60), key="paid:1", note="transfer 4711", **noted)
    assert open_amounts([line]) == {line.pk: Decimal(40)}
    rest = settle(line, key="paid:2", **noted)
    assert rest is not None
    assert (rest.amount, rest.of_id, rest.label) == (rupiah(40), line.pk, "Retainer 1")
    assert open_amounts([line]) == {line.pk: Decimal(0)}


def test_no_more_is_settled_than_is_open(owe: Owe, noted: dict[str, Any]) -> None:
    line = owe(rupiah(100))
    take_back(line, rupiah(30), key="back:1", **noted)
    before = told()
    with pytest.raises(MoreThanOpen) as refused:
        settle(line, rupiah(71), key="paid:1", **noted)
    assert refused.value.messages == ["“Retainer 1” is open for IDR\u00a070. No more than that can be noted."]
    assert told() == before


@pytest.mark.parametrize("part", [Money(10, "USD"), Money(-10, "IDR"), Money(0, "IDR")])
def test_a_part_has_the_currency_and_the_sign_of_its_line(owe: Owe, noted: dict[str, Any], part: Money) -> None:
    line = owe(rupiah(100))
    with pytest.raises(MoreThanOpen):
        settle(line, part, key="paid:1", **noted)
    assert told() == [("due", 100)]


def test_what_is_settled_already_is_not_settled_again(owe: Owe, noted: dict[str, Any]) -> None:
    line = owe(rupiah(100))
    settle(line, key="paid:1", **noted)
    assert settle(line, key="paid:1", **noted) is None
    with pytest.raises(MoreThanOpen):
        settle(line, key="paid:2", **noted)
    assert told() == [("due", 100), ("settled", 100)]


def test_an_amount_she_owes_is_settled_below_zero(owe: Owe, noted: dict[str, Any]) -> None:
    line = owe(rupiah(-40))
    settle(line, rupiah(-15), key="paid:1", **noted)
    assert open_amounts([line]) == {line.pk: Decimal(-25)}


def test_a_balance_is_told_by_currency_and_as_of_a_day(owe: Owe, kirana: Influencer, noted: dict[str, Any]) -> None:
    first = owe(rupiah(100), key="a", on=ON - dt.timedelta(days=9))
    owe(Money("12.50", "USD"), key="b", on=ON - dt.timedelta(days=9))
    settle(first, rupiah(60), key="c", **noted)
    owe(rupiah(-10), key="d")
    assert balance(kirana) == {"IDR": Decimal(30), "USD": Decimal("12.50")}
    assert balance(kirana, ON - dt.timedelta(days=1)) == {"IDR": Decimal(100), "USD": Decimal("12.50")}
    assert settled_of(LedgerLine.objects.of_person(kirana.pk)) == {"IDR": Decimal(60)}


def test_a_balance_of_nothing_is_not_told(owe: Owe, kirana: Influencer, noted: dict[str, Any]) -> None:
    take_back(owe(rupiah(100)), key="back", **noted)
    assert balance(kirana) == {}


def test_what_was_owed_to_somebody_merged_is_owed_to_her(owe: Owe, kirana: Influencer) -> None:
    owe(rupiah(100))
    other = Influencer.objects.create(stage_name="Kirana M.")
    Influencer.objects.filter(pk=kirana.pk).update(merged_into=other)
    assert balance(other) == {"IDR": Decimal(100)}


def test_a_later_line_without_the_one_it_is_of_is_refused(owe: Owe, noted: dict[str, Any]) -> None:
    line = owe(rupiah(100))
    line.pk, line.step, line.key = None, "settled", "alone"
    with pytest.raises(IntegrityError, match="ledger_line_later_of_a_due_one"), transaction.atomic():
        line.save(force_insert=True)


def test_lines_stay_behind_the_wall_of_their_brand(owe: Owe, coordinator: User) -> None:
    owe(rupiah(100))
    assert LedgerLine.objects.visible_to(coordinator).count() == 1
