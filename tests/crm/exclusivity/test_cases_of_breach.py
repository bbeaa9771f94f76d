"""Breach cases: from a post somebody saw to what came of it, each step a person's, each piece of evidence for good."""

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from campaigns.planning.models import Collaboration
from crm.base.models import Organisation
from crm.brands.models import BrandAccess
from crm.exclusivity.actions import cases
from crm.exclusivity.actions.cases import Shown
from crm.exclusivity.looking import look_again
from crm.exclusivity.models import BreachCase, CaseEvidence, Finding, OutsideDeal
from crm.exclusivity.upkeep import keep
from crm.influencers.models import Influencer
from crm.outbox.models import Email
from crm.reminders.models import Todo
from crm.team.models import Role, User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.campaigns.planning.test_promises import category, deal, on, promise
from tests.crm.exclusivity.test_deals import picture
from tests.factories import InfluencerFactory, UserFactory

pytestmark = pytest.mark.django_db
Status = BreachCase.Status


@pytest.fixture
def manager(organisation: Organisation) -> User:
    return UserFactory(role=Role.MANAGER, name="Danang Pratama")


@pytest.fixture
def kirana() -> Influencer:
    return InfluencerFactory(
        stage_name="Kirana Maheswari", owner=UserFactory(name="Rara Wulandari"), zone="Asia/Makassar"
    )


@pytest.fixture
def ours(kirana: Influencer, now: dt.datetime, actor: Actor) -> Collaboration:
    """Lumi's promise is in force, and its window has begun."""
    card = deal(kirana, "Lumi", on(11, 25))
    promise(card)
    card.put("agreed", at=now, actor=actor)
    return card


def saw(**changes: Any) -> dict[str, Any]:
    return {
        "brand_name": "Senja Glow", "category": category("serum").pk, "posted_on": "2026-11-24",
        "url": "https://www.instagram.com/p/abc", "note": "", **changes,
    }  # fmt: skip


@pytest.fixture
def case(ours: Collaboration, kirana: Influencer, as_coordinator: Client) -> BreachCase:
    as_coordinator.post(reverse("deal-seen", args=[kirana.pk]), saw())
    return BreachCase.objects.get()


def to(case: BreachCase, *steps: str, by: User, at: dt.datetime) -> BreachCase:
    for step in steps:
        if step == Status.NOTIFIED:
            cases.tell(case, "Hi Kirana", "whatsapp", at, by=by, at=at)
        elif step == Status.CURE_PERIOD:
            BreachCase.objects.filter(pk=case.pk).update(status=step)
            case.status = step
        else:
            cases.step(case, step, by=by, at=at, why="because", remedy="takedown" if step == "remedied" else "")
    return case


class TestAPostSomebodySaw:
    def test_one_that_breaks_a_promise_opens_a_case_with_its_evidence(
        self, as_coordinator: Client, kirana: Influencer, ours: Collaboration
    ) -> None:
        response = as_coordinator.post(
            reverse("deal-seen", args=[kirana.pk]), saw(screenshot=picture(), note="Story, too")
        )
        case = BreachCase.objects.get()
        assert response.headers["Location"] == reverse("case", args=[case.pk])
        shown = case.evidence.get()
        assert shown.file is not None
        assert (case.status, case.brand, case.owner) == ("suspected", ours.campaign.brand, kirana.owner)
        assert (case.finding.direction, case.finding.severity) == ("breach", 3)
        assert (shown.url, shown.note, shown.sha256) == (
            "https://www.instagram.com/p/abc", "Story, too", shown.file.sha256,
        )  # fmt: skip
        assert Todo.objects.filter(owner=kirana.owner, kind="check").count() == 1

    def test_one_of_another_category_is_only_kept(
        self, as_coordinator: Client, kirana: Influencer, ours: Collaboration
    ) -> None:
        response = as_coordinator.post(reverse("deal-seen", args=[kirana.pk]), saw(category=category("food-drink").pk))
        assert response.headers["Location"] == f"{reverse('person', args=[kirana.pk])}#elsewhere"
        assert (OutsideDeal.objects.count(), Finding.objects.count(), BreachCase.objects.count()) == (1, 0, 0)

    def test_one_nobody_knows_the_product_of_is_a_finding_and_no_case(
        self, as_coordinator: Client, kirana: Influencer, ours: Collaboration
    ) -> None:
        as_coordinator.post(reverse("deal-seen", args=[kirana.pk]), saw(category=category("beauty").pk))
        assert Finding.objects.values_list("severity", "direction").get() == (2, "new_work")
        assert BreachCase.objects.count() == 0

    def test_who_does_not_work_for_the_promised_brand_is_not_told_of_the_case(
        self, as_coordinator: Client, coordinator: User, kirana: Influencer, ours: Collaboration
    ) -> None:
        house = Organisation.load()
        house.brand_walls = True
        house.save()
        BrandAccess.objects.create(user=coordinator, brand=deal(kirana, "Serasi", on(12, 28)).campaign.brand)
        page = as_coordinator.post(reverse("deal-seen", args=[kirana.pk]), saw(), follow=True).content.decode()
        assert BreachCase.objects.count() == 1
        assert "Lumi" not in page

    def test_a_promise_made_later_only_warns_about_what_was_seen_before(
        self, kirana: Influencer, now: dt.datetime, actor: Actor, coordinator: User
    ) -> None:
        OutsideDeal.objects.create(
            influencer=kirana, brand_name="Senja Glow", category=category("serum"), source="observed",
            start_on=on(11, 20), end_on=on(11, 20), url="https://www.instagram.com/p/abc",
        )  # fmt: skip
        card = deal(kirana, "Lumi", on(11, 25))
        promise(card)
        card.put("agreed", at=now, actor=actor)
        assert Finding.objects.values_list("direction", "severity").get() == ("new_clause", 2)


class TestTheLadder:
    @pytest.mark.parametrize(
        ("steps", "end"),
        [
            (["under_review", "dismissed"], "dismissed"),
            (["under_review", "confirmed", "notified", "cured"], "cured"),
            (["under_review", "confirmed", "notified", "cure_period", "remedied"], "remedied"),
            (["under_review", "confirmed", "waived"], "waived"),
            (["under_review", "confirmed", "notified", "cure_period", "escalated", "terminated"], "terminated"),
        ],
    )
    def test_it_goes_step_by_step_to_its_end(
        self, case: BreachCase, coordinator: User, now: dt.datetime, steps: list[str], end: str
    ) -> None:
        to(case, *steps, by=coordinator, at=now)
        case.refresh_from_db()
        assert (case.status, case.closed_at, case.is_over) == (end, now, True)

    @pytest.mark.parametrize("step", ["confirmed", "notified", "cured", "remedied", "terminated", "escalated"])
    def test_nothing_is_skipped(self, case: BreachCase, coordinator: User, now: dt.datetime, step: str) -> None:
        before = Entry.objects.count()
        with pytest.raises(Exception, match="cannot go from Suspected"):
            to(case, step, by=coordinator, at=now)
        case.refresh_from_db()
        assert (case.status, Entry.objects.count()) == ("suspected", before)

    def test_told_late_in_the_evening_she_has_whole_days_where_the_promise_is_counted(
        self, case: BreachCase, coordinator: User, now: dt.datetime
    ) -> None:
        case.zone = "Asia/Makassar"
        case.save()
        to(case, "under_review", "confirmed", by=coordinator, at=now)
        told_at = dt.datetime(2026, 11, 24, 15, 59, tzinfo=dt.UTC)  # 23.59 in Makassar
        cases.tell(case, "Hi Kirana", "whatsapp", told_at, by=coordinator, at=told_at)
        assert (case.cure_due_on, case.cure_due_at) == (
            dt.date(2026, 11, 27), dt.datetime(2026, 11, 27, 16, tzinfo=dt.UTC),
        )  # fmt: skip

    def test_the_day_after_she_was_told_the_tick_notes_that_the_days_run_and_nothing_else(
        self, case: BreachCase, coordinator: User, now: dt.datetime
    ) -> None:
        to(case, "under_review", "confirmed", by=coordinator, at=now)
        told_at = dt.datetime(2026, 11, 24, 15, 59, tzinfo=dt.UTC)
        cases.tell(case, "Hi Kirana", "whatsapp", told_at, by=coordinator, at=told_at)
        BreachCase.objects.update(zone="Asia/Makassar")
        keep(dt.datetime(2026, 11, 24, 15, 59, 59, tzinfo=dt.UTC))
        assert BreachCase.objects.get().status == "notified"
        for _again in range(2):
            keep(dt.datetime(2026, 11, 24, 16, tzinfo=dt.UTC))
            assert BreachCase.objects.get().status == "cure_period"
        keep(dt.datetime(2026, 12, 20, tzinfo=dt.UTC))
        assert BreachCase.objects.get().status == "cure_period"

    def test_mitra_alone_confirms_and_tells_nobody(self, case: BreachCase, now: dt.datetime) -> None:
        for days in range(1, 40):
            keep(now + dt.timedelta(days=days))
        assert (BreachCase.objects.get().status, Email.objects.count()) == ("suspected", 0)
        assert not Entry.objects.filter(verb__startswith="case.", actor_kind="system").exists()

    def test_what_happened_stays_open_when_the_promise_runs_out(
        self, case: BreachCase, ours: Collaboration, now: dt.datetime, actor: Actor
    ) -> None:
        ours.deliverables.get().publish(at=now, actor=actor)
        keep(now + dt.timedelta(days=30))
        finding = Finding.objects.get()
        assert (finding.clause.standing, finding.status) == ("ended", "open")

    def test_opened_twice_it_is_one_case(self, case: BreachCase, coordinator: User, now: dt.datetime) -> None:
        assert cases.open_case(Finding.objects.get(), by=coordinator, at=now).pk == case.pk
        assert Entry.objects.filter(verb="case.opened").count() == 1


class TestEvidence:
    def test_the_database_refuses_to_change_or_remove_it(self, case: BreachCase) -> None:
        shown = CaseEvidence.objects.get()
        for spoil in (
            lambda: CaseEvidence.objects.update(url="https://contoh.example/other"),
            lambda: CaseEvidence.objects.all().delete(),
            lambda: CaseEvidence.objects.filter(pk=shown.pk).update(captured_at=case.created_at),
        ):
            with pytest.raises((IntegrityError, DatabaseError), match="append-only"), transaction.atomic():
                spoil()
        assert list(CaseEvidence.objects.values()) == [
            {field.attname: getattr(shown, field.attname) for field in CaseEvidence._meta.concrete_fields}
        ]

    def test_more_is_added_beside_it_and_shown_to_who_may(self, as_coordinator: Client, case: BreachCase) -> None:
        typed = {"url": "", "seen_on": "2026-11-23", "note": "The story", "screenshot": picture()}
        assert as_coordinator.post(reverse("case-evidence", args=[case.pk]), typed).status_code == 302
        shown = case.evidence.get(note="The story")
        assert shown.file is not None
        assert (len(shown.sha256), shown.sha256) == (64, shown.file.sha256)
        response = as_coordinator.get(reverse("case-file", args=[case.pk, shown.pk]))
        response.close()
        assert (response.status_code, response.headers["X-Content-Type-Options"]) == (200, "nosniff")

    @pytest.mark.parametrize(
        ("changes", "said"),
        [
            ({}, "Paste the address of the post, or add a screenshot"),
            ({"url": "junk junk"}, "Enter a valid URL."),
            ({"url": "https://contoh.example/p", "seen_on": "2027-01-01"}, "This day has not come yet."),
            ({"url": "https://contoh.example/p", "seen_on": ""}, "This field is required."),
        ],
    )
    def test_without_something_to_show_nothing_is_added(
        self, as_coordinator: Client, case: BreachCase, changes: dict[str, str], said: str
    ) -> None:
        typed = {"url": "", "seen_on": "2026-11-24", "note": "kept words", **changes}
        response = as_coordinator.post(reverse("case-evidence", args=[case.pk]), typed)
        page = response.content.decode()
        assert (response.status_code, said in page, "kept words" in page) == (422, True, True)
        assert case.evidence.count() == 1


class TestItsPages:
    def press(self, client: Client, case: BreachCase, step: str, **typed: str) -> int:
        return client.post(reverse("case-step", args=[case.pk, step]), typed).status_code

    def test_from_suspicion_to_put_right(self, as_coordinator: Client, case: BreachCase, now: dt.datetime) -> None:
        assert "Look into it" in as_coordinator.get(reverse("case", args=[case.pk])).content.decode()
        assert self.press(as_coordinator, case, "review") == 302
        assert self.press(as_coordinator, case, "confirm") == 302
        page = as_coordinator.get(reverse("case", args=[case.pk])).content.decode()
        assert "Nothing is sent from here." in page
        assert "https://www.instagram.com/p/abc" in page
        typed = {"channel": "whatsapp", "told_on": "2026-11-24", "words": "Hi Kirana, about your post"}
        assert self.press(as_coordinator, case, "tell", **typed) == 302
        case.refresh_from_db()
        assert (case.status, case.cure_due_on, case.notice) == (
            "notified", dt.date(2026, 11, 27), "Hi Kirana, about your post",
        )  # fmt: skip
        assert "put right by Fri, 27 Nov 2026" in as_coordinator.get(reverse("cases")).content.decode()
        assert self.press(as_coordinator, case, "cured") == 302
        case.refresh_from_db()
        assert case.status == "cured"
        assert Email.objects.count() == 0
        assert reverse("case", args=[case.pk]) in as_coordinator.get(f"{reverse('cases')}?part=over").content.decode()

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ({"words": ""}, "This field is required."),
            ({"told_on": "2026-11-30"}, "This day has not come yet."),
            ({"told_on": "2026-11-01"}, "That is before this case was opened."),
            ({"channel": "pigeon"}, "Select a valid choice."),
        ],
    )
    def test_what_is_wrong_about_the_telling_is_said_and_nothing_is_lost(
        self, as_coordinator: Client, coordinator: User, case: BreachCase, now: dt.datetime, typed: Any, said: str
    ) -> None:
        to(case, "under_review", "confirmed", by=coordinator, at=now)
        whole = {"channel": "whatsapp", "told_on": "2026-11-24", "words": "My own words", **typed}
        response = as_coordinator.post(reverse("case-step", args=[case.pk, "tell"]), whole)
        page = response.content.decode()
        assert (response.status_code, said in page) == (422, True)
        assert "My own words" in page or not whole["words"]
        case.refresh_from_db()
        assert case.status == "confirmed"

    @pytest.mark.parametrize(("step", "status"), [("let-go", 403), ("end-deal", 403), ("junk", 404), ("cured", 302)])
    def test_a_step_that_is_not_hers_or_not_its_turn_changes_nothing(
        self, as_coordinator: Client, case: BreachCase, step: str, status: int
    ) -> None:
        assert self.press(as_coordinator, case, step, why="x") == status
        case.refresh_from_db()
        assert case.status == "suspected"

    def test_her_page_has_it_and_those_behind_the_wall_do_not(
        self, client: Client, as_coordinator: Client, case: BreachCase
    ) -> None:
        panels = reverse("person-panels", args=[case.influencer_id])
        assert "Case about the promise to Lumi" in as_coordinator.get(panels).content.decode()
        house = Organisation.load()
        house.brand_walls = True
        house.save()
        client.force_login(UserFactory(role=Role.COORDINATOR))
        assert "Lumi" not in client.get(panels).content.decode()
        assert client.get(reverse("case", args=[case.pk])).status_code == 404
        assert client.get(reverse("cases")).content.decode().count("Kirana") == 0

    def test_the_words_go_along_to_where_messages_are_written(
        self, as_coordinator: Client, coordinator: User, case: BreachCase, now: dt.datetime
    ) -> None:
        to(case, "under_review", "confirmed", by=coordinator, at=now)
        typed = {
            "audience": "person", "asked": f"person={case.influencer_id}", "use": "1", "text_id": "Hai Kak Kirana, soal",
        }  # fmt: skip
        page = as_coordinator.post(reverse("message-new"), typed).content.decode()
        assert "Hai Kak Kirana, soal" in page
        assert Email.objects.count() == 0


def test_added_evidence_is_told_in_the_story(case: BreachCase, coordinator: User, now: dt.datetime) -> None:
    cases.add_evidence(case, Shown(now, url="https://contoh.example/p2"), by=coordinator, at=now)
    assert Entry.objects.filter(verb="case.evidence", brand=case.brand).count() == 1


def test_found_again_it_is_still_the_same_finding(case: BreachCase, now: dt.datetime) -> None:
    assert look_again([case.influencer_id], now) == {}
    assert Finding.objects.count() == 1
