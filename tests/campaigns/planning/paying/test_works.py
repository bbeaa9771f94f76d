"""A card tells what its work has come to, and the money of its contract follows: from the post to the ledger."""

import datetime as dt

import pytest

from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.paying.works import works_of
from crm.contracts.models import Contract
from crm.payments.milestones.laying import Part, Terms, lay
from crm.payments.models import LedgerLine, Milestone
from crm.team.models import User
from crm.timeline.record import SYSTEM, Actor, subject_of
from tests.factories import CampaignFactory, CollaborationFactory, DeliverableFactory, InfluencerFactory
from tests.factories.payments import contract_in_force

pytestmark = pytest.mark.django_db
Trigger = Milestone.Trigger


@pytest.fixture
def card(coordinator: User) -> Collaboration:
    campaign = CampaignFactory(status="live", owner=coordinator)
    return CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(), status="making")


@pytest.fixture
def contract(card: Collaboration) -> Contract:
    made = contract_in_force(card.influencer, card.campaign.brand, fee=10_000_000)
    card.party = made.talents[0]
    card.save()
    return made


@pytest.fixture
def reel(card: Collaboration, contract: Contract) -> Deliverable:
    made: Deliverable = DeliverableFactory(collaboration=card, zone="Asia/Jakarta")
    return made


def pay(contract: Contract, *parts: Part, now: dt.datetime) -> None:
    lay(contract, parts, Terms(), at=now, actor=SYSTEM)


def told() -> list[tuple[str, int]]:
    return [(line.step, int(line.amount.amount)) for line in LedgerLine.objects.order_by("pk")]


def test_a_yes_to_the_draft_and_the_post_each_make_their_part_due(
    contract: Contract, reel: Deliverable, now: dt.datetime, coordinator: User
) -> None:
    actor = Actor.user(coordinator)
    pay(contract, Part(4_000, Trigger.DRAFT_APPROVED), Part(6_000), now=now)
    reel.submit(at=now, actor=actor)
    assert told() == []
    reel.approve(at=now, actor=actor)
    assert told() == [("due", 4_000_000)]
    reel.publish(at=now, actor=actor, post_url="https://example.org/p/1")
    assert told() == [("due", 4_000_000), ("due", 6_000_000)]


def test_a_draft_that_is_looked_at_anew_takes_its_part_back(
    contract: Contract, reel: Deliverable, now: dt.datetime, coordinator: User
) -> None:
    actor = Actor.user(coordinator)
    pay(contract, Part(10_000, Trigger.DRAFT_APPROVED), now=now)
    reel.submit(at=now, actor=actor)
    reel.approve(at=now, actor=actor)
    reel.ask_changes("Another sound", at=now, actor=actor)
    assert told() == [("due", 10_000_000), ("reversed", 10_000_000)]


def test_a_post_that_never_was_takes_its_part_back(
    contract: Contract, reel: Deliverable, now: dt.datetime, coordinator: User
) -> None:
    actor = Actor.user(coordinator)
    pay(contract, Part(10_000), now=now)
    reel.publish(at=now, actor=actor)
    reel.reopen(at=now, actor=actor)
    assert told() == [("due", 10_000_000), ("reversed", 10_000_000)]
    reel.publish(at=now, actor=actor)
    assert told()[2:] == [("due", 10_000_000)]


def test_the_day_is_the_one_in_the_zone_of_the_post(contract: Contract, reel: Deliverable, now: dt.datetime) -> None:
    late = dt.datetime(2026, 11, 20, 18, 30, tzinfo=dt.UTC)  # the next day in Jakarta
    Deliverable.objects.filter(pk=reel.pk).update(status="published", published_at=late)
    party = contract.talents[0]
    (work,) = works_of([party.pk])[party.pk].works
    assert (work.ref, work.out_on, work.stage) == (subject_of(reel), dt.date(2026, 11, 21), "published")


def test_how_many_cards_there_are_costs_no_more_queries(
    contract: Contract, reel: Deliverable, django_assert_num_queries: object
) -> None:
    party = contract.talents[0]
    with django_assert_num_queries(1):  # type: ignore[operator]
        works_of([party.pk])
    for _number in range(2):
        DeliverableFactory(collaboration=reel.collaboration)
    with django_assert_num_queries(1):  # type: ignore[operator]
        works_of([party.pk])
