"""An evening is pay for whoever was there under a contract, and for nobody else."""

import datetime as dt
from collections.abc import Callable

import pytest
from djmoney.money import Money

from campaigns.events.actions.seats import note_attendance
from campaigns.events.models import Event, Guest
from crm.contracts.models import Contract, PayLine
from crm.payments.models import Benefit
from crm.timeline.record import SYSTEM
from tests.factories.payments import contract_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(db: None) -> Contract:
    return contract_in_force()


@pytest.fixture
def guest(contract: Contract, evening: Callable[..., Event], invited: Callable[..., Guest]) -> Guest:
    line = PayLine.objects.create(contract=contract, kind="event", amount=Money(2_000_000, "IDR"))
    event = evening(brand=contract.brand, value=Money(900_000, "IDR"))
    return invited(event, influencer=contract.talents[0].influencer, pay_line=line, status="coming")


def told() -> list[tuple[str, int]]:
    return [(one.kind, int(one.amount.amount)) for one in Benefit.objects.order_by("pk")]


def test_being_there_gives_what_the_contract_says(guest: Guest, contract: Contract, now: dt.datetime) -> None:
    note_attendance(guest, True, at=now, actor=SYSTEM)
    assert told() == [("event", 2_000_000)]
    assert [one.contract_id for one in Benefit.objects.all()] == [contract.pk]


def test_whoever_was_not_there_after_all_has_got_nothing(guest: Guest, now: dt.datetime) -> None:
    note_attendance(guest, True, at=now, actor=SYSTEM)
    note_attendance(guest, False, at=now, actor=SYSTEM)
    assert told() == [("event", 2_000_000), ("event", -2_000_000)]


def test_a_guest_who_does_not_work_with_us_is_not_paid(
    contract: Contract, evening: Callable[..., Event], invited: Callable[..., Guest], now: dt.datetime
) -> None:
    note_attendance(invited(evening(value=Money(900_000, "IDR")), status="coming"), True, at=now, actor=SYSTEM)
    assert told() == []
