"""Two who hand in at the same moment get two numbers."""

import datetime as dt

import pytest
from django.db import transaction
from django.db.models import Max

from campaigns.approvals.handing.actions import hand_in
from campaigns.approvals.handing.keeping import keep_version
from campaigns.approvals.handing.said import Package, Said
from campaigns.approvals.models import ContentVersion
from campaigns.planning.models import Deliverable
from crm.timeline.record import Actor
from tests.factories import CollaborationFactory, DeliverableFactory, UserFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
CROWD = 4


def a_reel() -> Deliverable:
    return DeliverableFactory(collaboration=CollaborationFactory(status="making"))


@pytest.mark.parametrize("stage", ["draft", "concept"])
def test_of_many_at_once_each_gets_a_number(stage: str, now: dt.datetime) -> None:
    actor, pk = Actor.user(UserFactory()), a_reel().pk

    def send() -> None:
        reel = Deliverable.objects.with_card().get(pk=pk)
        hand_in(reel, Said(words="Di dapur"), stage=stage, at=now, actor=actor)

    assert together(*(send for _one in range(CROWD))) == []
    assert list(ContentVersion.objects.values_list("number", flat=True).order_by("number")) == [1, 2, 3, 4]


def test_control_counting_without_holding_the_card_gives_one_number_twice(now: dt.datetime) -> None:
    actor, pk = Actor.user(UserFactory()), a_reel().pk

    def unguarded() -> None:
        reel = Deliverable.objects.with_card().get(pk=pk)
        with transaction.atomic():
            last = reel.versions.concepts().aggregate(last=Max("number"))["last"] or 0
            keep_version(reel, "concept", last + 1, Package(Said(words="Di dapur")), now, actor)

    raised: list[str] = []
    for _round in range(5):
        raised += together(*(unguarded for _one in range(CROWD)))
    assert set(raised) == {"IntegrityError"}
