"""When she is asked whether a parcel has arrived, what she may answer, and that nothing else reaches her meanwhile."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from campaigns.planning.models import Collaboration, Deliverable
from campaigns.samples.arriving.actions import delivered, not_there
from campaigns.samples.arriving.reminders import ARRIVED, RECEIPT
from campaigns.samples.models import Courier, SampleRequest, Shipment
from crm.outbox.delivery import send_due
from crm.outbox.models import Email
from crm.portal.registry import Asking, Told, find_task, open_tasks, settle
from crm.reminders.mailing import mail_due
from crm.reminders.models import Todo
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, dues
from crm.timeline.record import Actor
from tests.campaigns.samples.arriving.conftest import DAY, parcel_with
from tests.campaigns.samples.arriving.test_arrivals import LATE, stands
from tests.factories import CollaborationFactory, SampleItemFactory, SampleRequestFactory

pytestmark = pytest.mark.django_db


def let_pass(start: dt.datetime, days: int, meanwhile: Any = None) -> list[tuple[str, dt.date]]:
    """Let so many days go by, looking each morning, every fourth twice; which mails she got, with their days."""
    for day in range(days):
        now = start + day * DAY
        with time_machine.travel(now, tick=False):
            if meanwhile is not None:
                meanwhile(day, now)
            for _time in range(1 if day % 4 else 2):
                plan(now)
                mail_due(now)
            send_due(lambda at=now: at)  # type: ignore[misc]
    sent = Email.objects.exclude(name__startswith="escalation").exclude(state=Email.State.SKIPPED).order_by("send_at")
    return [(mail.name, mail.send_at.date()) for mail in sent]


def asking_of(parcel: Shipment, now: dt.datetime, brand: int | None = None) -> Asking:
    person = parcel.request.influencer
    contact = person.representations.get().contact
    return Asking(person.pk, brand or parcel.request.brand_id, now, "Asia/Jakarta", contact)


def say(parcel: Shipment, code: str, data: dict[str, Any], now: dt.datetime) -> None:
    asking = asking_of(parcel, now)
    task = find_task(asking, "parcel", parcel.pk)
    assert task is not None
    assert asking.contact is not None
    settle(asking, task, Told(code, data, now, Actor.contact(asking.contact)))


def test_from_the_parcel_to_its_arrival_she_is_asked_about_nothing_else(
    parcel: Shipment, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    """Her draft was planned for 5 December. The parcel comes twelve days late, and only then is she asked for it."""

    def meanwhile(day: int, at: dt.datetime) -> None:
        if day == 16:
            delivered(parcel, on_at=at, at=at, actor=actor, confirmed=True)

    mails = let_pass(now, 40, meanwhile)
    first, second = dt.date(2026, 11, 27), dt.date(2026, 11, 30)  # the 29th is a Sunday
    assert mails[:2] == [("sample_arrived", first), ("sample_arrived", second)]
    reel.refresh_from_db()
    assert (reel.draft_due_on, mails[2]) == (dt.date(2026, 12, 17), ("draft_due", dt.date(2026, 12, 14)))
    said = Email.objects.filter(name="draft_due").order_by("send_at").first()
    assert said is not None
    assert "17" in said.subject


def test_nobody_is_asked_about_what_has_not_left(sent: SampleRequest, now: dt.datetime) -> None:
    Shipment.objects.create(request=sent, status="packed")
    assert let_pass(now, 15) == []


def test_while_it_is_looked_for_she_hears_nothing_until_there_is_news(
    parcel: Shipment, now: dt.datetime, actor: Actor
) -> None:
    def found() -> list[tuple[str, dt.date]]:
        asked = Asked(now + 3 * DAY, subjects=[parcel.pk])
        return [(str(due.stopped_why), due.due_on) for due in dues(asked, [ARRIVED])]

    assert found() == [("", dt.date(2026, 11, 27))]
    not_there(parcel, at=now + 3 * DAY, actor=actor)
    assert found() == [("It is being looked for", dt.date(2026, 11, 27))]
    Shipment.objects.update(heard_at=now + 5 * DAY)
    assert found() == [("", dt.date(2026, 12, 2))]


def test_what_a_courier_says_she_has_is_asked_about_once_after_two_days(
    parcel: Shipment, now: dt.datetime, actor: Actor
) -> None:
    """Rule 4.5.14: delivered and not confirmed."""
    delivered(parcel, on_at=now + DAY, at=now + DAY, actor=actor)
    assert let_pass(now + DAY, 9)[:1] == [("sample_receipt", dt.date(2026, 11, 27))]
    assert [due.kind for due in dues(Asked(now, subjects=[parcel.pk]), [RECEIPT]) if not due.stopped_why] == [RECEIPT]
    delivered(parcel, on_at=now + DAY, at=now + 3 * DAY, actor=actor, confirmed=True)
    assert [due.kind for due in dues(Asked(now, subjects=[parcel.pk]), [RECEIPT]) if not due.stopped_why] == []


def test_about_a_gift_she_is_asked_once(courier: Courier, card: Collaboration, now: dt.datetime) -> None:
    """A gift asks for nothing, also not for an answer."""
    gift = SampleRequestFactory(
        influencer=card.influencer, brand=card.campaign.brand, status="sent", purpose="gift_no_ask"
    )  # fmt: skip
    SampleItemFactory(request=gift)
    parcel_with(gift, courier, now)
    assert let_pass(now, 12) == [("sample_arrived", dt.date(2026, 11, 27))]


def test_her_yes_settles_it_with_the_day_she_names(parcel: Shipment) -> None:
    say(parcel, "arrived", {"on": dt.date(2026, 11, 30), "note": ""}, LATE)
    parcel.refresh_from_db()
    assert (stands(parcel)[:2], parcel.arrived_on) == (("confirmed", "arrived"), dt.date(2026, 11, 30))
    assert find_task(asking_of(parcel, LATE), "parcel", parcel.pk) is None


def test_what_is_missing_or_broken_is_a_task_with_her_words(parcel: Shipment) -> None:
    serum, masks = parcel.items.order_by("pk")
    said = {"on": dt.date(2026, 12, 1), f"line_{serum.pk}": 0, f"line_{masks.pk}": 2, "note": "Botolnya pecah"}
    say(parcel, "wrong", said, LATE)
    assert stands(parcel) == ("confirmed", "sent", [0, 2])
    assert list(Todo.objects.values_list("key", "quote")) == [(f"parcel_missing:{parcel.pk}", "Botolnya pecah")]


def test_not_yet_is_looked_for_and_she_may_still_say_it_came(parcel: Shipment) -> None:
    say(parcel, "not_yet", {"note": "Belum"}, LATE)
    task = find_task(asking_of(parcel, LATE), "parcel", parcel.pk)
    assert task is not None
    assert ([one.code for one in task.answers], task.is_next) == (["arrived", "wrong"], False)
    say(parcel, "arrived", {"on": dt.date(2026, 12, 1), "note": ""}, LATE)
    assert stands(parcel)[0] == "confirmed"


def test_another_brand_sees_no_parcel_of_this_one(parcel: Shipment, now: dt.datetime) -> None:
    other = CollaborationFactory(influencer=parcel.request.influencer).campaign.brand_id
    assert [task.feature for task in open_tasks(asking_of(parcel, now, other)) if task.feature == "parcel"] == []
    assert find_task(asking_of(parcel, now), "parcel", parcel.pk) is not None


@pytest.mark.parametrize("people", [1, 3])
def test_any_number_of_parcels_costs_the_same_queries(
    courier: Courier, now: dt.datetime, people: int, django_assert_num_queries: Any
) -> None:
    for number in range(people):
        request = SampleRequestFactory(collaboration=CollaborationFactory(), status="sent")
        SampleItemFactory(request=request)
        parcel_with(request, courier, now, waybill=f"W{number}", status=("shipped", "delivered")[number % 2],
                    delivered_at=now if number % 2 else None)  # fmt: skip
    with django_assert_num_queries(10):
        found = list(dues(Asked(now, to_at=now + 9 * DAY), [ARRIVED, RECEIPT]))
    assert len(found) == people
    with django_assert_num_queries(1):
        list(dues(Asked(now, to_at=now + 9 * DAY, calendar=True), [ARRIVED]))


def test_a_paused_collaboration_asks_nobody(parcel: Shipment, card: Collaboration, now: dt.datetime) -> None:
    card.pause_reminders(at=now, actor=Actor.of(None))
    assert let_pass(now, 8) == []
