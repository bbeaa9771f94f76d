"""Moving days from the calendar: consequences first, nothing written meanwhile, and back again."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.contrib.messages import get_messages
from django.core import signing
from django.test import Client
from django.urls import reverse

from campaigns.planning.calendar.moving import SALT, do_moves, picks_of, plan_moves, take_back
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.models import Holiday, Organisation
from crm.brands.models import BrandAccess
from crm.influencers.models import DayOff
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.reminders.registry import Outlook, Shift
from crm.team.models import User
from crm.timeline.models import Entry
from tests.factories import CollaborationFactory, DeliverableFactory, UserFactory

pytestmark = pytest.mark.django_db
D = dt.date
DRAFT_DAY, POST_DAY = D(2026, 11, 27), D(2026, 12, 4)
MOVE = "calendar-move"


@pytest.fixture(autouse=True)
def _clock(now: dt.datetime) -> Any:
    with time_machine.travel(now, tick=False):
        yield


def days(row: Deliverable) -> tuple[dt.date | None, dt.date]:
    row.refresh_from_db()
    return row.draft_due_on, row.post_due_on


def outlook(user: User, now: dt.datetime, key: str, **shift: Any) -> Outlook:
    (found,) = plan_moves(picks_of([key]), Shift(**shift), user, now)
    return found.outlook


def confirmed(client: Client, **data: Any) -> Any:
    """What a colleague does: look at the consequences, then press again."""
    shown = client.post(reverse(MOVE), {"along": "on", "seen": "", **data})
    return client.post(reverse(MOVE), {"along": "on", **data, "seen": shown.context["seen"]})


def test_the_page_says_what_would_change_and_changes_nothing(
    reel: Deliverable, as_coordinator: Client, now: dt.datetime
) -> None:
    plan(now)
    waiting, told = Reminder.objects.queued().count(), Entry.objects.count()
    answer = as_coordinator.get(reverse(MOVE), {"pick": f"deliverable.post:{reel.pk}", "to": "2026-12-08"})
    (one,) = answer.context["outlooks"]
    assert (one.from_on, one.to_on, one.refused) == (POST_DAY, D(2026, 12, 8), "")
    assert one.also == ("The draft moves with it: Fri 27 Nov → Tue 1 Dec.",)
    assert (one.cancelled, one.planned > 0) == (waiting, True)
    assert (days(reel), Reminder.objects.queued().count(), Entry.objects.count()) == (
        (DRAFT_DAY, POST_DAY), waiting, told,
    )  # fmt: skip


def test_confirmed_it_moves_tells_the_story_and_can_be_taken_back(
    reel: Deliverable, as_coordinator: Client, now: dt.datetime
) -> None:
    key = f"deliverable.post:{reel.pk}"
    answer = confirmed(as_coordinator, pick=key, to="2026-12-08", next="/calendar/?view=week")
    assert (answer.status_code, answer.url.partition("&moved=")[0]) == (302, "/calendar/?view=week")
    assert days(reel) == (D(2026, 12, 1), D(2026, 12, 8))
    assert Entry.objects.filter(verb="deliverable.rescheduled").count() == 1
    page = as_coordinator.get(answer.url)
    as_coordinator.post(reverse("calendar-undo"), {"moved": page.context["moved"], "next": page.context["here"]})
    assert days(reel) == (DRAFT_DAY, POST_DAY)


def test_a_post_moves_alone_when_the_tick_is_taken_off(reel: Deliverable, as_coordinator: Client) -> None:
    confirmed(as_coordinator, pick=f"deliverable.post:{reel.pk}", to="2026-12-08", along="")
    assert days(reel) == (DRAFT_DAY, D(2026, 12, 8))


def test_a_draft_behind_its_post_is_refused_before_and_after(
    reel: Deliverable, coordinator: User, as_coordinator: Client, now: dt.datetime
) -> None:
    key = f"deliverable.draft:{reel.pk}"
    refused = "The draft is due after the posting day. Swap the days or correct one."
    assert outlook(coordinator, now, key, to_on=D(2026, 12, 5)).refused == refused
    answer = confirmed(as_coordinator, pick=key, to="2026-12-05")
    assert ([one.text for one in answer.context["verdicts"]], days(reel)) == ([refused], (DRAFT_DAY, POST_DAY))


def test_what_changed_since_it_was_shown_is_shown_again_first(
    reel: Deliverable, as_coordinator: Client, now: dt.datetime
) -> None:
    key = f"deliverable.post:{reel.pk}"
    shown = as_coordinator.get(reverse(MOVE), {"pick": key, "to": "2026-12-08"})
    Deliverable.objects.update(post_due_on=D(2026, 12, 6))
    data = {"pick": key, "to": "2026-12-08", "along": "on", "seen": shown.context["seen"]}
    answer = as_coordinator.post(reverse(MOVE), data)
    assert (answer.status_code, days(reel)) == (200, (DRAFT_DAY, D(2026, 12, 6)))
    assert answer.context["outlooks"][0].from_on == D(2026, 12, 6)


def test_warnings_name_days_off_holidays_weekends_and_the_end_of_the_campaign(
    reel: Deliverable, coordinator: User, now: dt.datetime
) -> None:
    Campaign.objects.update(start_on=D(2026, 11, 1), end_on=D(2026, 12, 11))
    DayOff.objects.create(influencer=reel.collaboration.influencer, start_on=D(2026, 12, 12), end_on=D(2026, 12, 12))
    Holiday.objects.create(country="ID", on=D(2026, 12, 10), name_en="Election", name_id="Pemilu")
    post, draft = f"deliverable.post:{reel.pk}", f"deliverable.draft:{reel.pk}"
    assert outlook(coordinator, now, post, to_on=D(2026, 12, 12), along=False).warnings == (
        "Sat 12 Dec lies outside the campaign.",
        "Sat 12 Dec is a day off of hers or his.",
        "Sat 12 Dec is a weekend.",
    )
    assert outlook(coordinator, now, post, to_on=D(2026, 12, 10), along=False).warnings == (
        "Thu 10 Dec is a public holiday.",
    )
    assert outlook(coordinator, now, draft, to_on=D(2026, 11, 23)).warnings == (
        "Mon 23 Nov is over already: it turns late at once.",
    )


def test_what_is_out_and_what_stands_there_already_stay(reel: Deliverable, coordinator: User, now: dt.datetime) -> None:
    key = f"deliverable.post:{reel.pk}"
    assert outlook(coordinator, now, key, to_on=POST_DAY).refused == "It stands on that day already."
    Deliverable.objects.update(status="dropped")
    assert outlook(coordinator, now, key, by=3).refused == "It is out or was dropped: its days stay as they are."


def test_forty_move_by_days_in_one_go_with_a_result_for_each(
    collaboration: Collaboration, as_coordinator: Client, now: dt.datetime
) -> None:
    cards = [collaboration, *CollaborationFactory.create_batch(3, campaign=collaboration.campaign, status="making")]
    rows = [DeliverableFactory(collaboration=card, draft_due_on=DRAFT_DAY, post_due_on=POST_DAY) for card in cards]
    Deliverable.objects.filter(pk=rows[3].pk).update(status="dropped")
    keys = [f"deliverable.{what}:{row.pk}" for row in rows for what in ("draft", "post")]
    answer = confirmed(as_coordinator, pick=keys, by="3")
    assert [one.done for one in answer.context["verdicts"]] == [True, True, True, False]
    assert {days(row) for row in rows[:3]} == {(D(2026, 11, 30), D(2026, 12, 7))}  # a draft is not moved twice
    assert days(rows[3]) == (DRAFT_DAY, POST_DAY)
    assert [one.keys for one in picks_of(keys[:2])] == [[keys[1], keys[0]]]  # the page carries both on
    (letter,) = answer.context["letters"]
    assert (letter.campaign, letter.people) == ("Glow", 3)
    written = as_coordinator.get(letter.url)
    assert (written.status_code, str(written.context["whom"].label)) == (200, "3 people of Glow")
    as_coordinator.post(reverse("calendar-undo"), {"moved": answer.context["note"]})
    assert {days(row) for row in rows} == {(DRAFT_DAY, POST_DAY)}


def test_everything_of_a_filter_moves_to_one_day(collaboration: Collaboration, as_coordinator: Client) -> None:
    rows = [
        DeliverableFactory(collaboration=collaboration, draft_due_on=None, post_due_on=D(2026, 11, on))
        for on in (24, 25, 30)
    ]
    look = "view=week&on=2026-11-25&what=deliverable.post"
    shown = as_coordinator.get(reverse(MOVE), {"all_matching": "1", "look": look, "to": "2026-11-27"})
    data = {"pick": [one.key for one in shown.context["picks"]], "to": "2026-11-27", "along": "on"}
    as_coordinator.post(reverse(MOVE), {**data, "seen": shown.context["seen"]})
    assert [days(row)[1] for row in rows] == [D(2026, 11, 27), D(2026, 11, 27), D(2026, 11, 30)]


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"to": "", "by": ""}, {"to": ["Choose the day."]}),
        ({"to": "31 Nov", "by": ""}, {"to": ["Enter a valid date."]}),
        ({"to": "9999-12-31", "by": ""}, {"to": ["Choose a day of this century."]}),
        ({"to": "2026-12-01", "by": "2"}, {"by": ["Choose a day or a number of days, not both."]}),
        ({"to": "", "by": "4000"}, {"by": ["Ensure this value is less than or equal to 366."]}),
    ],
)
def test_a_wrong_day_is_said_and_kept(
    reel: Deliverable, as_coordinator: Client, given: dict[str, str], wrong: dict[str, list[str]]
) -> None:
    other = DeliverableFactory(collaboration=reel.collaboration)
    keys = [f"deliverable.post:{row.pk}" for row in (reel, other)]
    answer = as_coordinator.post(reverse(MOVE), {"pick": keys, "seen": "", "along": "on", **given})
    assert (answer.status_code, answer.context["form"].errors) == (422, wrong)
    assert (answer.context["form"]["to"].value(), days(reel)) == (given["to"], (DRAFT_DAY, POST_DAY))


@pytest.mark.parametrize("pick", ["", "deliverable.post:x", "vetting.expiry:1", "deliverable.post:99", "nothing:²"])
def test_nothing_that_can_move_is_said_calmly(as_coordinator: Client, pick: str) -> None:
    answer = as_coordinator.get(reverse(MOVE), {"pick": pick, "to": "2026-12-08"}, follow=True)
    assert answer.status_code == 200
    assert [
        str(one) for one in get_messages(answer.wsgi_request)
    ] or b"Nothing that can move is chosen" in answer.content


def test_a_stranger_to_the_brand_moves_nothing_and_takes_nothing_back(
    reel: Deliverable, as_coordinator: Client, organisation: Organisation, now: dt.datetime
) -> None:
    stranger = UserFactory(role="coordinator")
    organisation.brand_walls = True
    organisation.save()
    key = f"deliverable.post:{reel.pk}"
    assert plan_moves(picks_of([key]), Shift(by=1), stranger, now) == []
    moved = [["deliverable.post", reel.pk, "2026-12-01", "2026-12-04"]]
    note = signing.dumps({"moved": moved, "along": True}, salt=SALT, compress=True)
    assert (take_back(note, stranger, now), days(reel)) == ([], (DRAFT_DAY, POST_DAY))
    BrandAccess.objects.create(user=stranger, brand=reel.collaboration.campaign.brand)
    stranger.forget_brands()
    assert len(plan_moves(picks_of([key]), Shift(by=1), stranger, now)) == 1


def test_a_move_that_was_overtaken_or_tampered_with_is_not_taken_back(
    reel: Deliverable, as_coordinator: Client, coordinator: User, now: dt.datetime
) -> None:
    moved = [["deliverable.post", reel.pk, "2026-12-01", "2026-12-03"]]  # it stands on 4 December
    note = signing.dumps({"moved": moved, "along": True}, salt=SALT, compress=True)
    (verdict,) = take_back(note, coordinator, now) or []
    assert (verdict.done, verdict.text) == (False, "It has moved on since. Look at its page.")
    answer = as_coordinator.post(reverse("calendar-undo"), {"moved": note + "x"}, follow=True)
    assert (b"can no longer be taken back" in answer.content, days(reel)) == (True, (DRAFT_DAY, POST_DAY))


@pytest.mark.parametrize("size", [1, 3])
def test_what_would_happen_to_the_reminders_is_asked_once_for_all(
    size: int, collaboration: Collaboration, now: dt.datetime, django_assert_num_queries: Callable[..., Any]
) -> None:
    from crm.reminders.preview import following

    rows = DeliverableFactory.create_batch(size, collaboration=collaboration)
    with django_assert_num_queries(22):
        following(["deliverable.draft", "deliverable.post"], [row.pk for row in rows], now)


def test_the_same_move_pressed_twice_at_once_moves_once(reel: Deliverable, coordinator: User, now: dt.datetime) -> None:
    shift = Shift(by=3)
    plans = plan_moves(picks_of([f"deliverable.post:{reel.pk}"]), shift, coordinator, now)
    first, second = do_moves(plans, shift, coordinator, now), do_moves(plans, shift, coordinator, now)
    assert [(one.done, one.text) for one in (*first, *second)] == [
        (True, "Post of Instagram Reel: now Mon, 7 Dec 2026"),
        (False, "It has moved on since. Look at its page."),
    ]
    assert days(reel) == (D(2026, 11, 30), D(2026, 12, 7))
