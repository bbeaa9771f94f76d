"""Whatever comes due, waits, is paused or moves, in any order: nobody hears more than the caps allow, and it is one plan."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from crm.outbox.models import Contact, Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder, Rule
from crm.reminders.plan import plan
from tests.crm.reminders.conftest import FRIDAY, Source

MONDAY = dt.datetime(2026, 11, 23, 0, 0, tzinfo=dt.UTC)
JAKARTA = dt.timedelta(hours=7)
THINGS = 6

events = st.one_of(
    st.tuples(st.just("moves"), st.integers(1, THINGS), st.integers(-4, 12)),
    st.tuples(st.just("settled"), st.integers(1, THINGS)),
    st.tuples(st.just("paused"), st.integers(1, THINGS)),
    st.tuples(st.just("goes on"), st.integers(1, THINGS)),
    st.tuples(st.just("hours pass"), st.integers(1, 30)),
    st.just(("another tick",)),
    st.just(("mail is stuck",)),
)


class Story:
    """Things of three brands for one person, and a clock."""

    def __init__(self, source: Source, contact: Contact) -> None:
        self.source, self.now, self.is_stuck = source, MONDAY, False
        source.things.clear()
        for pk in range(1, THINGS + 1):
            day = FRIDAY + dt.timedelta(days=pk // 2)
            source.add(pk, day, contact_ids=(contact.pk,), influencer_id=7, brand_id=pk % 3)

    def play(self, event: tuple[Any, ...]) -> None:
        what, *words = event
        changes: dict[str, dict[str, Any]] = {
            "settled": {"stopped_why": "It is here", "on_hold": False},
            "paused": {"stopped_why": "It is paused", "on_hold": True},
            "goes on": {"stopped_why": "", "on_hold": False, "went_on_at": self.now},
        }
        if what == "moves":
            self.source.change(words[0], due_on=FRIDAY + dt.timedelta(days=words[1]))
        elif what in changes:
            self.source.change(words[0], **changes[what])
        elif what == "hours pass":
            self.now += dt.timedelta(hours=words[0])
        self.is_stuck = what == "mail is stuck"

    def tick(self) -> None:
        plan(self.now)
        mail_due(self.now)
        if not self.is_stuck and 1 <= self.now.hour < 14:  # out of quiet hours in Jakarta
            Email.objects.filter(state="queued").update(state="sent", sent_at=self.now)


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(happened=st.lists(events, max_size=20))
@example(happened=[("moves", 1, -4), ("hours pass", 2)])
def test_nobody_hears_more_than_the_caps_allow(
    happened: list[tuple[Any, ...]], source: Source, rule: Callable[..., Rule], kirana: Contact
) -> None:
    Reminder.objects.all().delete()
    Email.objects.all().delete()
    if not Rule.objects.exists():
        rule((-3, "draft_due"), (-2, "draft_due"), (-1, "draft_due"), (1, "draft_late"), (2, "draft_late"))
    story = Story(source, kirana)
    for event in happened:
        story.play(event)
        story.tick()
        before = list(Reminder.objects.order_by("id").values())
        assert plan(story.now) == {}
        assert list(Reminder.objects.order_by("id").values()) == before
    days = Counter((at + JAKARTA).date() for at in Email.objects.sent().values_list("sent_at", flat=True) if at)
    assert max(days.values(), default=0) <= 1
    assert all(sum(days[day - dt.timedelta(days=back)] for back in range(7)) <= 5 for day in days)
    things = Counter(
        (subject, key.partition("/")[0]) for subject, key in Reminder.objects.mailed().values_list("subject", "due_key")
    )
    assert max(things.values(), default=0) <= 3
