"""Two who decide about the same money, or hand out the same perk, at the same second: one does."""

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction

from crm.ambassadors.models import AmbassadorDeal, PerkGrant, RetainerCharge
from crm.ambassadors.pay.charging import add_charge
from crm.ambassadors.pay.deciders import approve_charge, ask_somebody, refuse_charge
from crm.ambassadors.pay.perks import give_perk, left_of, use_perk
from crm.team.models import Role, User
from crm.timeline.record import Actor
from tests.crm.ambassadors.conftest import DealOf
from tests.crm.ambassadors.pay.conftest import at, booked, charges, day, period_of, rupiah
from tests.factories import UserFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
CROWD = 4


@pytest.fixture(autouse=True)
def _postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time: there is no such race")


@pytest.fixture
def manager(organisation: Any) -> User:
    return UserFactory(role=Role.MANAGER, name="Ratna Wulandari")


def asked(deal: AmbassadorDeal) -> RetainerCharge:
    """A deduction somebody has to decide."""
    with transaction.atomic():
        charge = add_charge(period_of(deal, 8, 8), "deduction", rupiah(-2_000_000), [], at=at(9, 1))
        ask_somebody(charge)
    return charge


def test_of_many_who_agree_to_a_deduction_one_takes_it_off(deal_of: DealOf, manager: User) -> None:
    deal = deal_of()
    charge = asked(deal)
    raised = together(*[lambda: approve_charge(charge, by=manager, at=at(9, 2))] * CROWD)
    assert raised == ["TransitionRefused"] * (CROWD - 1)
    assert [row[:3] for row in booked(deal)] == [("due", "deduction", -2_000_000)]


def test_agreed_and_refused_at_once_it_is_one_of_both(deal_of: DealOf, manager: User) -> None:
    deal = deal_of()
    charge = asked(deal)
    raised = together(
        lambda: approve_charge(charge, by=manager, at=at(9, 2)),
        lambda: refuse_charge(charge, "She was ill.", by=manager, at=at(9, 2)),
    )
    assert raised == ["TransitionRefused"]
    ((_kind, _amount, state),) = charges(deal)
    assert (state, len(booked(deal))) in [("raised", 1), ("refused", 0)]


def perk_of(deal: AmbassadorDeal, actor: Actor) -> PerkGrant:
    grant = PerkGrant(deal=deal, kind="product", label="Serum", value=rupiah(300_000), granted_on=day(8, 1))
    return give_perk(grant, at=at(8, 1), actor=actor)


def test_no_more_of_a_perk_is_used_than_it_is_worth(deal_of: DealOf, actor: Actor) -> None:
    grant, part = perk_of(deal_of(), actor), Decimal(200_000)
    # The control: asked before either has written, all of it is left for each. What is left counts only while it is held.
    assert [left_of(PerkGrant.objects.get(pk=grant.pk)) for _ in range(CROWD)] == [Decimal(300_000)] * CROWD
    raised = together(*[lambda: use_perk(grant, part, on=day(8, 2), at=at(8, 2), actor=actor)] * CROWD)
    assert raised == ["ValidationError"] * (CROWD - 1)
    assert left_of(PerkGrant.objects.get(pk=grant.pk)) == Decimal(100_000)
