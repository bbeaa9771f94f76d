"""What waited before versions were kept is decided about like everything else."""

import datetime as dt

import pytest

from campaigns.approvals.deciding.older import give_versions
from campaigns.approvals.models import ContentVersion, Review
from campaigns.planning.models import Deliverable

pytestmark = pytest.mark.django_db


def test_a_draft_from_before_gets_its_version_once_and_its_clock_begins_today(
    reel: Deliverable, now: dt.datetime
) -> None:
    Deliverable.objects.filter(pk=reel.pk).update(
        status="submitted", drafts=2, draft_url="https://drive.example/a", submitted_at=now - dt.timedelta(days=9)
    )
    assert (give_versions(now), give_versions(now)) == ({"versions": 1}, {})
    version, review = ContentVersion.objects.get(), Review.objects.get()
    assert (version.number, version.link) == (2, "https://drive.example/a")
    assert (review.status, review.due_at) == ("in_review", now + dt.timedelta(hours=48))


def test_what_waits_for_nobody_gets_none(reel: Deliverable, now: dt.datetime) -> None:
    assert give_versions(now) == {}
    assert not ContentVersion.objects.exists()
