"""Agreeing with somebody, moving her days, posting: exclusivity promises stand at every door."""

import datetime as dt
from typing import Any

import pytest

from campaigns.planning.actions.work import Days, move_days
from campaigns.planning.board import Look, board_of
from campaigns.planning.models import Campaign, Collaboration, Deliverable, Refused
from campaigns.planning.models.promises import PromiseHeld
from crm.base.anchors import Anchor
from crm.base.windows import day_window
from crm.brands.models import Brand, Category
from crm.exclusivity.models import Claim, Clause, Finding
from crm.exclusivity.terms import ACT_NUMBERS, Act
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor
from tests.factories import (
    BrandFactory,
    BrandOwnerFactory,
    CampaignFactory,
    CollaborationFactory,
    DeliverableFactory,
    InfluencerFactory,
)

pytestmark = pytest.mark.django_db
ZONE = "Asia/Jakarta"
PAID = frozenset({ACT_NUMBERS[Act.PAID_POST]})


def on(month: int, day: int) -> dt.date:
    return dt.date(2026, month, day)


def category(slug: str) -> Category:
    return Category.objects.get(slug=slug)


@pytest.fixture
def kirana() -> Influencer:
    return InfluencerFactory(stage_name="Kirana Maheswari")


def deal(
    person: Influencer, name: str, post_on: dt.date, *, slug: str = "skincare", brand: Brand | None = None
) -> Collaboration:
    """A campaign of a house of its own with this person in talks, and one post planned."""
    brand = brand or BrandFactory(name=name, owner=BrandOwnerFactory(name=f"{name} House"), category=category(slug))
    campaign = CampaignFactory(
        name=f"{name} Season", brand=brand, category=category(slug), start_on=on(11, 1), end_on=on(12, 31), zone=ZONE
    )
    card = CollaborationFactory(campaign=campaign, influencer=person, status="in_talks")
    DeliverableFactory(collaboration=card, draft_due_on=None, post_due_on=post_on, zone=ZONE)
    return card


def promise(card: Collaboration, **changes: Any) -> Clause:
    """No paid posts for other skincare brands from 7 days before to 7 days after each post."""
    standard = {
        "influencer": card.influencer, "brand": card.campaign.brand, "work_ref": f"campaigns.collaboration:{card.pk}",
        "start_offset": -7, "end_offset": 7, "act_numbers": PAID, "zone": ZONE,
    }  # fmt: skip
    clause = Clause.objects.create(**{**standard, **changes})
    clause.categories.set([category("skincare")])
    return clause


@pytest.fixture
def ours(kirana: Influencer) -> Collaboration:
    """Agreed for 10 December, with a week's exclusivity either side."""
    return deal(kirana, "Lumi", on(12, 10))


@pytest.fixture
def clause(ours: Collaboration, now: dt.datetime, actor: Actor) -> Clause:
    clause = promise(ours)
    ours.put("agreed", at=now, actor=actor)
    clause.refresh_from_db()
    return clause


def post_of(card: Collaboration) -> Deliverable:
    return card.deliverables.get()


def windows(clause: Clause) -> list[tuple[Any, ...]]:
    return list(clause.stretches.values_list("start_at", "end_at", "core_start_at", "core_end_at", "is_provisional"))


def spoken(first: dt.date, last: dt.date, *, planned: bool = False) -> tuple[Any, ...]:
    window = day_window(first, last, ZONE)
    return window.start_at, window.end_at, window.start_at, window.end_at, planned


class TestAgreeing:
    def test_it_puts_the_clause_in_force_and_both_sides_under_guard(
        self, ours: Collaboration, clause: Clause, now: dt.datetime
    ) -> None:
        assert (clause.standing, clause.effective_from) == ("active", now)
        assert windows(clause) == [spoken(on(12, 3), on(12, 17), planned=True)]
        assert list(Claim.objects.order_by("side").values_list("side", "source", "active")) == [
            (0, f"crm.clause:{clause.pk}", True),
            (1, f"campaigns.deliverable:{post_of(ours).pk}", True),
        ]
        assert Entry.objects.filter(verb="clause.active").values_list("sentence_en", flat=True).get() == (
            "Exclusivity for Lumi is in force"
        )

    def test_a_rival_inside_the_window_is_refused_and_nothing_changes(
        self, kirana: Influencer, clause: Clause, now: dt.datetime, actor: Actor
    ) -> None:
        rival = deal(kirana, "Serasi", on(12, 17))
        with pytest.raises(PromiseHeld) as refused:
            rival.put("agreed", at=now, actor=actor)
        (conflict,) = refused.value.conflicts
        assert (conflict.bar.clause, conflict.finding.days, conflict.blocks) == (clause.pk, 1, True)
        assert rival.status == "in_talks"
        rival.refresh_from_db()
        assert (rival.status, rival.promised_at, Claim.objects.count()) == ("in_talks", None, 2)
        assert not Entry.objects.filter(verb="collaboration.put", brand=rival.campaign.brand).exists()

    def test_another_day_another_category_and_the_same_house_are_free(
        self, kirana: Influencer, ours: Collaboration, clause: Clause, now: dt.datetime, actor: Actor
    ) -> None:
        sister = BrandFactory(name="Lumi Men", owner=ours.campaign.brand.owner)
        free = [
            deal(kirana, "Serasi", on(12, 18)),
            deal(kirana, "Kopi Senja", on(12, 10), slug="food-drink"),
            deal(kirana, "Lumi Men", on(12, 10), brand=sister),
        ]
        for card in free:
            card.put("agreed", at=now, actor=actor)
        assert Claim.objects.active().filter(side=1).count() == 4

    def test_a_promise_over_agreed_work_for_a_rival_is_refused(
        self, kirana: Influencer, ours: Collaboration, now: dt.datetime, actor: Actor
    ) -> None:
        rival = deal(kirana, "Serasi", on(12, 12))
        rival.put("agreed", at=now, actor=actor)
        late = promise(ours)
        with pytest.raises(PromiseHeld):
            ours.put("agreed", at=now, actor=actor)
        late.refresh_from_db()
        assert (late.standing, list(late.stretches.all()), Claim.objects.count()) == ("draft", [], 1)

    def test_a_product_nobody_named_only_warns(
        self, kirana: Influencer, clause: Clause, now: dt.datetime, actor: Actor
    ) -> None:
        rival = deal(kirana, "Serasi", on(12, 10))
        Campaign.objects.filter(pk=rival.campaign_id).update(category=None)
        Collaboration.objects.get(pk=rival.pk).put("agreed", at=now, actor=actor)
        assert Finding.objects.values_list("severity", "reasons").get() == (2, ["product-unknown"])

    def test_a_clause_that_only_warns_lets_it_through_and_keeps_a_finding(
        self, kirana: Influencer, ours: Collaboration, now: dt.datetime, actor: Actor
    ) -> None:
        promise(ours, blocks=False)
        ours.put("agreed", at=now, actor=actor)
        deal(kirana, "Serasi", on(12, 10)).put("agreed", at=now, actor=actor)
        assert Finding.objects.values_list("severity", "overlap_days", "status").get() == (2, 1, "open")


class TestWhatMoves:
    def test_a_moved_day_takes_the_window_along(
        self, ours: Collaboration, clause: Clause, now: dt.datetime, actor: Actor
    ) -> None:
        post_of(ours).reschedule(draft_due_on=None, post_due_on=on(12, 20), at=now, actor=actor)
        assert windows(clause) == [spoken(on(12, 13), on(12, 27), planned=True)]
        bar = Claim.objects.get(side=0)
        assert (bar.start_at, bar.end_at) == spoken(on(12, 13), on(12, 27))[:2]

    def test_moving_a_promised_post_into_somebody_elses_window_is_refused(
        self, kirana: Influencer, clause: Clause, now: dt.datetime, actor: Actor
    ) -> None:
        rival = deal(kirana, "Serasi", on(12, 20))
        rival.put("agreed", at=now, actor=actor)
        with pytest.raises(PromiseHeld):
            post_of(rival).reschedule(draft_due_on=None, post_due_on=on(12, 16), at=now, actor=actor)
        assert post_of(rival).post_due_on == on(12, 20)
        (verdict,) = move_days([rival], Days(shift=-3), at=now, actor=actor)
        assert (verdict.done, post_of(rival).post_due_on) == (False, on(12, 20))

    def test_posting_early_is_a_fact_that_is_kept_as_a_finding(
        self, kirana: Influencer, clause: Clause, now: dt.datetime, actor: Actor
    ) -> None:
        rival = deal(kirana, "Serasi", on(12, 20))
        rival.put("agreed", at=now, actor=actor)
        early = dt.datetime(2026, 12, 12, 3, tzinfo=dt.UTC)
        post_of(rival).publish(at=early, actor=actor, post_url="https://contoh.example/p/1")
        assert post_of(rival).status == "published"
        assert Claim.objects.filter(side=1, active=False).values_list("why", flat=True).get() == "fact"
        assert Finding.objects.values_list("direction", "severity", "status").get() == ("breach", 3, "open")

    def test_the_window_moves_with_the_real_day_and_is_certain_then(
        self, ours: Collaboration, clause: Clause, now: dt.datetime, actor: Actor
    ) -> None:
        late = dt.datetime(2026, 12, 14, 3, tzinfo=dt.UTC)
        post_of(ours).publish(at=late, actor=actor)
        assert windows(clause) == [spoken(on(12, 7), on(12, 21))]

    def test_a_dropped_post_takes_its_window_and_its_claims_away(
        self, ours: Collaboration, clause: Clause, now: dt.datetime, actor: Actor
    ) -> None:
        post_of(ours).drop(at=now, actor=actor)
        assert (windows(clause), Claim.objects.count(), Anchor.objects.of_kind("post").count()) == ([], 0, 0)

    def test_a_card_that_is_off_sets_everything_free(
        self, kirana: Influencer, ours: Collaboration, clause: Clause, now: dt.datetime, actor: Actor
    ) -> None:
        rival = deal(kirana, "Serasi", on(12, 10))
        ours.put("off", at=now, actor=actor, why="Too dear this time")
        clause.refresh_from_db()
        assert (clause.standing, Claim.objects.count()) == ("void", 0)
        rival.put("agreed", at=now, actor=actor)

    def test_going_back_to_talks_proposes_the_clause_again(
        self, ours: Collaboration, clause: Clause, now: dt.datetime, actor: Actor
    ) -> None:
        ours.put("in_talks", at=now, actor=actor)
        clause.refresh_from_db()
        assert (clause.standing, Claim.objects.count()) == ("proposed", 0)

    def test_two_posts_make_two_windows_and_one_that_is_added_is_guarded_at_once(
        self, ours: Collaboration, clause: Clause, now: dt.datetime, actor: Actor
    ) -> None:
        more = DeliverableFactory(collaboration=ours, draft_due_on=None, post_due_on=on(12, 24), zone=ZONE)
        with ours.held():
            ours.keep_promises(at=now, actor=actor)
        assert windows(clause) == [
            spoken(on(12, 3), on(12, 17), planned=True),
            spoken(on(12, 17), on(12, 31), planned=True),
        ]
        assert Claim.objects.active().of_source(f"campaigns.deliverable:{more.pk}").count() == 1

    def test_asking_again_changes_nothing(
        self, ours: Collaboration, clause: Clause, now: dt.datetime, actor: Actor
    ) -> None:
        before = list(Claim.objects.order_by("pk").values_list("pk", "updated_at"))
        with ours.held():
            ours.keep_promises(at=now + dt.timedelta(hours=1), actor=actor)
        assert list(Claim.objects.order_by("pk").values_list("pk", "updated_at")) == before


class TestFindings:
    def test_what_is_over_settles_itself_and_comes_back(
        self, kirana: Influencer, ours: Collaboration, now: dt.datetime, actor: Actor
    ) -> None:
        promise(ours, blocks=False)
        ours.put("agreed", at=now, actor=actor)
        rival = deal(kirana, "Serasi", on(12, 10))
        rival.put("agreed", at=now, actor=actor)
        post_of(rival).reschedule(draft_due_on=None, post_due_on=on(12, 30), at=now, actor=actor)
        assert Finding.objects.values_list("status", "why").get() == ("resolved", "This is no longer so.")
        post_of(rival).reschedule(draft_due_on=None, post_due_on=on(12, 11), at=now, actor=actor)
        assert Finding.objects.values_list("status", "why").get() == ("open", "")


def test_a_refusal_is_told_like_any_other_and_leaves_the_board_as_it_was(
    kirana: Influencer, clause: Clause, now: dt.datetime, actor: Actor
) -> None:
    with pytest.raises(Refused, match="An exclusivity promise stands against this"):
        deal(kirana, "Serasi", on(12, 5)).put("agreed", at=now, actor=actor)


def test_the_board_marks_whom_another_promise_bars_and_not_whom_her_own_does(
    kirana: Influencer, coordinator: User, now: dt.datetime
) -> None:
    bound = deal(kirana, "Lumi", on(11, 24))
    promise(bound)
    bound.put("agreed", at=now, actor=SYSTEM)
    asked = deal(kirana, "Senja", on(11, 26))
    (mine,) = board_of(bound.campaign, coordinator, now, Look()).cards
    (theirs,) = board_of(asked.campaign, coordinator, now, Look()).cards
    assert [mark.label for mark in mine.marks if mark.icon == "lock-fill"] == []
    assert [mark.label for mark in theirs.marks if mark.icon == "lock-fill"] == [
        "Barred from Skincare until Tue, 1 Dec 2026"
    ]
