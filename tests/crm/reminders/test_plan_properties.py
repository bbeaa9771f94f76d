"""Whatever happens to deadlines, in any order: what waits is what follows, and planning again changes nothing."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crm.outbox.models import Contact, Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder, Rule
from crm.reminders.plan import active_steps, due_now, house_hours, people_of, plan
from crm.reminders.planner import wanted_reminders
from tests.crm.reminders.conftest import FRIDAY, Source
from tests.factories import ContactFactory

MONDAY = dt.datetime(2026, 11, 23, 0, 0, tzinfo=dt.UTC)

events = st.one_of(
    st.tuples(st.just("moves"), st.integers(1, 3), st.integers(-4, 8)),
    st.tuples(st.just("settled"), st.integers(1, 3)),
    st.tuples(st.just("paused"), st.integers(1, 3)),
    st.tuples(st.just("goes on"), st.integers(1, 3)),
    st.tuples(st.just("entered anew"), st.integers(1, 3)),
    st.tuples(st.just("changes hands"), st.integers(1, 3), st.booleans()),
    st.tuples(st.just("dropped"), st.integers(1, 3)),
    st.tuples(st.just("time passes"), st.integers(1, 24)),
    st.tuples(st.just("time passes"), st.integers(24, 72)),
    st.just(("mails",)),
    st.just(("plans",)),
)


class Story:
    """One run of events over three things, with a clock."""

    def __init__(self, source: Source, contacts: tuple[Contact, Contact]) -> None:
        self.source, self.contacts, self.now = source, contacts, MONDAY
        source.things.clear()
        for pk in (1, 2, 3):
            source.add(pk, FRIDAY, contact_ids=(contacts[0].pk,))

    def play(self, event: tuple[Any, ...]) -> None:
        what, *words = event
        if what == "time passes":
            self.now += dt.timedelta(hours=words[0])
        elif what == "mails":
            plan(self.now)
            mail_due(self.now)
        elif what == "plans":
            plan(self.now)
        elif words[0] in self.source.things:
            self._change(what, *words)

    def _change(self, what: str, pk: int, *words: Any) -> None:
        changes: dict[str, dict[str, Any]] = {
            "settled": {"stopped_why": "It is here", "on_hold": False},
            "paused": {"stopped_why": "It is paused", "on_hold": True},
            "goes on": {"stopped_why": "", "on_hold": False},
            "entered anew": {"born_at": self.now},
        }
        if what == "dropped":
            del self.source.things[pk]
        elif what == "moves":
            self.source.change(pk, due_on=FRIDAY + dt.timedelta(days=words[0]))
        elif what == "changes hands":
            self.source.change(pk, contact_ids=(self.contacts[words[0]].pk,))
        else:
            self.source.change(pk, **changes[what])


def derived(now: dt.datetime) -> set[tuple[int, str, str]]:
    """What should wait now, were nothing ever sent."""
    steps = active_steps(now)
    found = due_now(steps, now)
    wanted = wanted_reminders(found, steps, people_of(found), house_hours(), now)
    return {(one.contact_id, one.due.subject, one.key[3]) for one in wanted if not one.why}


def standing(*states: str) -> set[tuple[int, str, str]]:
    rows = Reminder.objects.filter(state__in=states)
    return set(rows.values_list("contact_id", "subject", "due_key"))


@pytest.fixture
def contacts(organisation: object) -> tuple[Contact, Contact]:
    return ContactFactory(name="Kirana Larasati"), ContactFactory(name="Agen Sari", kind="agent")


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(happened=st.lists(events, max_size=14))
@example(happened=[("time passes", 29), ("mails",), ("time passes", 65), ("mails",)])
def test_what_waits_is_what_follows_and_nothing_leaves_twice(
    happened: list[tuple[Any, ...]], source: Source, rule: Callable[..., Rule], contacts: tuple[Contact, Contact]
) -> None:
    Reminder.objects.all().delete()
    Email.objects.all().delete()
    if not Rule.objects.exists():
        rule((-3, "draft_due"), (-1, "draft_due"), (1, "draft_late"), (2, "draft_late"))
    story = Story(source, contacts)
    for event in happened:
        story.play(event)
        plan(story.now)
        follows = derived(story.now)
        assert standing("queued") == follows - standing("mailed", "skipped")
        before = list(Reminder.objects.order_by("id").values())
        assert plan(story.now) == {}
        assert list(Reminder.objects.order_by("id").values()) == before
    mailed = Reminder.objects.mailed().values_list("contact_id", "subject", "due_key")
    called_back = Email.objects.skipped().count()  # written, not gone, and replaced by a newer one
    assert len(mailed) == len(set(mailed)) == Email.objects.count() - called_back


def test_the_source_answers_like_a_feature(source: Source) -> None:
    """The made-up source keeps the promise of `Asked`: settled things only when asked for by name."""
    from crm.reminders.registry import Asked

    source.add(1, stopped_why="It is here")
    source.add(2)
    asked: Iterator[Any] = source(Asked(now=MONDAY))
    assert [due.subject for due in asked] == ["test.thing:2"]
    assert [due.stopped_why for due in source(Asked(now=MONDAY, subjects=[1]))] == ["It is here"]
    assert dataclasses.is_dataclass(source)
