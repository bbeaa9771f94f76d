"""Each message is handed over once, and every way it can go wrong ends in the state that was promised."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from django.db.models import F

from crm.base.models import Organisation
from crm.outbox import checks, reasons
from crm.outbox.backoff import next_try
from crm.outbox.delivery import LeaseLost, claim_batch, reap, send_due
from crm.outbox.models import Contact, Email
from crm.outbox.transports import SmtpTransport
from crm.timeline.models import Entry
from tests.chaos.sink import Sink
from tests.factories import ContactFactory

Ask = Callable[..., Email]
pytestmark = pytest.mark.usefixtures("organisation")


def send(now: dt.datetime, **words: Any) -> dict[str, int]:
    return dict(send_due(lambda: now, **words))


def minutes(count: int) -> dt.timedelta:
    return dt.timedelta(minutes=count)


class TestAllIsWell:
    def test_a_due_message_leaves_as_the_person_it_is_from(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        email = ask(kirana, thread="campaigns.deliverable:1/draft")
        assert send(now) == {"sent": 1}
        email.refresh_from_db()
        assert (email.state, email.sent_at, email.attempts, email.to_address) == ("sent", now, 1, kirana.email)
        (left,) = sink.messages
        assert left["From"] == '"Dinda, Lumi Skincare" <mitra@localhost>'
        assert left["Reply-To"] == "dinda@mitra.example"
        assert left["Message-ID"] == email.message_id
        assert left["Auto-Submitted"] == "auto-generated"
        assert left["References"] == left["In-Reply-To"]
        assert [part.get_content_type() for part in left.iter_parts()] == ["text/plain", "text/html"]

    def test_the_secret_is_in_the_message_and_nowhere_else(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        email = ask(kirana)
        send(now)
        secret = f"secret-{email.pk}"
        assert sink.accepted[0].count(secret.encode()) >= 2
        email.refresh_from_db()
        assert secret not in " ".join(str(value) for value in vars(email).values())

    def test_the_story_of_the_person_has_one_line_for_it(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        ask(kirana, "a", influencer_ref=7)
        ask(kirana, "b")
        send(now)
        assert list(Entry.objects.values_list("verb", "sentence_en", "influencer_id", "channel")) == [
            ("email.sent", "“Lumi Skincare: your page” went to Kirana Larasati", 7, "email")
        ]

    def test_what_is_not_due_yet_stays(self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime) -> None:
        email = ask(kirana, send_at=now + minutes(1))
        assert send(now) == {}
        email.refresh_from_db()
        assert (email.state, email.attempts, sink.accepted) == ("queued", 0, [])

    def test_urgent_messages_leave_first_and_all_over_one_connection(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        for key in "abc":
            ask(kirana, key, context={"greeting": key, "brand": key, "owner": ""}, urgent=key == "c")
        send(now, batch_size=2)
        assert [message["Subject"] for message in sink.messages] == ["c: your page", "a: your page", "b: your page"]
        assert sink.connections == 1


class TestFaults:
    @pytest.mark.parametrize("fault", ["421", "451", "450-data", "drop-before-data", "hang-before-data"])
    def test_a_temporary_refusal_is_tried_again_a_minute_later(
        self, fault: str, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        email = ask(kirana)
        sink.faults.extend([fault] * 2 if fault == "421" else [fault])
        send(now)
        email.refresh_from_db()
        assert (email.state, email.send_at, email.attempts, email.may_be_twice) == (
            "queued",
            now + minutes(1),
            1,
            False,
        )
        assert email.why.startswith(("The receiving mail server said", "The mail server could not be reached"))
        sink.faults.clear()
        assert send(now + minutes(1)) == {"sent": 1}
        assert len(sink.accepted) == 1

    def test_a_server_that_is_away_costs_one_try_and_keeps_the_rest_untried(
        self, settings: Any, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        settings.EMAIL_PORT = 1
        for key in "abc":
            ask(kirana, key)
        assert send(now) == {"put off": 3}
        rows = Email.objects.order_by("id").values_list("state", "attempts", "send_at")
        assert list(rows) == [("queued", tries, now + minutes(1)) for tries in (1, 0, 0)]

    def test_an_unknown_mailbox_fails_at_once_and_the_address_is_marked(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        email = ask(kirana, influencer_ref=7)
        sink.faults.append("550")
        assert send(now) == {"failed": 1}
        email.refresh_from_db()
        kirana.refresh_from_db()
        assert (email.state, kirana.email_state) == ("failed", "bounced")
        assert reasons.in_words(email.why).endswith("550 5.1.1 no such user here")
        told = [("contact.bounced", None, f"crm.contact:{kirana.pk}"), ("email.failed", 7, f"crm.email:{email.pk}")]
        assert sorted(Entry.objects.values_list("verb", "influencer_id", "subject")) == told

    @pytest.mark.parametrize("fault", ["554-policy", "554-data"])
    def test_a_refusal_that_is_not_about_the_mailbox_leaves_the_address_alone(
        self, fault: str, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        email = ask(kirana)
        sink.faults.append(fault)
        send(now)
        email.refresh_from_db()
        kirana.refresh_from_db()
        assert (email.state, kirana.email_state) == ("failed", "ok")

    @pytest.mark.parametrize("fault", ["hang-after-data", "drop-after-data"])
    def test_no_answer_after_the_message_is_doubt_and_it_goes_once_more_and_says_so(
        self, fault: str, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        email = ask(kirana)
        sink.faults.append(fault)
        assert send(now) == {"in doubt": 1}
        email.refresh_from_db()
        assert (email.state, email.may_be_twice, email.send_at) == ("queued", True, now + minutes(1))
        assert send(now + minutes(1)) == {"sent": 1}
        email.refresh_from_db()
        assert (email.state, email.may_be_twice, email.attempts) == ("sent", True, 2)
        assert len({message["Message-ID"] for message in sink.messages}) == 1
        assert email.why.startswith("The connection ended while the message was being handed over")

    def test_with_the_policy_hold_a_person_decides(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        email = ask(kirana, doubt="hold")
        sink.faults.append("drop-after-data")
        send(now)
        assert send(now + minutes(600)) == {}
        email.refresh_from_db()
        assert (email.state, email.may_be_twice, len(sink.accepted)) == ("unknown", False, 1)

    def test_a_second_doubt_is_left_to_a_person_so_nobody_gets_it_three_times(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        email = ask(kirana)
        sink.faults.extend(["drop-after-data"] * 5)
        for minute in (0, 1, 600):
            send(now + minutes(minute))
        email.refresh_from_db()
        assert (email.state, len(sink.accepted)) == ("unknown", 2)

    def test_after_eight_tries_it_is_given_up_with_the_last_answer(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        email = ask(kirana, ignores_quiet_hours=True)
        sink.faults.extend(["451"] * 9)
        moment = now
        tried = []
        while email.state == "queued":
            send(moment)
            email.refresh_from_db()
            tried.append(int((email.send_at - now).total_seconds() // 60))
            moment = max(moment, email.send_at)
        assert tried == [1, 6, 21, 81, 201, 441, 801, 801]
        assert (email.state, email.attempts, sink.accepted) == ("failed", 8, [])
        assert reasons.in_words(email.why) == (
            "Given up after 8 tries. Last answer: The receiving mail server said: 451 4.3.0 try later"
        )

    def test_a_failing_message_never_blocks_the_others(
        self, sink: Sink, ask: Ask, now: dt.datetime, kirana: Contact
    ) -> None:
        keys = ["fine", "unknown mailbox", "hangs", "drops", "fine too"]
        emails = [ask(ContactFactory(), key) for key in keys]
        sink.faults.extend(["", "550", "hang-before-data", "drop-after-data", ""])
        assert send(now) == {"sent": 2, "failed": 1, "put off": 1, "in doubt": 1}
        states = [Email.objects.get(pk=email.pk).state for email in emails]
        assert states == ["sent", "failed", "queued", "queued", "sent"]

    def test_a_message_that_cannot_be_put_together_never_blocks_the_others(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        broken, fine = ask(kirana, "a"), ask(kirana, "b")
        Email.objects.filter(pk=broken.pk).update(late_fields={"nobody": {}})
        assert send(now) == {"put off": 1, "sent": 1}
        broken.refresh_from_db()
        fine.refresh_from_db()
        assert (broken.state, broken.attempts, fine.state) == ("queued", 1, "sent")
        assert reasons.in_words(broken.why) == "The message could not be put together: UnknownLateField"


class TestLeases:
    def test_a_claimed_message_that_never_started_waits_again_when_the_lease_ends(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        email = ask(kirana)
        assert claim_batch(lambda: now, 10) is not None
        assert send(now + minutes(4)) == {}
        assert send(now + minutes(6)) == {"freed": 1, "sent": 1}
        email.refresh_from_db()
        assert (email.state, email.may_be_twice, len(sink.accepted)) == ("sent", False, 1)

    def test_a_started_message_is_in_doubt_when_the_lease_ends(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        email, careful = ask(kirana, "a"), ask(kirana, "b", doubt="hold")
        claim_batch(lambda: now, 10)
        Email.objects.update(data_started_at=now)
        assert send(now + minutes(6)) == {"in doubt": 2, "sent": 1}
        email.refresh_from_db()
        careful.refresh_from_db()
        assert (email.state, email.may_be_twice, email.attempts) == ("sent", True, 2)
        assert email.why.startswith("Mitra was stopped while the message was being handed over")
        assert (careful.state, careful.may_be_twice) == ("unknown", False)

    def test_a_sender_that_lost_its_lease_stops_before_data(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        ask(kirana)
        late = claim_batch(lambda: now, 10)
        assert late is not None
        send(now + minutes(6))
        assert late.send(SmtpTransport()) == {}
        assert len(sink.accepted) == 1

    def test_an_answer_that_comes_after_the_lease_still_counts(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        email = ask(kirana, doubt="hold")
        batch = claim_batch(lambda: now, 10)
        assert batch is not None
        batch.verdicts.at = now
        batch._begin(email)
        reap(now + minutes(6))
        email.refresh_from_db()
        assert email.state == "unknown"
        batch.taken = email
        batch._settle_last()
        email.refresh_from_db()
        assert email.state == "sent"

    def test_a_long_batch_holds_on_to_its_lease(self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime) -> None:
        ask(kirana)
        moment = now
        batch = claim_batch(lambda: moment, 10)
        assert batch is not None
        moment = now + minutes(3)
        batch._hold_on()
        assert Email.objects.get().lease_until == now + minutes(8)
        Email.objects.update(lease_token="somebody else")
        moment = now + minutes(7)
        with pytest.raises(LeaseLost):
            batch._hold_on()

    def test_lines_a_killed_sender_did_not_write_are_written_later_and_once(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        for key in "ab":
            ask(kirana, key, influencer_ref=7, doubt="hold")
        batch = claim_batch(lambda: now, 10)
        assert batch is not None
        first, second = batch.emails
        batch.verdicts.at = now
        batch._begin(first)
        batch.taken = first
        batch._begin(second)
        assert Entry.objects.count() == 0
        reap(now + minutes(6))
        assert list(Entry.objects.values_list("verb", "subject")) == [("email.sent", f"crm.email:{first.pk}")]
        Email.objects.filter(pk=second.pk).update(state="sending", lease_until=now)
        reap(now + minutes(7))
        assert Entry.objects.filter(verb="email.sent").count() == 1


class TestReasonsNotToSend:
    def test_in_quiet_hours_it_waits_until_they_end_where_the_recipient_is(
        self, sink: Sink, ask: Ask, now: dt.datetime, db: None
    ) -> None:
        night = dt.datetime(2026, 11, 24, 14, 30, tzinfo=dt.UTC)  # 21.30 in Jakarta, 22.30 in Makassar
        jakarta, makassar = ContactFactory(zone="Asia/Jakarta"), ContactFactory(zone="Asia/Makassar")
        code = ask(jakarta, "code", ignores_quiet_hours=True)
        one, two = ask(jakarta, "a"), ask(makassar, "b")
        assert send(night) == {"later": 2, "sent": 1}
        for email in (one, two, code):
            email.refresh_from_db()
        assert (one.state, one.send_at, one.attempts) == ("queued", dt.datetime(2026, 11, 25, 1, 0, tzinfo=dt.UTC), 0)
        assert two.send_at == dt.datetime(2026, 11, 25, 0, 0, tzinfo=dt.UTC)
        assert code.state == "sent"

    def test_stop_all_keeps_everything_and_starting_again_sends_it(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime, organisation: Organisation
    ) -> None:
        email = ask(kirana)
        Organisation.objects.update(mail_paused_at=now)
        assert send(now) == {}
        email.refresh_from_db()
        assert (email.state, email.attempts) == ("queued", 0)
        Organisation.objects.update(mail_paused_at=None)
        assert send(now) == {"sent": 1}

    def test_stop_all_in_the_middle_of_a_batch_stops_the_rest(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        for key in "ab":
            ask(kirana, key)
        moments = iter([now + dt.timedelta(seconds=second) for second in range(0, 300, 3)])
        batch = claim_batch(lambda: next(moments), 10)
        assert batch is not None
        transport = SmtpTransport()
        deliver = transport.deliver

        def deliver_then_pause(*args: Any) -> None:
            deliver(*args)
            Organisation.objects.update(mail_paused_at=now)

        transport.deliver = deliver_then_pause  # type: ignore[method-assign]
        assert batch.send(transport) == {"sent": 1, "later": 1}
        transport.close()
        assert list(Email.objects.order_by("id").values_list("state", "attempts")) == [("sent", 1), ("queued", 0)]

    def test_redirect_sends_everything_to_one_address_and_says_whom_it_was_for(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime, organisation: Organisation
    ) -> None:
        email = ask(kirana)
        Organisation.objects.update(mail_redirect_to="me@mitra.example")
        send(now)
        email.refresh_from_db()
        assert sink.recipients == ["me@mitra.example"]
        assert sink.messages[0]["Subject"] == "[kirana@contoh.example] Lumi Skincare: your page"
        assert email.to_address == "me@mitra.example"

    def test_a_person_who_must_not_be_contacted_gets_nothing_but_codes_and_colleagues_do(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(checks.barred, "_placed", {})
        checks.barred("test")(lambda ids, at: {7: reasons.reason(reasons.BARRED)})
        colleague = ContactFactory(kind="colleague")
        barred = ask(kirana, "a", influencer_ref=7)
        ask(colleague, "b", influencer_ref=7)
        ask(kirana, "c", influencer_ref=7, mail_class="code")
        assert send(now) == {"skipped": 1, "sent": 2}
        barred.refresh_from_db()
        assert (barred.state, barred.why) == ("skipped", "This person asked not to be contacted.")

    @pytest.mark.parametrize(
        ("change", "why"),
        [
            ({"email": ""}, "There is no e-mail address."),
            ({"email_state": "bounced"}, "The e-mail address does not work."),
            ({"news_off_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "This contact does not want news or offers."),
        ],
    )
    def test_what_changed_about_the_contact_since_it_was_queued_counts(
        self, change: Mapping[str, Any], why: str, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        email = ask(kirana, mail_class="marketing")
        Contact.objects.filter(pk=kirana.pk).update(**change)
        assert send(now) == {"skipped": 1}
        email.refresh_from_db()
        assert (email.state, email.why, sink.accepted) == ("skipped", why, [])

    def test_a_corrected_address_is_used_without_composing_again(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime
    ) -> None:
        email = ask(kirana)
        Contact.objects.filter(pk=kirana.pk).update(email="new@contoh.example")
        send(now)
        email.refresh_from_db()
        assert (sink.recipients, email.to_address) == (["new@contoh.example"], "new@contoh.example")

    def test_what_is_no_longer_true_is_skipped_and_its_owner_is_told_in_the_same_breath(
        self, sink: Sink, kirana: Contact, ask: Ask, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        gone, true = ask(kirana, "gone"), ask(kirana, "true")
        told: list[Mapping[int, str]] = []
        for place in (checks.refuse_sending, checks.after_skip):
            monkeypatch.setattr(place, "_placed", {})

        def refuse(emails: Sequence[Email], at: dt.datetime) -> dict[int, str]:
            return {email.pk: "The draft is here." for email in emails if email.key == "gone"}

        checks.refuse_sending("test")(refuse)
        checks.after_skip("test")(lambda skipped, at: told.append(dict(skipped)))
        assert send(now) == {"skipped": 1, "sent": 1}
        gone.refresh_from_db()
        true.refresh_from_db()
        assert (gone.state, gone.why, true.state) == ("skipped", "The draft is here.", "sent")
        assert told == [{gone.pk: "The draft is here."}]


def test_waits_grow_from_a_minute_to_six_hours(now: dt.datetime) -> None:
    waits = [next_try(tries, now) for tries in range(1, 9)]
    assert [wait and (wait - now).total_seconds() // 60 for wait in waits] == [1, 5, 15, 60, 120, 240, 360, None]


def test_a_sender_may_be_silent_for_longer_than_the_slowest_server(settings: Any) -> None:
    from crm.outbox.delivery import lease

    settings.OUTBOX_LEASE_SECONDS, settings.EMAIL_TIMEOUT = 10, 20
    assert lease() == dt.timedelta(seconds=120)


def test_tries_are_counted_when_claimed(kirana: Contact, ask: Ask, now: dt.datetime) -> None:
    ask(kirana)
    claim_batch(lambda: now, 10)
    assert Email.objects.filter(attempts=F("attempts")).values_list("state", "attempts").get() == ("sending", 1)
