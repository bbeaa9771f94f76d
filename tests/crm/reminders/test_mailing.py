"""A due reminder becomes one message in the recipient's words, asked about again just before it leaves."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from crm.base.models import Organisation
from crm.outbox.delivery import send_due
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import in_words
from crm.reminders.mailing import NoLongerWaiting, mail_due, mail_group
from crm.reminders.models import Beat, Reminder, Rule, Todo
from crm.reminders.plan import plan
from crm.reminders.tick import tick
from crm.reminders.writing import Ask
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
def planned(source: Source, rule: LayRule, kirana: Contact, dinda: User) -> Source:
    rule((-3, "draft_due"), (1, "draft_late"), (2, "escalation", "coordinator"))
    source.add(1, contact_ids=(kirana.pk,), owner_id=dinda.pk, influencer_id=7, brand_id=8)
    return source


def ring(now: dt.datetime) -> dict[str, Any]:
    return tick(lambda: now)


class TestLetters:
    def test_it_comes_from_the_owner_and_asks_first(self, planned: Source, kirana: Contact, dinda: User) -> None:
        plan(TUESDAY)
        mail_due(TUESDAY)
        email = Email.objects.get()
        assert (email.name, email.contact, email.from_name, email.reply_to, email.mail_class) == (
            "draft_due", kirana, "Dinda, Lumi Skincare", "dinda@mitra.example", "service",
        )  # fmt: skip
        assert (email.influencer_ref, email.brand_ref, email.sender_ref) == (7, 8, dinda.pk)
        assert (email.subject_refs, email.thread) == (["test.thing:1"], "test.thing:1/test.thing")
        assert email.subject == "Lumi Skincare: Reel draft, Fri 27 Nov"
        assert email.text.split("\n\n")[:2] == [
            "Hi Kirana,",
            "Could you send us the draft of your Reel by Friday, 27 November?",
        ]

    def test_to_an_agent_it_says_whose_it_is(self, planned: Source) -> None:
        agent = ContactFactory(kind="agent", name="Sari Wulandari")
        planned.change(1, contact_ids=(agent.pk,), facts={**planned.things[1].facts, "form_of_address": "kak"})
        plan(TUESDAY)
        mail_due(TUESDAY)
        assert Email.objects.get().text.startswith(
            "Hi Sari,\n\nCould you send us the draft of Reel by Kirana Larasati by Friday, 27 November?"
        )
        assert Email.objects.get().subject == "Lumi Skincare: Reel (Kirana Larasati) draft, Fri 27 Nov"

    def test_a_copy_says_who_is_asked(self, planned: Source, kirana: Contact) -> None:
        mother = ContactFactory(kind="guardian", name="Ibu Retno")
        planned.change(1, copy_ids=(mother.pk,))
        plan(TUESDAY)
        mail_due(TUESDAY)
        line = f"This is a copy: {kirana.name} gets the same message."
        assert [(email.contact, line in email.text) for email in Email.objects.order_by("contact_id")] == [
            (kirana, False),
            (mother, True),
        ]

    def test_a_copy_alone_asks_nobody(self, planned: Source, now: dt.datetime) -> None:
        mother = ContactFactory(kind="guardian", name="Ibu Retno")
        planned.change(1, contact_ids=(), copy_ids=(mother.pk,))
        assert plan(TUESDAY)["nobody to ask"] == 1

    @pytest.mark.parametrize(("language", "greeting"), [("en", "Hi Kirana,"), ("id", "Halo Kak Kirana,")])
    def test_kak_is_said_in_indonesian_alone(
        self, planned: Source, kirana: Contact, language: str, greeting: str
    ) -> None:
        Contact.objects.filter(pk=kirana.pk).update(language=language)
        planned.change(1, facts={**planned.things[1].facts, "form_of_address": "kak"})
        plan(TUESDAY)
        mail_due(TUESDAY)
        assert Email.objects.get().text.split("\n\n")[0] == greeting

    def test_a_colleague_gets_the_facts_and_the_way_to_settle_it(self, planned: Source, dinda: User) -> None:
        monday = TUESDAY + 6 * DAY
        plan(monday)
        mail_due(monday)
        email = Email.objects.get(name="escalation")
        assert (email.contact, email.from_name, email.subject) == (
            dinda.contact, "Mitra", "Kirana Larasati: Draft of Reel, Fri 27 Nov",
        )  # fmt: skip
        assert "http://127.0.0.1:8000/things/" in email.text

    def test_both_languages_are_spoken_from_one_fact(self, planned: Source, kirana: Contact) -> None:
        Contact.objects.filter(pk=kirana.pk).update(language="id")
        plan(TUESDAY)
        mail_due(TUESDAY)
        email = Email.objects.get()
        assert (email.language, email.context["due_day"], email.context["due_short"]) == (
            "id", "Jumat, 27 November", "Jum 27 Nov",
        )  # fmt: skip


class TestOnce:
    def test_mailing_twice_is_one_message(self, planned: Source) -> None:
        plan(TUESDAY)
        assert (mail_due(TUESDAY), mail_due(TUESDAY)) == ({"mailed": 1}, {})
        assert Email.objects.count() == 1

    def test_a_reminder_taken_back_meanwhile_leaves_no_message(self, planned: Source) -> None:
        plan(TUESDAY)
        row = Reminder.objects.queued().select_related("contact", "rule").earliest("send_at")
        Reminder.objects.filter(pk=row.pk).void("taken back", TUESDAY)
        with pytest.raises(NoLongerWaiting):
            mail_group([Ask(row, planned.things[1])], TUESDAY)
        assert Email.objects.count() == 0

    def test_one_that_cannot_be_written_never_blocks_the_others(
        self, source: Source, rule: LayRule, kirana: Contact
    ) -> None:
        rule((-3, "no_such_message"), code="BROKEN")
        rule((-3, "draft_due"), code="FINE")
        source.add(1, contact_ids=(kirana.pk,))
        plan(TUESDAY)
        assert mail_due(TUESDAY) == {"broken": 1, "mailed": 1}
        assert dict(Reminder.objects.values_list("rule__code", "state")) == {"BROKEN": "queued", "FINE": "mailed"}


class TestJustBeforeItLeaves:
    """Between writing and sending the world may change."""

    @pytest.fixture(autouse=True)
    def _written(self, planned: Source, sink: Sink) -> None:
        plan(TUESDAY)
        mail_due(TUESDAY)

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"stopped_why": "The draft is here"}, "The draft is here"),
            ({"stopped_why": "The campaign is paused", "on_hold": True}, "On hold: The campaign is paused"),
            ({"due_on": FRIDAY + DAY}, "The day moved to 28 November 2026."),
        ],
    )
    def test_what_is_no_longer_true_stays_and_frees_its_place(
        self, change: dict[str, Any], why: str, planned: Source, sink: Sink
    ) -> None:
        planned.change(1, **change)
        assert dict(send_due(lambda: TUESDAY)) == {"skipped": 1}
        email = Email.objects.get()
        assert (email.state, in_words(email.why), sink.accepted) == ("skipped", why, [])
        assert Reminder.objects.filter(email=email).values_list("state", flat=True).get() == "void"

    def test_moved_and_back_it_is_sent_after_all(self, planned: Source, sink: Sink) -> None:
        planned.change(1, due_on=FRIDAY + DAY)
        send_due(lambda: TUESDAY)
        planned.change(1, due_on=FRIDAY)
        assert ring(TUESDAY)["sent"] == {"sent": 1}
        assert ring(TUESDAY)["sent"] == {}
        assert len(sink.accepted) == 1

    def test_what_waited_out_an_outage_past_its_day_stays(self, planned: Source, sink: Sink) -> None:
        send_due(lambda: TUESDAY + 5 * DAY)
        assert in_words(Email.objects.get().why) == "Its day had passed before it could leave."

    @pytest.mark.parametrize(
        ("another_step", "days", "why"),
        [
            ((), 5, "Its day had passed before it could leave."),
            ((-2,), 1, "A newer reminder about the same thing took its place."),
        ],
    )
    def test_what_can_never_be_said_again_keeps_its_place_and_is_planned_no_second_time(
        self, another_step: tuple[int, ...], days: int, why: str, planned: Source, sink: Sink
    ) -> None:
        for offset in another_step:
            Rule.objects.get().steps.create(offset=offset, email_name="draft_due", recipient="influencer")
        later, email = TUESDAY + days * DAY, Email.objects.get()
        plan(later)
        mail_due(later)
        send_due(lambda: later)
        row = Reminder.objects.get(email=email)
        assert (row.state, in_words(row.why)) == ("skipped", why)
        assert plan(later) == {}
        assert Reminder.objects.filter(due_key=row.due_key).get() == row

    def test_after_an_outage_of_the_mail_server_only_the_newest_of_a_chain_leaves(
        self, planned: Source, sink: Sink, kirana: Contact
    ) -> None:
        Rule.objects.get().steps.create(offset=-2, email_name="draft_due", recipient="influencer")
        Email.objects.update(send_at=TUESDAY + DAY)
        assert ring(TUESDAY + DAY)["sent"] == {"sent": 1}
        assert list(Email.objects.order_by("id").values_list("state", flat=True)) == ["skipped", "sent"]

    def test_an_address_that_bounces_becomes_a_task_for_the_owner(
        self, planned: Source, sink: Sink, dinda: User
    ) -> None:
        sink.faults.append("550")
        send_due(lambda: TUESDAY)
        assert Todo.objects.values_list("kind", "owner", "text").get() == (
            "bounced", dinda.pk, "kirana@contoh.example does not work. Ask Kirana Larasati for another address.",
        )  # fmt: skip

    def test_a_doubtful_message_a_person_decides_about_becomes_a_task(
        self, planned: Source, sink: Sink, dinda: User
    ) -> None:
        Email.objects.update(doubt="hold")
        sink.faults.append("drop-after-data")
        send_due(lambda: TUESDAY)
        assert Todo.objects.values_list("kind", "owner", "text").get() == (
            "check", dinda.pk,
            "Nobody knows whether “Lumi Skincare: Reel draft, Fri 27 Nov” reached Kirana Larasati. "
            "Send it again, or leave it.",
        )  # fmt: skip


class TestTick:
    def test_one_look_plans_writes_and_sends(self, planned: Source, sink: Sink) -> None:
        assert ring(TUESDAY) == {"planned": {"added": 3}, "written": {"mailed": 1}, "sent": {"sent": 1}}
        assert Beat.objects.get(name="tick").rang_at == TUESDAY
        assert ring(TUESDAY) == {"planned": {}, "written": {}, "sent": {}}

    def test_a_stage_that_breaks_never_keeps_mail_from_leaving(
        self, planned: Source, sink: Sink, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plan(TUESDAY)
        mail_due(TUESDAY)
        from crm.reminders import registry

        @registry.due("test.broken")
        def broken(asked: object) -> Any:
            raise RuntimeError("a feature's mistake")

        Rule.objects.create(code="B", kind="test.broken", name="B").steps.create(offset=1, email_name="draft_due")
        said = ring(TUESDAY)
        assert (said["planned"], said["sent"]) == ({"broke": "RuntimeError: a feature's mistake"}, {"sent": 1})

    def test_the_command_does_the_same_without_a_broker(self, planned: Source, sink: Sink, capsys: Any) -> None:
        from django.core.management import call_command

        call_command("tick")
        assert capsys.readouterr().out.startswith('{"planned": {')
        assert Beat.objects.filter(name="tick").count() == 1


def test_the_house_starts_with_rules_whose_messages_exist(organisation: Organisation) -> None:
    from crm.outbox.kinds import KINDS

    rules = {rule.code: [str(step) for step in rule.steps.all()] for rule in Rule.objects.all()}
    assert rules == {
        "DRAFT": [
            "DRAFT -3 days influencer", "DRAFT -1 days influencer", "DRAFT +0 days influencer",
            "DRAFT +1 days influencer", "DRAFT +2 days coordinator", "DRAFT +5 days manager",
        ],
        "POST": [
            "POST -3 days influencer", "POST -1 days influencer", "POST +0 days influencer",
            "POST +1 days influencer", "POST +1 days coordinator", "POST +3 days manager",
        ],
        "PROOF": ["PROOF -18 hours influencer", "PROOF -4 hours influencer", "PROOF -3 hours coordinator"],
        "INVOICE": ["INVOICE +0 days influencer", "INVOICE +5 days influencer", "INVOICE +10 days coordinator"],
        "PAY": [
            "PAY -3 days coordinator", "PAY +0 days coordinator", "PAY +1 days coordinator", "PAY +3 days manager",
        ],
        "LINK": ["LINK +1 days influencer", "LINK +2 days influencer", "LINK +3 days coordinator"],
        "IDEA": [
            "IDEA -2 days influencer", "IDEA +0 days influencer", "IDEA +1 days influencer", "IDEA +2 days coordinator",
        ],
        "REVIEW": ["REVIEW -6 hours coordinator", "REVIEW +0 hours coordinator", "REVIEW +0 hours manager"],
        "REVIEW_HALF": ["REVIEW_HALF +0 hours coordinator"],
        "EXCL_START": ["EXCL_START -3 days influencer"],
        "EXCL_END": ["EXCL_END -14 days influencer", "EXCL_END -3 days influencer", "EXCL_END +0 days influencer"],
        "CURE": ["CURE -1 days coordinator", "CURE +0 days coordinator", "CURE +1 days manager"],
        "SIGN": [
            "SIGN +1 days influencer", "SIGN +3 days influencer", "SIGN +6 days influencer", "SIGN +7 days coordinator",
        ],
        "OFFER": ["OFFER -1 days influencer"],
        "BRIEF_ACK": ["BRIEF_ACK +1 days influencer", "BRIEF_ACK +3 days influencer", "BRIEF_ACK +4 days coordinator"],
        "PARCEL_ARRIVED": [
            "PARCEL_ARRIVED +0 days influencer", "PARCEL_ARRIVED +2 days influencer",
            "PARCEL_ARRIVED +4 days coordinator",
        ],
        "SHIP_STUCK": ["SHIP_STUCK +0 days coordinator", "SHIP_STUCK +5 days manager"],
        "RECEIPT": ["RECEIPT +2 days influencer"],
        "BRIEF_NEWS": ["BRIEF_NEWS +0 days influencer"],
        "EMBARGO": ["EMBARGO -1 days influencer"],
        "CAMPAIGN_OFFER": [
            "CAMPAIGN_OFFER +2 days influencer", "CAMPAIGN_OFFER +4 days influencer",
            "CAMPAIGN_OFFER +5 days coordinator",
        ],
        "ADDR": [
            "ADDR +0 days influencer", "ADDR +2 days influencer", "ADDR +4 days influencer", "ADDR +5 days coordinator",
        ],
        "CAMPAIGN_OFFER_ENDS": ["CAMPAIGN_OFFER_ENDS -1 days influencer"],
        "EVENT_ANSWER": ["EVENT_ANSWER +2 days influencer", "EVENT_ANSWER +4 days influencer"],
        "EVENT_COMING": ["EVENT_COMING -3 days influencer", "EVENT_COMING -1 days influencer"],
        "EVENT_DAY": ["EVENT_DAY -1 days coordinator"],
        "SCORE": ["SCORE +1 days influencer", "SCORE +7 days influencer"],
        "RETURN": [
            "RETURN -7 days influencer", "RETURN -1 days influencer", "RETURN +1 days influencer",
            "RETURN +7 days influencer", "RETURN +7 days coordinator",
        ],
        "GIFT": ["GIFT +7 days influencer", "GIFT +10 days influencer", "GIFT +14 days influencer"],
        "MEND_ASKED": ["MEND_ASKED +0 days influencer"],
        "MEND": ["MEND +0 days influencer", "MEND +1 days influencer", "MEND +1 days coordinator"],
        "LIVE": ["LIVE +0 days coordinator"],
        "LABEL": ["LABEL +1 days coordinator"],
        "REPLIES": ["REPLIES +1 days coordinator"],
        "INSIGHTS": ["INSIGHTS +0 days influencer", "INSIGHTS +4 days influencer", "INSIGHTS +6 days coordinator"],
        "INSIGHTS_STORY": ["INSIGHTS_STORY +0 hours influencer", "INSIGHTS_STORY +2 days coordinator"],
        "GIFT_THANKS": ["GIFT_THANKS +7 days influencer"],
        **{
            code: [f"{code} {step}" for step in (
                "-30 days coordinator", "-7 days coordinator", "-1 days coordinator", "+0 days coordinator",
                "+0 days manager",
            )]
            for code in ("RIGHTS_END", "ACCESS_END")
        },
        **{
            code: [f"{code} {step}" for step in (
                "-30 days coordinator", "-14 days coordinator", "-7 days coordinator", "-7 days manager",
                "-1 days coordinator",
            )]
            for code in ("NOTICE", "RENEWAL")
        },
        "CONTRACT_END": ["CONTRACT_END -7 days coordinator"],
        "REVIEW_DEAL": [
            "REVIEW_DEAL -7 days coordinator", "REVIEW_DEAL +0 days coordinator", "REVIEW_DEAL +3 days coordinator",
            "REVIEW_DEAL +3 days manager",
        ],
        **{
            code: [f"{code} {step}" for step in ("-10 days influencer", "-3 days influencer", "-3 days coordinator")]
            for code in ("QUOTA", "MAKE_GOOD")
        },
    }  # fmt: skip
    names = set(Rule.objects.values_list("steps__email_name", flat=True))
    assert names - set(KINDS) == set()
