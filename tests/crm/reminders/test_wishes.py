"""What she wishes about reminders: gathered on her day, without what she never promised; what was agreed stays."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail

from crm.base.models import Holiday
from crm.outbox.delivery import send_due
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import in_words
from crm.preferences.actions import wish
from crm.preferences.models import ReminderWish
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder, Rule
from crm.reminders.plan import plan
from crm.reminders.why import stories_about
from crm.team.models import User
from crm.timeline.record import SYSTEM
from tests.crm.reminders.conftest import FRIDAY, Source

LayRule = Callable[..., Rule]
WEDNESDAY = dt.datetime(2026, 11, 18, 0, 0, tzinfo=dt.UTC)  # 07.00 in Jakarta, nine days before FRIDAY
NINE = dt.timedelta(hours=2)  # from 07.00 to 09.00
DAY = dt.timedelta(days=1)
MONDAY, TUESDAY = 0, 1


def wishes(contact: Contact, at: dt.datetime = WEDNESDAY, **changes: Any) -> None:
    said = {"pace": "each", "weekday": MONDAY, "only_binding": False, **changes}
    wish(contact, **said, at=at, actor=SYSTEM)
    ReminderWish.objects.filter(contact=contact).update(updated_at=at)


def planned() -> list[tuple[str, dt.datetime]]:
    return list(Reminder.objects.queued().order_by("send_at", "pk").values_list("due_key", "send_at"))


class TestOnceAWeek:
    def test_reminders_leave_on_her_day_while_that_is_early_enough(
        self, source: Source, rule: LayRule, kirana: Contact
    ) -> None:
        wishes(kirana, pace="weekly")
        rule((-7, "draft_due"), (-1, "draft_due"), (1, "draft_late"))
        source.add(1, contact_ids=(kirana.pk,))
        plan(WEDNESDAY)
        assert planned() == [
            ("2026-11-27/-7d/influencer", WEDNESDAY + 5 * DAY + NINE),  # Monday 23: after Friday 20
            ("2026-11-27/-1d/influencer", WEDNESDAY + 5 * DAY + NINE),  # Monday 23: Monday 30 is too late
            ("2026-11-27/+1d/influencer", WEDNESDAY + 12 * DAY + NINE),  # Monday 30
        ]

    def test_of_those_that_meet_on_one_day_one_leaves(self, source: Source, rule: LayRule, kirana: Contact) -> None:
        wishes(kirana, pace="weekly")
        rule((-7, "draft_due"), (-1, "draft_due"))
        source.add(1, contact_ids=(kirana.pk,))
        monday = WEDNESDAY + 5 * DAY + NINE
        plan(monday)
        mail_due(monday)
        assert list(Reminder.objects.order_by("pk").values_list("due_key", "state")) == [
            ("2026-11-27/-7d/influencer", "skipped"),
            ("2026-11-27/-1d/influencer", "mailed"),
        ]

    def test_a_wish_made_later_never_brings_a_reminder_forward_into_the_past(
        self, source: Source, rule: LayRule, kirana: Contact
    ) -> None:
        rule((-1, "draft_due"))
        source.add(1, contact_ids=(kirana.pk,))
        wishes(kirana, at=WEDNESDAY + 7 * DAY, pace="weekly")  # Wednesday 25: her Monday has passed
        plan(WEDNESDAY + 7 * DAY)
        assert planned() == [("2026-11-27/-1d/influencer", WEDNESDAY + 8 * DAY + NINE)]

    def test_what_was_entered_after_her_day_keeps_its_own(self, source: Source, rule: LayRule, kirana: Contact) -> None:
        wishes(kirana, pace="weekly")
        rule((-1, "draft_due"))
        source.add(1, contact_ids=(kirana.pk,), born_at=WEDNESDAY + 6 * DAY)
        plan(WEDNESDAY + 6 * DAY)
        assert planned() == [("2026-11-27/-1d/influencer", WEDNESDAY + 8 * DAY + NINE)]

    def test_her_day_moves_on_when_it_is_a_holiday(self, source: Source, rule: LayRule, kirana: Contact) -> None:
        Holiday.objects.create(country="ID", on=dt.date(2026, 11, 23), name_en="A day", name_id="Hari")
        wishes(kirana, pace="weekly")
        rule((-7, "draft_due"))
        source.add(1, contact_ids=(kirana.pk,))
        plan(WEDNESDAY)
        assert planned() == [("2026-11-27/-7d/influencer", WEDNESDAY + 6 * DAY + NINE)]

    @pytest.mark.parametrize("change", [{"is_urgent": True}, {}])
    def test_what_belongs_to_its_day_or_is_urgent_keeps_it(
        self, change: dict[str, bool], source: Source, rule: LayRule, kirana: Contact
    ) -> None:
        wishes(kirana, pace="weekly", weekday=TUESDAY)
        laid = rule((0, "post_today"))
        laid.steps.update(moves_for_days_off=bool(change))
        Rule.objects.filter(pk=laid.pk).update(**{"is_urgent": False, **change})
        source.add(1, contact_ids=(kirana.pk,))
        plan(WEDNESDAY)
        assert planned() == [("2026-11-27/+0d/influencer", WEDNESDAY + 9 * DAY + NINE)]

    def test_colleagues_hear_of_it_as_ever(self, source: Source, rule: LayRule, kirana: Contact, dinda: User) -> None:
        wishes(kirana, pace="weekly")
        rule((2, "escalation", "coordinator"))
        source.add(1, contact_ids=(kirana.pk,), owner_id=dinda.pk)
        plan(WEDNESDAY)
        assert planned() == [("2026-11-27/+2d/coordinator", WEDNESDAY + 12 * DAY + NINE)]  # Sunday moves to Monday


class TestWhatShePromised:
    @pytest.fixture
    def courtesy(self, rule: LayRule) -> Rule:
        laid = rule((-3, "link_missing"), (2, "escalation", "coordinator"))
        Rule.objects.filter(pk=laid.pk).update(is_binding=False)
        return laid

    def test_what_was_agreed_cannot_be_switched_off(self, source: Source, rule: LayRule, kirana: Contact) -> None:
        wishes(kirana, only_binding=True)
        rule((-3, "draft_due"))
        source.add(1, contact_ids=(kirana.pk,))
        plan(WEDNESDAY)
        assert [key for key, _at in planned()] == ["2026-11-27/-3d/influencer"]

    def test_what_she_never_promised_is_not_planned_and_colleagues_still_hear_of_it(
        self, source: Source, courtesy: Rule, kirana: Contact, dinda: User
    ) -> None:
        wishes(kirana, only_binding=True)
        source.add(1, contact_ids=(kirana.pk,), owner_id=dinda.pk)
        plan(WEDNESDAY)
        assert [key for key, _at in planned()] == ["2026-11-27/+2d/coordinator"]
        said = {verdict.said for story in stories_about("test.thing:1", dinda, WEDNESDAY) for verdict in story.verdicts}
        assert "Not planned: she switched these reminders off on her page." in said

    def test_switched_off_while_it_was_planned_it_is_taken_back_and_comes_back_when_she_wants_it(
        self, source: Source, courtesy: Rule, kirana: Contact
    ) -> None:
        source.add(1, contact_ids=(kirana.pk,))
        plan(WEDNESDAY)
        wishes(kirana, only_binding=True)
        assert plan(WEDNESDAY + DAY) == {"taken back": 1}
        assert in_words(Reminder.objects.get().why) == "She switched these reminders off on her page."
        wishes(kirana, only_binding=False)
        assert plan(WEDNESDAY + 2 * DAY) == {"added": 1}

    def test_switched_off_while_its_mail_waited_it_does_not_leave(
        self, source: Source, courtesy: Rule, kirana: Contact
    ) -> None:
        source.add(1, contact_ids=(kirana.pk,), due_on=FRIDAY)
        now = WEDNESDAY + 6 * DAY + NINE
        plan(now)
        mail_due(now)
        wishes(kirana, at=now, only_binding=True)
        assert send_due(lambda: now) == {"skipped": 1}
        assert (in_words(Email.objects.get().why), mail.outbox) == (
            "She switched these reminders off on her page.",
            [],
        )


def test_a_mail_that_waits_gives_way_when_she_chooses_whatsapp(source: Source, rule: LayRule, kirana: Contact) -> None:
    rule((-1, "draft_due"))
    source.add(1, contact_ids=(kirana.pk,))
    now = WEDNESDAY + 8 * DAY + NINE
    plan(now)
    mail_due(now)
    Contact.objects.filter(pk=kirana.pk).update(prefers="whatsapp", whatsapp="+6281234567890")
    assert send_due(lambda: now) == {"skipped": 1}
    said = "She wants to be reached another way now: a colleague passes it on."
    assert (in_words(Email.objects.get().why), mail.outbox) == (said, [])
    plan(now)
    assert mail_due(now) == {"to pass on": 1}
