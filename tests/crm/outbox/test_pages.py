"""The outbox's pages: what each shows, who may decide, and that refusing changes nothing."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from crm.base.models import Organisation
from crm.outbox.models import Contact, Email
from crm.outbox.reasons import SERVER_REFUSED, reason
from crm.timeline.models import Entry
from tests.factories import BrandFactory, UserFactory

Ask = Callable[..., Email]


def put(email: Email, **columns: Any) -> Email:
    Email.objects.filter(pk=email.pk).update(**columns)
    email.refresh_from_db()
    return email


@pytest.fixture
def failed(kirana: Contact, ask: Ask) -> Email:
    why = reason(SERVER_REFUSED, answer="550 5.1.1 no such user")
    return put(ask(kirana, "failed"), state="failed", why=why, attempts=8)


@pytest.fixture
def unclear(kirana: Contact, ask: Ask, now: dt.datetime) -> Email:
    return put(ask(kirana, "unclear"), state="unknown", data_started_at=now, why="Unclear", lease_token="gone")


class TestList:
    @pytest.mark.parametrize(
        ("tab", "state"),
        [("waiting", "queued"), ("sent", "sent"), ("failed", "failed"), ("unclear", "unknown"), ("skipped", "skipped")],
    )
    def test_each_part_shows_its_messages_alone(
        self, tab: str, state: str, kirana: Contact, ask: Ask, now: dt.datetime, as_viewer: Client
    ) -> None:
        for one in ("queued", "sent", "failed", "unknown", "skipped"):
            put(ask(kirana, one), state=one, subject=f"Message {one}", sent_at=now, why="Because")
        page = as_viewer.get(reverse("outbox"), {"tab": tab})
        shown = [line.email.state for line in page.context["found"].lines]
        assert (page.status_code, shown) == (200, [state])

    def test_a_person_is_found_by_name_or_address(self, kirana: Contact, ask: Ask, as_viewer: Client) -> None:
        ask(kirana)
        for words, count in (("larasati", 1), ("KIRANA@CON", 1), ("nobody", 0)):
            page = as_viewer.get(reverse("outbox"), {"tab": "waiting", "q": words})
            assert len(page.context["found"].lines) == count

    def test_messages_about_one_person(self, kirana: Contact, ask: Ask, as_viewer: Client) -> None:
        mine, _other = ask(kirana, "a", influencer_ref=7), ask(kirana, "b", influencer_ref=8)
        page = as_viewer.get(reverse("outbox"), {"tab": "waiting", "person": "7"})
        assert [line.email for line in page.context["found"].lines] == [mine]

    @pytest.mark.parametrize("person", ["x", "-1", "9" * 40, "٣"])
    def test_nonsense_in_the_address_is_no_error(self, person: str, as_viewer: Client) -> None:
        page = as_viewer.get(reverse("outbox"), {"person": person, "tab": "nonsense", "at": "nonsense"})
        assert page.status_code == 200

    @pytest.mark.parametrize("count", [1, 3])
    def test_it_costs_the_same_queries_for_one_message_and_for_three(
        self, count: int, kirana: Contact, ask: Ask, as_viewer: Client, django_assert_num_queries: Any
    ) -> None:
        for key in range(count):
            ask(kirana, str(key))
        with django_assert_num_queries(7):
            as_viewer.get(reverse("outbox"), {"tab": "waiting"})

    def test_pages_follow_each_other(self, kirana: Contact, ask: Ask, as_viewer: Client) -> None:
        emails = [ask(kirana, str(key)) for key in range(51)]
        first = as_viewer.get(reverse("outbox"), {"tab": "waiting"}).context["found"]
        assert (len(first.lines), first.earlier) == (50, "")
        second = as_viewer.get(first.later).context["found"]
        assert ([line.email for line in second.lines], second.later) == ([emails[0]], "")

    def test_another_brands_messages_are_not_there(
        self, kirana: Contact, ask: Ask, organisation: Organisation, viewer: Any, as_viewer: Client
    ) -> None:
        organisation.brand_walls = True
        organisation.save()
        mine, other = BrandFactory(), BrandFactory()
        viewer.brand_access.create(brand=mine)
        shown, hidden = ask(kirana, "a", brand_ref=mine.pk), ask(kirana, "b", brand_ref=other.pk)
        page = as_viewer.get(reverse("outbox"), {"tab": "waiting"})
        assert [line.email for line in page.context["found"].lines] == [shown]
        for name in ("outbox-email", "outbox-email-html"):
            assert as_viewer.get(reverse(name, args=[hidden.pk])).status_code == 404


class TestOneMessage:
    def test_it_is_shown_as_it_left_without_its_secrets(self, kirana: Contact, ask: Ask, as_viewer: Client) -> None:
        email = ask(kirana)
        page = as_viewer.get(reverse("outbox-email", args=[email.pk]))
        assert (page.status_code, "•••" in page.content.decode(), "${late" in page.content.decode()) == (
            200,
            True,
            False,
        )
        frame = as_viewer.get(reverse("outbox-email-html", args=[email.pk]))
        assert ("Hi Kak Kirana" in frame.content.decode(), "${late" in frame.content.decode()) == (True, False)

    def test_the_frame_runs_nothing_and_only_we_may_show_it(self, kirana: Contact, ask: Ask, as_viewer: Client) -> None:
        frame = as_viewer.get(reverse("outbox-email-html", args=[ask(kirana).pk]))
        assert frame["Content-Security-Policy"] == (
            "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox"
        )
        assert (frame["X-Frame-Options"], frame["Cache-Control"]) == ("SAMEORIGIN", "private, no-store")

    def test_the_reason_is_told_in_the_readers_language(self, failed: Email, as_viewer: Client) -> None:
        page = as_viewer.get(reverse("outbox-email", args=[failed.pk])).content.decode()
        assert "Refused for good. The receiving mail server said: 550 5.1.1 no such user" in page


class TestDecisions:
    def decide(self, client: Client, verb: str, email: Email) -> int:
        return client.post(reverse(f"outbox-{verb}", args=[email.pk])).status_code

    def test_a_failed_message_is_tried_anew(self, failed: Email, as_coordinator: Client) -> None:
        assert self.decide(as_coordinator, "retry", failed) == 302
        failed.refresh_from_db()
        assert (failed.state, failed.attempts, failed.may_be_twice) == ("queued", 0, False)
        assert Entry.objects.values_list("verb", "actor_label").get() == ("email.retried", "Dinda")

    def test_an_unclear_message_is_sent_again_and_says_so(self, unclear: Email, as_coordinator: Client) -> None:
        self.decide(as_coordinator, "resend", unclear)
        unclear.refresh_from_db()
        assert (unclear.state, unclear.may_be_twice, unclear.lease_token) == ("queued", True, "")

    def test_an_unclear_message_is_left_as_sent(self, unclear: Email, now: dt.datetime, as_coordinator: Client) -> None:
        self.decide(as_coordinator, "leave", unclear)
        unclear.refresh_from_db()
        assert (unclear.state, unclear.sent_at) == ("sent", now)
        assert unclear.why.startswith("%(who)s decided not to send it again.")

    def test_a_waiting_message_is_called_off(self, kirana: Contact, ask: Ask, as_coordinator: Client) -> None:
        email = ask(kirana)
        self.decide(as_coordinator, "call-off", email)
        email.refresh_from_db()
        assert email.state == "skipped"

    @pytest.mark.parametrize("verb", ["retry", "resend", "leave", "call-off"])
    def test_what_was_sent_stays_as_it_is_and_the_page_says_why(
        self, verb: str, kirana: Contact, ask: Ask, now: dt.datetime, as_coordinator: Client
    ) -> None:
        email = put(ask(kirana), state="sent", sent_at=now)
        page = as_coordinator.post(reverse(f"outbox-{verb}", args=[email.pk]), follow=True)
        assert "cannot go from Sent to" in page.content.decode()
        before = vars(email)["updated_at"]
        email.refresh_from_db()
        assert (email.state, email.updated_at, Entry.objects.count()) == ("sent", before, 0)

    def test_retry_is_not_a_way_around_the_question_of_sending_twice(
        self, unclear: Email, as_coordinator: Client
    ) -> None:
        self.decide(as_coordinator, "retry", unclear)
        unclear.refresh_from_db()
        assert unclear.state == "unknown"

    @pytest.mark.parametrize("verb", ["retry", "resend", "leave", "call-off"])
    def test_a_viewer_decides_nothing(self, verb: str, failed: Email, as_viewer: Client) -> None:
        assert self.decide(as_viewer, verb, failed) == 403
        failed.refresh_from_db()
        assert failed.state == "failed"

    @pytest.mark.parametrize("verb", ["retry", "resend", "leave", "call-off"])
    def test_looking_decides_nothing(self, verb: str, failed: Email, as_coordinator: Client) -> None:
        assert as_coordinator.get(reverse(f"outbox-{verb}", args=[failed.pk])).status_code == 405


class TestSwitches:
    def test_an_owner_stops_all_mail_and_starts_it_again(self, as_owner: Client, organisation: Organisation) -> None:
        as_owner.post(reverse("outbox-pause"), {"why": "Restored from a backup"})
        organisation.refresh_from_db()
        assert (organisation.mail_paused_at is None, organisation.mail_paused_why) == (False, "Restored from a backup")
        assert "Restored from a backup" in as_owner.get(reverse("outbox")).content.decode()
        assert as_owner.get(reverse("outbox-resume")).status_code == 200
        organisation.refresh_from_db()
        assert organisation.mail_paused_at is not None
        as_owner.post(reverse("outbox-resume"))
        organisation.refresh_from_db()
        assert (organisation.mail_paused_at, organisation.mail_paused_why) == (None, "")
        assert list(Entry.objects.order_by("id").values_list("verb", flat=True)) == ["outbox.paused", "outbox.resumed"]

    def test_stopping_twice_keeps_the_first_reason(self, as_owner: Client, organisation: Organisation) -> None:
        for why in ("First", "Second"):
            as_owner.post(reverse("outbox-pause"), {"why": why})
        organisation.refresh_from_db()
        assert (organisation.mail_paused_why, Entry.objects.count()) == ("First", 1)

    def test_stopping_without_a_reason_says_what_is_missing(self, as_owner: Client, organisation: Organisation) -> None:
        page = as_owner.post(reverse("outbox-pause"), {"why": ""})
        organisation.refresh_from_db()
        assert (page.status_code, organisation.mail_paused_at) == (422, None)

    def test_a_rehearsal_goes_to_one_address_and_ends(self, as_owner: Client, organisation: Organisation) -> None:
        for address in ("me@mitra.example", ""):
            as_owner.post(reverse("outbox-redirect"), {"address": address})
            organisation.refresh_from_db()
            assert organisation.mail_redirect_to == address

    @pytest.mark.parametrize("name", ["outbox-pause", "outbox-resume", "outbox-redirect"])
    def test_only_owners_and_admins_touch_the_switches(
        self, name: str, as_coordinator: Client, organisation: Organisation
    ) -> None:
        assert (as_coordinator.get(reverse(name)).status_code, as_coordinator.post(reverse(name)).status_code) == (
            403,
            403,
        )
        organisation.refresh_from_db()
        assert (organisation.mail_paused_at, organisation.mail_redirect_to) == (None, "")

    @pytest.mark.parametrize("name", ["outbox", "outbox-planned", "outbox-why"])
    def test_strangers_sign_in_first(self, name: str, client: Client, db: None) -> None:
        assert client.get(reverse(name))["Location"].startswith(reverse("account_login"))


class TestNewsOff:
    def url(self, contact: Contact) -> str:
        from crm.outbox.headers import unsubscribe_url

        return unsubscribe_url(contact).removeprefix("http://127.0.0.1:8000")

    def test_opening_changes_nothing_and_one_click_without_a_cookie_does(self, kirana: Contact) -> None:
        strict = Client(enforce_csrf_checks=True)
        assert strict.get(self.url(kirana)).status_code == 200
        kirana.refresh_from_db()
        assert kirana.news_off_at is None
        for _again in range(2):
            assert strict.post(self.url(kirana), {"List-Unsubscribe": "One-Click"}).status_code == 200
        kirana.refresh_from_db()
        assert kirana.news_off_at is not None
        assert list(Entry.objects.order_by("pk").values_list("verb", "sentence_en")) == [
            ("consent.taken_back", "Kirana Larasati does not want this any more: News"),
            ("consent.taken_back", "Kirana Larasati does not want this any more: Offers and invitations"),
        ]

    def test_a_changed_address_is_nobodys(self, kirana: Contact, client: Client) -> None:
        assert client.post(self.url(kirana)[:-3] + "xx/").status_code == 404
        kirana.refresh_from_db()
        assert kirana.news_off_at is None


def test_the_navigation_counts_what_needs_somebody(failed: Email, unclear: Email) -> None:
    from crm.outbox.queries import needing_somebody

    assert needing_somebody(UserFactory()) == 2
