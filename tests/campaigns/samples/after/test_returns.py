"""What comes back: every pair of moves, a parcel asked for once, and a charge that only a person makes (4.5.9 to 4.5.12)."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from djmoney.money import Money

from campaigns.planning.models import Refused
from campaigns.samples.after.actions import ask_back, ask_for_loans, decide_charge
from campaigns.samples.after.charges import begun_months, propose_charges, worn
from campaigns.samples.after.inspection import Found, check
from campaigns.samples.after.keeping import keep
from campaigns.samples.models import (
    ReturnItem,
    ReturnRequest,
    SampleRequest,
    Shipment,
    ShipmentItem,
    StockBatch,
    StockLocation,
    StockMovement,
)
from crm.brands.models import Brand
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from crm.timeline.transitions import TransitionRefused

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
RP = lambda amount: Money(amount, "IDR")  # type: ignore[no-untyped-call]  # noqa: E731
LATE = dt.datetime(2027, 1, 7, 3, 0, tzinfo=dt.UTC)  # thirty days after 8 December, in Jakarta

WAYS: dict[str, Callable[[ReturnRequest, dt.datetime, Actor], None]] = {
    "under_way": lambda row, at, actor: row.sent_back(at=at, actor=actor, waybill="JP1"),
    "back": lambda row, at, actor: row.arrived(at=at, actor=actor),
    "checked": lambda row, at, actor: row.check_off(at=at, actor=actor, found="Lamp: 1 as new"),
    "kept": lambda row, at, actor: row.keep(at=at, actor=actor, because="She loves it"),
    "given_up": lambda row, at, actor: row.give_up(at=at, actor=actor, because="Too far"),
}


@pytest.mark.parametrize("start", ReturnRequest.Status.values)
@pytest.mark.parametrize("to", list(WAYS))
def test_every_pair_of_states_moves_as_the_table_says(
    back: ReturnRequest, now: dt.datetime, actor: Actor, start: str, to: str
) -> None:
    ReturnRequest.objects.filter(pk=back.pk).update(status=start)
    back.refresh_from_db(fields=["status"])
    told = Entry.objects.count()
    if start in ReturnRequest.MOVES[to]:
        WAYS[to](back, now, actor)
        assert (ReturnRequest.objects.get().status, Entry.objects.count()) == (to, told + 1)
    else:
        with pytest.raises(TransitionRefused):
            WAYS[to](back, now, actor)
        assert (ReturnRequest.objects.get().status, Entry.objects.count()) == (start, told)


def test_the_story_says_what_is_on_its_way_with_its_number(back: ReturnRequest, now: dt.datetime, actor: Actor) -> None:
    back.sent_back(at=now, actor=actor, waybill="JP1234")
    told = Entry.objects.get()
    assert (told.sentence_en, told.brand.name) == ("Sent back 1 × Glow Lamp with number JP1234", "Lumi")  # type: ignore[union-attr]


def test_asking_twice_gives_the_return_that_is_open(loan: Shipment, now: dt.datetime, actor: Actor) -> None:
    first = ask_back(loan, "cancelled", dt.date(2026, 12, 1), at=now, actor=actor)
    second = ask_back(loan, "loan", dt.date(2026, 12, 9), at=now, actor=actor)
    assert (first.pk, second.due_on, second.reason) == (second.pk, dt.date(2026, 12, 1), "cancelled")


@pytest.mark.parametrize("status", ["packed", "cancelled", "lost"])
def test_what_is_not_out_there_is_not_asked_back(loan: Shipment, now: dt.datetime, actor: Actor, status: str) -> None:
    Shipment.objects.update(status=status)
    with pytest.raises(Refused):
        ask_back(loan, "cancelled", dt.date(2026, 12, 1), at=now, actor=actor)
    assert ReturnRequest.objects.count() == 0


def test_another_day_is_told_with_the_one_before(back: ReturnRequest, now: dt.datetime, actor: Actor) -> None:
    back.extend(dt.date(2026, 12, 15), at=now, actor=actor, because="The shoot moved")
    told = Entry.objects.get()
    assert (told.changes, told.quote) == ({"due_on": ["2026-12-08", "2026-12-15"]}, "The shoot moved")


def test_what_is_on_its_way_keeps_its_day(back: ReturnRequest, now: dt.datetime, actor: Actor) -> None:
    back.sent_back(at=now, actor=actor)
    with pytest.raises(Refused):
        back.extend(dt.date(2026, 12, 15), at=now, actor=actor)
    assert ReturnRequest.objects.get().due_on == dt.date(2026, 12, 8)


def test_wear_is_counted_in_begun_months() -> None:
    assert begun_months(dt.date(2026, 7, 1), dt.date(2026, 8, 31)) == 3
    assert worn(Decimal(2_000_000), 3, 5) == Decimal(1_700_000)
    assert worn(Decimal(2_000_000), 30, 5) == Decimal(0)


def test_a_charge_is_proposed_after_thirty_days_once_and_nothing_is_charged(back: ReturnRequest) -> None:
    """Rule 4.5.9."""
    assert propose_charges(LATE - DAY) == {}
    assert [propose_charges(LATE), propose_charges(LATE + DAY)] == [{"proposed": 1}, {}]
    row = ReturnRequest.objects.get()
    assert (row.charge, row.charged, row.status) == (RP(1_800_000), None, "asked")
    assert list(Entry.objects.values_list("verb", flat=True)) == ["return.proposed"]


def test_what_is_on_its_way_is_not_charged_for(back: ReturnRequest, now: dt.datetime, actor: Actor) -> None:
    back.sent_back(at=now, actor=actor)
    assert propose_charges(LATE) == {}


def test_a_person_charges_and_the_waiting_ends(back: ReturnRequest, coordinator: User) -> None:
    """Rule 4.5.9."""
    propose_charges(LATE)
    decide_charge(back, RP(1_500_000), "She agreed to half a million less", user=coordinator, at=LATE)
    row = ReturnRequest.objects.get()
    assert (row.charged, row.charge, row.decided_by, row.status) == (True, RP(1_500_000), coordinator, "given_up")
    with pytest.raises(Refused):
        decide_charge(back, None, "Never mind", user=coordinator, at=LATE)
    assert ReturnRequest.objects.get().charged is True


def test_who_waives_goes_on_waiting(back: ReturnRequest, coordinator: User) -> None:
    propose_charges(LATE)
    decide_charge(back, None, "It was our mistake", user=coordinator, at=LATE)
    row = ReturnRequest.objects.get()
    assert (row.charged, row.charge, row.status) == (False, RP(1_800_000), "asked")


def test_nothing_is_decided_that_nobody_proposed(back: ReturnRequest, coordinator: User, now: dt.datetime) -> None:
    with pytest.raises(Refused):
        decide_charge(back, RP(1), "Now", user=coordinator, at=now)
    assert ReturnRequest.objects.get().charged is None


def test_a_loan_that_arrived_is_asked_back_once_by_its_day(loan: Shipment, now: dt.datetime) -> None:
    """Rule 4.5.9."""
    assert [ask_for_loans(now), ask_for_loans(now)] == [{"asked for": 1}, {}]
    row = ReturnRequest.objects.get()
    assert (row.reason, row.due_on, Entry.objects.get().actor_label) == ("loan", dt.date(2026, 12, 8), "Mitra")


def test_a_kept_loan_is_pay_from_the_day_of_the_decision(back: ReturnRequest, now: dt.datetime, actor: Actor) -> None:
    """Rule 4.5.10."""
    keep(back, "She loves it", on=dt.date(2026, 11, 24), at=now, actor=actor)
    request = SampleRequest.objects.get()
    assert (request.purpose, request.given_as, request.purpose_since_on) == (
        "contractual",
        "loan",
        dt.date(2026, 11, 24),
    )
    assert Entry.objects.get(verb="sample.kept").sentence_en == (
        "Keeps the loan Glow Lamp: it counts as pay, in the tax month November 2026"
    )


def test_what_was_kept_is_no_loan_a_second_time(back: ReturnRequest, now: dt.datetime, actor: Actor) -> None:
    SampleRequest.objects.update(purpose="contractual")
    with pytest.raises(Refused):
        keep(back, "She loves it", on=dt.date(2026, 11, 24), at=now, actor=actor)
    assert (ReturnRequest.objects.get().status, Entry.objects.count()) == ("asked", 0)


def counted(loan: Shipment, sent: int) -> ShipmentItem:
    """So many lamps that left a batch with two more in it, of a brand that counts."""
    Brand.objects.filter(pk=loan.request.brand_id).update(counts_stock=True)
    line = ShipmentItem.objects.select_related("item__product").get()
    place = StockLocation.objects.create(name="Shelf")
    batch = StockBatch.objects.create(location=place, product=line.item.product, on_hand=2)
    ShipmentItem.objects.update(batch=batch, quantity=sent)
    return ShipmentItem.objects.select_related("batch__product__brand", "item__product").get()


@pytest.mark.parametrize(("used_go_back", "on_hand"), [(True, 5), (False, 4)])
def test_stock_grows_only_by_what_was_looked_at(
    back: ReturnRequest, loan: Shipment, now: dt.datetime, actor: Actor, used_go_back: bool, on_hand: int
) -> None:
    """Rule 4.5.11."""
    line = counted(loan, 5)
    back.arrived(at=now, actor=actor)
    assert StockBatch.objects.get().on_hand == 2
    check(back, [Found(line, ok=2, used=1, damaged=1, missing=1)], used_go_back=used_go_back, at=now, actor=actor)
    assert StockBatch.objects.get().on_hand == on_hand
    assert list(ReturnItem.objects.order_by("pk").values_list("inspection", "quantity")) == [
        ("ok", 2), ("used", 1), ("damaged", 1), ("missing", 1),
    ]  # fmt: skip
    written_off = StockMovement.objects.filter(kind="write_off").count()
    assert written_off == (1 if used_go_back else 2)


def test_pieces_that_do_not_add_up_change_nothing(
    back: ReturnRequest, loan: Shipment, now: dt.datetime, actor: Actor
) -> None:
    line = counted(loan, 2)
    back.arrived(at=now, actor=actor)
    with pytest.raises(Refused):
        check(back, [Found(line, ok=1)], used_go_back=False, at=now, actor=actor)
    assert (ReturnRequest.objects.get().status, ReturnItem.objects.count(), StockBatch.objects.get().on_hand) == (
        "back",
        0,
        2,
    )
