"""What is said about exclusivity and when: to her in days and permissions, about broken promises to colleagues alone."""

import datetime as dt
from typing import Any

import pytest

from crm.brands.models import Brand
from crm.exclusivity.actions import cases
from crm.exclusivity.models import BreachCase, Clause, ClauseStretch, Finding
from crm.exclusivity.reminders import CURE, ENDS, STARTS
from crm.exclusivity.stretching import stretch_again
from crm.influencers.models import Influencer
from crm.outbox.models import Email
from crm.reminders.mailing import mail_due
from crm.reminders.models import Reminder, Rule
from crm.reminders.plan import plan
from crm.reminders.registry import Asked, Due, dues
from crm.team.models import Role, User
from tests.campaigns.planning.test_promises import PAID, category, on
from tests.factories import BrandFactory, ContactFactory, InfluencerFactory, RepresentationFactory, UserFactory

pytestmark = pytest.mark.django_db
ZONE = "Asia/Jakarta"


@pytest.fixture
def kirana() -> Influencer:
    person = InfluencerFactory(stage_name="Kirana Maheswari", zone=ZONE, owner=UserFactory(name="Rara Wulandari"))
    RepresentationFactory(influencer=person, contact=ContactFactory(name="Kirana Maheswari", language="id"))
    return person


@pytest.fixture
def brand() -> Brand:
    return BrandFactory(name="Lumi", category=category("skincare"))


def promised(person: Influencer, brand: Brand, first: dt.date, last: dt.date, **changes: Any) -> Clause:
    """In force since the first of November."""
    clause = Clause.objects.create(
        influencer=person, brand=brand, act_numbers=PAID, zone=ZONE, anchor="fixed", fixed_start_on=first,
        fixed_end_on=last, standing="active", effective_from=dt.datetime(2026, 11, 1, tzinfo=dt.UTC), **changes,
    )  # fmt: skip
    clause.categories.set([category("skincare")])
    stretch_again(clause, [])
    return clause


def asked(now: dt.datetime, *kinds: str, **more: Any) -> list[Due]:
    return list(dues(Asked(now=now, to_at=now + dt.timedelta(days=40), **more), kinds))


def days(found: list[Due]) -> list[tuple[str, dt.date]]:
    return [(one.kind, one.due_on) for one in found]


class TestWhatIsDue:
    def test_a_promise_begins_and_ends(self, kirana: Influencer, brand: Brand, now: dt.datetime) -> None:
        promised(kirana, brand, on(12, 1), on(12, 20))
        assert days(asked(now, STARTS, ENDS)) == [(STARTS, on(12, 1)), (ENDS, on(12, 20))]

    def test_it_is_said_in_days_and_permissions_in_both_languages(
        self, kirana: Influencer, brand: Brand, now: dt.datetime
    ) -> None:
        promised(kirana, brand, on(12, 1), on(12, 20))
        words = asked(now, STARTS)[0].facts["words"]
        assert {name: said["en"] for name, said in words.items()} == {
            "days": "Tue, 1 Dec 2026 to Sun, 20 Dec 2026",
            "limits": "No paid posts for other Skincare brands.",
            "allowed": f"Stays allowed: other brands of {brand.owner}, everything outside of Skincare, unpaid mentions.",
        }
        assert words["days"]["id"] == "Sel, 1 Des 2026 s.d. Min, 20 Des 2026"

    def test_once_it_has_begun_only_its_end_is_due(self, kirana: Influencer, brand: Brand, now: dt.datetime) -> None:
        promised(kirana, brand, on(11, 20), on(12, 20))
        assert days(asked(now, STARTS, ENDS)) == [(ENDS, on(12, 20))]

    def test_stretches_that_touch_are_told_once_and_the_next_one_after(
        self, kirana: Influencer, brand: Brand, now: dt.datetime
    ) -> None:
        clause = promised(kirana, brand, on(11, 20), on(11, 30))
        for first, last in ((on(12, 1), on(12, 5)), (on(12, 12), on(12, 15))):
            ClauseStretch.objects.create(
                clause=clause,
                start_at=dt.datetime.combine(first, dt.time(), dt.timezone(dt.timedelta(hours=7))),
                end_at=dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), dt.timezone(dt.timedelta(hours=7))),
            )
        assert days(asked(now, STARTS, ENDS)) == [(STARTS, on(12, 12)), (ENDS, on(12, 5))]

    def test_the_end_of_what_still_hangs_on_a_post_is_not_told(
        self, kirana: Influencer, brand: Brand, now: dt.datetime
    ) -> None:
        promised(kirana, brand, on(12, 1), on(12, 20))
        ClauseStretch.objects.update(is_provisional=True)
        assert days(asked(now, STARTS, ENDS)) == [(STARTS, on(12, 1))]

    def test_without_an_end_none_is_told(self, kirana: Influencer, brand: Brand, now: dt.datetime) -> None:
        promised(kirana, brand, on(11, 1), on(12, 1))
        Clause.objects.update(fixed_end_on=None)
        stretch_again(Clause.objects.get(), [])
        assert asked(now, ENDS) == []

    def test_where_another_one_goes_on_without_a_gap_nothing_ends(
        self, kirana: Influencer, brand: Brand, now: dt.datetime
    ) -> None:
        first = promised(kirana, brand, on(11, 1), on(12, 10))
        promised(kirana, brand, on(12, 11), on(12, 31))
        assert days(asked(now, ENDS)) == [(ENDS, on(12, 31))]
        (stopped,) = dues(Asked(now=now, subjects=[first.pk]), [ENDS])
        assert stopped.stopped_why == "It goes on with another promise"

    def test_a_gap_of_one_day_is_an_end(self, kirana: Influencer, brand: Brand, now: dt.datetime) -> None:
        promised(kirana, brand, on(11, 1), on(12, 10))
        promised(kirana, brand, on(12, 12), on(12, 31))
        assert days(asked(now, ENDS)) == [(ENDS, on(12, 10)), (ENDS, on(12, 31))]

    def test_what_is_not_in_force_any_more_is_stopped(self, kirana: Influencer, brand: Brand, now: dt.datetime) -> None:
        clause = promised(kirana, brand, on(12, 1), on(12, 20))
        Clause.objects.update(standing="void")
        assert asked(now, STARTS, ENDS) == []
        told = dues(Asked(now=now, subjects=[clause.pk]), [STARTS, ENDS])
        assert [one.stopped_why for one in told] == ["It is not in force", "It is not in force"]

    def test_nobody_has_to_do_anything_so_it_is_no_line_on_today(
        self, kirana: Influencer, brand: Brand, coordinator: User, now: dt.datetime
    ) -> None:
        promised(kirana, brand, on(11, 27), on(11, 30))
        assert asked(now, STARTS, ENDS, user=coordinator) == []

    @pytest.mark.parametrize("people", [1, 3])
    def test_its_queries_do_not_grow_with_its_rows(
        self, brand: Brand, now: dt.datetime, people: int, django_assert_num_queries: Any
    ) -> None:
        for number in range(people):
            promised(InfluencerFactory(stage_name=f"Orang {number}"), brand, on(12, 1), on(12, 20))
        with django_assert_num_queries(37):
            assert len(asked(now, STARTS, ENDS)) == 2 * people


class TestTheRules:
    def test_the_steps_are_rows_of_the_rule_set(self) -> None:
        told = {
            rule.code: [(step.offset, step.recipient) for step in rule.steps.order_by("offset")]
            for rule in Rule.objects.filter(code__in=["EXCL_START", "EXCL_END", "CURE"])
        }
        assert told == {
            "EXCL_START": [(-3, "influencer")],
            "EXCL_END": [(-14, "influencer"), (-3, "influencer"), (0, "influencer")],
            "CURE": [(-1, "coordinator"), (0, "coordinator"), (1, "manager")],
        }

    def test_three_days_before_she_reads_what_stays_free_and_what_is_allowed(
        self, kirana: Influencer, brand: Brand, now: dt.datetime
    ) -> None:
        promised(kirana, brand, on(12, 1), on(12, 20))
        plan(now)
        plan(now)
        row = Reminder.objects.get(rule__code="EXCL_START")
        assert row.due_key.startswith("2026-12-01")
        mail_due(row.send_at)
        mail = Email.objects.get(name="exclusivity_starts")
        assert "Tidak ada posting berbayar untuk merek Perawatan kulit lain." in mail.text
        assert "Sel, 1 Des 2026 s.d. Min, 20 Des 2026" in mail.text

    def test_days_that_moved_take_the_planned_reminder_with_them(
        self, kirana: Influencer, brand: Brand, now: dt.datetime
    ) -> None:
        clause = promised(kirana, brand, on(12, 1), on(12, 20))
        plan(now)
        Clause.objects.update(fixed_start_on=on(12, 4))
        clause.refresh_from_db()
        stretch_again(clause, [])
        plan(now)
        standing = Reminder.objects.filter(rule__code="EXCL_START", state="queued")
        assert [row.due_key[:10] for row in standing] == ["2026-12-04"]


class TestTimeToPutItRight:
    @pytest.fixture
    def told(self, kirana: Influencer, brand: Brand, now: dt.datetime) -> BreachCase:
        clause = promised(kirana, brand, on(11, 1), on(12, 20))
        finding = Finding.objects.create(
            clause=clause, influencer=kirana, engagement_ref="crm.outsidedeal:1", severity=3, fingerprint="f"
        )
        by = UserFactory(name="Danang Pratama")
        case = cases.open_case(finding, by=by, at=now)
        for to in ("under_review", "confirmed"):
            cases.step(case, to, by=by, at=now)
        cases.tell(case, "Hi Kirana", "whatsapp", now, by=by, at=now)
        return case

    def test_its_last_day_stands_on_today_of_who_works_on_it(
        self, told: BreachCase, coordinator: User, now: dt.datetime
    ) -> None:
        (found,) = asked(now, CURE, user=coordinator)
        assert (found.due_on, found.due_at, found.owner_id) == (
            on(11, 27), dt.datetime(2026, 11, 27, 17, tzinfo=dt.UTC), told.influencer.owner_id,
        )  # fmt: skip
        assert asked(now, CURE, user=UserFactory(role=Role.VIEWER)) == []

    def test_colleagues_are_reminded_and_she_never(self, told: BreachCase, now: dt.datetime) -> None:
        plan(now)
        rows = Reminder.objects.filter(rule__code="CURE")
        assert sorted(rows.values_list("recipient", "email_name")) == [
            ("coordinator", "escalation"), ("coordinator", "escalation"),
        ]  # fmt: skip
        assert {row.contact.kind for row in rows.select_related("contact")} == {"colleague"}

    def test_settled_nobody_is_reminded(self, told: BreachCase, now: dt.datetime) -> None:
        plan(now)
        cases.step(told, "cured", by=UserFactory(), at=now)
        plan(now)
        assert Reminder.objects.filter(rule__code="CURE", state="queued").count() == 0
