"""Two who look at the same version at the same moment keep each finding once."""

import datetime as dt

import pytest
from django.db import transaction

from campaigns.approvals.checking import actions
from campaigns.approvals.models import CheckResult, ContentVersion, Review
from tests.factories import CollaborationFactory, DeliverableFactory
from tests.races import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def a_version(now: dt.datetime) -> int:
    reel = DeliverableFactory(collaboration=CollaborationFactory(status="making"))
    version = ContentVersion.objects.create(
        deliverable=reel, number=1, caption="Halo", sha256="0" * 64, submitted_at=now
    )
    Review.objects.create(version=version, opened_at=now)
    return version.pk


def test_looking_at_once_keeps_each_finding_once(now: dt.datetime) -> None:
    pk = a_version(now)

    def look() -> None:
        actions.check(ContentVersion.objects.get(pk=pk), now=now)

    assert together(*(look for _one in range(4))) == []
    assert CheckResult.objects.filter(rule="CAP-05").count() == 1
    assert Review.objects.get().holds == 1


def test_control_looking_without_holding_keeps_a_finding_twice(now: dt.datetime) -> None:
    def unguarded() -> None:
        version = ContentVersion.objects.get(pk=pk)
        with transaction.atomic():
            actions._keep(version, actions._found(version, now), now)

    raised: list[str] = []
    for _round in range(5):
        pk = a_version(now)
        raised += together(*(unguarded for _one in range(4)))
    assert set(raised) == {"IntegrityError"}
