"""Who gets no mail: every reason, its way back, and what happened."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from crm.influencers.models import Influencer, ReminderPause
from crm.outbox.models import Contact
from crm.preferences.actions import agree, take_back
from crm.preferences.models import Consent
from crm.preferences.queries import standing_purposes
from crm.preferences.silence import find_silent
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM
from tests.conftest import NOW
from tests.factories import ContactFactory, InfluencerFactory, RepresentationFactory

DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def kirana(db: None) -> Contact:
    return ContactFactory(name="Kirana Larasati", email="kirana@contoh.example")


def names(user: User, part: str, words: str = "") -> list[str]:
    return [line.name for line in find_silent(user, part, words, "", NOW).page.lines]


class TestWhoIsThere:
    def test_a_bounced_address_with_the_servers_words_and_its_day(self, viewer: User, kirana: Contact) -> None:
        ContactFactory()
        kirana.mark_bounced("550 5.1.1 no such user here", NOW - DAY)
        (line,) = find_silent(viewer, "bounced", "", "", NOW).page.lines
        assert (line.name, line.why, line.since_at) == ("Kirana Larasati", "550 5.1.1 no such user here", NOW - DAY)

    def test_who_said_no_until_she_agrees_again(self, viewer: User, kirana: Contact) -> None:
        agree(kirana, "news", at=NOW - DAY, actor=SYSTEM)
        assert names(viewer, "news") == []
        take_back(kirana, "news", at=NOW, actor=SYSTEM)
        assert names(viewer, "news") == ["Kirana Larasati"]
        agree(kirana, "news", at=NOW, actor=SYSTEM)
        assert names(viewer, "news") == []

    def test_taking_back_her_whatsapp_is_no_word_about_mail(self, viewer: User, kirana: Contact) -> None:
        take_back(kirana, "whatsapp", at=NOW, actor=SYSTEM)
        assert names(viewer, "news") == []

    def test_who_is_left_alone_while_that_holds(self, viewer: User) -> None:
        for name, until in (("Ayu", None), ("Bela", NOW.date()), ("Citra", NOW.date() - DAY)):
            person = InfluencerFactory(stage_name=name)
            Influencer.objects.filter(pk=person.pk).update(do_not_contact_at=NOW - DAY, do_not_contact_until=until)
        assert sorted(names(viewer, "alone")) == ["Ayu", "Bela"]

    def test_whose_reminders_are_paused(self, viewer: User) -> None:
        for name, last in (("Ayu", NOW.date()), ("Bela", NOW.date() - DAY)):
            ReminderPause.objects.create(
                influencer=InfluencerFactory(stage_name=name), since_at=NOW - 3 * DAY, until_on=last, why="Moves house"
            )
        assert names(viewer, "paused") == ["Ayu"]

    @pytest.mark.parametrize("part", ["bounced", "news", "alone", "paused", "nonsense"])
    def test_every_part_opens_and_finds_by_words(self, part: str, as_viewer: Client, kirana: Contact) -> None:
        kirana.mark_bounced("550", NOW)
        answer = as_viewer.get(reverse("outbox-silent"), {"part": part, "q": "kirana", "at": "junk"})
        assert answer.status_code == 200

    @pytest.mark.parametrize("part", ["bounced", "news"])
    def test_a_list_costs_the_same_for_one_and_for_three(
        self, part: str, viewer: User, django_assert_num_queries: Any
    ) -> None:
        for several in (1, 2):
            for _each in range(several):
                contact = ContactFactory()
                contact.mark_bounced("550", NOW)
                take_back(contact, "news", at=NOW, actor=SYSTEM)
            with django_assert_num_queries(2):
                names(viewer, part)


class TestTheWayBack:
    def test_works_again_counts_at_once_and_is_told(self, as_coordinator: Client, kirana: Contact) -> None:
        kirana.mark_bounced("550", NOW - DAY)
        as_coordinator.post(reverse("contact-works", args=[kirana.pk]))
        kirana.refresh_from_db()
        assert kirana.is_mailable
        assert list(Entry.objects.order_by("pk").values_list("verb", flat=True)) == ["contact.bounced", "contact.works"]

    def test_who_only_looks_changes_nothing(self, as_viewer: Client, kirana: Contact) -> None:
        kirana.mark_bounced("550", NOW - DAY)
        for name, args in (
            ("contact-works", [kirana.pk]),
            ("contact-agreed", [kirana.pk]),
            ("contact-taken-back", [kirana.pk, "news"]),
        ):
            assert as_viewer.post(reverse(name, args=args)).status_code == 403
        kirana.refresh_from_db()
        assert (kirana.email_state, Consent.objects.count()) == ("bounced", 0)

    def test_her_own_address_page_says_what_stands_and_what_happened(self, as_viewer: Client, kirana: Contact) -> None:
        kirana.mark_bounced("550 5.1.1 no such user here", NOW - DAY)
        agree(kirana, "news", at=NOW - DAY, actor=SYSTEM)
        page = as_viewer.get(reverse("contact-silence", args=[kirana.pk])).content.decode()
        for words in ("550 5.1.1 no such user here", "You may send me news by e-mail", "does not arrive any more"):
            assert words in page


class TestToldByAColleague:
    SAID = {"purpose": "offers", "said_on": "2026-11-20", "channel": "whatsapp", "words": "Boleh kak, kabarin aja"}

    def test_what_she_said_is_kept_with_the_day_and_in_her_story(self, as_coordinator: Client, kirana: Contact) -> None:
        person = RepresentationFactory(contact=kirana, influencer=InfluencerFactory(), capacity="self").influencer
        as_coordinator.post(reverse("contact-agreed", args=[kirana.pk]), self.SAID)
        consent = Consent.objects.get()
        assert (consent.purpose, consent.evidence, consent.channel, consent.given_by) == (
            "offers", "Boleh kak, kabarin aja", "whatsapp", "Dinda",
        )  # fmt: skip
        assert consent.given_at == dt.datetime(2026, 11, 19, 17, 0, tzinfo=dt.UTC)
        entry = Entry.objects.get(influencer=person)
        assert (entry.verb, entry.quote, entry.channel) == ("consent.given", "Boleh kak, kabarin aja", "whatsapp")

    @pytest.mark.parametrize(
        ("change", "said"),
        [({"words": ""}, "This field is required."), ({"said_on": "2026-11-25"}, "That day has not come yet.")],
    )
    def test_without_evidence_or_ahead_of_time_nothing_is_kept(
        self, change: dict[str, str], said: str, as_coordinator: Client, kirana: Contact
    ) -> None:
        answer = as_coordinator.post(reverse("contact-agreed", args=[kirana.pk]), {**self.SAID, **change})
        assert (answer.status_code, Consent.objects.count()) == (422, 0)
        assert said in answer.content.decode()

    def test_a_no_that_came_later_stands(self, as_coordinator: Client, kirana: Contact) -> None:
        take_back(kirana, "offers", at=NOW - DAY, actor=SYSTEM)
        answer = as_coordinator.post(reverse("contact-agreed", args=[kirana.pk]), self.SAID)
        assert (answer.status_code, standing_purposes(kirana)) == (422, set())
        assert "She took it back after that day. Ask her again." in answer.content.decode()

    def test_for_a_minor_it_says_who_can_agree(self, as_coordinator: Client, kirana: Contact) -> None:
        RepresentationFactory(
            contact=kirana, influencer=InfluencerFactory(birth_on=dt.date(2010, 1, 1), country="ID"), capacity="self"
        )
        answer = as_coordinator.post(reverse("contact-agreed", args=[kirana.pk]), self.SAID)
        assert (answer.status_code, Consent.objects.count()) == (422, 0)
        assert "only her guardian can agree" in answer.content.decode()

    def test_taken_back_on_her_word(self, as_coordinator: Client, kirana: Contact) -> None:
        agree(kirana, "news", at=NOW - DAY, actor=SYSTEM)
        as_coordinator.post(reverse("contact-taken-back", args=[kirana.pk, "news"]))
        assert (standing_purposes(kirana), Consent.objects.get().withdrawn_by) == (set(), "Dinda")
        assert as_coordinator.post(reverse("contact-taken-back", args=[kirana.pk, "nonsense"])).status_code == 404
