"""Two rivals sign the same person at the same second: one of them wins. Without the lock both would."""

import datetime as dt
import threading
from collections import Counter
from functools import partial

import pytest
from django.db import connection, transaction

from campaigns.planning.models import Collaboration
from crm.brands.models import Category
from crm.exclusivity import guard
from crm.exclusivity.clashes import guarded_clashes
from crm.exclusivity.conflicts import find_conflicts
from crm.exclusivity.models import Claim, Clause
from crm.exclusivity.terms import ACT_NUMBERS, Act
from crm.influencers.models import Influencer
from crm.timeline.record import SYSTEM
from tests.chaos.signing import Deal, Market, race
from tests.factories import (
    BrandFactory,
    BrandOwnerFactory,
    CampaignFactory,
    CollaborationFactory,
    DeliverableFactory,
    InfluencerFactory,
)
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
SIGNERS, ROUNDS, CONTROL_ROUNDS = 8, 5, 5
CROWD, CROWD_ROUNDS, CROWD_CONTROL_ROUNDS = 64, 50, 10


def rivals(number: int, count: int = SIGNERS) -> list[Collaboration]:
    """So many houses that each want this person for skincare on the same day, each exclusively."""
    skincare, person = Category.objects.get(slug="skincare"), InfluencerFactory()
    return [rival(f"House {number}/{one}", person, skincare) for one in range(count)]


def rival(name: str, person: Influencer, category: Category) -> Collaboration:
    brand = BrandFactory(name=name, owner=BrandOwnerFactory(name=f"{name} owner"), category=category)
    campaign = CampaignFactory(name=name, brand=brand, category=category)
    card = CollaborationFactory(campaign=campaign, influencer=person, status="in_talks")
    DeliverableFactory(collaboration=card, draft_due_on=None, post_due_on=dt.date(2026, 12, 10))
    clause = Clause.objects.create(
        influencer=person, brand=brand, work_ref=f"campaigns.collaboration:{card.pk}", start_offset=-7, end_offset=7,
        act_numbers=frozenset({ACT_NUMBERS[Act.PAID_POST]}),
    )  # fmt: skip
    clause.categories.set([category])
    return card


def sign_at_once(cards: list[Collaboration], now: dt.datetime) -> list[str]:
    """Everybody agrees at the same moment, each on a connection of its own; what was raised."""
    return together(*(partial(card.put, "agreed", at=now, actor=SYSTEM) for card in cards))


def test_exactly_one_of_many_rivals_wins(now: dt.datetime) -> None:
    for number in range(ROUNDS):
        cards = rivals(number)
        assert sign_at_once(cards, now) == ["PromiseHeld"] * (SIGNERS - 1)
        statuses = Counter(
            Collaboration.objects.filter(influencer=cards[0].influencer).values_list("status", flat=True)
        )
        assert statuses == {"agreed": 1, "in_talks": SIGNERS - 1}
        assert Claim.objects.active().filter(influencer=cards[0].influencer).count() == 2


def test_at_the_gate_exactly_one_of_a_crowd_gets_her() -> None:
    found = race(Market.opened(CROWD), CROWD_ROUNDS, Deal.sign)
    assert found.winners == [1] * CROWD_ROUNDS
    assert found.raised == {"PromiseRefused": (CROWD - 1) * CROWD_ROUNDS}
    assert guarded_clashes() == []


def test_control_a_crowd_that_holds_nobody_books_her_twice() -> None:
    market = Market.opened(CROWD)
    guard.remove(connection)
    try:
        found = race(market, CROWD_CONTROL_ROUNDS, Deal.sign_carelessly)
    finally:
        Claim.objects.all().delete()
        guard.install(connection)
    assert found.several > CROWD_CONTROL_ROUNDS / 2


def test_control_without_the_lock_and_the_guard_several_win(now: dt.datetime) -> None:
    """Look first, write then, each in its own transaction: what both walls are for."""
    guard.remove(connection)
    try:
        double = sum(_naive_round(rivals(100 + number, 2), now) > 1 for number in range(CONTROL_ROUNDS))
    finally:
        Claim.objects.all().delete()
        guard.install(connection)
    assert double == CONTROL_ROUNDS


def _naive_round(cards: list[Collaboration], now: dt.datetime) -> int:
    both_looked = threading.Barrier(len(cards))

    def sign(card: Collaboration) -> None:
        with transaction.atomic():
            free = not any(one.blocks for one in find_conflicts([card.influencer_id], now=now))
            both_looked.wait(20)
            if free:
                Collaboration.objects.filter(pk=card.pk).update(status="agreed", promised_at=now)

    assert together(*(partial(sign, card) for card in cards)) == []
    return Collaboration.objects.filter(pk__in=[card.pk for card in cards]).promised().count()
