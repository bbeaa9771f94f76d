"""Two people at the same moment: one wins, nobody is told a lie; each race has a control that shows it exists."""

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction

from campaigns.planning.actions.people import add_people
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.portal.registry import AnswerRefused, Asking, Told, find_task, settle
from crm.timeline.models import Entry
from crm.timeline.record import SYSTEM, Actor
from crm.timeline.transitions import TransitionRefused
from tests.factories import (
    CampaignFactory,
    CollaborationFactory,
    DeliverableFactory,
    InfluencerFactory,
    RepresentationFactory,
)
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

ROUNDS = 5


def fresh(row: Deliverable) -> Deliverable:
    return Deliverable.objects.with_card().get(pk=row.pk)


def two_made(now: dt.datetime) -> tuple[Deliverable, Deliverable]:
    card = CollaborationFactory(status="posting")
    first, second = (DeliverableFactory(collaboration=card, status="approved") for _each in range(2))
    return first, second


def post_both(now: dt.datetime) -> str:
    """The last two posts of a card noted at the same moment; where the card stands afterwards."""
    first, second = two_made(now)
    both_ready = threading.Barrier(2)

    def publish(row: Deliverable) -> None:
        mine = fresh(row)
        both_ready.wait()
        mine.publish(at=now, actor=SYSTEM)

    assert together(lambda: publish(first), lambda: publish(second)) == []
    return Collaboration.objects.get(pk=first.collaboration_id).status


def test_the_last_two_posts_noted_at_once_finish_the_card(now: dt.datetime) -> None:
    assert [post_both(now) for _round in range(ROUNDS)] == ["done"] * ROUNDS


def test_control_without_holding_the_card_it_would_stay_behind(
    now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both see the other one unposted, because neither has committed yet."""
    both_moved, both_looked = threading.Barrier(2), threading.Barrier(2)

    @contextmanager
    def not_held(self: Collaboration) -> Iterator[None]:
        with transaction.atomic():
            yield

    follow = Collaboration.follow_facts

    def slowly(self: Collaboration, **given: Any) -> None:
        both_moved.wait(timeout=10)
        follow(self, **given)
        both_looked.wait(timeout=10)

    monkeypatch.setattr(Collaboration, "held", not_held)
    monkeypatch.setattr(Collaboration, "follow_facts", slowly)
    assert post_both(now) == "posting"


def test_of_two_who_judge_the_same_draft_one_wins(now: dt.datetime) -> None:
    for _round in range(ROUNDS):
        row = DeliverableFactory(status="submitted")
        before = Entry.objects.count()
        raised = together(
            lambda row=row: fresh(row).approve(at=now, actor=SYSTEM),  # type: ignore[misc]
            lambda row=row: fresh(row).approve(at=now, actor=SYSTEM),  # type: ignore[misc]
        )
        assert raised == [TransitionRefused.__name__]
        told = Entry.objects.filter(verb="deliverable.approved", subject=f"campaigns.deliverable:{row.pk}")
        assert (fresh(row).status, told.count()) == ("approved", 1)
        assert Entry.objects.count() == before + 2  # the approval, and the card that followed it


def test_the_same_people_added_twice_at_once_are_there_once(now: dt.datetime) -> None:
    for _round in range(ROUNDS):
        campaign = CampaignFactory()
        people = [InfluencerFactory() for _each in range(3)]
        raised = together(
            *[lambda: add_people(campaign, people, at=now, actor=SYSTEM)] * 2  # noqa: B023
        )
        assert raised == []
        assert Campaign.objects.get(pk=campaign.pk).collaborations.count() == 3


def test_control_without_holding_the_campaign_the_second_would_crash(now: dt.datetime) -> None:
    """The unique pair is the last wall: without the lock in front of it, somebody meets it."""
    campaign, person = CampaignFactory(), InfluencerFactory()
    both_looked = threading.Barrier(2)

    def carelessly() -> None:
        with transaction.atomic():
            assert not campaign.collaborations.filter(influencer=person).exists()
            both_looked.wait(timeout=10)
            Collaboration.objects.create(campaign=campaign, influencer=person)

    assert together(carelessly, carelessly) == ["IntegrityError"]
    assert connection.vendor == "postgresql"


def test_she_and_a_colleague_settle_the_same_task_at_the_same_second(now: dt.datetime) -> None:
    """Whoever is first counts; the other is told so, and the story has one line."""
    for _round in range(ROUNDS):
        row = DeliverableFactory()
        card = row.collaboration
        contact = RepresentationFactory(influencer=card.influencer).contact
        hers = Asking(card.influencer_id, card.campaign.brand_id, now, "Asia/Jakarta", contact)
        ours = replace(hers, brand_id=None, contact=None)
        both_looked = threading.Barrier(2)

        def say(asking: Asking, by: Actor) -> None:
            task = find_task(asking, "deliverable", row.pk)  # noqa: B023
            assert task is not None
            both_looked.wait(timeout=10)  # noqa: B023
            settle(asking, task, Told("posted", {"url": "https://instagram.com/p/abc"}, now, by))

        raised = together(
            lambda say=say, hers=hers, contact=contact: say(hers, Actor.contact(contact)),  # type: ignore[misc]
            lambda say=say, ours=ours: say(ours, SYSTEM),  # type: ignore[misc]
        )
        assert raised == [AnswerRefused.__name__]
        told = Entry.objects.filter(verb="deliverable.published", subject=f"campaigns.deliverable:{row.pk}")
        assert (fresh(row).status, told.count()) == ("published", 1)
