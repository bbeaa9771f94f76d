"""What ends is due: rights, access, notice, terms, contracts; and what settles each of them."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from djmoney.money import Money

from crm.contracts.actions.by_date import move_by_date
from crm.contracts.actions.deciding import decide, decided
from crm.contracts.actions.steps import take_down
from crm.contracts.models import Contract, UsageRight
from crm.contracts.reminders.windows import ACCESS, ENDS, NOTICE, RENEWAL, RIGHT
from crm.contracts.rights import go_on
from crm.influencers.models import Influencer
from crm.outbox.models import Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, Due, dues
from crm.reminders.today import all_lines
from crm.reminders.why import stories_about
from crm.team.models import Role, User
from crm.timeline.models import Entry
from crm.timeline.record import Actor, subject_of
from tests.crm.contracts.conftest import Write, person
from tests.crm.contracts.noticing import give_notice
from tests.crm.contracts.test_rights import right_of
from tests.crm.contracts.test_signing import sign_both
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

KINDS = (RIGHT, ACCESS, NOTICE, RENEWAL, ENDS)
TERM = {"start_on": dt.date(2026, 11, 1), "end_on": dt.date(2026, 12, 31)}
AUTO = {**TERM, "renewal": "auto", "renew_months": 2, "notice_value": 14, "notice_span": "days"}


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.UTC)


def found(now: dt.datetime, *kinds: str, **asked: Any) -> list[tuple[str, dt.date]]:
    return [(one.kind, one.due_on) for one in dues(Asked(now=now, **asked), kinds or KINDS)]


def only(now: dt.datetime, kind: str, **asked: Any) -> Due:
    (one,) = dues(Asked(now=now, **asked), [kind])
    return one


def running(write: Write, actor: Actor, now: dt.datetime, *people: Influencer, **fields: Any) -> Contract:
    contract = write(*people, said="1 reel 2jt", **{**TERM, **fields})
    Contract.objects.filter(pk=contract.pk).update(status="active", signed_at=now, text="x", text_sha256="a" * 64)
    contract.refresh_from_db()
    return contract


def fixed(contract: Contract, end_on: dt.date, **fields: Any) -> UsageRight:
    usual = {"kind": "paid_ads", "counted_from": "fixed", "start_on": dt.date(2026, 10, 1), "end_on": end_on}
    return UsageRight.objects.create(contract=contract, **{**usual, **fields})


class TestRights:
    def test_it_ends_with_its_last_day_where_the_contract_counts(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
    ) -> None:
        contract = running(write, actor, now, kirana, zone="Asia/Jayapura", end_on=None)
        right = fixed(contract, dt.date(2026, 12, 10), extension=Money(500_000, "IDR"), extension_days=30)
        one = only(now, RIGHT)
        assert (one.subject, one.due_on, one.due_at) == (
            subject_of(right), dt.date(2026, 12, 10), at("2026-12-10T15:00"),
        )  # fmt: skip
        assert (str(one.title), one.influencer_label, one.influencer_id) == (
            "Right ends: Run it as an ad", "Kirana Maheswari", kirana.pk,
        )  # fmt: skip
        assert one.url == f"/contracts/{contract.pk}/#rights"
        assert one.facts["option"] == {"amount": "500000.00", "currency": "IDR", "days": 30}
        assert one.facts["words"]["cost"] == {
            "en": "Going on for 30 days costs IDR\xa0500,000, as agreed.",
            "id": one.facts["words"]["cost"]["id"],  # the catalogue's, checked with the messages
        }

    def test_what_is_taken_down_or_never_signed_is_not_due_and_says_why(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
    ) -> None:
        contract = running(write, actor, now, kirana, end_on=None)
        right = fixed(contract, dt.date(2026, 12, 10))
        assert found(now) == [(RIGHT, dt.date(2026, 12, 10))]
        take_down(right, "all of it", at=now, actor=actor)
        assert found(now) == []
        assert str(only(now, RIGHT, subjects=[right.pk]).stopped_why) == "It is taken down"
        draft = write(person("Sekar Ayu"), said="1 reel 2jt")
        other = fixed(draft, dt.date(2026, 12, 11))
        assert found(now) == []
        assert str(only(now, RIGHT, subjects=[other.pk]).stopped_why) == "The contract is not in force"

    def test_access_is_a_window_of_its_own(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
    ) -> None:
        contract = running(write, actor, now, kirana, end_on=None)
        fixed(contract, dt.date(2026, 12, 10), kind="allow_listing")
        one = only(now, ACCESS)
        assert (str(one.title), str(one.verb)) == ("Ads from her account end", "Revoke access")
        assert found(now, RIGHT) == []

    def test_of_several_people_it_names_the_first_and_how_many_more(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
    ) -> None:
        contract = running(write, actor, now, kirana, person("Sekar Ayu"), end_on=None)
        fixed(contract, dt.date(2026, 12, 10))
        one = only(now, RIGHT)
        assert (one.influencer_id, one.influencer_label) == (None, "Kirana Maheswari +1")
        UsageRight.objects.update(party=contract.talents[1])
        assert only(now, RIGHT).influencer_label == "Sekar Ayu"

    def test_at_the_border_of_a_day_it_is_asked_for_exactly(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
    ) -> None:
        contract = running(write, actor, now, kirana, end_on=None)
        fixed(contract, dt.date(2026, 12, 10))  # over at 17.00 UTC
        assert found(now, to_at=at("2026-12-10T16:59")) == []
        assert found(now, to_at=at("2026-12-10T17:00")) == [(RIGHT, dt.date(2026, 12, 10))]
        assert found(now, from_at=at("2026-12-10T17:00")) == [(RIGHT, dt.date(2026, 12, 10))]
        assert found(now, from_at=at("2026-12-10T17:01")) == []


class TestReminders:
    def test_the_coordinator_hears_four_times_and_the_manager_on_the_day(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, manager: User
    ) -> None:
        contract = running(write, actor, now, kirana, end_on=None)
        fixed(contract, dt.date(2027, 1, 7))  # a Thursday
        plan(now)
        assert told_of("RIGHTS_END") == []
        plan(at("2026-12-01T00:00"))
        assert told_of("RIGHTS_END") == [
            ("2027-01-07/-30d/coordinator", "2026-12-08"),
            ("2027-01-07/-7d/coordinator", "2026-12-31"),
            ("2027-01-07/-1d/coordinator", "2027-01-06"),
            ("2027-01-07/+0d/coordinator", "2027-01-07"),
            ("2027-01-07/+0d/manager", "2027-01-07"),
        ]

    def test_going_on_stops_what_was_planned_and_plans_for_the_new_day(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
    ) -> None:
        contract = running(write, actor, now, kirana, end_on=None)
        right = fixed(contract, dt.date(2026, 12, 10), extension=Money(500_000, "IDR"), extension_days=60)
        plan(now)
        assert len(told_of("RIGHTS_END")) == 3  # thirty days before was over when it was signed
        go_on(right, dt.date(2026, 12, 10), at=now, actor=actor)
        plan(now)
        assert told_of("RIGHTS_END") == []
        assert set(Reminder.objects.filter(rule__code="RIGHTS_END").values_list("state", flat=True)) == {"void"}
        plan(at("2027-01-05T00:00"))
        assert told_of("RIGHTS_END")[0] == ("2027-02-08/-30d/coordinator", "2027-01-11")

    def test_after_days_without_a_worker_only_the_newest_is_said(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
    ) -> None:
        contract = running(write, actor, now, kirana, end_on=None)
        right = fixed(contract, dt.date(2026, 12, 10))
        plan(at("2026-12-09T03:00"))
        mail_due(at("2026-12-09T03:00"))
        (mail,) = Email.objects.filter(name="window_closes")
        assert mail.subject == "Kirana Maheswari: until Thu 10 Dec"
        assert "Extend it, or take the content down everywhere by then." in mail.text
        plan(at("2026-12-11T03:00"))
        mail_due(at("2026-12-11T03:00"))
        assert Email.objects.filter(name="window_closes").count() == 1
        assert Reminder.objects.queued().count() == 0
        take_down(right, "", at=now, actor=actor)

    def test_why_something_is_said_or_not_is_told(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, coordinator: User
    ) -> None:
        contract = running(write, actor, now, kirana, end_on=None)
        right = fixed(contract, dt.date(2026, 12, 10))
        (story,) = stories_about(subject_of(right), coordinator, now)
        assert (str(story.title), str(story.kind), story.who) == (
            "Right ends: Run it as an ad", "Usage right ends", "Kirana Maheswari",
        )  # fmt: skip
        assert [verdict.said for verdict in story.verdicts][:2] == [
            "Not planned: the day was entered after this would have left.",
            "Not planned yet: that happens closer to the day.",
        ]


def told_of(code: str) -> list[tuple[str, str]]:
    rows = Reminder.objects.queued().filter(rule__code=code).order_by("send_at", "pk")
    return [(row.due_key, row.send_at.date().isoformat()) for row in rows]


@pytest.fixture
def manager(coordinator: User) -> User:
    return UserFactory(role=Role.MANAGER, name="Manajer Tiga")


class TestTerms:
    def test_notice_is_due_before_it_goes_on_by_itself(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
    ) -> None:
        running(write, actor, now, kirana, **AUTO)
        assert found(now) == [(NOTICE, dt.date(2026, 12, 17))]
        assert found(at("2026-12-16T00:00"), NOTICE) == [(NOTICE, dt.date(2026, 12, 17))]
        assert move_by_date(at("2026-12-18T00:00")) == {"renewed": 1}
        assert found(at("2026-12-18T00:00"), NOTICE) == [(NOTICE, dt.date(2027, 2, 14))]

    @pytest.mark.parametrize(
        ("value", "span", "end_on", "day"),
        [
            (3, "months", dt.date(2027, 3, 31), dt.date(2026, 12, 31)),
            (10, "days", dt.date(2026, 12, 31), dt.date(2026, 12, 21)),
            (400, "days", dt.date(2028, 1, 10), dt.date(2026, 12, 6)),
            (12, "months", dt.date(2027, 12, 31), dt.date(2026, 12, 31)),
        ],
    )
    def test_however_long_the_notice_its_day_is_found(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime,
        value: int, span: str, end_on: dt.date, day: dt.date,
    ) -> None:  # fmt: skip
        terms = {**AUTO, "notice_value": value, "notice_span": span, "start_on": dt.date(2026, 1, 1), "end_on": end_on}
        running(write, actor, now, kirana, **terms)
        assert found(now, NOTICE) == [(NOTICE, day)]

    def test_given_notice_or_decided_nobody_is_asked_again_about_this_term(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
    ) -> None:
        contract = running(write, actor, now, kirana, **AUTO)
        assert decide(contract, "goes_on", at=now, actor=actor) is True
        assert decide(contract, "goes_on", at=now, actor=actor) is False
        assert found(now, NOTICE) == []
        assert str(only(now, NOTICE, subjects=[contract.pk]).stopped_why) == "It is decided"
        assert Entry.objects.filter(verb="contract.decided").count() == 1
        move_by_date(at("2026-12-18T00:00"))
        contract.refresh_from_db()
        assert (decided(contract), found(at("2026-12-18T00:00"), NOTICE)) == ("", [(NOTICE, dt.date(2027, 2, 14))])
        give_notice(contract, dt.date(2026, 12, 20), note="A rest", at=at("2026-12-20T03:00"), actor=actor)
        assert str(only(now, NOTICE, subjects=[contract.pk]).stopped_why) == "Notice is given"
        assert found(at("2027-01-20T00:00")) == [(ENDS, dt.date(2027, 2, 28))]

    def test_letting_it_end_takes_a_notice_where_it_would_go_on(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
    ) -> None:
        contract = running(write, actor, now, kirana, **AUTO)
        with pytest.raises(ValidationError, match="give notice"):
            decide(contract, "ends", at=now, actor=actor)
        contract.refresh_from_db()
        assert (contract.decision, Entry.objects.filter(verb="contract.decided").count()) == ("", 0)

    def test_of_what_we_decide_ourselves_the_decision_is_due(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
    ) -> None:
        contract = running(write, actor, now, kirana, renewal="manual")
        assert found(now) == [(RENEWAL, dt.date(2026, 12, 31))]
        decide(contract, "ends", at=now, actor=actor)
        assert found(now) == [(ENDS, dt.date(2026, 12, 31))]

    def test_what_ends_by_itself_is_nothing_to_decide_and_no_line_on_today(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, coordinator: User
    ) -> None:
        contract = running(write, actor, now, kirana)
        near = at("2026-12-29T03:00")
        assert found(near) == [(ENDS, dt.date(2026, 12, 31))]
        assert [line.kind for line in all_lines(coordinator, near)] == []
        assert found(near, user=coordinator, calendar=True) == [(ENDS, dt.date(2026, 12, 31))]
        with pytest.raises(ValidationError, match="no last day"):
            decide(contract, "goes_on", at=now, actor=actor)

    def test_on_today_stands_what_somebody_settles(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, coordinator: User
    ) -> None:
        contract = running(write, actor, now, kirana, **AUTO)
        fixed(contract, dt.date(2026, 12, 15))
        lines = [(line.kind, line.when, line.late) for line in all_lines(coordinator, at("2026-12-16T03:00"))]
        assert lines == [(RIGHT, "1 day late", True), (NOTICE, "Thu 17 Dec", False)]

    def test_an_amendment_has_no_windows_of_its_own_but_the_rights_it_adds(
        self, write: Write, kirana: Influencer, actor: Actor, now: dt.datetime
    ) -> None:
        contract = running(write, actor, now, kirana, renewal="manual")
        added = running(write, actor, now, kirana, title="More")
        Contract.objects.filter(pk=added.pk).update(amends=contract)
        fixed(added, dt.date(2026, 12, 10))
        assert found(now) == [(RIGHT, dt.date(2026, 12, 10)), (RENEWAL, dt.date(2026, 12, 31))]


def test_three_rights_and_contracts_are_read_as_fast_as_one(
    write: Write, kirana: Influencer, actor: Actor, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    for _number in range(3):
        fixed(running(write, actor, now, kirana, **AUTO), dt.date(2026, 12, 10))
        with django_assert_num_queries(2):
            list(dues(Asked(now=now), KINDS))


def test_signing_makes_the_day_known(write: Write, kirana: Influencer, actor: Actor, now: dt.datetime) -> None:
    contract = write(kirana, said="1 reel 2jt", end_on=dt.date(2026, 12, 31))
    right_of(contract, actor, now, counted_from="signature", days=10)
    assert found(now) == []
    sign_both(contract, now, actor)
    assert found(now) == [(RIGHT, dt.date(2026, 12, 4)), (ENDS, dt.date(2026, 12, 31))]
    assert only(now, RIGHT).born_at == at("2026-11-24T17:00")  # nothing is said on its first day
