"""Two colleagues send the same message at the same moment, a worker comes twice: everybody gets it once."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.http import QueryDict

from crm.influencers.models import Influencer
from crm.messages import actions
from crm.messages.models import Message, MessageLine
from crm.messages.sending import send_batch
from crm.outbox.models import Email
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.conftest import NOW
from tests.crm.messages.conftest import WORDS
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

Write = Callable[..., Message]
ROUNDS = 4


def test_two_who_press_send_send_once(written: Write, three: list[Influencer], coordinator: User, owner: User) -> None:
    for number in range(1, ROUNDS + 1):
        message = written(three)

        def press(by: User, pk: int = message.pk) -> None:
            found = Message.objects.get(pk=pk)
            found.confirm(at=NOW, actor=Actor.user(by))
            actions.carry_on(pk, now=NOW)

        raised = together(lambda: press(coordinator), lambda: press(owner))
        actions.carry_on(message.pk, now=NOW)
        assert raised == ["TransitionRefused"]
        assert (Email.objects.count(), Entry.objects.filter(verb="message.written").count()) == (3 * number, 3 * number)


def test_two_workers_take_turns(written: Write, three: list[Influencer], coordinator: User, monkeypatch: Any) -> None:
    monkeypatch.setattr(actions, "SIZE", 1)
    message = written(three)
    message.confirm(at=NOW, actor=Actor.user(coordinator))
    raised = together(*[lambda: actions.carry_on(message.pk, now=NOW)] * 3)
    message.refresh_from_db()
    assert (raised, message.status, Email.objects.count()) == ([], "done", 3)
    assert Entry.objects.filter(verb="message.written").count() == 3


def test_without_the_lock_on_the_message_the_story_says_it_twice(
    written: Write, three: list[Influencer], coordinator: User
) -> None:
    """The control: two workers at one batch write each mail once, because of its key, and tell of it twice."""
    message = written(three)
    message.confirm(at=NOW, actor=Actor.user(coordinator))

    def without_lock() -> None:
        mine = Message.objects.select_related("started_by").get(pk=message.pk)
        lines = list(mine.lines.within(0, 100).select_related("contact"))
        start.wait()
        send_batch(mine, lines, now=NOW, actor=Actor.user(coordinator))

    start = threading.Barrier(2)
    raised = together(without_lock, without_lock)
    assert (raised, Email.objects.count()) == ([], 3)
    assert Entry.objects.filter(verb="message.written").count() == 6


def test_the_same_form_kept_twice_at_once_is_one_message(three: list[Influencer], coordinator: User) -> None:
    asked = QueryDict(f"ids={three[0].pk}")
    for number in range(1, ROUNDS + 1):

        def keep(key: str = f"same {number}") -> None:
            message = Message(audience="people", key=key, asked=asked.urlencode(), **WORDS)
            actions.write(message, asked, user=coordinator, now=NOW)

        assert together(keep, keep) == []
        assert (Message.objects.count(), MessageLine.objects.count()) == (number, number)


def test_calling_off_while_it_is_sent_leaves_no_mail_waiting(
    written: Write, three: list[Influencer], coordinator: User, monkeypatch: Any
) -> None:
    monkeypatch.setattr(actions, "SIZE", 1)
    for _round in range(ROUNDS):
        message = written(three)
        message.confirm(at=NOW, actor=Actor.user(coordinator))
        together(
            lambda pk=message.pk: actions.carry_on(pk, now=NOW),  # type: ignore[misc]
            lambda one=message: actions.call_off(one, now=NOW, actor=Actor.user(coordinator)),  # type: ignore[misc]
        )
        message.refresh_from_db()
        assert message.status == "called_off"
        assert Email.objects.waiting().filter(thread=f"message/{message.pk}").count() == 0
        assert set(message.lines.values_list("outcome", flat=True)) == {"called_off"}
