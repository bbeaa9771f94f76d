"""Prospects: noted once, asked, left with a reason, noted again, and taken in by a signed deal."""

import datetime as dt
from typing import Any

import pytest

from crm.ambassadors.models import Program, Prospect
from crm.ambassadors.prospects import noting
from crm.ambassadors.prospects.known import known_of
from crm.ambassadors.prospects.panels import taken_once_signed
from crm.ambassadors.prospects.suggesting import suggestions
from crm.brands.models import Brand
from crm.contracts.models import Contract
from crm.exclusivity.gate import Door
from crm.influencers.merging.actions import merge
from crm.influencers.models import Influencer, RateCard
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor
from crm.timeline.transitions import TransitionRefused
from crm.vetting.facts import Share, note_fact
from crm.vetting.models import Rating
from tests.crm.ambassadors.conftest import DealOf
from tests.factories import BrandFactory, InfluencerFactory

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    return [(entry.verb, entry.sentence_en) for entry in Entry.objects.order_by("pk")]


def worked(person: Influencer, brand: Brand, now: dt.datetime, works: int, late: int = 0) -> None:
    """So many collaborations with one post each, `late` of them a day late."""
    for number in range(works):
        ref = f"campaigns.deliverable:{person.pk}{brand.pk}{number}"
        work = f"campaigns.collaboration:{person.pk}{brand.pk}{number}"
        note_fact(person.pk, brand.pk, "post_days", int(number < late), ref=ref, work=work, happened_at=now)


class TestNoting:
    def test_somebody_is_noted_with_her_reason(
        self, kirana: Influencer, lumi: Brand, circle: Program, coordinator: User, now: dt.datetime
    ) -> None:
        made = noting.note(kirana, lumi, why="Uses it herself", program=circle, at=now, user=coordinator)
        assert (made.status, made.why, made.program, made.noted_by) == ("noted", "Uses it herself", circle, coordinator)
        assert told() == [("prospect.noted", "Might become an ambassador of Lumi Skincare")]

    def test_noting_her_twice_is_the_same_as_once(
        self, kirana: Influencer, lumi: Brand, coordinator: User, now: dt.datetime
    ) -> None:
        first = noting.note(kirana, lumi, why="Uses it herself", at=now, user=coordinator)
        again = noting.note(kirana, lumi, why="Her readers ask for it", at=now, user=coordinator)
        assert (again.pk, again.why, Prospect.objects.count(), len(told())) == (
            first.pk, "Her readers ask for it", 1, 1,
        )  # fmt: skip

    def test_whoever_was_left_is_noted_again(
        self, kirana: Influencer, lumi: Brand, coordinator: User, now: dt.datetime, actor: Actor
    ) -> None:
        first = noting.note(kirana, lumi, why="Uses it herself", at=now, user=coordinator)
        noting.drop(first, "Moves abroad until May", at=now, actor=actor)
        again = noting.note(kirana, lumi, why="She is back", at=now, user=coordinator)
        assert (again.pk, again.status, again.why) == (first.pk, "noted", "She is back")
        assert [verb for verb, _said in told()] == ["prospect.noted", "prospect.dropped", "prospect.noted"]

    def test_an_ambassador_is_not_noted_again(
        self, kirana: Influencer, lumi: Brand, coordinator: User, now: dt.datetime, actor: Actor
    ) -> None:
        first = noting.note(kirana, lumi, why="Uses it herself", at=now, user=coordinator)
        noting.take(first, at=now, actor=actor)
        again = noting.note(kirana, lumi, why="Other words", at=now, user=coordinator)
        assert (again.status, again.why) == ("taken", "Uses it herself")


class TestSteps:
    def test_she_is_asked_once(
        self, kirana: Influencer, lumi: Brand, coordinator: User, now: dt.datetime, actor: Actor
    ) -> None:
        found = noting.note(kirana, lumi, why="Uses it", at=now, user=coordinator)
        noting.ask(found, at=now, actor=actor)
        with pytest.raises(TransitionRefused):
            noting.ask(Prospect.objects.get(), at=now, actor=actor)
        assert told()[1:] == [("prospect.asked", "Asked whether she becomes an ambassador of Lumi Skincare")]

    def test_leaving_her_keeps_the_reason_in_the_story(
        self, kirana: Influencer, lumi: Brand, coordinator: User, now: dt.datetime, actor: Actor
    ) -> None:
        found = noting.note(kirana, lumi, why="Uses it", at=now, user=coordinator)
        noting.drop(found, "Wants twice as much", at=now, actor=actor)
        assert Prospect.objects.dropped().get().why == "Wants twice as much"
        assert told()[-1] == ("prospect.dropped", "Not an ambassador of Lumi Skincare for now: Wants twice as much")

    def test_a_signed_deal_takes_her_in(
        self, kirana: Influencer, circle: Program, coordinator: User, deal_of: DealOf, now: dt.datetime, actor: Actor
    ) -> None:
        found = noting.note(kirana, circle.brand, why="Uses it", at=now, user=coordinator)
        deal = deal_of(person=kirana, program=circle, status=Contract.Status.SIGNED)
        assert taken_once_signed(deal.contract, Door(frozenset({kirana.pk}), now), actor) == []
        assert Prospect.objects.taken().get() == found
        assert noting.taken_by(deal, at=now, actor=actor) is False

    def test_a_draft_takes_nobody_in(
        self, kirana: Influencer, circle: Program, coordinator: User, deal_of: DealOf, now: dt.datetime, actor: Actor
    ) -> None:
        noting.note(kirana, circle.brand, why="Uses it", at=now, user=coordinator)
        deal = deal_of(person=kirana, program=circle, signed=False)
        taken_once_signed(deal.contract, Door(frozenset({kirana.pk}), now), actor)
        assert Prospect.objects.taken().count() == 0

    def test_a_merge_keeps_the_prospect_with_her(
        self, kirana: Influencer, lumi: Brand, coordinator: User, now: dt.datetime
    ) -> None:
        twin = InfluencerFactory(stage_name="Kirana M.")
        found = noting.note(twin, lumi, why="Uses it", at=now, user=coordinator)
        merge(kirana.pk, twin.pk, {}, at=now, actor=SYSTEM)
        assert Prospect.objects.of_person(kirana.pk).get() == found

    def test_two_prospects_of_one_brand_are_both_found_after_a_merge(
        self, kirana: Influencer, lumi: Brand, coordinator: User, now: dt.datetime
    ) -> None:
        twin = InfluencerFactory(stage_name="Kirana M.")
        both = {noting.note(one, lumi, why="Uses it", at=now, user=coordinator).pk for one in (kirana, twin)}
        merge(kirana.pk, twin.pk, {}, at=now, actor=SYSTEM)
        assert set(Prospect.objects.of_person(kirana.pk).values_list("pk", flat=True)) == both


class TestWhatIsKnown:
    def test_everything_is_said_beside_her_name(
        self, kirana: Influencer, lumi: Brand, coordinator: User, now: dt.datetime
    ) -> None:
        worked(kirana, lumi, now, works=3, late=1)
        ref = "campaigns.deliverable:9"
        note_fact(kirana.pk, lumi.pk, "rounds", 2, ref=ref, work="campaigns.collaboration:9", happened_at=now)
        marks = {"visual": 4, "storytelling": 5, "taste": 4, "consistency": 4}
        Rating.objects.create(influencer=kirana, rater=coordinator, rater_name="Dinda", rated_at=now, **marks)
        RateCard.objects.create(influencer=kirana, price=2_000_000, valid_from=now.date())
        RateCard.objects.create(influencer=kirana, price=900_000, package="Story", valid_from=now.date())
        known = known_of([kirana.pk], coordinator, now)[kirana.pk]
        assert (known.works, known.last_at, known.on_time, known.rounds) == (4, now, Share(2, 3), 2.0)
        assert (str(known.rating), known.price.amount if known.price else None) == ("4.2", 900_000)

    def test_nothing_is_said_where_nothing_is_known(
        self, kirana: Influencer, coordinator: User, now: dt.datetime
    ) -> None:
        known = known_of([kirana.pk], coordinator, now)[kirana.pk]
        assert (known.works, known.on_time_share, known.rounds, known.rating, known.price) == (
            0,
            None,
            None,
            None,
            None,
        )


class TestSuggestions:
    def names(self, user: User, **asked: Any) -> list[tuple[str, str, int]]:
        return [(one.name, one.brand, one.works) for one in suggestions(user, **asked)]

    def test_whoever_worked_three_times_and_kept_every_day_is_suggested(
        self, kirana: Influencer, lumi: Brand, coordinator: User, now: dt.datetime
    ) -> None:
        worked(kirana, lumi, now, works=3)
        twice, late = InfluencerFactory(), InfluencerFactory()
        worked(twice, lumi, now, works=2)
        worked(late, lumi, now, works=4, late=1)
        assert self.names(coordinator) == [("Kirana Maheswari", "Lumi Skincare", 3)]
        assert self.names(coordinator, brand=BrandFactory().pk) == []

    def test_whoever_is_noted_or_under_a_deal_is_not(
        self, kirana: Influencer, circle: Program, coordinator: User, deal_of: DealOf, now: dt.datetime
    ) -> None:
        other = InfluencerFactory()
        for person in (kirana, other):
            worked(person, circle.brand, now, works=3)
        noting.note(kirana, circle.brand, why="Uses it", at=now, user=coordinator)
        deal_of(person=other, program=circle)
        assert self.names(coordinator) == []

    def test_whoever_must_not_be_contacted_is_not(
        self, kirana: Influencer, lumi: Brand, coordinator: User, now: dt.datetime
    ) -> None:
        worked(kirana, lumi, now, works=3)
        Influencer.objects.update(do_not_contact_at=now)
        assert self.names(coordinator) == []
