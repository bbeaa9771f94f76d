"""What is heard of a parcel is kept once, in any order, and only news that is newest moves it."""

import datetime as dt

import pytest

from campaigns.planning.models.told import Refused
from campaigns.samples.models import ReturnRequest, Shipment, ShipmentEvent
from campaigns.samples.shipping.actions import Heard, note_event
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.samples.parcels import NOW, a_parcel

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(days=2)
HOUR = dt.timedelta(hours=1)


def heard(parcel: Shipment, words: str, hours: int, actor: Actor) -> tuple[str, bool, bool, str]:
    """Status afterwards, whether it was new, whether it moved, and the warning."""
    noted = note_event(parcel, Heard(NOW + hours * HOUR, words), at=LATER, actor=actor)
    parcel.refresh_from_db()
    return parcel.status, noted.is_new, noted.moved, str(noted.warning)


def test_a_parcel_follows_its_couriers_words(actor: Actor) -> None:
    parcel = a_parcel(status="shipped")
    assert [heard(parcel, words, at, actor)[0] for at, words in enumerate(["Manifested", "In transit", "With delivery courier", "Antar ulang", "Out for delivery", "Delivered to Kirana"])] == [
        "shipped", "in_transit", "out_for_delivery", "failed_attempt", "out_for_delivery", "delivered",
    ]  # fmt: skip
    assert parcel.delivered_at == NOW + 5 * HOUR


def test_the_same_line_twice_is_once(actor: Actor) -> None:
    parcel = a_parcel(status="shipped")
    heard(parcel, "In transit", 3, actor)
    assert heard(parcel, "In transit", 3, actor) == ("in_transit", False, False, "")
    assert (ShipmentEvent.objects.count(), Entry.objects.count()) == (1, 1)


def test_older_news_never_moves_a_parcel_back(actor: Actor) -> None:
    parcel = a_parcel(status="shipped")
    heard(parcel, "Out for delivery", 5, actor)
    warning = "It is older than what is known, so the parcel stays where it was."
    assert heard(parcel, "In transit", 2, actor) == ("out_for_delivery", True, False, warning)
    assert parcel.heard_at == NOW + 5 * HOUR


def test_words_nobody_knows_are_kept_warn_and_move_nothing(actor: Actor) -> None:
    parcel = a_parcel(status="shipped")
    warning = "Nobody has said yet what “Qwerty” means. It is kept; the parcel stays where it was."
    assert heard(parcel, "Qwerty", 3, actor) == ("shipped", True, False, warning)
    assert list(ShipmentEvent.objects.values_list("raw_status", "status")) == [("Qwerty", "")]
    assert parcel.heard_at == NOW + 3 * HOUR


def test_a_parcel_nobody_took_is_asked_back_and_looked_at_before_it_is_stock_again(actor: Actor) -> None:
    """Rule 4.5.11."""
    parcel = a_parcel(status="in_transit")
    assert heard(parcel, "Retur ke pengirim", 3, actor)[0] == "returned_to_sender"
    asked = ReturnRequest.objects.values_list("reason", "status", "due_on")
    assert list(asked) == [("refused", "asked", dt.date(2026, 11, 25))]


def test_after_the_end_news_is_kept_and_moves_nothing(actor: Actor) -> None:
    parcel = a_parcel(status="delivered")
    warning = "It is kept; from “Delivered” the parcel goes nowhere by news."
    assert heard(parcel, "In transit", 3, actor) == ("delivered", True, False, warning)


@pytest.mark.parametrize(
    ("status", "said", "why"),
    [
        ("packed", Heard(NOW, "In transit"), "has not left yet"),
        ("shipped", Heard(LATER + HOUR, "In transit"), "still to come"),
        ("shipped", Heard(NOW), "Say what was heard"),
    ],
)
def test_what_cannot_be_news_changes_nothing(status: str, said: Heard, why: str, actor: Actor) -> None:
    parcel = a_parcel(status=status)
    with pytest.raises(Refused, match=why):
        note_event(parcel, said, at=LATER, actor=actor)
    assert (ShipmentEvent.objects.count(), Entry.objects.count()) == (0, 0)


@pytest.mark.parametrize("start", [*Shipment.AWAY, *Shipment.THERE, "lost", "damaged", "returned_to_sender"])
@pytest.mark.parametrize("to", ["in_transit", "out_for_delivery", "failed_attempt", "exception"])
def test_news_moves_a_parcel_only_as_the_table_says(start: str, to: str, actor: Actor) -> None:
    parcel = a_parcel(status=start)
    noted = note_event(parcel, Heard(NOW + HOUR, status=to), at=LATER, actor=actor)
    parcel.refresh_from_db()
    moves = start in Shipment.MOVES[to]
    assert (parcel.status, noted.moved) == (to if moves else start, moves)
