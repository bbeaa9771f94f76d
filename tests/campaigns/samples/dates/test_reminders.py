"""Reminders about work that waits for a parcel: taken back at once, planned anew for the new days."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from campaigns.samples.dates import hold, lift
from campaigns.samples.models import SampleRequest
from crm.outbox.reasons import in_words
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.timeline.record import Actor
from tests.campaigns.samples.dates.conftest import day

pytestmark = pytest.mark.django_db
BEFORE = dt.datetime(2026, 11, 23, 3, 0, tzinfo=dt.UTC)  # four days before the draft is due
AFTER = dt.datetime(2026, 11, 27, 3, 0, tzinfo=dt.UTC)  # the parcel comes three days late


@pytest.fixture
def known(reel: Deliverable) -> Deliverable:
    """Everything was entered long before the first reminder."""
    entered_at = BEFORE - dt.timedelta(days=9)
    Deliverable.objects.update(created_at=entered_at)
    Collaboration.objects.update(created_at=entered_at)
    Campaign.objects.update(live_at=entered_at)
    return Deliverable.objects.with_card().get(pk=reel.pk)


def drafts(**state: Any) -> list[str]:
    rows = Reminder.objects.filter(kind="deliverable.draft", **state).order_by("send_at", "pk")
    return [row.due_key.removesuffix("d/influencer") for row in rows]


def test_what_was_planned_is_taken_back_and_planned_for_the_new_days(
    known: Deliverable, ask: Callable[..., SampleRequest], actor: Actor
) -> None:
    """Rule 4.5.14: the countdown of what is to be made follows the parcel."""
    request = ask()
    with time_machine.travel(BEFORE, tick=False):
        plan(BEFORE)
        planned = drafts(state="queued")
        assert planned[0] == "2026-11-27/-3"
        hold(request, [known], days_after=None, at=BEFORE, actor=actor)
        assert drafts(state="queued") == []
        whys = Reminder.objects.filter(kind="deliverable.draft").values_list("why", flat=True)
        assert {in_words(why) for why in whys} == {"On hold: Waits for the parcel"}
        plan(BEFORE)
        assert drafts(state="queued") == []
    with time_machine.travel(AFTER, tick=False):
        lift(request, arrived_on=day(27, 11), at=AFTER, actor=actor)
        plan(AFTER)
        assert {key.partition("/")[0] for key in drafts(state="queued")} == {"2026-11-30"}


def test_why_it_was_not_sent_says_the_parcel(
    known: Deliverable, ask: Callable[..., SampleRequest], actor: Actor, as_coordinator: Client
) -> None:
    with time_machine.travel(BEFORE, tick=False):
        plan(BEFORE)
        hold(ask(), [known], days_after=None, at=BEFORE, actor=actor)
        page = as_coordinator.get(f"/outbox/why/?about=campaigns.deliverable:{known.pk}").content.decode()
    assert "On hold: Waits for the parcel" in page


def test_what_passed_while_it_waited_is_not_made_up_for(
    known: Deliverable, ask: Callable[..., SampleRequest], actor: Actor
) -> None:
    request = ask()
    with time_machine.travel(BEFORE, tick=False):
        hold(request, [known], days_after=None, at=BEFORE, actor=actor)
    at = dt.datetime(2026, 11, 26, 8, 0, tzinfo=dt.UTC)
    with time_machine.travel(at, tick=False):
        lift(request, arrived_on=day(24, 11), at=at, actor=actor)
        plan(at)
        assert drafts(state="queued", recipient="influencer") == ["2026-11-27/+0", "2026-11-27/+1"]
