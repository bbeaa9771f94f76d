"""Another parcel in place of one that was lost or came half; and what happens to parcels nobody waits for any more."""

import datetime as dt

import pytest

from campaigns.planning.models import Campaign, Collaboration, Deliverable, DeliverableHold
from campaigns.planning.models.told import Refused
from campaigns.samples.arriving.actions import delivered, lost, returned
from campaigns.samples.arriving.replacing import replace
from campaigns.samples.arriving.shown import for_request
from campaigns.samples.arriving.upkeep import keep_parcels
from campaigns.samples.models import Courier, SampleRequest, Shipment
from crm.influencers.models import Influencer
from crm.preferences.models import Consent
from crm.reminders.models import Todo
from crm.reminders.todos import settle_todo
from crm.team.models import User
from crm.timeline.record import Actor
from tests.campaigns.samples.arriving.conftest import DAY, parcel_with
from tests.campaigns.samples.arriving.test_arrivals import LATE, days_of, stands

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(card: Collaboration, now: dt.datetime) -> None:
    """She has confirmed where parcels go, and agreed that it is kept."""
    card.influencer.addresses.create(
        recipient="Kirana Maheswari", phone="+628123456789", street="Jl. Melati 5", city="Bandung", postcode="40111",
        confirmed_at=now - DAY,
    )  # fmt: skip
    contact = card.influencer.representations.get().contact
    Consent.objects.create(
        contact=contact, purpose="address", shown="Keep it", given_at=now - DAY, evidence="Her page"
    )  # fmt: skip


def contents(parcel: Shipment) -> list[tuple[str, int]]:
    return [(str(line.item), line.quantity) for line in parcel.items.order_by("pk")]


def test_a_lost_parcel_is_replaced_by_a_linked_one_and_dates_wait_for_it(
    parcel: Shipment, home: None, courier: Courier, reel: Deliverable, actor: Actor
) -> None:
    """Rule 4.5.7."""
    lost(parcel, at=LATE - DAY, actor=actor)
    another = replace(parcel, at=LATE - DAY, actor=actor)
    assert (another.replaces, contents(another)) == (parcel, [("Glow Serum", 1), ("Glow Mask", 2)])
    assert (another.address_snapshot["city"], DeliverableHold.objects.open().count()) == ("Bandung", 1)
    with pytest.raises(Refused, match="another one went in its place already"):
        replace(parcel, at=LATE, actor=actor)
    Shipment.objects.filter(pk=another.pk).update(
        status="shipped", shipped_at=LATE - DAY, courier=courier, transit_days=1
    )  # fmt: skip
    delivered(another, on_at=LATE, at=LATE, actor=actor)
    assert (stands(another)[:2], days_of(reel)[1]) == (("delivered", "arrived"), dt.date(2026, 12, 15))


def test_of_a_parcel_that_came_half_the_rest_is_sent(parcel: Shipment, home: None, actor: Actor) -> None:
    """Rule 4.5.8."""
    masks = parcel.items.order_by("pk").last()
    assert masks is not None
    delivered(parcel, on_at=LATE, at=LATE, actor=actor, confirmed=True, arrived={masks.pk: 1})
    rest = replace(parcel, at=LATE, actor=actor)
    assert (contents(rest), stands(parcel)[:2]) == ([("Glow Mask", 1)], ("confirmed", "to_send"))
    assert list(Todo.objects.open()) == []


def test_what_came_back_is_sent_again_only_to_an_address_she_confirms(
    parcel: Shipment, home: None, actor: Actor
) -> None:
    """Rule 4.5.11, and rule 4.5.1."""
    returned(parcel, at=LATE, actor=actor)
    with pytest.raises(Refused):
        replace(parcel, at=LATE, actor=actor)
    assert Shipment.objects.count() == 1


def test_a_parcel_not_delivered_for_as_long_as_any_takes_is_asked_about_once(
    parcel: Shipment, courier: Courier, now: dt.datetime
) -> None:
    """Thirty days express, sixty postal; however often and however late the clock looks."""
    Courier.objects.filter(pk=courier.pk).update(lost_after_days=60)
    assert keep_parcels(now + 59 * DAY) == {}
    assert [keep_parcels(now + 75 * DAY) for _time in range(3)] == [{"lost?": 1}, {}, {}]
    settle_todo(Todo.objects.get(), by=None, at=now + 75 * DAY)
    assert (keep_parcels(now + 80 * DAY), stands(parcel)[0]) == ({}, "shipped")


@pytest.mark.parametrize("how", ["off", "cancelled", "archived"])
def test_what_has_not_left_is_not_sent_to_somebody_who_takes_part_no_longer(
    sent: SampleRequest, how: str, now: dt.datetime
) -> None:
    """Rule 4.5.12: before it left it is called off, and nothing waits for it."""
    SampleRequest.objects.update(status="to_send")
    parcel = Shipment.objects.create(request=sent, status="packed")
    assert keep_parcels(now) == {}
    stop(how, now)
    assert [keep_parcels(now) for _time in range(3)] == [{"not sent": 1}, {}, {}]
    assert stands(parcel)[:2] == ("cancelled", "cancelled")
    assert (DeliverableHold.objects.open().count(), Todo.objects.count()) == (0, 0)


@pytest.mark.parametrize("how", ["off", "cancelled", "archived"])
def test_of_what_has_left_for_her_somebody_decides_whether_to_ask_for_it(
    parcel: Shipment, how: str, now: dt.datetime
) -> None:
    """Rule 4.5.12: after it left it is hers or on its way, and a colleague is asked, once."""
    stop(how, now)
    assert [keep_parcels(now) for _time in range(3)] == [{"back?": 1}, {}, {}]
    assert stands(parcel)[:2] == ("shipped", "sent")
    assert Todo.objects.get().key == f"parcel_back:{parcel.pk}"


def stop(how: str, now: dt.datetime) -> None:
    if how == "off":
        Collaboration.objects.update(status="off", off_why="Too dear")
    elif how == "cancelled":
        Campaign.objects.update(status="cancelled")
    else:
        Influencer.objects.update(archived_at=now)


def test_who_was_merged_keeps_her_parcels(parcel: Shipment, now: dt.datetime) -> None:
    """They follow whoever stays; nothing is called off."""
    other = parcel_with(parcel.request, parcel.courier, now, waybill="JNE-2")
    Influencer.objects.filter(pk=other.request.influencer_id).update(
        archived_at=now, merged_into=Influencer.objects.create(stage_name="Kirana M.")
    )  # fmt: skip
    assert keep_parcels(now) == {}


def test_a_lost_parcel_offers_another_first_and_once_that_is_on_its_way_nothing_first(
    parcel: Shipment, home: None, coordinator: User, now: dt.datetime, actor: Actor
) -> None:
    """One thing is to be done next, never two."""
    lost(parcel, at=LATE - DAY, actor=actor)
    (alone,) = for_request(parcel.request, coordinator, now)["rows"]
    replace(parcel, at=LATE - DAY, actor=actor)
    (followed,) = for_request(parcel.request, coordinator, now)["rows"]
    assert (alone.first, followed.first) == ("replace", "")
