"""A message is a row before it is a message: asked for once, in the recipient's words, without its secrets."""

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError

from crm.outbox import late
from crm.outbox.compose import compose, enqueue
from crm.outbox.headers import headers_of, sender_line
from crm.outbox.kinds import KINDS, EmailKind, declare, kind_of
from crm.outbox.models import Contact, Email, Wording
from crm.outbox.words import sample, spoken
from tests.crm.outbox.conftest import LINK
from tests.factories import ContactFactory


def ask(to: Contact, now: dt.datetime, key: str = "link/1", **changes: Any) -> Email | None:
    details = {
        "context": LINK,
        "from_name": "Dinda, Lumi Skincare",
        "reply_to": "dinda@mitra.example",
        "late_fields": {"page": {"influencer": 7}},
        **changes,
    }
    return enqueue("portal_link", to=to, key=key, at=now, **details)


class TestEnqueue:
    def test_asking_twice_for_one_key_is_one_row(self, kirana: Contact, now: dt.datetime) -> None:
        first, second = ask(kirana, now), ask(kirana, now, from_name="Somebody else")
        assert first is not None
        assert first == second
        assert list(Email.objects.values_list("key", "from_name", "state")) == [
            ("link/1", "Dinda, Lumi Skincare", "queued")
        ]

    def test_a_contact_without_address_gets_no_row(self, now: dt.datetime, db: None) -> None:
        assert ask(ContactFactory(email=""), now) is None
        assert Email.objects.count() == 0

    def test_a_bounced_address_gets_no_row(self, kirana: Contact, now: dt.datetime) -> None:
        kirana.mark_bounced("550 5.1.1 no such user", now)
        assert ask(kirana, now) is None
        assert Email.objects.count() == 0

    def test_the_row_keeps_a_marker_where_the_secret_will_be(self, kirana: Contact, now: dt.datetime) -> None:
        email = ask(kirana, now)
        assert email is not None
        assert "${late:page}" in email.text
        assert 'href="${late:page}"' in email.html
        secret = f"https://mitra.example/p/secret-{email.pk}"
        assert secret in late.fill(email.text, late.secrets_of(email))
        assert secret not in email.text + email.html + str(email.context) + str(email.late_fields)

    def test_text_from_people_cannot_pass_for_a_marker(self, kirana: Contact, now: dt.datetime) -> None:
        email = ask(kirana, now, context={**LINK, "brand": "${late:page}"})
        assert email is not None
        assert email.subject == "$ {late:page}: your page"

    def test_a_header_stays_on_one_line_whatever_was_typed(self, kirana: Contact, now: dt.datetime) -> None:
        email = ask(kirana, now, from_name="Dinda\r\nBcc: all@x.example", context={**LINK, "brand": "A\nB"})
        assert email is not None
        assert (email.from_name, email.subject) == ("Dinda Bcc: all@x.example", "A B: your page")

    def test_a_missing_name_is_named(self, kirana: Contact, now: dt.datetime) -> None:
        with pytest.raises(LookupError, match="'portal_link' needs brand, owner"):
            ask(kirana, now, context={"greeting": "Kirana"})
        assert Email.objects.count() == 0

    def test_names_in_html_are_escaped(self, kirana: Contact, now: dt.datetime) -> None:
        email = ask(kirana, now, context={**LINK, "brand": "<b>&Co"})
        assert email is not None
        assert "&lt;b&gt;&amp;Co" in email.html
        assert "<b>&Co" in email.text


def test_an_unknown_late_field_is_refused_before_the_row_exists(
    kirana: Contact, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(late.late_field, "_placed", {})
    with pytest.raises(LookupError, match="Nobody fills in page"):
        ask(kirana, now)
    assert Email.objects.count() == 0


class TestHeaders:
    def test_it_comes_from_a_person_and_answers_to_a_person(self, kirana: Contact, now: dt.datetime) -> None:
        email = ask(kirana, now)
        assert email is not None
        assert sender_line(email) == '"Dinda, Lumi Skincare" <mitra@localhost>'
        assert email.reply_to == "dinda@mitra.example"

    def test_every_message_of_a_thread_answers_to_the_same_name(self, kirana: Contact, now: dt.datetime) -> None:
        one = compose("portal_link", to=kirana, key="a", at=now, context=LINK, thread="campaigns.deliverable:1/draft")
        two = compose("portal_link", to=kirana, key="b", at=now, context=LINK, thread="campaigns.deliverable:1/draft")
        assert one.message_id != two.message_id
        assert headers_of(one)["References"] == headers_of(two)["References"]

    def test_news_can_be_switched_off_in_one_click_and_service_has_no_such_header(
        self, kirana: Contact, now: dt.datetime
    ) -> None:
        news = compose("portal_link", to=kirana, key="a", at=now, context=LINK, mail_class="marketing")
        service = compose("portal_link", to=kirana, key="b", at=now, context=LINK)
        assert headers_of(news)["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "/news/off/" in headers_of(news)["List-Unsubscribe"]
        assert "List-Unsubscribe" not in headers_of(service)


class TestWording:
    def test_words_changed_by_an_admin_stand_in_the_same_frame(self, db: None) -> None:
        own = Wording(
            name="portal_link", language="en", subject="$brand for you", text="Dear $first_name,\n\nsee: $page"
        )
        shown = sample(kind_of("portal_link"), "en", own)
        assert shown.subject == "Lumi Skincare for you"
        assert shown.text.startswith("Dear Kirana,\n\nsee: ${late:page}\n\nOpen your page:\n${late:page}\n")
        assert "Dear Kirana," in shown.html
        assert shown.version == "own 1"

    def test_own_words_have_no_logic(self, db: None) -> None:
        own = Wording(name="portal_link", language="en", subject="x", text="{{ brand }} {% now 'Y' %} <script>")
        shown = sample(kind_of("portal_link"), "en", own)
        assert "{{ brand }} {% now 'Y' %} <script>" in shown.text
        assert "<script>" not in shown.html


def test_a_second_message_of_the_same_name_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="already an e-mail"):
        declare(EmailKind(name="portal_link", label="Other", names={}, sample={}))


def test_dates_are_spoken_in_the_recipients_language() -> None:
    day, moment = dt.date(2026, 11, 27), dt.datetime(2026, 11, 27, 2, 0, tzinfo=dt.UTC)
    assert spoken(day, "en", "Asia/Makassar") == "Friday, 27 November"
    assert spoken(day, "id", "Asia/Makassar") == "Jumat, 27 November"
    assert spoken(moment, "en", "Asia/Makassar") == "Friday, 27 November, 10:00 WITA"
    assert spoken({"en": "Story", "id": "Cerita"}, "id", "Asia/Makassar") == "Cerita"


@pytest.mark.parametrize("name", sorted(KINDS))
def test_a_message_uses_only_names_it_declares(name: str) -> None:
    folder = Path(settings.BASE_DIR) / "templates" / "emails" / name
    sources = "".join((folder / part).read_text() for part in ("subject.txt", "body.txt", "body.html"))
    used = set(re.findall(r"\{\{ (\w+)", sources)) - set(re.findall(r"\{% for (\w+) in", sources))
    assert used - set(kind_of(name).allowed) == set()


def test_validation_of_letters_names_what_is_allowed() -> None:
    from crm.base.text import validate_letter

    with pytest.raises(ValidationError, match=r"Unknown: \$password"):
        validate_letter("$password", kind_of("portal_link").allowed)
