"""Who is reminded of a loan and of a gift, on which days, and what ends it (4.1, 4.2, 6.2)."""

import datetime as dt
from functools import partial

import pytest
import time_machine

from campaigns.planning.models import Collaboration
from campaigns.samples.after.actions import ask_back
from campaigns.samples.after.gifts import GIFT, THANKS, close_gift, close_gifts, note_touch
from campaigns.samples.after.moving import RETURN
from campaigns.samples.after.reminders import SENT_HOME
from campaigns.samples.models import Purpose, ReturnRequest, SampleRequest, Shipment
from crm.outbox.delivery import send_due
from crm.outbox.models import Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, dues
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.samples.after.conftest import asked_for, sent, somebody
from tests.factories import CampaignFactory, CollaborationFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def july(day: int, hour: int = 3) -> dt.datetime:
    return dt.datetime(2026, 7, day, hour, 0, tzinfo=dt.UTC)


def planned() -> list[tuple[dt.date, str]]:
    """What waits to leave: the day and the message."""
    rows = Reminder.objects.queued().order_by("send_at", "recipient")
    return [(row.send_at.date(), row.email_name) for row in rows]


def mornings(first: int, last: int) -> list[tuple[int, str]]:
    """Let the days of July go by, looking each morning; what was written to her on which of them."""
    for day in range(first, last + 1):
        with time_machine.travel(july(day), tick=False):
            plan(july(day))
            mail_due(july(day))
            close_gifts(july(day))
            send_due(partial(july, day))
    return [(mail.send_at.day, mail.name) for mail in Email.objects.order_by("send_at")]


def test_delivered_on_10_july_means_17_20_and_24_july_and_then_it_is_closed(gift: SampleRequest) -> None:
    assert mornings(10, 30) == [(17, "gift_there"), (20, "gift_nudge"), (24, "gift_closing")]
    row = SampleRequest.objects.get()
    assert (row.outcome, row.outcome_at, row.post_url) == ("quiet", july(24), "")
    assert list(Entry.objects.filter(verb="sample.quiet").values_list("actor_label", flat=True)) == ["Mitra"]


def test_a_gift_without_a_hope_hears_one_word_of_thanks(gift: SampleRequest) -> None:
    SampleRequest.objects.update(purpose=Purpose.GIFT_NO_ASK, given_as=Purpose.GIFT_NO_ASK)
    assert mornings(10, 30) == [(17, "gift_there")]
    text = Email.objects.get().text
    assert "Nothing is expected of you" in text
    assert "If you ever show it: please write at the very start that it was a gift" in text
    assert "love to see it" not in text


def test_a_colleague_who_wrote_on_the_18th_takes_the_place_of_the_20th(gift: SampleRequest, actor: Actor) -> None:
    assert mornings(10, 18) == [(17, "gift_there")]
    note_touch(gift, at=july(18, 5), actor=actor, channel="whatsapp")
    assert mornings(19, 30) == [(17, "gift_there"), (24, "gift_closing")]


def test_after_three_touches_by_hand_no_mail_leaves(gift: SampleRequest, actor: Actor) -> None:
    for day in (11, 12, 13):
        note_touch(gift, at=july(day), actor=actor, channel="whatsapp")
    assert mornings(14, 30) == []
    assert SampleRequest.objects.get().outcome == "quiet"


@pytest.mark.parametrize("outcome", ["posted", "declined", "quiet"])
def test_a_gift_somebody_closed_before_its_day_is_heard_of_no_more(
    gift: SampleRequest, actor: Actor, outcome: str
) -> None:
    close_gift(gift, outcome, at=july(18), actor=actor)
    assert mornings(18, 30) == []


def test_days_without_a_tick_close_a_gift_once_and_write_one_last_word(gift: SampleRequest) -> None:
    assert [close_gifts(july(31)), close_gifts(july(31, 4))] == [{"closed": 1}, {}]
    assert Entry.objects.filter(verb="sample.quiet").count() == 1
    plan(july(31))
    assert planned() == [(dt.date(2026, 7, 24), "gift_closing")]


def test_gifts_stand_on_no_list_and_in_no_calendar(gift: SampleRequest, coordinator: User) -> None:
    assert list(dues(Asked(july(12), user=coordinator), [GIFT, THANKS])) == []
    assert list(dues(Asked(july(12), user=coordinator, calendar=True), [GIFT, THANKS])) == []


def test_a_loan_is_spoken_of_a_week_and_a_day_before_and_after(back: ReturnRequest, now: dt.datetime) -> None:
    """Rule 4.5.9, and rule 4.5.14: what is to come back."""
    ReturnRequest.objects.update(created_at=now - 5 * DAY)
    plan(now)
    assert planned() == [
        (dt.date(2026, 12, 1), "sample_return"),
        (dt.date(2026, 12, 7), "sample_return"),
        (dt.date(2026, 12, 9), "sample_return_late"),
        (dt.date(2026, 12, 15), "escalation"),
        (dt.date(2026, 12, 15), "sample_return_late"),
    ]


@pytest.mark.parametrize("how", ["sent back", "back", "kept", "given up", "paused", "another day"])
def test_what_ends_the_asking(
    back: ReturnRequest, card: Collaboration, now: dt.datetime, actor: Actor, how: str
) -> None:
    ReturnRequest.objects.update(created_at=now - 5 * DAY)
    plan(now)
    if how == "sent back":
        back.sent_back(at=now, actor=actor)
    elif how == "back":
        back.arrived(at=now, actor=actor)
    elif how == "kept":
        back.keep(at=now, actor=actor, because="She loves it")
    elif how == "given up":
        back.give_up(at=now, actor=actor, because="Too far")
    elif how == "paused":
        card.pause_reminders(at=now, actor=actor)
    else:
        back.extend(dt.date(2027, 3, 9), at=now, actor=actor)
    plan(now)
    assert planned() == []


def test_nobody_is_reminded_of_what_a_courier_brings_back(
    loan: Shipment, now: dt.datetime, actor: Actor, coordinator: User
) -> None:
    row = ask_back(loan, "refused", dt.date(2026, 12, 1), at=now, actor=actor)
    ReturnRequest.objects.update(created_at=now - 20 * DAY)
    plan(now)
    assert planned() == []
    found = list(dues(Asked(now, user=coordinator), [RETURN, SENT_HOME]))
    assert [(due.kind, due.subject) for due in found] == [(SENT_HOME, f"campaigns.returnrequest:{row.pk}")]


def _on_a_card_of_its_own(request: SampleRequest) -> None:
    """Each of another campaign and brand, so that whatever is read of them one by one is seen."""
    card = CollaborationFactory(influencer=request.influencer, campaign=CampaignFactory())
    SampleRequest.objects.filter(pk=request.pk).update(collaboration=card)


@pytest.mark.parametrize("many", [1, 3])
def test_any_number_costs_the_same_queries(
    card: Collaboration,
    coordinator: User,
    now: dt.datetime,
    many: int,
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    for number in range(many):
        for purpose, more in ((Purpose.LOAN, {"return_due_on": now.date()}), (Purpose.GIFT_SOFT_ASK, {})):
            request = asked_for(
                somebody(f"Sekar {number}"), card.campaign.brand, coordinator, purpose, name="Serum", **more
            )
            parcel = sent(request, there_at=now - 2 * DAY)
            if purpose == Purpose.LOAN:
                ReturnRequest.objects.create(shipment=parcel, reason="loan", due_on=now.date())
            _on_a_card_of_its_own(request)
    with django_assert_num_queries(12):  # type: ignore[operator]
        found = list(dues(Asked(now), [RETURN, GIFT, THANKS, SENT_HOME]))
    assert len(found) == 2 * many
    with django_assert_num_queries(2):  # type: ignore[operator]
        list(dues(Asked(now, user=coordinator, calendar=True), [RETURN, GIFT, THANKS, SENT_HOME]))
