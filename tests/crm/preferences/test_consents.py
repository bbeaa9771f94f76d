"""Consents: recorded with the words, taken back for good, and asked before any marketing leaves."""

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from crm.base.models import Organisation
from crm.influencers.models import Influencer
from crm.outbox.compose import enqueue
from crm.outbox.delivery import send_due
from crm.outbox.headers import headers_of
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import in_words
from crm.outbox.topics import Purpose
from crm.preferences.actions import Evidence, agree, decide, no_more_marketing, take_back, wish
from crm.preferences.models import Consent, ConsentText, ReminderWish
from crm.preferences.queries import current_text, may_market, standing_purposes
from crm.reminders.models import Todo
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor
from tests.factories import ContactFactory, InfluencerFactory, RepresentationFactory

DAY = dt.timedelta(days=1)
FACTS = {"greeting": "Kirana", "brand": "Lumi Skincare", "owner": "Dinda"}


@pytest.fixture
def kirana(organisation: Organisation) -> Contact:
    return ContactFactory(name="Kirana Larasati", email="kirana@contoh.example")


def news(to: Contact, at: dt.datetime, key: str = "news") -> Email:
    email = enqueue("portal_link", to=to, key=key, at=at, context=FACTS, mail_class=Email.MailClass.MARKETING)
    assert email is not None
    return email


def by(contact: Contact) -> Actor:
    return Actor.contact(contact)


def test_an_offer_she_no_longer_wants_is_not_passed_on_by_hand_either(
    kirana: Contact, as_coordinator: Client, now: dt.datetime
) -> None:
    agree(kirana, Purpose.NEWS, at=now - DAY, actor=by(kirana))
    waits = news(kirana, now)
    take_back(kirana, Purpose.NEWS, at=now, actor=by(kirana))
    kirana.refresh_from_db()
    assert kirana.news_off_at is None  # she may still agree to offers
    answer = as_coordinator.post(reverse("outbox-pass-on", args=[waits.pk]))
    assert "This contact does not want news any more" in answer.content.decode()
    assert list(Email.objects.values_list("pk", "state")) == [(waits.pk, "queued")]


def test_an_empty_box_is_a_no_where_the_house_takes_silence_for_a_yes(kirana: Contact, now: dt.datetime) -> None:
    Organisation.objects.update(news_to=Organisation.NewsTo.NOT_REFUSED)
    assert may_market([kirana.pk], now, Purpose.OFFERS) == {kirana.pk: ""}
    decide(kirana, {Purpose.NEWS: True, Purpose.OFFERS: False}, at=now, actor=by(kirana))
    assert may_market([kirana.pk], now, Purpose.NEWS) == {kirana.pk: ""}
    assert in_words(may_market([kirana.pk], now, Purpose.OFFERS)[kirana.pk]) == (
        "This contact does not want offers any more, since 24 November 2026."
    )


def test_who_refused_everything_and_agrees_to_news_still_gets_no_offers(kirana: Contact, now: dt.datetime) -> None:
    Organisation.objects.update(news_to=Organisation.NewsTo.NOT_REFUSED)
    Contact.objects.update(news_off_at=now - 3 * DAY)
    kirana.refresh_from_db()
    agree(kirana, Purpose.NEWS, at=now, actor=by(kirana))
    assert may_market([kirana.pk], now, Purpose.NEWS) == {kirana.pk: ""}
    assert in_words(may_market([kirana.pk], now, Purpose.OFFERS)[kirana.pk]) == (
        "This contact does not want offers any more, since 21 November 2026."
    )


class TestAgreeing:
    def test_a_yes_keeps_the_words_she_saw_in_her_language(self, kirana: Contact, now: dt.datetime) -> None:
        assert agree(kirana, Purpose.NEWS, at=now, actor=by(kirana)) is True
        consent = Consent.objects.get()
        text = ConsentText.objects.get(purpose="news")
        assert (consent.text, consent.shown, consent.language) == (text, text.words_en, "en")
        assert (consent.given_at, consent.withdrawn_at, consent.given_by) == (now, None, "Kirana Larasati")
        ConsentText.objects.filter(pk=text.pk).update(words_en="Other words")
        consent.refresh_from_db()
        assert consent.shown == text.words_en

    def test_a_second_yes_is_the_first(self, kirana: Contact, now: dt.datetime) -> None:
        assert agree(kirana, Purpose.NEWS, at=now, actor=by(kirana)) is True
        assert agree(kirana, Purpose.NEWS, at=now + DAY, actor=by(kirana)) is False
        assert list(Consent.objects.values_list("given_at", flat=True)) == [now]

    def test_one_yes_never_covers_another_purpose(self, kirana: Contact, now: dt.datetime) -> None:
        agree(kirana, Purpose.NEWS, at=now, actor=by(kirana))
        assert may_market([kirana.pk], now, Purpose.NEWS) == {kirana.pk: ""}
        why = may_market([kirana.pk], now, Purpose.OFFERS)[kirana.pk]
        assert in_words(why) == "This contact never agreed to offers."

    def test_what_a_colleague_heard_keeps_day_channel_and_words(self, kirana: Contact, now: dt.datetime) -> None:
        how = Evidence(now - 3 * DAY, "whatsapp", "Boleh kak, kabarin aja")
        agree(kirana, Purpose.OFFERS, at=now, actor=Actor("user", "Dinda"), how=how)
        consent = Consent.objects.get()
        assert (consent.given_at, consent.channel, consent.evidence, consent.given_by) == (
            now - 3 * DAY, "whatsapp", "Boleh kak, kabarin aja", "Dinda",
        )  # fmt: skip

    def test_it_stands_in_the_story_of_the_person_who_speaks_for_herself(
        self, kirana: Contact, now: dt.datetime
    ) -> None:
        person = RepresentationFactory(contact=kirana, influencer=InfluencerFactory(), capacity="self").influencer
        agree(kirana, Purpose.NEWS, at=now, actor=by(kirana))
        take_back(kirana, Purpose.NEWS, at=now, actor=by(kirana))
        told = list(Entry.objects.filter(influencer=person).order_by("pk").values_list("verb", "sentence_en"))
        assert told == [
            ("consent.given", "Kirana Larasati agreed: News"),
            ("consent.taken_back", "Kirana Larasati does not want this any more: News"),
        ]

    def test_what_an_agent_decides_for_herself_stands_in_nobodys_story(self, kirana: Contact, now: dt.datetime) -> None:
        for _each in range(2):
            RepresentationFactory(contact=kirana, influencer=InfluencerFactory(), capacity="agent")
        agree(kirana, Purpose.NEWS, at=now, actor=by(kirana))
        assert list(Entry.objects.values_list("influencer", "subject")) == [(None, f"crm.contact:{kirana.pk}")]


class TestTakingBack:
    def test_it_is_the_second_date_of_the_yes(self, kirana: Contact, now: dt.datetime) -> None:
        agree(kirana, Purpose.NEWS, at=now, actor=by(kirana))
        assert take_back(kirana, Purpose.NEWS, at=now + DAY, actor=by(kirana)) is True
        assert take_back(kirana, Purpose.NEWS, at=now + 2 * DAY, actor=by(kirana)) is False
        assert list(Consent.objects.values_list("given_at", "withdrawn_at")) == [(now, now + DAY)]
        assert standing_purposes(kirana) == set()

    def test_a_no_without_a_yes_is_kept_too(self, kirana: Contact, now: dt.datetime) -> None:
        assert take_back(kirana, Purpose.OFFERS, at=now, actor=by(kirana)) is True
        assert list(Consent.objects.values_list("given_at", "withdrawn_at")) == [(None, now)]

    def test_a_new_yes_is_a_new_row(self, kirana: Contact, now: dt.datetime) -> None:
        agree(kirana, Purpose.NEWS, at=now, actor=by(kirana))
        take_back(kirana, Purpose.NEWS, at=now + DAY, actor=by(kirana))
        agree(kirana, Purpose.NEWS, at=now + 2 * DAY, actor=by(kirana))
        assert list(Consent.objects.order_by("pk").values_list("given_at", "withdrawn_at")) == [
            (now, now + DAY),
            (now + 2 * DAY, None),
        ]
        assert may_market([kirana.pk], now + 2 * DAY) == {kirana.pk: ""}

    def test_neither_news_nor_offers_shows_on_the_contact_until_she_agrees_anew(
        self, kirana: Contact, now: dt.datetime
    ) -> None:
        take_back(kirana, Purpose.NEWS, at=now, actor=by(kirana))
        kirana.refresh_from_db()
        assert kirana.news_off_at is None
        take_back(kirana, Purpose.OFFERS, at=now + DAY, actor=by(kirana))
        kirana.refresh_from_db()
        assert kirana.news_off_at == now + DAY
        agree(kirana, Purpose.NEWS, at=now + 2 * DAY, actor=by(kirana))
        kirana.refresh_from_db()
        assert kirana.news_off_at is None
        assert in_words(may_market([kirana.pk], now + 2 * DAY, Purpose.OFFERS)[kirana.pk]).startswith(
            "This contact does not want offers any more, since"
        )

    def test_the_way_out_of_every_message_ends_both_once(self, kirana: Contact, now: dt.datetime) -> None:
        agree(kirana, Purpose.NEWS, at=now, actor=by(kirana))
        assert no_more_marketing(kirana, at=now + DAY) is True
        assert no_more_marketing(kirana, at=now + 2 * DAY) is False
        rows = Consent.objects.order_by("purpose").values_list("purpose", "given_at", "withdrawn_at")
        assert list(rows) == [("news", now, now + DAY), ("offers", None, now + DAY)]


class TestData:
    def test_what_the_house_works_with_her_data_on_is_a_task_with_three_days(
        self, kirana: Contact, now: dt.datetime
    ) -> None:
        person = RepresentationFactory(contact=kirana, influencer=InfluencerFactory(), capacity="self").influencer
        agree(kirana, Purpose.PROFILE, at=now, actor=by(kirana))
        take_back(kirana, Purpose.PROFILE, at=now + DAY, actor=by(kirana))
        assert list(Todo.objects.values_list("due_at", "influencer_ref", "kind", "done_at")) == [
            (now + 4 * DAY, person.pk, "check", None)
        ]

    def test_news_are_not_data(self, kirana: Contact, now: dt.datetime) -> None:
        agree(kirana, Purpose.NEWS, at=now, actor=by(kirana))
        take_back(kirana, Purpose.NEWS, at=now, actor=by(kirana))
        assert Todo.objects.count() == 0


class TestProof:
    def test_a_consent_is_neither_changed_nor_deleted(self, kirana: Contact, now: dt.datetime) -> None:
        agree(kirana, Purpose.NEWS, at=now, actor=by(kirana))
        consent = Consent.objects.get()
        consent.shown = "Other words"
        with pytest.raises(TypeError, match="never changed"):
            consent.save()
        with pytest.raises(TypeError, match="never deleted"):
            consent.delete()
        assert Consent.objects.exclude(shown="Other words").count() == 1

    @pytest.mark.parametrize(
        "columns",
        [
            {"given_at": "now"},  # a second open one
            {},  # neither a yes nor a no
            {"given_at": "now", "withdrawn_at": "before"},
        ],
    )
    def test_the_database_refuses_what_makes_no_sense(
        self, columns: dict[str, str], kirana: Contact, now: dt.datetime
    ) -> None:
        agree(kirana, Purpose.NEWS, at=now, actor=by(kirana))
        moments = {"now": now, "before": now - DAY}
        with pytest.raises(IntegrityError), transaction.atomic():
            Consent.objects.create(
                contact=kirana, purpose=Purpose.NEWS, **{name: moments[at] for name, at in columns.items()}
            )
        assert Consent.objects.count() == 1

    def test_of_two_texts_the_one_that_began_later_is_shown(self, organisation: Organisation) -> None:
        later = ConsentText.objects.create(
            purpose="news", version="2", words_en="b", words_id="b", valid_from=dt.date(2027, 1, 1)
        )
        first = current_text("news", dt.date(2026, 12, 31))
        assert (first.version if first else "", current_text("news", dt.date(2027, 1, 1))) == ("1", later)


class TestMarketing:
    """The outbox asks when a message is put into it, and again just before it leaves."""

    def test_without_a_yes_nothing_is_put_on_its_way(self, kirana: Contact, now: dt.datetime) -> None:
        email = news(kirana, now)
        assert (email.state, in_words(email.why)) == ("skipped", "This contact never agreed to news.")
        assert send_due(lambda: now) == {}
        assert mail.outbox == []

    def test_with_a_yes_it_leaves_with_one_click_to_get_out(self, kirana: Contact, now: dt.datetime) -> None:
        agree(kirana, Purpose.NEWS, at=now, actor=by(kirana))
        email = news(kirana, now)
        assert send_due(lambda: now) == {"sent": 1}
        headers = headers_of(email)
        assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert headers["List-Unsubscribe"].startswith("<http")

    def test_taken_back_while_it_waited_it_does_not_leave(self, kirana: Contact, now: dt.datetime) -> None:
        agree(kirana, Purpose.NEWS, at=now, actor=by(kirana))
        email = news(kirana, now)
        assert email.state == "queued"
        take_back(kirana, Purpose.NEWS, at=now + dt.timedelta(minutes=5), actor=by(kirana))
        assert send_due(lambda: now + dt.timedelta(minutes=6)) == {"skipped": 1}
        email.refresh_from_db()
        assert (email.state, in_words(email.why)) == (
            "skipped",
            "This contact does not want news any more, since 24 November 2026.",
        )
        assert mail.outbox == []

    def test_a_house_that_asks_for_a_no_writes_until_it_is_said(self, kirana: Contact, now: dt.datetime) -> None:
        Organisation.objects.update(news_to=Organisation.NewsTo.NOT_REFUSED)
        assert news(kirana, now, "first").state == "queued"
        no_more_marketing(kirana, at=now)
        assert news(kirana, now, "second").state == "skipped"
        assert send_due(lambda: now) == {"skipped": 1}

    def test_service_needs_no_yes_and_carries_no_way_out(self, kirana: Contact, now: dt.datetime) -> None:
        no_more_marketing(kirana, at=now)
        email = enqueue("portal_link", to=kirana, key="service", at=now, context=FACTS)
        assert email is not None
        assert (email.state, "List-Unsubscribe" in headers_of(email)) == ("queued", False)

    @pytest.mark.parametrize("when", ["before", "between"])
    def test_who_is_left_alone_gets_nothing(self, when: str, kirana: Contact, now: dt.datetime) -> None:
        person = RepresentationFactory(contact=kirana, influencer=InfluencerFactory(), capacity="self").influencer

        def leave_alone() -> None:
            Influencer.objects.filter(pk=person.pk).update(do_not_contact_at=now, do_not_contact_why="Asked for it")

        if when == "before":
            leave_alone()
        email = enqueue("portal_link", to=kirana, key="a", at=now, context=FACTS, influencer_ref=person.pk)
        assert email is not None
        assert email.state == {"before": "skipped", "between": "queued"}[when]
        if when == "between":
            leave_alone()
        send_due(lambda: now + dt.timedelta(minutes=1))
        email.refresh_from_db()
        assert (email.state, bool(email.why), mail.outbox) == ("skipped", True, [])

    def test_many_are_asked_in_three_queries(
        self, kirana: Contact, now: dt.datetime, django_assert_num_queries: Any
    ) -> None:
        others = [ContactFactory() for _each in range(3)]
        agree(kirana, Purpose.NEWS, at=now, actor=by(kirana))
        for contacts in ([kirana], [kirana, *others]):
            with django_assert_num_queries(3):
                may_market([contact.pk for contact in contacts], now)


class TestWishes:
    def test_a_wish_is_told_once(self, kirana: Contact, now: dt.datetime) -> None:
        said = {"pace": "weekly", "weekday": 1, "only_binding": True}
        assert wish(kirana, **said, at=now, actor=by(kirana)) is True  # type: ignore[arg-type]
        assert wish(kirana, **said, at=now, actor=by(kirana)) is False  # type: ignore[arg-type]
        assert ReminderWish.objects.get().contact == kirana
        assert Entry.objects.get().sentence_en == "Kirana Larasati wants reminders: Together, at most once a week"

    def test_the_usual_is_not_written_down(self, kirana: Contact, now: dt.datetime) -> None:
        assert wish(kirana, pace="each", weekday=0, only_binding=False, at=now, actor=SYSTEM) is False
        assert ReminderWish.objects.count() == 0
