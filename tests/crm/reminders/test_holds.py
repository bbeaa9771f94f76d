"""An answer that came another way makes the reminders of its thing wait; afterwards they go on while they are true."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import pytest

from crm.outbox.models import Contact, Email
from crm.outbox.reasons import in_words
from crm.reminders import holds
from crm.reminders.emails import no_longer_true
from crm.reminders.holds import Hold, person_subject
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder, Rule
from crm.reminders.plan import plan
from crm.reminders.why import stories_about
from crm.team.models import User
from tests.crm.reminders.conftest import Source

LayRule = Callable[..., Rule]
TUESDAY = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)  # 10.00 in Jakarta
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
WHY = "Kirana answered."


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, dt.datetime]]:
    """Until when which subject waits: what a feature that hears answers would say."""
    until: dict[str, dt.datetime] = {}
    monkeypatch.setattr(holds.held, "_placed", {})

    @holds.held("test")
    def say(subjects: Collection[str], now: dt.datetime) -> Mapping[str, Hold]:
        return {key: Hold(until[key], WHY) for key in subjects if key in until and until[key] > now}

    yield until


@pytest.fixture
def planned(source: Source, rule: LayRule, kirana: Contact, dinda: User) -> Source:
    rule((-3, "draft_due"), (1, "draft_late"))
    source.add(1, contact_ids=(kirana.pk,), owner_id=dinda.pk, influencer_id=7)
    return source


def standing() -> list[tuple[str, dt.datetime]]:
    return list(Reminder.objects.standing().order_by("pk").values_list("state", "send_at"))


@pytest.mark.parametrize("subject", ["test.thing:1", person_subject(7)])
def test_a_reminder_under_a_hold_waits_for_its_end_and_then_leaves(
    planned: Source, held: dict[str, dt.datetime], subject: str
) -> None:
    held[subject] = TUESDAY + DAY
    plan(TUESDAY)
    assert standing()[0] == ("queued", TUESDAY + DAY)
    assert mail_due(TUESDAY + 23 * HOUR) == {}
    plan(TUESDAY + DAY + HOUR)
    assert mail_due(TUESDAY + DAY + HOUR) == {"mailed": 1}


def test_a_hold_on_something_else_holds_nothing(planned: Source, held: dict[str, dt.datetime]) -> None:
    held["test.thing:2"] = held[person_subject(8)] = TUESDAY + DAY
    plan(TUESDAY)
    assert mail_due(TUESDAY) == {"mailed": 1}


def test_a_hold_that_ends_early_lets_the_reminder_go_at_once(planned: Source, held: dict[str, dt.datetime]) -> None:
    held["test.thing:1"] = TUESDAY + DAY
    plan(TUESDAY)
    held.clear()
    plan(TUESDAY + HOUR)
    assert mail_due(TUESDAY + HOUR) == {"mailed": 1}


def test_planning_again_under_a_hold_changes_nothing(planned: Source, held: dict[str, dt.datetime]) -> None:
    held["test.thing:1"] = TUESDAY + DAY
    plan(TUESDAY)
    before = standing()
    assert plan(TUESDAY + HOUR) == {}
    assert standing() == before


def test_a_reminder_that_was_queued_before_the_answer_came_is_not_written(
    planned: Source, held: dict[str, dt.datetime]
) -> None:
    plan(TUESDAY)
    held["test.thing:1"] = TUESDAY + DAY
    assert mail_due(TUESDAY) == {}
    assert Email.objects.count() == 0


def test_a_message_in_the_outbox_does_not_leave_and_its_reminder_is_planned_anew(
    planned: Source, held: dict[str, dt.datetime]
) -> None:
    plan(TUESDAY)
    mail_due(TUESDAY)
    email = Email.objects.get()
    held["test.thing:1"] = TUESDAY + DAY
    assert no_longer_true([email], TUESDAY) == {email.pk: WHY}
    assert no_longer_true([email], TUESDAY + DAY) == {}


def test_what_is_settled_while_it_waits_never_leaves(planned: Source, held: dict[str, dt.datetime]) -> None:
    held["test.thing:1"] = TUESDAY + DAY
    plan(TUESDAY)
    planned.change(1, stopped_why="The draft is here")
    plan(TUESDAY + HOUR)
    assert list(Reminder.objects.standing()) == []
    assert mail_due(TUESDAY + 2 * DAY) == {}


def test_the_story_of_the_thing_says_why_it_waits(planned: Source, held: dict[str, dt.datetime], owner: User) -> None:
    held["test.thing:1"] = TUESDAY + DAY
    plan(TUESDAY)
    [story] = stories_about("test.thing:1", owner, TUESDAY)
    said: list[Any] = [verdict.said for verdict in story.verdicts if verdict.said == in_words(WHY)]
    assert said == [WHY]
