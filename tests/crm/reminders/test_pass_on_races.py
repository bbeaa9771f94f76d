"""The clock mails a reminder in the very moment a colleague passes it on: she reads it once."""

import datetime as dt
from typing import Any

import pytest

from crm.outbox.models import Contact, Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder
from crm.reminders.pass_on import pass_on
from crm.reminders.plan import dues_about, plan
from crm.team.models import User
from tests.crm.reminders.conftest import Source
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

NOW = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)
ROUNDS = 8


def planned(source: Source, kirana: Contact, number: int) -> Reminder:
    source.add(number, contact_ids=(kirana.pk,), influencer_id=number)
    plan(NOW - dt.timedelta(days=1))
    row: Reminder = Reminder.objects.select_related("contact", "rule").get(subject=f"test.thing:{number}")
    return row


def both_at_once(row: Reminder, dinda: User, clock: Any) -> list[str]:
    """The colleague and the clock start together; what the slower one was told."""
    due = dues_about([row], NOW)[row.kind, row.subject]
    return together(lambda: pass_on(row, due, by=dinda, at=NOW), clock)


def test_the_clock_and_a_colleague_say_it_once(source: Source, rule: Any, kirana: Contact, dinda: User) -> None:
    rule((-3, "draft_due"))
    for number in range(1, ROUNDS + 1):
        row = planned(source, kirana, number)
        assert both_at_once(row, dinda, lambda: mail_due(NOW)) in ([], ["NoLongerNeeded"])
        said = Email.objects.filter(influencer_ref=number).exclude(state="skipped")
        assert said.count() == 1
        row.refresh_from_db()
        assert (row.state, row.email) == ("mailed", said.get())


def test_control_a_clock_that_does_not_look_whose_it_is_says_it_as_well(
    source: Source, rule: Any, kirana: Contact, dinda: User
) -> None:
    rule((-3, "draft_due"))
    row = planned(source, kirana, 1)

    def careless() -> None:
        Email.objects.create(
            name="draft_due", key=f"reminder/{row.pk}", contact=kirana, from_name="Dinda", send_at=NOW, influencer_ref=1
        )

    assert both_at_once(row, dinda, careless) == []
    assert Email.objects.filter(influencer_ref=1).exclude(state="skipped").count() == 2
