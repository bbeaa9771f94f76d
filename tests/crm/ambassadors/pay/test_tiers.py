"""Rising by sales and posts, down by a person only, and what a tier brings."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from crm.ambassadors.models import AmbassadorDeal, PerkGrant, Program, ProgramTier, TierMove, TierPerk
from crm.ambassadors.pay.commissions import return_sale
from crm.ambassadors.pay.perks import give_period_perks, give_perk, left_of, use_perk
from crm.ambassadors.pay.rates import rule_of
from crm.ambassadors.pay.tiers import Merits, merits_of, put_on_tier, reached, rise
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.pay.conftest import Sell, at, day, rupiah, share_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def tiers(circle: Program) -> list[ProgramTier]:
    Program.objects.filter(pk=circle.pk).update(has_tiers=True)
    circle.has_tiers = True
    rungs: list[dict[str, Any]] = [
        {"name": "Bronze"},
        {"name": "Silver", "from_sales": rupiah(1_000_000), "from_posts": 10},
        {"name": "Gold", "from_sales": rupiah(5_000_000)},
    ]
    return [ProgramTier.objects.create(program=circle, rank=rank, **said) for rank, said in enumerate(rungs, start=1)]


@pytest.fixture
def deal(deal_of: DealOf, circle: Program, tiers: list[ProgramTier]) -> AmbassadorDeal:
    return deal_of(program=circle, tier=tiers[0])


@pytest.mark.parametrize(
    ("sold", "posts", "name"),
    [
        (0, 0, "Bronze"),
        (999_999, 9, "Bronze"),
        (1_000_000, 0, "Silver"),
        (0, 10, "Silver"),
        (4_999_999, 99, "Silver"),
        (5_000_000, 0, "Gold"),
    ],
)
def test_a_tier_is_earned_by_sales_or_by_posts(tiers: list[ProgramTier], sold: int, posts: int, name: str) -> None:
    assert str(reached(tiers, Merits({"IDR": Decimal(sold)}, posts))) == name


def test_sales_in_another_currency_earn_nothing_in_rupiah(tiers: list[ProgramTier]) -> None:
    assert str(reached(tiers, Merits({"USD": Decimal(9_000_000)}, 0))) == "Bronze"


def test_she_rises_once_and_the_story_says_why(deal: AmbassadorDeal, tiers: list[ProgramTier], sell: Sell) -> None:
    sell(deal, 5_200_000)
    assert [rise(deal, now=at(11, of)) for of in (3, 4)] == [tiers[2], None]
    move = TierMove.objects.get()
    assert (move.tier, move.former, move.from_on, move.by) == (tiers[2], tiers[0], day(11, 3), "Mitra")
    assert Entry.objects.get(verb="program.tier").sentence_en == "Rose to Gold in Lumi Circle: IDR\u00a05,200,000 sold"


def test_perks_come_at_once_commission_with_the_next_days_orders(
    deal: AmbassadorDeal, tiers: list[ProgramTier], sell: Sell
) -> None:
    TierPerk.objects.create(tier=tiers[1], kind="product", label="Welcome box", value=rupiah(750_000))
    share_of(tiers[0], 300)
    share_of(tiers[1], 700)
    sell(deal, 1_000_000)
    rise(deal, now=at(11, 3))
    assert list(PerkGrant.objects.values_list("label", "granted_on")) == [("Welcome box", day(11, 3))]
    assert [getattr(rule_of(deal, day(11, of)), "rate_bp", 0) for of in (3, 4)] == [300, 700]


def test_nobody_falls_by_night(deal: AmbassadorDeal, tiers: list[ProgramTier], sell: Sell, actor: Actor) -> None:
    sale = sell(deal, 1_000_000)
    rise(deal, now=at(11, 3))
    return_sale(sale, on=day(11, 4), at=at(11, 4), actor=actor)
    assert merits_of(deal).sales == {}
    assert rise(deal, now=at(11, 5)) is None
    assert AmbassadorDeal.objects.get().tier == tiers[1]


def test_somebody_who_decides_puts_her_down_and_says_why(
    deal: AmbassadorDeal, tiers: list[ProgramTier], actor: Actor
) -> None:
    put_on_tier(deal, tiers[2], "asked for at the review", at=at(11, 3), actor=actor)
    put_on_tier(deal, tiers[1], "two months without a post", at=at(11, 20), actor=actor)
    assert [(move.tier.name, move.why) for move in TierMove.objects.order_by("pk")] == [
        ("Gold", "asked for at the review"),
        ("Silver", "two months without a post"),
    ]


@pytest.mark.parametrize(("rank", "why", "words"), [(2, " ", "Say why."), (1, "x", "She stands on this tier already.")])
def test_a_move_that_says_nothing_is_refused(
    deal: AmbassadorDeal, tiers: list[ProgramTier], actor: Actor, rank: int, why: str, words: str
) -> None:
    with pytest.raises(ValidationError) as refused:
        put_on_tier(deal, tiers[rank - 1], why, at=at(11, 3), actor=actor)
    assert refused.value.messages == [words]
    assert TierMove.objects.count() == 0


def test_a_programme_without_tiers_moves_nobody(deal_of: DealOf, sell: Sell) -> None:
    deal = deal_of()
    sell(deal, 9_000_000)
    assert rise(deal, now=at(11, 3)) is None


# ---- perks -------------------------------------------------------------------------------------------------------------
def test_what_a_tier_brings_every_period_comes_once_in_each(deal: AmbassadorDeal, tiers: list[ProgramTier]) -> None:
    TierPerk.objects.create(tier=tiers[0], kind="credit", label="Shop credit", value=rupiah(200_000), every="period")
    months = [(day(month, 1), day(month, 28)) for month in (1, 2)]
    for number, (first_on, last_on) in enumerate(months, start=1):
        period = deal.periods.create(number=number, first_on=first_on, last_on=last_on, active_days=28, nominal_days=28)
        for _twice in range(2):
            give_period_perks(period, at=at(number, 1))
    assert [(grant.period.number, grant.granted_on) for grant in PerkGrant.objects.order_by("pk") if grant.period] == [
        (1, day(1, 1)),
        (2, day(2, 1)),
    ]


def credit(deal: AmbassadorDeal, actor: Actor, **fields: Any) -> PerkGrant:
    usual: dict[str, Any] = {
        "kind": "credit",
        "label": "Shop credit",
        "value": rupiah(500_000),
        "granted_on": day(11, 1),
    }
    return give_perk(PerkGrant(deal=deal, **{**usual, **fields}), at=at(11, 1), actor=actor)


def test_a_perk_is_used_in_parts_until_nothing_is_left(deal: AmbassadorDeal, actor: Actor) -> None:
    grant = credit(deal, actor)
    use_perk(grant, Decimal(200_000), on=day(11, 2), at=at(11, 2), actor=actor)
    grant.refresh_from_db()
    assert (left_of(grant), grant.used_on) == (300_000, None)
    use_perk(grant, None, on=day(11, 9), at=at(11, 9), actor=actor)
    grant.refresh_from_db()
    assert (left_of(grant), grant.used, grant.used_on) == (0, 500_000, day(11, 9))


def test_no_more_of_a_perk_is_used_than_is_left(deal: AmbassadorDeal, actor: Actor) -> None:
    grant = credit(deal, actor)
    with pytest.raises(ValidationError) as refused:
        use_perk(grant, Decimal(500_001), on=day(11, 2), at=at(11, 2), actor=actor)
    assert refused.value.messages == ["Of it IDR\u00a0500,000 is left."]
    assert PerkGrant.objects.get().used == 0


def test_a_perk_without_a_worth_is_used_once(deal: AmbassadorDeal, actor: Actor) -> None:
    grant = credit(deal, actor, kind="event", label="Launch evening", value=None)
    use_perk(grant, None, on=dt.date(2026, 11, 2), at=at(11, 2), actor=actor)
    with pytest.raises(ValidationError) as refused:
        use_perk(grant, None, on=day(11, 3), at=at(11, 3), actor=actor)
    assert refused.value.messages == ["It is used up already."]
    assert PerkGrant.objects.get().used_on == day(11, 2)
