"""Sixty-four presses of one yes at the same moment leave one decision."""

import datetime as dt

import pytest

from campaigns.approvals.guests import actions
from campaigns.approvals.guests.actions import say
from campaigns.approvals.models import Review, ReviewDecision, ReviewGuest
from crm.outbox.models import Contact
from crm.team.models import User
from tests.campaigns.approvals.guests.conftest import HASH, Asked, asked_of
from tests.factories import (
    BrandFactory,
    CampaignFactory,
    CollaborationFactory,
    ContactFactory,
    InfluencerFactory,
)
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]

PRESSES, AT_ONCE = 64, 8


def made(coordinator: User, now: dt.datetime) -> Asked:
    campaign = CampaignFactory(name="Glow", brand=BrandFactory(name="Lumi"), owner=coordinator, status="live")
    card = CollaborationFactory(campaign=campaign, influencer=InfluencerFactory(), status="making")
    asked = asked_of(card, ContactFactory(kind=Contact.Kind.GUEST), coordinator, now)
    asked.pass_first()
    step = asked.review.steps.get(position=2)
    step.guests.add(ContactFactory(kind=Contact.Kind.GUEST))
    type(step).objects.filter(pk=step.pk).update(quorum="all")
    return asked


def press(asked: Asked) -> None:
    guest = ReviewGuest.objects.select_related("contact").get(pk=asked.guest.pk)
    say(guest, Review.objects.with_card().get(), "approve", sha256=HASH, comment="", at=asked.now)


def all_at_once(asked: Asked, rounds: int = PRESSES // AT_ONCE) -> list[str]:
    return [name for _round in range(rounds) for name in together(*[lambda: press(asked)] * AT_ONCE)]


def test_many_presses_of_one_yes_are_one_decision(coordinator: User, now: dt.datetime) -> None:
    asked = made(coordinator, now)
    assert all_at_once(asked) == ["NotYourTurn"] * (PRESSES - 1)
    assert ReviewDecision.objects.filter(by_contact=asked.guest.contact_id).count() == 1


def test_without_the_look_under_the_lock_they_are_many(
    coordinator: User, now: dt.datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: where one voice of several is not enough, each press would be one more decision."""
    monkeypatch.setattr(actions, "_still_asked", lambda guest, review: None)
    asked = made(coordinator, now)
    all_at_once(asked, rounds=1)
    assert ReviewDecision.objects.filter(by_contact=asked.guest.contact_id).count() == AT_ONCE
