"""How much is enough: a day, a week, about one thing; what counts, and when there is room again."""

import datetime as dt
from typing import Any

import pytest

from crm.base.models import Holiday, Organisation
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import in_words
from crm.reminders.caps import Room, over_item_cap, room_for, rooms_for, said_already, thing_of
from crm.reminders.models import Cap, Reminder, Rule
from crm.reminders.seeds import CAPS
from tests.crm.reminders.conftest import FRIDAY, ZONE
from tests.factories import ContactFactory

TUESDAY = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)  # 10.00 in Jakarta
DAY = dt.timedelta(days=1)
A_DAY = "There was a message already: at most 1 a day."
A_WEEK = "There were enough messages lately: at most 5 within seven days."


def morning(day: int, month: int = 11) -> dt.datetime:
    return dt.datetime(2026, month, day, 2, 0, tzinfo=dt.UTC)  # 09.00 in Jakarta


def told(contact: Contact, at: dt.datetime, **words: Any) -> Email:
    """A message that left at that moment."""
    columns: dict[str, Any] = {"state": "sent", "sent_at": at, "send_at": at, "name": "draft_due", **words}
    return Email.objects.create(contact=contact, key=f"told/{Email.objects.count()}", **columns)


def room(contact: Contact, now: dt.datetime = TUESDAY) -> tuple[dt.datetime, str]:
    found = room_for([contact.pk], now)[contact.pk]
    return found.may_go_at, in_words(found.why)


@pytest.fixture
def kirana(organisation: Organisation) -> Contact:
    return ContactFactory(name="Kirana Larasati", zone=ZONE)


class TestRoom:
    def test_a_house_starts_with_three_about_one_thing_one_a_day_and_five_a_week(
        self, organisation: Organisation
    ) -> None:
        assert Cap.objects.in_force(TUESDAY.date()) == CAPS == {"item": 3, "day": 1, "week": 5, "hold": 2}

    def test_there_is_room_now_while_nothing_was_said(self, kirana: Contact) -> None:
        assert room_for([kirana.pk], TUESDAY) == {kirana.pk: Room(TUESDAY, "")}

    def test_after_a_message_today_the_next_may_go_tomorrow_morning(self, kirana: Contact) -> None:
        told(kirana, TUESDAY - dt.timedelta(hours=1))
        assert room(kirana) == (morning(25), A_DAY)

    def test_her_day_begins_at_her_midnight(self, kirana: Contact) -> None:
        told(kirana, dt.datetime(2026, 11, 23, 16, 59, tzinfo=dt.UTC))  # 23.59 on Monday
        assert room(kirana) == (TUESDAY, "")
        told(kirana, dt.datetime(2026, 11, 23, 17, 0, tzinfo=dt.UTC))
        assert room(kirana) == (morning(25), A_DAY)

    def test_five_within_seven_days_fill_the_week(self, kirana: Contact) -> None:
        for back in (6, 5, 4, 3, 1):
            told(kirana, TUESDAY - back * DAY)
        assert room(kirana) == (morning(25), A_WEEK)

    def test_the_day_with_room_is_a_working_day(self, kirana: Contact) -> None:
        friday = TUESDAY + 3 * DAY
        told(kirana, friday)
        Holiday.objects.create(on=dt.date(2026, 11, 30), name_en="A day", name_id="Hari")
        assert room(kirana, friday) == (morning(1, 12), A_DAY)

    @pytest.mark.parametrize(
        "words",
        [
            {"state": "queued", "sent_at": None},
            {"state": "sending", "sent_at": None, "lease_token": "x", "lease_until": TUESDAY},
            {"state": "unknown", "sent_at": None, "data_started_at": TUESDAY},
            {"channel": "whatsapp"},
            {"mail_class": "marketing"},
        ],
    )
    def test_what_may_reach_her_counts(self, words: dict[str, Any], kirana: Contact) -> None:
        told(kirana, TUESDAY, **words)
        assert room(kirana) == (morning(25), A_DAY)

    @pytest.mark.parametrize(
        "words",
        [
            {"state": "skipped", "sent_at": None, "why": "Called off."},
            {"state": "failed", "sent_at": None, "why": "Refused."},
            {"mail_class": "code"},
            {"name": "portal_link"},
            {"channel": "call"},
        ],
    )
    def test_what_did_not_and_what_she_asked_for_does_not(self, words: dict[str, Any], kirana: Contact) -> None:
        told(kirana, TUESDAY, **words)
        assert room(kirana) == (TUESDAY, "")

    def test_what_waits_since_yesterday_counts_for_today(self, kirana: Contact) -> None:
        told(kirana, TUESDAY - DAY, state="queued", sent_at=None)
        assert room(kirana) == (morning(25), A_DAY)

    def test_what_is_written_for_friday_counts_on_friday(self, kirana: Contact) -> None:
        told(kirana, TUESDAY + 3 * DAY, state="queued", sent_at=None)
        assert room(kirana) == (TUESDAY, "")
        assert room(kirana, TUESDAY + 3 * DAY - dt.timedelta(hours=2)) == (morning(30), A_DAY)

    def test_in_quiet_hours_the_day_it_would_leave_counts(self, kirana: Contact) -> None:
        evening = dt.datetime(2026, 11, 24, 15, 0, tzinfo=dt.UTC)  # 22.00: leaves on Wednesday at eight
        told(kirana, TUESDAY)
        assert room(kirana, evening) == (evening, "")
        told(kirana, TUESDAY + DAY, state="queued", sent_at=None)
        assert room(kirana, evening) == (morning(26), A_DAY)

    def test_colleagues_are_told_everything(self, organisation: Organisation) -> None:
        colleague = ContactFactory(kind="colleague")
        told(colleague, TUESDAY)
        assert room(colleague) == (TUESDAY, "")

    def test_an_agent_hears_about_each_of_hers_on_their_own(self, organisation: Organisation) -> None:
        agent = ContactFactory(kind="agent", zone=ZONE)
        told(agent, TUESDAY, influencer_ref=7)
        rooms = rooms_for({(agent.pk, 7), (agent.pk, 8), (agent.pk, None)}, TUESDAY)
        assert {pair[1]: room.is_now for pair, room in rooms.items()} == {7: False, 8: True, None: False}

    def test_the_row_that_began_last_counts_and_without_one_there_is_no_cap(self, kirana: Contact) -> None:
        told(kirana, TUESDAY)
        Cap.objects.create(scope="day", most=2, valid_from=TUESDAY.date())
        assert (room(kirana), room(kirana, TUESDAY - DAY)) == ((TUESDAY, ""), (TUESDAY - DAY, ""))
        Cap.objects.all().delete()
        for _number in range(9):
            told(kirana, TUESDAY)
        assert room(kirana) == (TUESDAY, "")

    @pytest.mark.parametrize("size", [1, 3])
    def test_any_number_of_contacts_takes_the_same_queries(
        self, size: int, organisation: Organisation, django_assert_num_queries: Any
    ) -> None:
        contacts = [ContactFactory(zone=ZONE) for _number in range(size)]
        for contact in contacts:
            told(contact, TUESDAY)
        with django_assert_num_queries(6):
            found = room_for([contact.pk for contact in contacts], TUESDAY)
        assert [found[contact.pk].may_go_at for contact in contacts] == [morning(25)] * size


class TestAboutOneThing:
    @pytest.fixture
    def rule(self, organisation: Organisation) -> Rule:
        return Rule.objects.get(code="DRAFT")

    def row(self, rule: Rule, contact: Contact, step: str, **words: Any) -> Reminder:
        details: dict[str, Any] = {
            "subject": "test.thing:1", "due_key": f"{FRIDAY}/{step}/influencer", "kind": rule.kind,
            "email_name": "draft_due", "recipient": "influencer", "due_at": TUESDAY, "send_at": TUESDAY, **words,
        }  # fmt: skip
        return Reminder.objects.create(contact=contact, rule=rule, **details)

    def mailed(self, rule: Rule, contact: Contact, step: str, **words: Any) -> Reminder:
        return self.row(rule, contact, step, state="mailed", email=told(contact, TUESDAY), **words)

    def why(self, row: Reminder) -> str:
        return in_words(over_item_cap(row, said_already([row]), Cap.objects.in_force(TUESDAY.date())))

    def test_the_fourth_message_is_too_many(self, rule: Rule, kirana: Contact) -> None:
        for step in ("-3d", "-2d"):
            self.mailed(rule, kirana, step)
        row = self.row(rule, kirana, "+1d")
        assert self.why(row) == ""
        self.mailed(rule, kirana, "-1d")
        assert self.why(row) == "Enough was said about this: at most 3 messages about one thing."

    def test_what_is_said_on_the_day_cannot_wait_and_does_not_count(self, rule: Rule, kirana: Contact) -> None:
        for step in ("-3d", "-1d", "+0d"):
            self.mailed(rule, kirana, step)
        assert self.why(self.row(rule, kirana, "+1d")) == ""

    def test_what_is_said_on_the_day_is_said_after_any_number(self, rule: Rule, kirana: Contact) -> None:
        for step in ("-3d", "-2d", "-1d"):
            self.mailed(rule, kirana, step)
        assert self.why(self.row(rule, kirana, "+0d")) == ""

    def test_an_urgent_rule_is_not_counted(self, rule: Rule, kirana: Contact) -> None:
        for step in ("-3d", "-2d", "-1d"):
            self.mailed(rule, kirana, step)
        Rule.objects.update(is_urgent=True)
        assert self.why(self.row(Rule.objects.get(pk=rule.pk), kirana, "+1d")) == ""

    @pytest.mark.parametrize(
        "other", [{"subject": "test.thing:2"}, {"kind": "test.post"}, {"due_key": "2026-12-04/-3d/influencer"}]
    )
    def test_another_thing_or_another_day_begins_anew(self, other: dict[str, Any], rule: Rule, kirana: Contact) -> None:
        for step in ("-3d", "-2d", "-1d"):
            self.mailed(rule, kirana, step)
        row = self.row(rule, kirana, "+1d", **other)
        assert (said_already([row])[thing_of(row)], self.why(row)) == (0, "")
