"""What becomes of a mail: an answer reaches story, Today and its owner; machines make no noise; nothing is taken in twice."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection

from crm.base.models import Organisation, StoredFile
from crm.brands.models import Brand, BrandAccess
from crm.inbox import actions, sorting, taking_in
from crm.inbox.models import AnswerHold, InboundFile, InboundMail
from crm.inbox.taking_in import take_in
from crm.influencers.models import Influencer
from crm.outbox.answers import answers_to, mark_of
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import in_words
from crm.reminders.holds import holds_on, person_subject
from crm.reminders.models import Cap, Todo
from crm.reminders.registry import Due
from crm.team.models import User
from crm.timeline.models import Entry
from tests.conftest import NOW
from tests.crm.inbox.conftest import OURS, Arrive, eml
from tests.factories import ContactFactory, InfluencerFactory, RepresentationFactory

DAY = dt.timedelta(days=1)
THING = "campaigns.deliverable:12"


class TestAnswers:
    def test_an_answer_finds_the_message_and_everything_the_message_knows(
        self, asked: Email, arrive: Arrive, coordinator: User, kirana: Influencer, lumi: Brand
    ) -> None:
        mail = arrive("reply_gmail_en")
        assert (mail.kind, mail.state, mail.found_by, mail.parent, mail.owner) == (
            "reply", "delivered", "thread", asked, coordinator,
        )  # fmt: skip
        assert (mail.influencer_ref, mail.influencer_label, mail.brand_ref, mail.subject_refs) == (
            kirana.pk, "Kirana Larasati", lumi.pk, [THING],
        )  # fmt: skip

    def test_it_stands_in_the_story_of_the_person_and_of_the_thing_with_the_words(
        self, asked: Email, arrive: Arrive, kirana: Influencer
    ) -> None:
        arrive("reply_outlook_en")
        told = Entry.objects.filter(verb="email.received").order_by("pk")
        words = "Could I have until Monday? My café shoot moved."
        assert list(told.values_list("influencer_id", "channel", "quote")) == [
            (kirana.pk, "email", words),
            (None, "email", words),
        ]
        assert told[1].subject == THING
        assert told[0].sentence_en == "Kirana Larasati wrote “RE: Lumi Skincare: Reel draft, Fri 27 Nov”"

    def test_a_task_on_today_is_left_for_the_colleague_who_asked(
        self, asked: Email, arrive: Arrive, coordinator: User
    ) -> None:
        mail = arrive("reply_apple_mail")
        todo = Todo.objects.get()
        assert (todo.kind, todo.owner, todo.text, todo.quote, todo.url, todo.subject) == (
            "reply", coordinator, "Answered by e-mail: Re: Lumi Skincare: Reel draft, Fri 27 Nov",
            "Done, it is on the page.", f"/outbox/received/{mail.pk}/", THING,
        )  # fmt: skip

    def test_the_colleague_who_asked_gets_one_message(self, asked: Email, arrive: Arrive, coordinator: User) -> None:
        mail = arrive("reply_apple_mail")
        told = Email.objects.get(name="reply_arrived")
        assert (told.contact, told.key) == (coordinator.contact, f"inbound/{mail.pk}/{coordinator.pk}")
        assert "“Done, it is on the page.”" in told.text

    def test_nobody_is_ever_answered_by_itself(self, asked: Email, arrive: Arrive) -> None:
        for name in ("reply_gmail_en", "auto_rfc3834", "bounce_postfix", "stranger", "loop_marked"):
            arrive(name)
        assert not Email.objects.filter(contact__kind__in=["person", "agent", "guardian"]).exclude(pk=asked.pk).exists()

    def test_reminders_about_the_thing_wait_a_day_with_their_reason(
        self, asked: Email, arrive: Arrive, now: dt.datetime
    ) -> None:
        arrive("reply_gmail_en")
        due = Due(kind="x", subject=THING, due_on=now.date(), due_at=now, zone="UTC", title="Draft")
        hold = holds_on([due], now)[THING]
        assert hold.until_at == now + DAY
        assert in_words(hold.why) == (
            "An answer from Kirana Larasati came by e-mail: reminders wait until 25 November 2026, then go on if it is still open."
        )
        assert holds_on([due], now + DAY) == {}

    def test_an_answer_from_another_address_is_delivered_and_says_so(self, asked: Email, arrive: Arrive) -> None:
        mail = arrive("reply_by_thread_only")
        assert (mail.state, mail.is_from_elsewhere) == ("delivered", True)

    def test_the_mark_in_the_address_finds_the_message_when_the_thread_is_lost(
        self, asked: Email, arrive: Arrive, settings: Any
    ) -> None:
        settings.INBOUND_ADDRESS = "jawaban+*@mitra.example"
        raw = eml("reply_without_thread").replace(b"jawaban@mitra.example", answers_to(asked).encode())
        mail = arrive("", raw)
        assert (mail.state, mail.found_by, mail.parent) == ("delivered", "mark", asked)

    def test_a_made_up_mark_finds_nothing(self, asked: Email, arrive: Arrive, settings: Any) -> None:
        settings.INBOUND_ADDRESS = "jawaban+*@mitra.example"
        forged = f"jawaban+{mark_of(asked.pk)[:-1]}x@mitra.example".encode()
        mail = arrive("", eml("stranger").replace(b"jawaban@mitra.example", forged))
        assert (mail.state, mail.parent) == ("unmatched", None)

    def test_the_one_contact_with_the_senders_address_is_found_without_a_thread(
        self, asked: Email, arrive: Arrive, kirana: Influencer, lumi: Brand, coordinator: User
    ) -> None:
        mail = arrive("reply_without_thread")
        assert (mail.kind, mail.state, mail.found_by, mail.influencer_ref, mail.brand_ref, mail.owner) == (
            "other", "delivered", "sender", kirana.pk, lumi.pk, coordinator,
        )  # fmt: skip
        assert list(AnswerHold.objects.values_list("subject", flat=True)) == [person_subject(kirana.pk)]


class TestWalls:
    def test_mail_of_nobody_knows_which_brand_tells_no_words_in_story_and_task(
        self, kirana: Influencer, arrive: Arrive
    ) -> None:
        mail = arrive("reply_without_thread")
        assert (mail.state, mail.brand_ref) == ("delivered", None)
        assert Todo.objects.get().text == "Mengirim e-mail. Bacalah."
        assert (Todo.objects.get().quote, Entry.objects.get(verb="email.received").quote) == ("", "")

    def test_two_brands_lately_mean_that_nobody_knows_which(
        self, asked: Email, kirana: Influencer, contact: Contact, arrive: Arrive
    ) -> None:
        Email.objects.create(
            name="x", key="other", contact=contact, from_name="x", state="sent", send_at=NOW, sent_at=NOW,
            influencer_ref=kirana.pk, brand_ref=999,
        )  # fmt: skip
        assert arrive("reply_without_thread").brand_ref is None

    def test_a_colleague_behind_the_wall_sees_nothing_of_it(
        self, asked: Email, arrive: Arrive, viewer: User, coordinator: User, lumi: Brand
    ) -> None:
        Organisation.objects.update(brand_walls=True)
        BrandAccess.objects.create(user=coordinator, brand=lumi)
        known, stranger = arrive("reply_gmail_en"), arrive("stranger")
        coordinator.forget_brands()
        viewer.forget_brands()
        assert list(InboundMail.objects.visible_to(coordinator)) == [known]
        assert list(InboundMail.objects.visible_to(viewer)) == []
        assert stranger.state == "unmatched"

    def test_an_owner_who_may_not_see_the_brand_is_told_nothing(
        self, asked: Email, arrive: Arrive, coordinator: User
    ) -> None:
        Organisation.objects.update(brand_walls=True)
        mail = arrive("reply_gmail_en")
        assert (mail.owner, Todo.objects.get().owner) == (None, None)
        assert not Email.objects.filter(name="reply_arrived").exists()


class TestTray:
    @pytest.mark.parametrize(
        ("name", "why"),
        [
            ("stranger", "Nobody with this address is on file."),
            ("no_head_at_all", "Nobody with this address is on file."),
        ],
    )
    def test_who_is_not_known_waits_to_be_sorted(self, asked: Email, arrive: Arrive, name: str, why: str) -> None:
        mail = arrive(name)
        assert (mail.state, in_words(mail.why)) == ("unmatched", why)
        assert (Todo.objects.count(), AnswerHold.objects.count()) == (0, 0)

    def test_a_shared_address_is_nobodys(self, db: None, arrive: Arrive) -> None:
        ContactFactory(email="kantor@contoh.example")
        ContactFactory(email="KANTOR@contoh.example")
        assert in_words(arrive("shared_address").why) == "Several contacts have this address."

    def test_an_agent_of_several_people_waits_with_her_contact_known(self, db: None, arrive: Arrive) -> None:
        agent = ContactFactory(email="kantor@contoh.example", kind="agent")
        for _number in range(2):
            RepresentationFactory(influencer=InfluencerFactory(), contact=agent, capacity="agent")
        mail = arrive("shared_address")
        assert (in_words(mail.why), mail.contact) == ("This contact stands for several people.", agent)

    def test_a_colleagues_answer_to_our_notice_goes_to_nobody(self, asked: Email, arrive: Arrive, owner: User) -> None:
        Email.objects.create(
            name="reply_arrived", key="inbound/1/1", contact=owner.contact, from_name="Mitra", state="sent",
            message_id="<pemberitahuan@mitra.example>", to_address="dinda@mitra.example", send_at=NOW, sent_at=NOW,
        )  # fmt: skip
        raw = eml("colleague_answers").replace(OURS.encode(), b"<x@x.example>")
        assert in_words(arrive("", raw).why) == (
            "A colleague answered a message of Mitra. It did not go on to anybody."
        )

    def test_what_cannot_be_read_keeps_its_source(self, db: None, arrive: Arrive) -> None:
        mail = arrive("deep_nesting")
        assert (mail.kind, mail.state) == ("unreadable", "unmatched")
        assert mail.source is not None
        with mail.source.file.open() as kept:
            assert kept.read() == eml("deep_nesting")
        assert mail.source.mime == "application/octet-stream"

    def test_what_cannot_be_sorted_goes_to_the_tray_and_says_why(
        self, asked: Email, arrive: Arrive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def breaks(*args: object, **words: object) -> None:
            raise RuntimeError("boom")

        monkeypatch.setattr(sorting, "deliver", breaks)
        mail = arrive("reply_gmail_en")
        assert (mail.state, in_words(mail.why)) == ("unmatched", "It could not be sorted by itself: RuntimeError.")
        assert Todo.objects.count() == 0


class TestMachines:
    @pytest.mark.parametrize("name", ["auto_rfc3834", "auto_exchange_id", "auto_old_autoreply"])
    def test_an_automatic_reply_is_noted_and_nothing_else(
        self, asked: Email, arrive: Arrive, kirana: Influencer, name: str
    ) -> None:
        mail = arrive(name)
        assert (mail.kind, mail.state, mail.influencer_ref) == ("auto_reply", "filed", kirana.pk)
        assert (Todo.objects.count(), AnswerHold.objects.count()) == (0, 0)
        assert not Email.objects.filter(name="reply_arrived").exists()

    def test_the_day_she_is_back_stands_in_the_story(self, asked: Email, arrive: Arrive) -> None:
        mail = arrive("auto_rfc3834")
        assert mail.back_on == dt.date(2026, 12, 3)
        told = Entry.objects.get(verb="email.auto_reply")
        assert told.sentence_en == "Automatic reply from Kirana Larasati, back on 2026-12-03"

    def test_a_strangers_automatic_reply_is_set_aside(self, db: None, arrive: Arrive) -> None:
        assert arrive("auto_stranger").state == "ignored"

    @pytest.mark.parametrize("name", ["loop_own_message", "loop_own_address", "loop_marked", "loop_many_hops"])
    def test_our_own_mail_coming_back_is_set_aside(self, asked: Email, arrive: Arrive, name: str) -> None:
        mail = arrive(name)
        assert (mail.kind, mail.state) == ("loop", "ignored")
        assert (Todo.objects.count(), AnswerHold.objects.count()) == (0, 0)


class TestOnce:
    def test_the_same_mail_twice_is_one(self, asked: Email, arrive: Arrive) -> None:
        arrive("reply_gmail_en")
        assert take_in(eml("reply_gmail_en") + b"\n-- \nadded on the way\n", NOW) is None
        assert InboundMail.objects.count() == 1

    def test_without_a_message_id_what_it_holds_decides(self, asked: Email, arrive: Arrive) -> None:
        arrive("no_message_id")
        assert take_in(eml("no_message_id"), NOW) is None
        assert take_in(eml("no_message_id") + b"Lagi.\n", NOW) is not None

    def test_an_unreadable_mail_twice_is_one_with_one_source(self, db: None, arrive: Arrive) -> None:
        arrive("deep_nesting")
        assert take_in(eml("deep_nesting"), NOW) is None
        assert StoredFile.objects.count() == 1

    def test_sorting_twice_changes_nothing(self, asked: Email, arrive: Arrive) -> None:
        mail = arrive("reply_gmail_en")
        before = (Entry.objects.count(), Todo.objects.count(), Email.objects.count())
        sorting.sort_in(mail, NOW + DAY)
        assert (Entry.objects.count(), Todo.objects.count(), Email.objects.count()) == before


class TestFiles:
    def test_good_files_are_kept_and_refused_ones_listed_with_the_reason(self, asked: Email, arrive: Arrive) -> None:
        mail = arrive("with_files")
        kept = mail.files.get(file__isnull=False)
        assert (kept.label, kept.file.mime if kept.file else "") == ("insight.png", "image/png")
        refused = list(mail.files.filter(file=None).values_list("label", "why"))
        assert [label for label, _why in refused] == ["winmail.dat", "bom.zip", "../../etc/passwd.png"]
        assert all("is not a file we can take here" in why for _label, why in refused)

    def test_what_is_left_out_is_said(self, asked: Email, arrive: Arrive) -> None:
        mail = arrive("many_files")
        assert InboundFile.objects.filter(mail=mail).count() == 11
        assert in_words(mail.files.last().why) == "3 more files were left out: a mail may bring ten."  # type: ignore[union-attr]

    def test_a_report_keeps_no_files(self, asked: Email, arrive: Arrive) -> None:
        assert arrive("bounce_gmail").files.count() == 0

    def test_a_mail_larger_than_allowed_is_kept_by_its_head(self, db: None) -> None:
        error = taking_in.Unreadable(taking_in.BROKEN)
        mail = taking_in.take_in_unread(b"Subject: besar\n\n", error, NOW)
        assert mail is not None
        assert mail.source is not None


@pytest.mark.postgres
@pytest.mark.django_db
def test_a_mail_the_database_refuses_is_kept_by_its_source(now: dt.datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE crm_inboundmail ALTER COLUMN subject TYPE varchar(3)")
    mail = take_in(b"From: kirana@contoh.example\nSubject: Halo\n\nHalo Kak", now)
    assert mail is not None and mail.source is not None
    assert (mail.kind, mail.source.size, InboundMail.objects.count()) == (InboundMail.Kind.UNREADABLE, 51, 1)


class TestHoldsByThemselves:
    """Who a mail says it is from proves nothing: it may not silence reminders for ever."""

    def again(self, arrive: Arrive, number: int) -> InboundMail:
        raw = eml("reply_gmail_en").replace(b"Message-ID: <", f"Message-ID: <again{number}.".encode(), 1)
        return arrive("", raw)

    def looks(self) -> list[tuple[str, str]]:
        return list(Todo.objects.filter(kind="check").values_list("text", "key"))

    def test_the_third_mail_nobody_looked_at_holds_nothing_and_asks_a_colleague(
        self, asked: Email, arrive: Arrive, coordinator: User
    ) -> None:
        mails = [self.again(arrive, number) for number in range(4)]
        assert [mail.state for mail in mails] == ["delivered"] * 4
        assert list(AnswerHold.objects.order_by("pk").values_list("mail", flat=True)) == [mails[0].pk, mails[1].pk]
        assert self.looks() == [
            (
                "Kirana Larasati wrote 3 times and nobody has looked yet. Reminders go on: read the mail.",
                f"held:{THING}",
            )
        ]
        assert Todo.objects.get(kind="check").owner == coordinator

    @pytest.mark.parametrize("hand", ["note", "prolong", "release", "take_back"])
    def test_a_colleagues_hand_lets_the_next_mail_hold_again(
        self, hand: str, asked: Email, arrive: Arrive, coordinator: User, now: dt.datetime
    ) -> None:
        first = self.again(arrive, 1)
        self.again(arrive, 2)
        getattr(actions, hand)(first, by=coordinator, at=now + dt.timedelta(hours=1))
        third = self.again(arrive, 3)
        assert (AnswerHold.objects.running(now).filter(mail=third).count(), self.looks()) == (1, [])

    def test_what_a_colleague_puts_there_herself_always_holds(
        self, asked: Email, arrive: Arrive, kirana: Influencer, coordinator: User, now: dt.datetime
    ) -> None:
        Cap.objects.filter(scope="hold").update(most=1)
        thing = Due("deliverable.draft", THING, now.date(), now, "Asia/Jakarta", "Draft")
        self.again(arrive, 1)
        stranger = arrive("stranger")
        actions.put_under(stranger, kirana, thing, by=coordinator, at=now)
        assert AnswerHold.objects.running(now).filter(mail=stranger, subject=thing.subject).exists()

    def test_the_number_is_a_row(self, asked: Email, arrive: Arrive) -> None:
        Cap.objects.filter(scope="hold").delete()
        for number in range(4):
            self.again(arrive, number)
        assert (AnswerHold.objects.count(), self.looks()) == (4, [])
