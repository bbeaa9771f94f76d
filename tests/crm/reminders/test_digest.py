"""What is due together for one brand and one sender is one e-mail; what waits for room; what must not be said any more."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from crm.outbox.delivery import send_due
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import in_words
from crm.reminders.mailing import mail_due
from crm.reminders.models import Cap, Reminder, Rule
from crm.reminders.plan import plan
from crm.reminders.tick import tick
from crm.team.models import User
from tests.chaos.sink import Sink
from tests.crm.reminders.conftest import FRIDAY, Source
from tests.factories import ContactFactory

LayRule = Callable[..., Rule]
TUESDAY = dt.datetime(2026, 11, 24, 3, 0, tzinfo=dt.UTC)  # 10.00 in Jakarta
DAY = dt.timedelta(days=1)


@pytest.fixture
def sink(settings: Any) -> Any:
    with Sink() as running:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", running.port, 1
        yield running


@pytest.fixture
def three(source: Source, rule: LayRule, kirana: Contact, dinda: User) -> Source:
    """Three drafts of one person for one brand, due on one day."""
    rule((-3, "draft_due"), (1, "draft_late"), (2, "escalation", "coordinator"))
    for pk, what in ((1, "Reel"), (2, "Story"), (3, "Post")):
        add(source, pk, what, kirana, dinda)
    return source


def add(source: Source, pk: int, what: str, contact: Contact, owner: User, **words: Any) -> None:
    facts = {"owner": owner.name, "owner_email": owner.email, "what": what, "format": what, "page": {"influencer": 7}}
    details: dict[str, Any] = {"brand_id": 8, "influencer_id": 7, "title": f"Draft of {what}", **words}
    source.add(pk, contact_ids=(contact.pk,), owner_id=owner.pk, facts=facts, **details)


def written(now: dt.datetime = TUESDAY) -> list[Email]:
    plan(now)
    mail_due(now)
    return list(Email.objects.order_by("pk"))


def leave(now: dt.datetime = TUESDAY) -> None:
    """What is in the outbox has left."""
    Email.objects.update(state="sent", sent_at=now)


def ring(now: dt.datetime) -> dict[str, Any]:
    return tick(lambda: now)


class TestTogether:
    def test_three_drafts_of_one_day_are_one_message_with_the_ask_of_each_first(
        self, three: Source, dinda: User
    ) -> None:
        (email,) = written()
        assert (email.name, email.subject, email.from_name, email.reply_to) == (
            "digest", "Lumi Skincare: 3 things, Fri 27 Nov", "Dinda, Lumi Skincare", dinda.email,
        )  # fmt: skip
        assert email.text.split("\n\n")[:3] == [
            "Hi Kirana,",
            "Could you help us with these for Lumi Skincare?",
            "• Send us the draft of your Reel by Friday, 27 November.\n"
            "• Send us the draft of your Story by Friday, 27 November.\n"
            "• Send us the draft of your Post by Friday, 27 November.",
        ]
        assert email.subject_refs == ["test.thing:1", "test.thing:2", "test.thing:3"]
        assert list(Reminder.objects.mailed().values_list("email", flat=True)) == [email.pk] * 3

    def test_a_digest_of_one_is_the_plain_message(self, three: Source) -> None:
        for pk in (2, 3):
            del three.things[pk]
        assert [email.name for email in written()] == ["draft_due"]

    def test_it_is_written_in_her_language(self, three: Source, kirana: Contact) -> None:
        Contact.objects.filter(pk=kirana.pk).update(language="id")
        (email,) = written()
        assert (email.language, email.context["due_short"], len(email.context["lines"])) == ("id", "Jum 27 Nov", 3)
        assert "Reel kamu" in email.context["lines"][0]
        assert "Jumat, 27 November" in email.context["lines"][0]

    def test_two_brands_are_two_messages_and_the_second_waits_for_a_day_with_room(self, three: Source) -> None:
        three.change(2, brand_id=9, brand_label="Kopi Senja")
        assert [(email.name, email.brand_ref) for email in written()] == [("digest", 8)]
        row = Reminder.objects.queued().get(brand_ref=9, recipient="influencer", due_key__contains="-3d")
        assert (row.waits_until, in_words(row.why)) == (
            TUESDAY + DAY - dt.timedelta(hours=1), "There was a message already: at most 1 a day.",
        )  # fmt: skip
        leave()
        assert [(email.name, email.brand_ref) for email in written(TUESDAY + DAY)] == [("digest", 8), ("draft_due", 9)]

    def test_another_sender_writes_another_message(self, three: Source, owner: User) -> None:
        three.change(2, owner_id=owner.pk)
        assert [email.name for email in written()] == ["digest"]
        leave()
        assert [(email.name, email.sender_ref) for email in written(TUESDAY + DAY)][1] == ("draft_due", owner.pk)

    def test_an_agent_hears_of_each_of_hers_in_a_message_of_its_own(self, three: Source) -> None:
        agent = ContactFactory(kind="agent", name="Sari Wulandari")
        for pk, person in ((1, 7), (2, 7), (3, 9)):
            three.change(pk, contact_ids=(agent.pk,), influencer_id=person)
        assert [(email.name, email.influencer_ref) for email in written()] == [("digest", 7), ("draft_due", 9)]

    def test_a_colleague_hears_of_everything_late_with_one_brand_at_once(self, three: Source, dinda: User) -> None:
        three.change(2, influencer_id=9, influencer_label="Sekar Ayu")
        monday = TUESDAY + 6 * DAY
        emails = [email for email in written(monday) if email.contact_id == dinda.contact_id]
        assert [(email.name, email.subject) for email in emails] == [
            ("escalations", "Lumi Skincare: 3 still open, Fri 27 Nov")
        ]
        assert "• Sekar Ayu: Draft of Story, Friday, 27 November." in emails[0].text
        assert "http://127.0.0.1:8000/\n" in emails[0].text

    @pytest.mark.parametrize(
        ("steps", "unit", "words"),
        [
            (((0, "post_today"),), "days", {}),
            (((-80, "draft_due"),), "hours", {}),
            (((-3, "draft_due"),), "days", {"is_urgent": True}),
        ],
    )
    def test_what_cannot_wait_stands_alone(
        self, steps: Any, unit: str, words: dict[str, Any], source: Source, rule: LayRule, kirana: Contact, dinda: User
    ) -> None:
        rule(*steps, unit=unit, **words)
        for pk in (1, 2):
            add(source, pk, "Reel", kirana, dinda)
        assert [email.name for email in written(TUESDAY + 3 * DAY)] == [steps[0][1]] * 2


class TestWaiting:
    def test_what_waits_leaves_on_the_next_day_with_room_together_with_what_is_due_then(
        self, three: Source, kirana: Contact, dinda: User, sink: Sink
    ) -> None:
        three.change(1, due_on=FRIDAY - DAY)  # its step is due since Monday
        three.change(2, brand_id=9, due_on=FRIDAY - DAY)
        three.change(3, brand_id=9, due_on=FRIDAY + DAY)
        assert ring(TUESDAY)["written"] == {"mailed": 1, "waits": 1}
        assert ring(TUESDAY)["written"] == {}
        assert ring(TUESDAY + DAY)["written"] == {"mailed": 2}
        assert list(Email.objects.order_by("pk").values_list("name", "brand_ref", "state")) == [
            ("draft_due", 8, "sent"),
            ("digest", 9, "sent"),
        ]

    def test_what_never_found_room_says_which_cap(self, three: Source) -> None:
        three.change(1, brand_id=9, due_on=dt.date(2026, 11, 25))
        three.change(2, due_on=dt.date(2026, 11, 25))
        del three.things[3]
        plan(TUESDAY)
        mail_due(TUESDAY)
        plan(TUESDAY + DAY + dt.timedelta(hours=20))
        row = Reminder.objects.skipped().get(recipient="influencer", due_key__contains="-3d")
        assert in_words(row.why) == (
            "There was no day with room for it before it was over or replaced: at most 1 a day."
        )

    def test_a_fourth_message_about_one_thing_is_not_sent_and_says_why(
        self, source: Source, rule: LayRule, kirana: Contact, dinda: User, sink: Sink
    ) -> None:
        rule((-4, "draft_due"), (-3, "draft_due"), (-2, "draft_due"), (-1, "draft_due"))
        add(source, 1, "Reel", kirana, dinda)
        for day in range(4):
            ring(TUESDAY - DAY + day * DAY)
        assert Email.objects.sent().count() == 3
        assert in_words(Reminder.objects.skipped().get().why) == (
            "Enough was said about this: at most 3 messages about one thing."
        )

    def test_what_is_urgent_goes_although_there_was_a_message_today(
        self, three: Source, rule: LayRule, kirana: Contact, dinda: User
    ) -> None:
        rule((-3, "draft_due"), code="CURE", is_urgent=True)
        assert sorted(email.name for email in written()) == ["digest", *["draft_due"] * 3]


class TestJustBeforeItLeaves:
    @pytest.fixture(autouse=True)
    def _written(self, three: Source, sink: Sink) -> None:
        written()

    def test_a_line_that_is_settled_is_not_said(self, three: Source, sink: Sink) -> None:
        before = Email.objects.get()
        three.change(2, stopped_why="The draft is here")
        assert dict(send_due(lambda: TUESDAY)) == {"sent": 1}
        email = Email.objects.get()
        assert (email.state, email.name, email.subject) == ("sent", "digest", "Lumi Skincare: 2 things, Fri 27 Nov")
        assert (email.message_id, email.key) == (before.message_id, before.key)
        assert ("your Story" in email.text, "your Story" in email.html, "your Post" in email.text) == (
            False, False, True,
        )  # fmt: skip
        assert "your Story" not in sink.accepted[0].decode()
        row = Reminder.objects.get(subject="test.thing:2", due_key__contains="-3d")
        assert (row.state, in_words(row.why)) == ("void", "The draft is here")

    def test_with_one_line_left_it_is_the_plain_message(self, three: Source, sink: Sink) -> None:
        for pk in (1, 3):
            three.change(pk, due_on=FRIDAY + DAY)
        send_due(lambda: TUESDAY)
        email = Email.objects.get()
        assert (email.state, email.name, email.subject) == (
            "sent",
            "draft_due",
            "Lumi Skincare: Story draft, Fri 27 Nov",
        )

    def test_with_none_left_it_stays_with_the_reason(self, three: Source, sink: Sink) -> None:
        for pk in (1, 2, 3):
            three.change(pk, stopped_why="The campaign is paused", on_hold=True)
        assert dict(send_due(lambda: TUESDAY)) == {"skipped": 1}
        assert (in_words(Email.objects.get().why), sink.accepted) == ("On hold: The campaign is paused", [])
        assert set(Reminder.objects.filter(email__isnull=False).values_list("state", flat=True)) == {"void"}

    def test_a_line_said_again_by_a_newer_message_is_left_out(self, three: Source, sink: Sink) -> None:
        Cap.objects.create(scope="day", most=2, valid_from=TUESDAY.date())
        rule = Rule.objects.get()
        rule.steps.create(offset=-2, email_name="draft_due", recipient="influencer")
        for pk in (2, 3):
            three.change(pk, stopped_why="The draft is here")
        Email.objects.update(send_at=TUESDAY + DAY)
        ring(TUESDAY + DAY)
        assert list(Email.objects.order_by("pk").values_list("name", "state")) == [
            ("digest", "skipped"),
            ("draft_due", "sent"),
        ]

    def test_each_line_of_a_message_that_stays_has_its_own_reason(self, three: Source, sink: Sink) -> None:
        Cap.objects.create(scope="day", most=2, valid_from=TUESDAY.date())
        Rule.objects.get().steps.create(offset=-2, email_name="draft_due", recipient="influencer")
        three.change(2, stopped_why="The campaign is paused", on_hold=True)
        three.change(3, stopped_why="The draft is here")
        Email.objects.update(send_at=TUESDAY + DAY)
        ring(TUESDAY + DAY)
        rows = Reminder.objects.filter(email__name="digest").order_by("subject")
        assert [(row.subject, row.state, in_words(row.why)) for row in rows] == [
            ("test.thing:1", "skipped", "A newer reminder about the same thing took its place."),
            ("test.thing:2", "void", "On hold: The campaign is paused"),
            ("test.thing:3", "void", "The draft is here"),
        ]
        assert plan(TUESDAY + DAY) == {}

    def test_the_newer_message_waits_while_the_older_one_still_says_something_else(
        self, three: Source, sink: Sink
    ) -> None:
        Rule.objects.get().steps.create(offset=-2, email_name="draft_due", recipient="influencer")
        three.change(3, due_on=FRIDAY + 9 * DAY)
        Email.objects.update(send_at=TUESDAY + DAY)
        assert ring(TUESDAY + DAY)["sent"] == {"sent": 1}
        assert list(Email.objects.values_list("name", "subject", "state")) == [
            ("digest", "Lumi Skincare: 2 things, Fri 27 Nov", "sent")
        ]
