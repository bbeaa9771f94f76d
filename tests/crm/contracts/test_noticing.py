"""Notices through the calendar: in time, a day late, arrived late, our option, an early end. Source: domain rules, 3.4."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from crm.base.zones import local_instant
from crm.contracts.actions.by_date import bring_up_to_date, move_by_date
from crm.contracts.actions.noticing import note_arrival
from crm.contracts.actions.resting import rest
from crm.contracts.models import Contract, Notice
from crm.influencers.models import Influencer
from crm.outbox.models import Contact, Email
from crm.reminders.models import Todo
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.contracts.conftest import Write
from tests.crm.contracts.noticing import give_notice
from tests.crm.contracts.test_papers import contact_of
from tests.crm.contracts.test_signing import sign_both

pytestmark = pytest.mark.django_db
JAKARTA, JAYAPURA = "Asia/Jakarta", "Asia/Jayapura"
AUTO = {"renewal": "auto", "renew_months": 12, "notice_value": 30, "notice_span": "days"}
OPTION = {"renewal": "option", "renew_months": 12, "notice_value": 2, "notice_span": "months"}
YEAR = {"start_on": dt.date(2026, 1, 1), "end_on": dt.date(2026, 12, 31)}


def on(month: int, day: int, year: int = 2026) -> dt.date:
    return dt.date(year, month, day)


def late_on(day: dt.date, zone: str = JAKARTA) -> dt.datetime:
    """Half past eleven at night there."""
    return local_instant(day, dt.time(23, 30), zone)


def early_on(day: dt.date, zone: str = JAKARTA) -> dt.datetime:
    """A minute past midnight there."""
    return local_instant(day, dt.time(0, 1), zone)


@pytest.fixture
def running(write: Write, kirana: Influencer, actor: Actor) -> Any:
    """running(renewal=..., end_on=...): signed, and running since its first day."""

    def made(**terms: Any) -> Contract:
        terms = {**YEAR, **AUTO, **terms}
        begins = early_on(terms["start_on"], terms.get("zone", JAKARTA))
        contract = sign_both(write(kirana, said="1 reel 2jt", **terms), begins - dt.timedelta(days=9), actor)
        bring_up_to_date(contract.pk, begins)
        return Contract.objects.get(pk=contract.pk)

    return made


def stands() -> tuple[str, dt.date | None]:
    contract = Contract.objects.get()
    return contract.status, contract.end_on


class TestInTime:
    @pytest.mark.parametrize("zone", [JAKARTA, JAYAPURA])
    def test_notice_late_in_the_evening_of_the_last_day_is_in_time(self, running: Any, actor: Actor, zone: str) -> None:
        contract = running(zone=zone)
        notice = give_notice(contract, on(12, 1), at=late_on(on(12, 1), zone), actor=actor)
        assert (notice.is_late, notice.deadline_on, notice.counts_on) == (False, on(12, 1), on(12, 1))
        assert stands() == ("in_notice", on(12, 31))
        move_by_date(early_on(on(12, 2), zone))
        assert stands() == ("in_notice", on(12, 31))
        move_by_date(early_on(on(1, 1, 2027), zone))
        assert stands() == ("ended", on(12, 31))

    @pytest.mark.parametrize("zone", [JAKARTA, JAYAPURA])
    def test_the_day_after_the_last_day_for_notice_it_goes_on(self, running: Any, zone: str) -> None:
        running(zone=zone)
        move_by_date(late_on(on(12, 1), zone))
        assert stands() == ("active", on(12, 31))
        move_by_date(early_on(on(12, 2), zone))
        assert stands() == ("active", on(12, 31, 2027))

    @pytest.mark.parametrize(
        ("end_on", "value", "span", "deadline"),
        [
            (on(12, 31), 30, "days", on(12, 1)),
            (on(3, 31, 2027), 1, "months", on(2, 28, 2027)),
            (on(3, 10, 2027), 60, "days", on(1, 9, 2027)),
        ],
    )
    def test_the_last_day_for_notice(
        self, running: Any, actor: Actor, end_on: dt.date, value: int, span: str, deadline: dt.date
    ) -> None:
        contract = running(end_on=end_on, notice_value=value, notice_span=span)
        notice = give_notice(contract, deadline, at=late_on(deadline), actor=actor)
        assert (notice.deadline_on, notice.is_late, stands()) == (deadline, False, ("in_notice", end_on))

    def test_one_that_was_sent_in_time_and_noted_late_takes_the_renewal_back(self, running: Any, actor: Actor) -> None:
        contract = running()
        move_by_date(early_on(on(12, 2)))
        assert stands() == ("active", on(12, 31, 2027))
        notice = give_notice(contract, on(11, 30), at=late_on(on(12, 5)), actor=actor)
        assert (notice.is_late, stands(), Contract.objects.get().renewed) == (False, ("in_notice", on(12, 31)), 0)

    def test_in_the_middle_of_a_later_term_it_is_in_time_for_that_one(self, running: Any, actor: Actor) -> None:
        contract = running()
        move_by_date(early_on(on(12, 2)))
        notice = give_notice(contract, on(6, 1, 2027), at=late_on(on(6, 1, 2027)), actor=actor)
        assert (notice.is_late, notice.deadline_on, stands()) == (
            False,
            on(12, 1, 2027),
            ("in_notice", on(12, 31, 2027)),
        )

    def test_while_it_rests_the_day_for_notice_waits(self, running: Any, actor: Actor) -> None:
        contract = running()
        rest(contract, on(11, 20), at=late_on(on(11, 20)), actor=actor)
        notice = give_notice(contract, on(12, 10), at=late_on(on(12, 10)), actor=actor)
        assert (notice.is_late, stands()) == (False, ("in_notice", on(12, 31)))


class TestLate:
    @pytest.mark.parametrize("has_ticked", [True, False])
    def test_a_notice_one_day_late_renews_and_ends_the_next_term(
        self, running: Any, actor: Actor, has_ticked: bool
    ) -> None:
        contract = running()
        if has_ticked:
            move_by_date(early_on(on(12, 2)))
        notice = give_notice(contract, on(12, 2), at=late_on(on(12, 2)), actor=actor)
        assert (notice.is_late, notice.deadline_on) == (True, on(12, 1))
        assert stands() == ("in_notice", on(12, 31, 2027))
        assert Contract.objects.get().renewed == 1
        told = Entry.objects.get(verb="contract.in_notice")
        assert told.sentence_en == (
            "Notice came after 1 December 2026: contract Lumi · Kirana goes on, and ends on 31 December 2027"
        )
        move_by_date(early_on(on(1, 1, 2028)))
        assert stands() == ("ended", on(12, 31, 2027))

    def test_sent_in_time_and_arrived_late_is_late_where_arrival_counts(self, running: Any, actor: Actor) -> None:
        contract = running(notice_counts="received")
        notice = give_notice(contract, on(11, 30), at=late_on(on(11, 30)), actor=actor)
        assert (notice.counts_on, stands()) == (None, ("active", on(12, 31)))
        todo = Todo.objects.open().get()
        assert todo.url == f"/contracts/{contract.pk}/notice/{notice.pk}/"
        move_by_date(early_on(on(12, 2)))
        assert stands() == ("active", on(12, 31, 2027))
        note_arrival(notice, on(12, 2), at=late_on(on(12, 2)), actor=actor)
        notice.refresh_from_db()
        assert (notice.is_late, notice.counts_on, stands()) == (True, on(12, 2), ("in_notice", on(12, 31, 2027)))
        assert Todo.objects.open().count() == 0

    def test_arrived_in_time_and_known_later_it_ends_after_all(self, running: Any, actor: Actor) -> None:
        contract = running(notice_counts="received")
        notice = give_notice(contract, on(11, 25), at=late_on(on(11, 25)), actor=actor)
        move_by_date(early_on(on(12, 2)))
        note_arrival(notice, on(12, 1), at=late_on(on(12, 3)), actor=actor)
        assert stands() == ("in_notice", on(12, 31))

    def test_a_day_of_arrival_is_noted_once(self, running: Any, actor: Actor) -> None:
        contract = running(notice_counts="received")
        notice = give_notice(contract, on(11, 20), at=late_on(on(11, 20)), actor=actor)
        note_arrival(notice, on(11, 21), at=late_on(on(11, 22)), actor=actor)
        with pytest.raises(ValidationError, match="known already"):
            note_arrival(notice, on(12, 2), at=late_on(on(12, 3)), actor=actor)
        assert stands() == ("in_notice", on(12, 31))


class TestOption:
    def test_without_our_word_it_ends(self, running: Any) -> None:
        running(**OPTION)
        move_by_date(early_on(on(11, 30)))
        assert stands() == ("active", on(12, 31))
        move_by_date(early_on(on(1, 1, 2027)))
        assert stands() == ("ended", on(12, 31))

    def test_in_time_it_goes_on(self, running: Any, actor: Actor) -> None:
        contract = running(**OPTION, most_renewals=1)
        notice = give_notice(contract, on(10, 31), kind="option", at=late_on(on(10, 31)), actor=actor)
        assert (notice.is_late, notice.deadline_on, stands()) == (False, on(10, 31), ("active", on(12, 31, 2027)))
        kept = Contract.objects.get()
        assert (kept.renewed, kept.renewal) == (1, "manual")
        with pytest.raises(ValidationError, match="no option"):
            give_notice(kept, on(11, 1), kind="option", at=late_on(on(11, 1)), actor=actor)

    def test_a_day_late_it_is_kept_and_the_contract_ends(self, running: Any, actor: Actor) -> None:
        contract = running(**OPTION)
        notice = give_notice(contract, on(11, 1), kind="option", at=late_on(on(11, 1)), actor=actor)
        assert (notice.is_late, stands()) == (True, ("active", on(12, 31)))
        assert Entry.objects.get(verb="notice.option").sentence_en == (
            "Our option came after 31 October 2026: contract Lumi · Kirana ends on 31 December 2026"
        )

    def test_it_is_ours_alone(self, running: Any, actor: Actor) -> None:
        with pytest.raises(ValidationError, match="no option"):
            give_notice(running(**OPTION), on(9, 1), kind="option", given_by="her", at=late_on(on(9, 1)), actor=actor)
        assert (Notice.objects.count(), stands()) == (0, ("active", on(12, 31)))


class TestEarlyEnd:
    def test_it_ends_on_the_day_of_the_notice(self, running: Any, actor: Actor) -> None:
        contract = running()
        give_notice(contract, on(6, 1), kind="termination", effective_on=on(8, 20), at=late_on(on(6, 1)), actor=actor)
        assert stands() == ("in_notice", on(12, 31))
        move_by_date(late_on(on(8, 20)))
        assert stands() == ("in_notice", on(12, 31))
        move_by_date(early_on(on(8, 21)))
        kept = Contract.objects.get()
        assert (kept.status, kept.closed_on) == ("terminated", on(8, 20))

    def test_once_notice_was_given_the_later_day_counts(self, running: Any, actor: Actor) -> None:
        contract = running()
        give_notice(contract, on(6, 1), at=late_on(on(6, 1)), actor=actor)
        second = give_notice(
            contract, on(6, 2), kind="termination", effective_on=on(8, 20), at=late_on(on(6, 2)), actor=actor
        )
        assert second.effective_on == on(12, 31)
        move_by_date(early_on(on(8, 21)))
        assert stands() == ("in_notice", on(12, 31))

    def test_a_broken_promise_changes_nothing_and_asks_on_its_day(self, running: Any, actor: Actor) -> None:
        contract = running()
        give_notice(contract, on(6, 1), kind="breach", effective_on=on(6, 16), at=late_on(on(6, 1)), actor=actor)
        assert stands() == ("active", on(12, 31))
        todo = Todo.objects.open().get()
        assert (todo.text, todo.due_at) == (
            "“Lumi · Kirana”: is it put right? That was to be done by 16 June 2026.",
            dt.datetime(2026, 6, 16, 17, tzinfo=dt.UTC),
        )

    def test_its_day_lies_before_the_end(self, running: Any, actor: Actor) -> None:
        contract = running()
        for day in (None, on(5, 31), on(12, 31)):
            with pytest.raises(ValidationError, match="Which day is its last"):
                give_notice(contract, on(6, 1), kind="termination", effective_on=day, at=late_on(on(6, 1)), actor=actor)
        assert (Notice.objects.count(), stands()) == (0, ("active", on(12, 31)))


class TestRefused:
    def test_a_second_notice_a_future_day_and_a_wrong_order(self, running: Any, actor: Actor) -> None:
        contract = running()
        with pytest.raises(ValidationError, match="not come yet"):
            give_notice(contract, on(6, 2), at=late_on(on(6, 1)), actor=actor)
        with pytest.raises(ValidationError, match="before it was sent"):
            give_notice(contract, on(6, 1), received_on=on(5, 31), at=late_on(on(6, 1)), actor=actor)
        give_notice(contract, on(6, 1), at=late_on(on(6, 1)), actor=actor)
        with pytest.raises(ValidationError, match="given already"):
            give_notice(contract, on(6, 1), at=late_on(on(6, 1)), actor=actor)
        assert (Notice.objects.count(), stands()) == (1, ("in_notice", on(12, 31)))

    def test_what_does_not_run_takes_no_notice(self, write: Write, kirana: Influencer, actor: Actor) -> None:
        contract = write(kirana, said="1 reel 2jt", **YEAR)
        with pytest.raises(ValidationError, match="that runs"):
            give_notice(contract, on(6, 1), at=late_on(on(6, 1)), actor=actor)
        assert Notice.objects.count() == 0


class TestLetter:
    def test_she_gets_a_letter_about_one_from_us(self, running: Any, kirana: Influencer, actor: Actor) -> None:
        Contact.objects.filter(pk=contact_of(kirana, "kirana@contoh.example").pk).update(language="en")
        give_notice(running(), on(6, 1), note="We thank you.", tells_her=True, at=late_on(on(6, 1)), actor=actor)
        mail = Email.objects.get(name="contract_notice")
        assert mail.subject == "Notice: Lumi · Kirana"
        assert "It does not go on after its last day, 31 December 2026." in mail.text
        assert "We thank you." in mail.text

    def test_one_from_her_sends_nothing(self, running: Any, actor: Actor) -> None:
        give_notice(running(), on(6, 1), given_by="her", tells_her=True, at=late_on(on(6, 1)), actor=actor)
        assert Email.objects.filter(name="contract_notice").count() == 0
