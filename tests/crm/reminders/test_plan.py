"""The table of reminders follows what is due, and nothing that left is ever touched."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from crm.base.models import Organisation
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import in_words
from crm.reminders import registry
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder, Rule, Todo
from crm.reminders.plan import plan
from crm.reminders.todos import settle_todo
from crm.team.models import Role, User
from tests.crm.reminders.conftest import FRIDAY, Source
from tests.factories import ContactFactory, UserFactory

LayRule = Callable[..., Rule]
DAY = dt.timedelta(days=1)
MONDAY = dt.datetime(2026, 11, 23, 0, 0, tzinfo=dt.UTC)  # 07.00 in Jakarta


def rows(*fields: str) -> list[Any]:
    """Every reminder, by its step."""
    return list(Reminder.objects.order_by("send_at", "id").values_list("due_key", *fields))


def waiting() -> list[str]:
    return list(Reminder.objects.queued().order_by("send_at", "id").values_list("due_key", flat=True))


class TestPlanning:
    def test_every_step_of_the_rule_becomes_a_row_for_each_recipient(
        self, source: Source, rule: LayRule, kirana: Contact, dinda: User
    ) -> None:
        agent = ContactFactory(kind="agent")
        manager = UserFactory(role=Role.MANAGER)
        rule((-3, "draft_due"), (2, "escalation", "coordinator"), (5, "escalation", "manager"))
        source.add(1, contact_ids=(kirana.pk, agent.pk), owner_id=dinda.pk, influencer_id=7, brand_id=8)
        assert plan(MONDAY) == {"added": 4}
        assert [(key, contact, ref, brand, owner) for key, contact, ref, brand, owner in rows(
            "contact", "influencer_ref", "brand_ref", "owner_ref"
        )] == [
            ("2026-11-27/-3d/influencer", kirana.pk, 7, 8, dinda.pk),
            ("2026-11-27/-3d/influencer", agent.pk, 7, 8, dinda.pk),
            ("2026-11-27/+2d/coordinator", dinda.contact_id, 7, 8, dinda.pk),
            ("2026-11-27/+5d/manager", manager.contact_id, 7, 8, dinda.pk),
        ]  # fmt: skip

    def test_planning_again_changes_nothing(self, source: Source, rule: LayRule, kirana: Contact) -> None:
        rule((-3, "draft_due"), (-1, "draft_due"), (1, "draft_late"))
        source.add(1, contact_ids=(kirana.pk,))
        plan(MONDAY)
        before = rows("state", "updated_at")
        assert plan(MONDAY) == {}
        assert rows("state", "updated_at") == before

    def test_a_deadline_entered_late_never_mails_what_would_have_left_before(
        self, source: Source, rule: LayRule, kirana: Contact
    ) -> None:
        rule((-3, "draft_due"), (-1, "draft_due"), (1, "draft_late"))
        source.add(1, contact_ids=(kirana.pk,), born_at=MONDAY + 2 * DAY)
        plan(MONDAY + 2 * DAY)
        assert rows() == [("2026-11-27/-1d/influencer",), ("2026-11-27/+1d/influencer",)]

    def test_a_rule_that_is_off_or_not_valid_today_plans_nothing(
        self, source: Source, rule: LayRule, kirana: Contact
    ) -> None:
        rule((-3, "draft_due"), code="OFF", is_active=False)
        rule((-3, "draft_due"), code="OVER", valid_to=MONDAY.date() - DAY)
        source.add(1, contact_ids=(kirana.pk,))
        assert plan(MONDAY) == {}

    def test_what_is_due_far_ahead_waits_to_be_planned(self, source: Source, rule: LayRule, kirana: Contact) -> None:
        rule((-3, "draft_due"))
        source.add(1, FRIDAY + 60 * DAY, contact_ids=(kirana.pk,))
        assert plan(MONDAY) == {}
        assert plan(MONDAY + 55 * DAY) == {"added": 1}

    def test_a_colleague_who_left_is_not_told(self, source: Source, rule: LayRule, dinda: User) -> None:
        rule((2, "escalation", "coordinator"))
        User.objects.filter(pk=dinda.pk).update(is_active=False)
        source.add(1, owner_id=dinda.pk)
        assert plan(MONDAY) == {}


class TestTakingBack:
    @pytest.fixture(autouse=True)
    def _planned(self, source: Source, rule: LayRule, kirana: Contact) -> None:
        rule((-3, "draft_due"), (1, "draft_late"))
        source.add(1, contact_ids=(kirana.pk,))
        plan(MONDAY)

    def test_a_moved_deadline_takes_waiting_rows_back_and_plans_new_ones(self, source: Source) -> None:
        source.change(1, due_on=FRIDAY + 3 * DAY)
        assert plan(MONDAY) == {"added": 2, "taken back": 2}
        assert waiting() == ["2026-11-30/-3d/influencer", "2026-11-30/+1d/influencer"]
        why = Reminder.objects.filter(state="void").values_list("why", flat=True).first()
        assert in_words(why or "") == "The day moved to 30 November 2026."

    def test_settled_takes_back_with_the_reason_the_feature_gives(self, source: Source) -> None:
        source.change(1, stopped_why="The draft is here")
        assert plan(MONDAY) == {"taken back": 2}
        assert rows("state", "why") == [
            ("2026-11-27/-3d/influencer", "void", "The draft is here"),
            ("2026-11-27/+1d/influencer", "void", "The draft is here"),
        ]

    def test_a_dropped_thing_takes_back(self, source: Source) -> None:
        source.things.clear()
        plan(MONDAY)
        assert set(Reminder.objects.values_list("state", "why")) == {("void", "What it was about no longer exists.")}

    def test_a_step_removed_from_the_rule_takes_back(self) -> None:
        Rule.objects.get().steps.get(offset=1).delete()
        assert plan(MONDAY) == {"taken back": 1}
        assert rows("state", "why")[1] == (
            "2026-11-27/+1d/influencer", "void", "The reminder rule no longer asks for it."
        )  # fmt: skip

    def test_another_contact_takes_over(self, source: Source, kirana: Contact) -> None:
        agent = ContactFactory(kind="agent")
        source.change(1, contact_ids=(agent.pk,))
        assert plan(MONDAY) == {"added": 2, "taken back": 2}
        assert set(Reminder.objects.queued().values_list("contact", flat=True)) == {agent.pk}
        assert set(Reminder.objects.filter(contact=kirana).values_list("state", "why")) == {
            ("void", "Somebody else gets these messages now.")
        }

    def test_do_not_contact_takes_everything_back(self, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
        from crm.outbox import checks

        monkeypatch.setattr(checks.barred, "_placed", {})
        checks.barred("test")(lambda ids, now: {1: "This person asked not to be contacted."})
        assert plan(MONDAY) == {"taken back": 2}
        assert set(Reminder.objects.values_list("state", "why")) == {("void", "This person asked not to be contacted.")}

    def test_another_hour_of_the_house_moves_waiting_rows(self) -> None:
        Organisation.objects.update(remind_at=dt.time(10, 30))
        assert plan(MONDAY) == {"moved": 2}
        assert Reminder.objects.order_by("send_at").values_list("send_at", flat=True)[0] == dt.datetime(
            2026, 11, 24, 3, 30, tzinfo=dt.UTC
        )

    def test_her_days_off_move_waiting_rows(self) -> None:
        registry.quiet_days("test")(lambda ids: {1: {dt.date(2026, 11, 24)}})
        assert plan(MONDAY) == {"moved": 1}
        assert Reminder.objects.order_by("send_at").values_list("send_at", flat=True)[0] == dt.datetime(
            2026, 11, 25, 2, 0, tzinfo=dt.UTC
        )


class TestSentOnce:
    """What left is never unsent, and never sent again for the same deadline."""

    @pytest.fixture(autouse=True)
    def _mailed(self, source: Source, rule: LayRule, kirana: Contact) -> None:
        rule((-3, "draft_due"), (1, "draft_late"))
        source.add(1, contact_ids=(kirana.pk,))
        plan(MONDAY)

    TUESDAY = MONDAY + DAY + dt.timedelta(hours=2)

    def sent(self) -> list[str]:
        return list(Reminder.objects.mailed().order_by("id").values_list("due_key", flat=True))

    def run(self, now: dt.datetime) -> None:
        plan(now)
        mail_due(now)

    def test_moved_away_and_back_before_it_left(self, source: Source) -> None:
        source.change(1, due_on=FRIDAY + 7 * DAY)
        self.run(MONDAY)
        source.change(1, due_on=FRIDAY)
        self.run(MONDAY)
        self.run(self.TUESDAY)
        self.run(self.TUESDAY + dt.timedelta(hours=1))
        assert self.sent() == ["2026-11-27/-3d/influencer"]
        assert Email.objects.count() == 1

    def test_moved_away_and_back_after_it_left(self, source: Source) -> None:
        self.run(self.TUESDAY)
        source.change(1, due_on=FRIDAY + 7 * DAY)
        self.run(self.TUESDAY)
        source.change(1, due_on=FRIDAY)
        self.run(self.TUESDAY)
        assert self.sent() == ["2026-11-27/-3d/influencer"]
        assert waiting() == ["2026-11-27/+1d/influencer"]

    def test_paused_and_resumed_before_its_moment(self, source: Source) -> None:
        source.change(1, stopped_why="The campaign is paused", on_hold=True)
        self.run(MONDAY)
        assert waiting() == []
        source.change(1, stopped_why="", on_hold=False)
        self.run(MONDAY + dt.timedelta(hours=1))
        self.run(self.TUESDAY)
        assert self.sent() == ["2026-11-27/-3d/influencer"]

    def test_paused_over_its_moment_there_is_no_burst_afterwards(self, source: Source) -> None:
        source.change(1, stopped_why="The campaign is paused", on_hold=True)
        self.run(MONDAY)
        source.change(1, stopped_why="", on_hold=False)
        self.run(self.TUESDAY + DAY)
        assert self.sent() == []
        assert waiting() == ["2026-11-27/+1d/influencer"]
        assert Reminder.objects.filter(state="skipped").values_list("due_key", "why").get() == (
            "2026-11-27/-3d/influencer", "Its moment passed while it was on hold."
        )  # fmt: skip

    def test_settled_by_mistake_and_taken_back_the_newest_still_leaves(self, source: Source) -> None:
        source.change(1, stopped_why="The draft is here")
        self.run(MONDAY)
        source.change(1, stopped_why="")
        self.run(self.TUESDAY)
        assert self.sent() == ["2026-11-27/-3d/influencer"]


class TestCatchingUp:
    def test_after_an_outage_only_the_newest_that_is_still_true_leaves_whatever_its_age(
        self, source: Source, rule: LayRule, kirana: Contact
    ) -> None:
        rule((-3, "draft_due"), (-1, "draft_due"), (1, "draft_late"), (2, "draft_late"), (9, "draft_late"))
        source.add(1, contact_ids=(kirana.pk,))
        long_after = MONDAY + 12 * DAY
        plan(long_after)
        assert mail_due(long_after) == {"mailed": 1}
        assert rows("state", "why") == [
            ("2026-11-27/-3d/influencer", "skipped", "Its day had passed before it could leave."),
            ("2026-11-27/-1d/influencer", "skipped", "Its day had passed before it could leave."),
            ("2026-11-27/+1d/influencer", "skipped", "A newer reminder about the same thing took its place."),
            ("2026-11-27/+2d/influencer", "mailed", ""),
            ("2026-11-27/+9d/influencer", "queued", ""),
        ]

    def test_each_recipient_has_a_chain_of_her_own(
        self, source: Source, rule: LayRule, kirana: Contact, dinda: User
    ) -> None:
        rule((1, "draft_late"), (2, "escalation", "coordinator"))
        source.add(1, contact_ids=(kirana.pk,), owner_id=dinda.pk)
        plan(MONDAY + 10 * DAY)
        assert mail_due(MONDAY + 10 * DAY) == {"mailed": 2}

    def test_rules_of_one_series_are_one_chain(self, source: Source, rule: LayRule, kirana: Contact) -> None:
        rule((1, "draft_late"), code="A", series="nag")
        rule((2, "draft_late"), code="B", series="nag")
        source.add(1, contact_ids=(kirana.pk,))
        plan(MONDAY + 10 * DAY)
        assert [state for _key, state in rows("state")] == ["skipped", "queued"]

    def test_two_steps_that_land_on_one_monday_are_one_message(
        self, source: Source, rule: LayRule, kirana: Contact
    ) -> None:
        rule((1, "draft_late"), (2, "draft_late"))
        source.add(1, contact_ids=(kirana.pk,))
        plan(MONDAY)
        assert len(waiting()) == 2
        monday = MONDAY + 7 * DAY + dt.timedelta(hours=3)
        plan(monday)
        assert mail_due(monday) == {"mailed": 1}
        assert rows("state") == [("2026-11-27/+1d/influencer", "skipped"), ("2026-11-27/+2d/influencer", "mailed")]

    def test_while_mail_is_paused_reminders_wait_and_only_the_newest_leaves_afterwards(
        self, source: Source, rule: LayRule, kirana: Contact
    ) -> None:
        rule((-3, "draft_due"), (-2, "draft_due"))
        source.add(1, contact_ids=(kirana.pk,))
        Organisation.objects.update(mail_paused_at=MONDAY)
        for days in (0, 1, 2, 3):
            now = MONDAY + days * DAY
            plan(now)
            assert mail_due(now) == {}
        Organisation.objects.update(mail_paused_at=None)
        assert mail_due(MONDAY + 3 * DAY) == {"mailed": 1}


class TestNobodyToAsk:
    def test_a_person_without_address_becomes_one_task_and_the_reminder_waits_for_the_address(
        self, source: Source, rule: LayRule, dinda: User
    ) -> None:
        silent = ContactFactory(name="Nirmala Sekar", email="")
        rule((-3, "draft_due"), (-2, "draft_due"), (1, "draft_late"))
        source.add(1, contact_ids=(silent.pk,), owner_id=dinda.pk, influencer_id=7)
        tuesday = MONDAY + DAY + dt.timedelta(hours=3)
        plan(tuesday)
        assert mail_due(tuesday) == {"address asked for": 1}
        assert mail_due(tuesday) == {}
        assert Todo.objects.values_list("kind", "text", "owner", "influencer_ref").get() == (
            "no_address", "Nirmala Sekar has no e-mail address. Add one, or ask another way.", dinda.pk, 7,
        )  # fmt: skip
        Contact.objects.filter(pk=silent.pk).update(email="nirmala@contoh.example")
        wednesday = tuesday + DAY
        plan(wednesday)
        assert mail_due(wednesday) == {"mailed": 1}
        assert rows("state") == [
            ("2026-11-27/-3d/influencer", "skipped"),
            ("2026-11-27/-2d/influencer", "mailed"),
            ("2026-11-27/+1d/influencer", "queued"),
        ]

    def test_who_settles_the_task_about_an_address_hears_again_with_the_next_reminder_alone(
        self, source: Source, rule: LayRule, dinda: User
    ) -> None:
        silent = ContactFactory(name="Nirmala Sekar", email="")
        rule((-3, "draft_due"), (-2, "draft_due"))
        source.add(1, contact_ids=(silent.pk,), owner_id=dinda.pk, influencer_id=7)
        source.add(2, owner_id=dinda.pk, influencer_id=8)
        tuesday = MONDAY + DAY + dt.timedelta(hours=3)

        def look(now: dt.datetime) -> list[str]:
            plan(now)
            mail_due(now)
            return sorted(Todo.objects.open().values_list("key", flat=True))

        both = [f"no_address:{silent.pk}", "no_contact:8"]
        assert look(tuesday) == both
        for todo in Todo.objects.all():
            settle_todo(todo, by=dinda, at=tuesday)
        assert look(tuesday + dt.timedelta(minutes=1)) == []
        assert look(tuesday + DAY) == both

    def test_a_person_without_any_contact_becomes_a_task_when_the_first_step_would_leave(
        self, source: Source, rule: LayRule, dinda: User
    ) -> None:
        rule((-3, "draft_due"))
        source.add(1, owner_id=dinda.pk, influencer_id=7)
        source.add(2, owner_id=dinda.pk, influencer_id=7)
        assert plan(MONDAY) == {}
        tuesday = MONDAY + DAY + dt.timedelta(hours=3)
        assert plan(tuesday) == {"nobody to ask": 1}
        assert plan(tuesday) == {}
        assert Todo.objects.values_list("kind", "key", "influencer_ref").get() == ("no_address", "no_contact:7", 7)


@pytest.mark.parametrize("count", [1, 3])
def test_planning_costs_the_same_queries_for_one_thing_and_for_three(
    count: int, source: Source, rule: LayRule, kirana: Contact, django_assert_num_queries: Any
) -> None:
    rule((-3, "draft_due"), (1, "draft_late"))
    for pk in range(1, count + 1):
        source.add(pk, contact_ids=(kirana.pk,))
    plan(MONDAY)
    with django_assert_num_queries(13):
        plan(MONDAY)
