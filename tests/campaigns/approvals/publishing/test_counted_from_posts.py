"""What is counted from a post follows what really happened: planned days, the real day, the earliest of several platforms."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from campaigns.approvals.models import ContentVersion, LivePost
from campaigns.approvals.publishing.actions import Seen, look
from campaigns.planning.models import Deliverable
from crm.base.anchors import Anchor
from crm.base.windows import day_window
from crm.brands.models import Category
from crm.exclusivity.models import Clause
from crm.timeline.record import Actor, subject_of

pytestmark = pytest.mark.django_db
ZONE = "Asia/Jakarta"


@pytest.fixture(params=["first_post", "each_post"])
def clause(request: pytest.FixtureRequest, reel: Deliverable, now: dt.datetime, actor: Actor) -> Clause:
    """No other skincare from the post to seven days after it; agreed."""
    card = reel.collaboration
    made = Clause.objects.create(
        influencer=card.influencer, brand=card.campaign.brand, work_ref=subject_of(card), anchor=request.param,
        start_offset=0, end_offset=7, zone=ZONE, standing="active", effective_from=now,
    )  # fmt: skip
    made.categories.set([Category.objects.get(slug="skincare")])
    reel.reschedule(
        draft_due_on=reel.draft_due_on, post_due_on=reel.post_due_on + dt.timedelta(days=1), at=now, actor=actor
    )
    return made


def windows(clause: Clause) -> list[tuple[Any, ...]]:
    return list(clause.stretches.values_list("start_at", "end_at", "is_provisional"))


def around(day: int, *, planned: bool = False) -> list[tuple[Any, ...]]:
    window = day_window(dt.date(2026, 11, day), dt.date(2026, 11, day) + dt.timedelta(days=7), ZONE)
    return [(window.start_at, window.end_at, planned)]


def test_planned_then_the_real_day_and_planned_again_when_it_never_was(
    clause: Clause, reel: Deliverable, now: dt.datetime, actor: Actor
) -> None:
    assert windows(clause) == around(25, planned=True)
    reel.publish(at=now, actor=actor)
    assert windows(clause) == around(24)
    reel.reopen(at=now, actor=actor)
    assert windows(clause) == around(25, planned=True)


def test_of_several_platforms_the_earliest_counts(
    clause: Clause, reel: Deliverable, approve: Callable[..., ContentVersion], now: dt.datetime, actor: Actor
) -> None:
    approve(reel, tiktok="Serum Lumi #iklan")
    reel.publish(at=now, actor=actor)
    elsewhere = LivePost.objects.with_card().get(platform__code="tiktok")
    look(elsewhere, Seen(posted_on=dt.date(2026, 11, 22)), at=now, actor=actor)
    assert windows(clause) == around(22)
    look(elsewhere, Seen(posted_on=dt.date(2026, 11, 24)), at=now, actor=actor)
    assert windows(clause) == around(24)
    assert Anchor.objects.get(ref=subject_of(reel)).happened_at == now
