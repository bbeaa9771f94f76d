"""The pages of received mail: the tray, one mail, whom it is about, and the task it settles."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.brands.models import Brand
from crm.inbox.models import AnswerHold, InboundMail, Mailbox
from crm.inbox.queries import mailto
from crm.influencers.models import Influencer
from crm.outbox.models import Contact, Email
from crm.reminders.models import Todo
from crm.team.models import User
from crm.timeline.models import Entry
from tests.conftest import NOW
from tests.crm.inbox.conftest import Arrive
from tests.factories import CampaignFactory, CollaborationFactory, DeliverableFactory

DAY = dt.timedelta(days=1)
QUERIES = 7


@pytest.fixture
def reel(kirana: Influencer, lumi: Brand, coordinator: User) -> Deliverable:
    """A draft Kirana owes us by Friday."""
    campaign: Campaign = CampaignFactory(brand=lumi, name="Glow Up November", status="live", owner=coordinator)
    card: Collaboration = CollaborationFactory(campaign=campaign, influencer=kirana, status="making")
    made: Deliverable = DeliverableFactory(collaboration=card, draft_due_on=dt.date(2026, 11, 27))
    return made


@pytest.fixture
def about_reel(asked: Email, reel: Deliverable) -> Email:
    asked.subject_refs = [f"campaigns.deliverable:{reel.pk}"]
    asked.save()
    return asked


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def page(client: Client, mail: InboundMail) -> str:
    answer = client.get(reverse("inbox-mail", args=[mail.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


class TestTray:
    def test_it_shows_what_waits_to_be_sorted_and_why(
        self, asked: Email, arrive: Arrive, as_coordinator: Client
    ) -> None:
        arrive("stranger")
        shown = as_coordinator.get(reverse("inbox")).content.decode()
        assert "Bagus Wibisono" in shown
        assert "Nobody with this address is on file." in shown

    def test_the_parts_and_the_search_narrow_it(self, asked: Email, arrive: Arrive, as_coordinator: Client) -> None:
        arrive("stranger")
        arrive("reply_gmail_en")
        delivered = as_coordinator.get(reverse("inbox"), {"part": "delivered"}).content.decode()
        assert ("Bagus Wibisono" in delivered, "Kirana Larasati" in delivered) == (False, True)
        found = as_coordinator.get(reverse("inbox"), {"q": "bekerja sama"}).content.decode()
        assert "Bagus Wibisono" in found
        nothing = as_coordinator.get(reverse("inbox"), {"q": "tidak ada\x00" * 50}).content.decode()
        assert "Nothing here" in nothing

    @pytest.mark.parametrize("count", [1, 3])
    def test_a_longer_list_asks_no_more(self, asked: Email, as_coordinator: Client, count: int) -> None:
        for number in range(count):
            InboundMail.objects.create(
                key=str(number), state="unmatched", why="x", from_address="a@contoh.example", received_at=NOW
            )
        as_coordinator.get(reverse("inbox"))
        with CaptureQueriesContext(
            connection,
        ) as asked_for:
            as_coordinator.get(reverse("inbox"))
        assert len(asked_for) == QUERIES

    def test_it_says_how_to_switch_the_mailbox_on(self, as_coordinator: Client) -> None:
        assert "IMAP_URL=imaps://user:password@host:993/INBOX" in as_coordinator.get(reverse("inbox")).content.decode()

    def test_it_says_what_is_wrong_with_the_mailbox(self, as_coordinator: Client, settings: Any) -> None:
        settings.IMAP_URL = "imaps://kotak:rahasia@mail.example/INBOX"
        Mailbox.objects.create(
            name="kotak@mail.example/INBOX", why="The mailbox refuses the user name or the password.", failed_at=NOW
        )
        shown = as_coordinator.get(reverse("inbox")).content.decode()
        assert "The mailbox refuses the user name or the password." in shown
        assert "rahasia" not in shown

    def test_the_health_address_says_it_too(self, client: Client, db: None, settings: Any) -> None:
        assert client.get("/readyz").json()["mailbox"] == {
            "ok": True,
            "said": "none is named: answers go to colleagues",
        }
        settings.IMAP_URL = "imaps://kotak:rahasia@mail.example/INBOX"
        assert client.get("/readyz").json()["mailbox"] == {"ok": True, "said": "not read yet"}
        Mailbox.objects.create(name="kotak@mail.example/INBOX", read_at=NOW, why="There is no folder X in the mailbox.")
        assert client.get("/readyz").json()["mailbox"] == {
            "ok": False, "said": "There is no folder X in the mailbox. last read 2026-11-24 03:00 UTC",
        }  # fmt: skip


class TestAboutWhom:
    def test_a_stranger_is_put_under_a_person_and_what_she_has_open(
        self, about_reel: Email, reel: Deliverable, kirana: Influencer, arrive: Arrive, as_coordinator: Client,
        coordinator: User,
    ) -> None:  # fmt: skip
        mail = arrive("stranger")
        address = reverse("inbox-about", args=[mail.pk])
        asked_again = as_coordinator.post(address, {"person": kirana.pk})
        assert asked_again.status_code == 200
        assert f"campaigns.deliverable:{reel.pk}" in asked_again.content.decode()
        thing = f"campaigns.deliverable:{reel.pk}"
        assert as_coordinator.post(address, {"person": kirana.pk, "thing": thing}).status_code == 302
        mail.refresh_from_db()
        assert (mail.state, mail.found_by, mail.influencer_ref, mail.brand_ref, mail.subject_refs) == (
            "delivered", "hand", kirana.pk, about_reel.brand_ref, [thing],
        )  # fmt: skip
        assert AnswerHold.objects.get().subject == thing
        assert Todo.objects.get().owner == coordinator
        assert not Email.objects.filter(name="reply_arrived").exists()

    def test_without_a_person_it_stays_where_it_is(self, asked: Email, arrive: Arrive, as_coordinator: Client) -> None:
        mail = arrive("stranger")
        answer = as_coordinator.post(reverse("inbox-about", args=[mail.pk]), {"person": "99999999999999999999"})
        assert answer.status_code == 422
        mail.refresh_from_db()
        assert (mail.state, Todo.objects.count()) == ("unmatched", 0)

    def test_the_one_person_behind_the_sender_is_offered(
        self, kirana: Influencer, arrive: Arrive, as_coordinator: Client, contact: Contact
    ) -> None:
        mail = arrive("stranger")
        InboundMail.objects.filter(pk=mail.pk).update(contact=contact)
        shown = as_coordinator.get(reverse("inbox-about", args=[mail.pk])).content.decode()
        assert f'<option value="{kirana.pk}" selected' in shown

    def test_it_is_refused_when_a_colleague_was_faster(
        self, asked: Email, kirana: Influencer, arrive: Arrive, as_coordinator: Client
    ) -> None:
        mail = arrive("stranger")
        InboundMail.objects.filter(pk=mail.pk).update(state="filed")
        as_coordinator.post(reverse("inbox-about", args=[mail.pk]), {"person": kirana.pk})
        mail.refresh_from_db()
        assert (mail.state, Todo.objects.count(), AnswerHold.objects.count()) == ("filed", 0, 0)


class TestOneMail:
    def test_it_offers_the_very_task_the_mail_is_about_with_the_words_filled_in(
        self, about_reel: Email, reel: Deliverable, kirana: Influencer, arrive: Arrive, as_coordinator: Client
    ) -> None:
        mail = arrive("reply_gmail_id")
        told = reverse("told-answer", args=[kirana.pk, "deliverable", reel.pk, "more_time"])
        assert f"{told}?heard=mail:{mail.pk}" in page(as_coordinator, mail)
        form = as_coordinator.get(told, {"heard": f"mail:{mail.pk}"}).content.decode()
        assert "Halo Kak Dinda, drafnya sudah jadi" in form
        assert '<option value="email" selected>' in form

    def test_settling_that_task_files_the_mail_and_closes_its_task_in_one_go(
        self, about_reel: Email, reel: Deliverable, kirana: Influencer, arrive: Arrive, as_coordinator: Client
    ) -> None:
        mail = arrive("reply_gmail_id")
        told = reverse("told-me", args=[kirana.pk])
        answer = as_coordinator.post(
            told, {"heard": f"mail:{mail.pk}", "channel": "email", "quote": mail.text, "ours": ""}
        )
        assert answer.status_code == 302
        mail.refresh_from_db()
        assert (mail.state, Todo.objects.open().count()) == ("filed", 0)
        assert Entry.objects.get(verb="talk.heard").channel == "email"

    def test_just_a_note_settles_its_task_and_lets_reminders_go_on(
        self, asked: Email, arrive: Arrive, as_coordinator: Client
    ) -> None:
        mail = arrive("reply_gmail_en")
        as_coordinator.post(reverse("inbox-note", args=[mail.pk]))
        mail.refresh_from_db()
        assert (mail.state, Todo.objects.open().count()) == ("filed", 0)
        assert AnswerHold.objects.running(NOW).count() == 0

    def test_reminders_are_let_go_or_wait_longer(self, asked: Email, arrive: Arrive, as_coordinator: Client) -> None:
        mail = arrive("reply_gmail_en")
        as_coordinator.post(reverse("inbox-release", args=[mail.pk]))
        assert AnswerHold.objects.get().until_at == NOW
        with time_machine.travel(NOW + DAY, tick=False):
            as_coordinator.post(reverse("inbox-prolong", args=[mail.pk]))
        assert AnswerHold.objects.get().until_at == NOW + 2 * DAY
        assert list(Entry.objects.filter(verb__startswith="reminder.").order_by("pk").values_list("verb", flat=True)) == [
            "reminder.released", "reminder.held",
        ]  # fmt: skip

    def test_it_goes_back_to_the_tray_when_it_is_about_somebody_else(
        self, asked: Email, arrive: Arrive, as_coordinator: Client
    ) -> None:
        mail = arrive("reply_gmail_en")
        as_coordinator.post(reverse("inbox-take-back", args=[mail.pk]))
        mail.refresh_from_db()
        assert (mail.state, Todo.objects.open().count(), AnswerHold.objects.running(NOW).count()) == ("unmatched", 0, 0)

    def test_what_concerns_nobody_is_set_aside_and_comes_back(
        self, asked: Email, arrive: Arrive, as_coordinator: Client
    ) -> None:
        mail = arrive("stranger")
        as_coordinator.post(reverse("inbox-set-aside", args=[mail.pk]))
        mail.refresh_from_db()
        assert mail.state == "ignored"
        assert "Dinda set it aside." in page(as_coordinator, mail)
        as_coordinator.post(reverse("inbox-take-back", args=[mail.pk]))
        mail.refresh_from_db()
        assert mail.state == "unmatched"

    def test_a_decision_that_came_too_late_changes_nothing(
        self, asked: Email, arrive: Arrive, as_coordinator: Client
    ) -> None:
        mail = arrive("reply_gmail_en")
        answer = as_coordinator.post(reverse("inbox-set-aside", args=[mail.pk]), follow=True)
        mail.refresh_from_db()
        assert mail.state == "delivered"
        assert "cannot go from Waits for an answer to Set aside any more" in answer.content.decode()

    def test_words_with_html_in_them_are_shown_as_words(self, asked: Email, as_coordinator: Client) -> None:
        mail = InboundMail.objects.create(
            key="x", state="filed", subject="<b>Hi</b>", text="<script>alert(1)</script>", received_at=NOW
        )
        shown = page(as_coordinator, mail)
        assert "<script>alert(1)" not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown

    def test_files_are_downloads_and_refused_ones_say_why(
        self, asked: Email, arrive: Arrive, as_coordinator: Client
    ) -> None:
        mail = arrive("with_files")
        shown = page(as_coordinator, mail)
        assert "is not a file we can take here" in shown
        kept, refused = mail.files.get(file__isnull=False), mail.files.filter(file=None)[0]
        assert as_coordinator.get(reverse("inbox-file", args=[mail.pk, refused.pk])).status_code == 404
        answer = as_coordinator.get(reverse("inbox-file", args=[mail.pk, kept.pk]))
        assert answer["Content-Disposition"] == 'attachment; filename="insight.png"'
        answer.close()

    def test_the_source_of_what_cannot_be_read_is_a_download(
        self, db: None, arrive: Arrive, as_coordinator: Client
    ) -> None:
        mail = arrive("deep_nesting")
        answer = as_coordinator.get(reverse("inbox-source", args=[mail.pk]))
        assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("application/octet-stream", "nosniff")
        assert answer["Content-Disposition"] == 'attachment; filename="mail.eml"'
        answer.close()

    def test_an_answer_starts_in_the_same_thread_with_the_words_quoted(self, asked: Email, arrive: Arrive) -> None:
        assert mailto(arrive("reply_apple_mail")) == (
            "mailto:kirana@contoh.example?subject=Re%3A%20Lumi%20Skincare%3A%20Reel%20draft%2C%20Fri%2027%20Nov"
            "&body=%0A%0A%3E%20Done%2C%20it%20is%20on%20the%20page.&In-Reply-To=%3CAP1%40contoh.example%3E"
        )

    def test_the_message_that_was_answered_shows_the_answer(
        self, asked: Email, arrive: Arrive, as_coordinator: Client
    ) -> None:
        mail = arrive("reply_gmail_en")
        shown = as_coordinator.get(reverse("outbox-email", args=[asked.pk])).content.decode()
        assert reverse("inbox-mail", args=[mail.pk]) in shown

    def test_the_search_of_the_house_finds_it(self, asked: Email, arrive: Arrive, as_coordinator: Client) -> None:
        mail = arrive("stranger")
        shown = as_coordinator.get(reverse("search"), {"q": "bekerja sama"}).content.decode()
        assert reverse("inbox-mail", args=[mail.pk]) in shown


def test_those_who_may_not_read_mail_see_no_tab_of_it(as_viewer: Client) -> None:
    shown = as_viewer.get(reverse("outbox")).content.decode()
    assert reverse("inbox") not in shown


@pytest.mark.parametrize("name", ["inboundmail", "mailbox", "answerhold", "inboundfile"])
def test_the_administration_only_looks(as_owner: Client, name: str, db: None) -> None:
    assert as_owner.get(reverse(f"admin:crm_{name}_changelist")).status_code == 200
    assert as_owner.get(reverse(f"admin:crm_{name}_add")).status_code == 403
