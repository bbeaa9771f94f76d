"""Why something is sent decides what may be asked for in return: each purpose with all that it allows (4.1)."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.db import IntegrityError, transaction
from djmoney.money import Money

from campaigns.planning.models import Collaboration, DeliverableHold, Refused
from campaigns.samples.after.actions import ask_back
from campaigns.samples.after.gifts import GIFT, THANKS, close_gifts
from campaigns.samples.after.keeping import keep
from campaigns.samples.after.reminders import RETURN
from campaigns.samples.asking.drift import make_pay
from campaigns.samples.asking.forms import HELD
from campaigns.samples.dates import hold
from campaigns.samples.models import Courier, Purpose, SampleItem, SampleRequest, Shipment, ShipmentItem
from campaigns.samples.values import worth_of
from crm.brands.models import Product
from crm.contracts.models import Contract, Party, PayLine
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, dues
from crm.team.models import User
from crm.timeline.record import Actor
from tests.factories import DeliverableFactory

pytestmark = pytest.mark.django_db
PRICE = Money(185_000, "IDR")
THREE, ONE = ("gift_there", "gift_nudge", "gift_closing"), ("gift_there",)


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    touches: tuple[str, ...] = ()  # what she hears about it after it came
    is_pay: bool = False
    becomes_pay: bool = False  # with a line of a signed contract
    may_hold: bool = True  # work may wait for it
    holds: bool = True  # and does, unless somebody says otherwise


TABLE = {
    Purpose.GIFT_NO_ASK: Row(ONE, becomes_pay=True, may_hold=False, holds=False),
    Purpose.GIFT_SOFT_ASK: Row(THREE, becomes_pay=True, may_hold=False, holds=False),
    Purpose.CONTRACTUAL: Row(is_pay=True),
    Purpose.LOAN: Row(),
    Purpose.SHOOT_USE: Row(),
    Purpose.EVENT: Row(is_pay=True, holds=False),
    Purpose.PRIZE: Row(),
    Purpose.REPLACEMENT: Row(),
}


@pytest.fixture
def line(card: Collaboration, coordinator: User, now: dt.datetime) -> PayLine:
    """Products are part of the pay in a contract she has signed."""
    contract = Contract.objects.create(
        title="Glow", brand=card.campaign.brand, owner=coordinator, status="signed", text_sha256="b" * 64, signed_at=now
    )
    party = Party.objects.create(contract=contract, role="talent", influencer=card.influencer, name="Kirana")
    return PayLine.objects.create(contract=contract, party=party, kind="product", amount=PRICE)


def arrived(purpose: str, card: Collaboration, serum: Product, owner: User, now: dt.datetime) -> SampleRequest:
    """A serum that came and that she says she has."""
    request = SampleRequest.objects.create(
        influencer=card.influencer, brand=card.campaign.brand, collaboration=card, owner=owner, status="arrived",
        purpose=purpose, given_as=purpose, return_due_on=now.date() if purpose == Purpose.LOAN else None,
    )  # fmt: skip
    item = SampleItem.objects.create(request=request, product=serum, value=PRICE)
    there = {"status": "confirmed", "shipped_at": now, "delivered_at": now, "confirmed_at": now}
    parcel = Shipment.objects.create(request=request, courier=Courier.objects.get(code="jne"), **there)
    ShipmentItem.objects.create(shipment=parcel, item=item, quantity=1)
    return request


def test_the_table_has_a_line_for_every_purpose() -> None:
    assert list(TABLE) == list(Purpose)
    assert list(HELD) == [purpose for purpose, row in TABLE.items() if row.holds]


@pytest.mark.parametrize("purpose", Purpose.values)
def test_what_a_purpose_allows(
    purpose: str, card: Collaboration, serum: Product, coordinator: User, line: PayLine, now: dt.datetime, actor: Actor
) -> None:
    request, row = arrived(purpose, card, serum, coordinator, now), TABLE[Purpose(purpose)]
    plan(now)
    queued = Reminder.objects.queued().filter(kind__in=[GIFT, THANKS, RETURN]).order_by("send_at")
    assert tuple(queued.values_list("email_name", flat=True)) == row.touches
    assert bool(worth_of(card).delivered) is row.is_pay
    assert may(
        lambda: hold(request, [DeliverableFactory(collaboration=card)], days_after=None, at=now, actor=actor)
    ) is (row.may_hold)
    assert DeliverableHold.objects.count() == row.may_hold
    assert may(lambda: make_pay(request, line, at=now, actor=actor)) is row.becomes_pay
    assert bool(worth_of(card).delivered) is (row.is_pay or row.becomes_pay)


def may(step: object) -> bool:
    """Whether it is done; a refusal has words."""
    try:
        step()  # type: ignore[operator]
    except Refused as refused:
        assert str(refused)
        return False
    return True


@pytest.mark.parametrize("purpose", [one for one in Purpose if one not in (Purpose.LOAN, Purpose.CONTRACTUAL)])
def test_no_purpose_turns_into_pay_behind_the_back_of_everybody(
    purpose: str, card: Collaboration, serum: Product, coordinator: User, now: dt.datetime
) -> None:
    request = arrived(purpose, card, serum, coordinator, now)
    with pytest.raises(IntegrityError, match="sample_purpose_stays"), transaction.atomic():
        SampleRequest.objects.filter(pk=request.pk).update(purpose=Purpose.CONTRACTUAL)
    assert SampleRequest.objects.get().purpose == purpose


def test_a_loan_is_reminded_of_its_return_and_is_pay_only_once_she_keeps_it(
    card: Collaboration, serum: Product, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    """Rule 4.5.10."""
    request = arrived(Purpose.LOAN, card, serum, coordinator, now)
    back = ask_back(request.shipments.get(), "loan", now.date(), at=now, actor=actor)
    assert [due.kind for due in dues(Asked(now), [RETURN, GIFT, THANKS])] == [RETURN]
    assert not worth_of(card).delivered
    keep(back, "She loves it", on=now.date(), at=now, actor=actor)
    assert str(worth_of(card).delivered).replace("\xa0", " ") == "IDR 185,000"
    assert [due.kind for due in dues(Asked(now), [RETURN, GIFT, THANKS])] == []


@pytest.mark.parametrize("purpose", [Purpose.GIFT_NO_ASK, Purpose.GIFT_SOFT_ASK])
def test_a_gift_is_on_nobodys_list_and_is_closed_by_itself(
    purpose: str, card: Collaboration, serum: Product, coordinator: User, now: dt.datetime
) -> None:
    arrived(purpose, card, serum, coordinator, now)
    asked = Asked(now + dt.timedelta(days=60), user=coordinator)
    assert list(dues(asked, [GIFT, THANKS])) == []
    close_gifts(now + dt.timedelta(days=60))
    assert (SampleRequest.objects.get().outcome, DeliverableHold.objects.count()) == ("quiet", 0)
