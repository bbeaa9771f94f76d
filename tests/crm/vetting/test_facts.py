"""What working with somebody was really like: facts that are told, corrected and withdrawn, and what they add up to."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from crm.base.models import Organisation
from crm.brands.models import Brand
from crm.influencers.merging.actions import merge
from crm.influencers.models import Influencer
from crm.team.models import User
from crm.timeline.record import Actor
from crm.vetting.facts import Figures, Middle, Share, figures_of, note_fact, withdraw_fact
from crm.vetting.models import Fact
from tests.conftest import NOW
from tests.factories import BrandFactory, InfluencerFactory

WORK = "campaigns.collaboration:7"


@pytest.fixture
def brand(db: None) -> Brand:
    return BrandFactory()


def tell(person: Influencer, brand: Brand, kind: str, *amounts: float) -> None:
    for number, amount in enumerate(amounts):
        note_fact(person.pk, brand.pk, kind, amount, ref=f"x.{kind}:{person.pk}{number}", work=WORK, happened_at=NOW)


def test_a_fact_told_twice_is_one_and_the_later_word_counts(kirana: Influencer, brand: Brand) -> None:
    note_fact(kirana.pk, brand.pk, "post_days", 2, ref="campaigns.deliverable:1", work=WORK, happened_at=NOW)
    later = NOW + dt.timedelta(hours=1)
    note_fact(
        kirana.pk, brand.pk, "post_days", -1, ref="campaigns.deliverable:1", work=WORK, label="Reel", happened_at=later
    )
    assert list(Fact.objects.values_list("amount", "label", "happened_at")) == [(Decimal("-1.00"), "Reel", later)]


def test_facts_of_two_kinds_about_one_thing_stand_beside_each_other(kirana: Influencer, brand: Brand) -> None:
    for kind in ("rounds", "first_pass"):
        note_fact(kirana.pk, brand.pk, kind, 1, ref="campaigns.deliverable:1", work=WORK, happened_at=NOW)
    assert sorted(Fact.objects.values_list("kind", flat=True)) == ["first_pass", "rounds"]


def test_a_withdrawn_fact_is_gone_and_withdrawing_again_changes_nothing(kirana: Influencer, brand: Brand) -> None:
    note_fact(kirana.pk, brand.pk, "deviation", 1, ref="campaigns.deviation:4", work=WORK, happened_at=NOW)
    assert withdraw_fact("deviation", "campaigns.deviation:4") is True
    assert withdraw_fact("deviation", "campaigns.deviation:4") is False
    assert not Fact.objects.exists()


def test_figures_say_how_often_and_how_long(kirana: Influencer, brand: Brand, owner: User) -> None:
    tell(kirana, brand, "draft_days", -3, 0, 1)
    tell(kirana, brand, "post_days", 0, 0)
    tell(kirana, brand, "first_pass", 1, 0)
    tell(kirana, brand, "rounds", 0, 1, 1)
    tell(kirana, brand, "answer_hours", 2, 30, 5)
    tell(kirana, brand, "our_hours", 5, 31)
    tell(kirana, brand, "deviation", 1)
    tell(kirana, brand, "live", 1, 1)
    tell(kirana, brand, "replies", 0)
    found = figures_of([kirana.pk], owner)[kirana.pk]
    assert found == Figures(
        drafts=Share(2, 3), posts=Share(2, 2), first_pass=Share(1, 2), rounds=Middle(0.7, 3), answers=Middle(5.0, 3),
        ours=Middle(18.0, 2), deviations=1, live=Share(2, 2), replies=Share(0, 1),
    )  # fmt: skip
    assert found.on_time == Share(4, 5)


@pytest.mark.parametrize(("share", "percent"), [(Share(2, 3), None), (Share(4, 4), None), (Share(4, 5), 80)])
def test_a_percentage_is_only_said_from_five_on(share: Share, percent: int | None) -> None:
    assert share.percent == percent


def test_nobody_learns_from_brands_behind_a_wall(
    kirana: Influencer, brand: Brand, coordinator: User, organisation: Organisation
) -> None:
    organisation.brand_walls = True
    organisation.save()
    seen = BrandFactory()
    coordinator.brand_access.create(brand=seen)
    tell(kirana, brand, "post_days", 3)
    note_fact(kirana.pk, seen.pk, "post_days", 0, ref="seen:1", work=WORK, happened_at=NOW)
    assert figures_of([kirana.pk], coordinator)[kirana.pk].posts == Share(1, 1)


@pytest.mark.parametrize("people", [1, 3])
def test_figures_of_many_cost_one_query(
    people: int, brand: Brand, owner: User, django_assert_num_queries: Callable[..., Any]
) -> None:
    everybody = [InfluencerFactory() for _ in range(people)]
    for person in everybody:
        tell(person, brand, "post_days", 0, 1)
    assert owner.brand_ids() is None
    with django_assert_num_queries(1):
        found = figures_of([person.pk for person in everybody], owner)
    assert {one.posts for one in found.values()} == {Share(1, 2)}


def test_somebody_without_work_has_empty_figures(kirana: Influencer, owner: User) -> None:
    assert figures_of([kirana.pk], owner)[kirana.pk].is_empty
    assert figures_of([], owner) == {}


def test_facts_go_along_when_two_people_become_one(kirana: Influencer, brand: Brand, owner: User) -> None:
    twin = InfluencerFactory(stage_name="Kirana M.")
    tell(kirana, brand, "post_days", 0)
    tell(twin, brand, "post_days", 1, 2)
    merge(kirana.pk, twin.pk, {}, at=NOW, actor=Actor.user(owner))
    assert figures_of([kirana.pk], owner)[kirana.pk].posts == Share(1, 3)
