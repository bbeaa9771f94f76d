"""A rule shows what it would send on the data there is before it is switched on; the past is not made up for."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from crm.outbox.models import Contact
from crm.outbox.reasons import in_words
from crm.reminders.models import Reminder, Rule, RuleStep
from crm.reminders.plan import plan
from crm.reminders.preview import preview
from crm.team.models import Role, User
from crm.timeline.record import Actor
from tests.crm.reminders.conftest import FRIDAY, Source
from tests.factories import UserFactory

LayRule = Callable[..., Rule]
TUESDAY = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)  # 10.00 in Jakarta
DAY = dt.timedelta(days=1)


@pytest.fixture
def off(source: Source, rule: LayRule, kirana: Contact, dinda: User) -> Rule:
    """A rule that is switched off, over one thing due on Friday and one two weeks later."""
    made = rule(
        (-4, "draft_due"), (-1, "draft_due"), (1, "draft_late"), (2, "escalation", "coordinator"), is_active=False
    )
    for pk, day in ((1, FRIDAY), (2, FRIDAY + 14 * DAY)):
        source.add(pk, day, contact_ids=(kirana.pk,), owner_id=dinda.pk, title=f"Draft {pk}")
    return made


def test_it_counts_and_names_the_messages_of_seven_days(off: Rule, kirana: Contact, dinda: User) -> None:
    found = preview(off, TUESDAY)
    assert (found.count, found.people, found.passed, found.more) == (3, 2, 1, 0)
    assert [(line.at.date(), str(line.message), line.to, line.title) for line in found.lines] == [
        (dt.date(2026, 11, 26), "Draft: before the day", "Kirana Larasati", "Draft 1"),
        (dt.date(2026, 11, 30), "Draft: after the day", "Kirana Larasati", "Draft 1"),
        (dt.date(2026, 11, 30), "To a colleague: still open", dinda.contact.name, "Draft 1"),
    ]
    assert Reminder.objects.count() == 0


def test_switched_on_it_does_what_was_shown_and_says_nothing_of_the_past(off: Rule) -> None:
    off.switch(True, at=TUESDAY, actor=Actor.user(UserFactory()))
    plan(TUESDAY)
    assert Reminder.objects.due(TUESDAY).count() == 0
    assert in_words(Reminder.objects.skipped().get().why) == (
        "The rule was switched on or changed after this would have left."
    )
    shown = Reminder.objects.queued().filter(send_at__lte=TUESDAY + 7 * DAY).count()
    assert (shown, preview(off, TUESDAY).count) == (3, 0)


def test_a_rule_without_steps_would_send_nothing(off: Rule) -> None:
    off.steps.all().delete()
    assert preview(off, TUESDAY).count == 0


@pytest.mark.parametrize("size", [1, 3])
def test_more_that_is_due_takes_the_same_queries(
    size: int, off: Rule, source: Source, kirana: Contact, django_assert_num_queries: Any
) -> None:
    for pk in range(10, 10 + size):
        source.add(pk, contact_ids=(kirana.pk,))
    with django_assert_num_queries(14):
        preview(off, TUESDAY)


class TestPages:
    def test_every_colleague_reads_the_rules_and_the_caps(self, as_viewer: Client, off: Rule) -> None:
        page = as_viewer.get("/outbox/rules/").content.decode()
        assert ("Switched off" in page, "at most 3" in page) == (True, True)
        page = as_viewer.get(f"/outbox/rules/{off.pk}/").content.decode()
        assert ("What it would send within seven days" in page, ">Switch on<" in page) == (True, False)

    def test_a_manager_switches_it(self, off: Rule) -> None:
        client = Client()
        client.force_login(UserFactory(role=Role.MANAGER))
        assert ">Switch on<" in client.get(f"/outbox/rules/{off.pk}/").content.decode()
        assert client.post(f"/outbox/rules/{off.pk}/switch/", {"on": "1"}).status_code == 302
        assert Rule.objects.get(pk=off.pk).is_active is True
        again = client.post(f"/outbox/rules/{off.pk}/switch/", {"on": "1"}, follow=True).content.decode()
        assert "somebody was faster" in again

    def test_the_administration_shows_it_too(self, as_owner: Client, owner: User) -> None:
        page = as_owner.get(f"/admin/crm/rule/{Rule.objects.get(code='DRAFT').pk}/change/").content.decode()
        assert "On the data there is: 0 messages not planned yet within seven days, to 0 contacts." in page


@pytest.mark.parametrize(
    ("offset", "unit", "said"),
    [
        (-3, "days", "3 days before"),
        (-1, "days", "1 day before"),
        (0, "days", "on the day"),
        (1, "days", "1 day after"),
        (-2, "hours", "2 hours before"),
        (0, "hours", "at the due moment"),
        (1, "hours", "1 hour after"),
    ],
)
def test_a_step_says_its_moment_as_one_would(offset: int, unit: str, said: str) -> None:
    assert RuleStep(offset=offset, unit=unit).moment == said
