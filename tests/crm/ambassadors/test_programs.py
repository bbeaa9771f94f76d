"""Programmes: one name once per brand, tiers as a whole, and what they earn for orders from a day on."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from djmoney.money import Money

from crm.ambassadors.models import CommissionRule, Program, ProgramTier, TierPerk
from crm.ambassadors.programs.actions import (
    TierTyped,
    change_program,
    close_program,
    open_program,
    reopen_program,
    save_perks,
    save_tiers,
)
from crm.ambassadors.programs.queries import a_month, program_rows
from crm.brands.models import Brand
from crm.team.models import User
from crm.timeline.models import Entry
from crm.timeline.record import Actor
from tests.factories import BrandFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def brand(db: None) -> Brand:
    return BrandFactory(name="Lumi Skincare")


@pytest.fixture
def program(brand: Brand, coordinator: User, now: dt.datetime) -> Program:
    blank = Program(name="Lumi Circle", brand=brand, owner=coordinator)
    return open_program(blank, at=now, actor=Actor.user(coordinator))


def told() -> list[str]:
    return list(Entry.objects.filter(verb__startswith="program.").order_by("pk").values_list("verb", flat=True))


def ladder(program: Program, *rungs: tuple[int, str, int | None]) -> list[TierTyped]:
    known = {tier.name: tier for tier in program.tiers.all()}
    made = []
    for rank, name, rate in rungs:
        tier = known.get(name, ProgramTier(name=name))
        tier.rank = rank
        made.append(TierTyped(tier, rate))
    return made


def test_a_name_is_taken_once_per_brand(program: Program, brand: Brand, coordinator: User, now: dt.datetime) -> None:
    actor = Actor.user(coordinator)
    with pytest.raises(ValidationError, match="has a programme of that name"):
        open_program(Program(name="Lumi Circle", brand=brand, owner=coordinator), at=now, actor=actor)
    open_program(Program(name="Lumi Circle", brand=BrandFactory(), owner=coordinator), at=now, actor=actor)
    assert Program.objects.count() == 2
    assert told() == ["program.opened", "program.opened"]


def test_a_change_tells_what_was_and_saying_the_same_tells_nothing(
    program: Program, coordinator: User, now: dt.datetime
) -> None:
    actor = Actor.user(coordinator)
    change_program(program, at=now, actor=actor)
    program.name = "Lumi Friends"
    change_program(program, at=now, actor=actor)
    assert Entry.objects.get(verb="program.changed").changes == {"name": ["Lumi Circle", "Lumi Friends"]}


def test_closing_twice_closes_once_and_it_opens_again(program: Program, coordinator: User, now: dt.datetime) -> None:
    told_by: Any = {"at": now, "actor": Actor.user(coordinator)}
    close_program(program, **told_by)
    close_program(program, **told_by)
    assert list(Program.objects.running()) == []
    assert list(Program.objects.closed()) == [program]
    reopen_program(program, **told_by)
    assert list(Program.objects.running()) == [program]
    assert told() == ["program.opened", "program.closed", "program.reopened"]


def test_two_tiers_change_places(program: Program, coordinator: User, now: dt.datetime) -> None:
    actor = Actor.user(coordinator)
    save_tiers(program, ladder(program, (1, "Glow", None), (2, "Shine", 500)), [], at=now, actor=actor)
    save_tiers(program, ladder(program, (2, "Glow", None), (1, "Shine", 500)), [], at=now, actor=actor)
    assert list(program.tiers.values_list("rank", "name")) == [(1, "Shine"), (2, "Glow")]


def test_a_new_rate_holds_for_orders_from_today_on(program: Program, coordinator: User, now: dt.datetime) -> None:
    actor, later = Actor.user(coordinator), now + dt.timedelta(days=30)
    save_tiers(program, ladder(program, (1, "Glow", 500)), [], at=now, actor=actor)
    save_tiers(program, ladder(program, (1, "Glow", 500)), [], at=later, actor=actor)
    save_tiers(program, ladder(program, (1, "Glow", 800)), [], at=later, actor=actor)
    save_tiers(program, ladder(program, (1, "Glow", 900)), [], at=later, actor=actor)
    assert list(CommissionRule.objects.values_list("rate_bp", "from_on")) == [
        (500, dt.date(2026, 11, 24)),
        (900, dt.date(2026, 12, 24)),
    ]


def test_a_tier_goes_with_what_it_brings_unless_somebody_stands_on_it(
    program: Program, coordinator: User, now: dt.datetime
) -> None:
    actor = Actor.user(coordinator)
    save_tiers(program, ladder(program, (1, "Glow", None), (2, "Shine", None)), [], at=now, actor=actor)
    shine = program.tiers.get(name="Shine")
    perk = TierPerk(kind="product", label="Serum set", value=Money(900_000, "IDR"), every="period")
    save_perks(shine, [perk], [], at=now, actor=actor)
    assert list(shine.perks.values_list("label", "every")) == [("Serum set", "period")]
    save_tiers(program, ladder(program, (1, "Glow", None)), [shine], at=now, actor=actor)
    assert list(program.tiers.values_list("name", flat=True)) == ["Glow"]
    assert TierPerk.objects.count() == 0


@pytest.mark.parametrize(
    ("unit", "every", "month"), [("month", 1, 3_000_000), ("month", 2, 1_500_000), ("quarter", 1, 1_000_000),
                                 ("year", 1, 250_000), ("week", 1, 13_000_000)],
)  # fmt: skip
def test_a_month_of_a_retainer(unit: str, every: int, month: int) -> None:
    assert round(a_month(Money(3_000_000, "IDR").amount, unit, every)) == month


def test_programmes_cost_the_same_for_few_and_for_many(
    program: Program, coordinator: User, now: dt.datetime, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(5):
        program_rows(Program.objects.select_related("brand", "owner").order_by("pk"), now)
    for name in ("Two", "Three"):
        open_program(Program(name=name, brand=program.brand, owner=coordinator), at=now, actor=Actor.user(coordinator))
    with django_assert_num_queries(5):
        rows = program_rows(Program.objects.select_related("brand", "owner").order_by("pk"), now)
    assert [(row.people, row.owed, row.done, row.prospects) for row in rows] == [(0, 0, 0, 0)] * 3
