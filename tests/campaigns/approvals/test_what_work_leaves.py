"""From the first draft to a post that differs: what the whole way leaves behind as facts, and what is taken back with it."""

import datetime as dt

import pytest

from campaigns.approvals.deciding.actions import decide
from campaigns.approvals.handing.actions import hand_in
from campaigns.approvals.handing.said import Said
from campaigns.approvals.models import ContentVersion, Deviation
from campaigns.approvals.publishing.actions import Seen, close, look
from campaigns.approvals.publishing.replies import check_replies, promise_replies
from campaigns.planning.models import Deliverable
from crm.team.models import User
from crm.timeline.record import SYSTEM, Actor
from crm.vetting.facts import Figures, Middle, Share, figures_of
from tests.conftest import NOW

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
CAPTION = "#iklan Pagi ini kulitku tenang. Serum dari Lumi, dua tetes saja."

pytestmark = pytest.mark.django_db


def fresh(reel: Deliverable) -> Deliverable:
    return Deliverable.objects.with_card().get(pk=reel.pk)


def say(version: ContentVersion, user: User, verdict: str, at: dt.datetime) -> None:
    decide(
        version.review, user, verdict, sha256=version.sha256, comment="Labelnya lebih jelas, ya", at=at,
        actor=Actor.user(user),
    )  # fmt: skip


@pytest.fixture
def posted(reel: Deliverable, coordinator: User) -> Deliverable:
    """Handed in, sent back, handed in again, approved, posted a day late."""
    first = hand_in(fresh(reel), Said(caption=CAPTION), at=NOW, actor=SYSTEM)
    say(first, coordinator, "changes", NOW + 5 * HOUR)
    second = hand_in(fresh(reel), Said(caption=f"{CAPTION} Wangi."), at=NOW + 25 * HOUR, actor=SYSTEM)
    say(second, coordinator, "approve", NOW + 27 * HOUR)
    row = fresh(reel)
    row.publish(at=NOW + 11 * DAY, actor=SYSTEM, post_url="https://www.instagram.com/reel/abc/")
    return fresh(reel)


def figures(reel: Deliverable, user: User) -> Figures:
    person = reel.collaboration.influencer_id
    return figures_of([person], user)[person]


def test_the_whole_way_is_told(posted: Deliverable, owner: User) -> None:
    found = figures(posted, owner)
    assert (found.drafts, found.posts, found.first_pass) == (Share(2, 2), Share(0, 1), Share(0, 1))
    assert (found.rounds, found.answers, found.ours) == (Middle(1.0, 1), Middle(20.0, 1), Middle(3.5, 2))


def test_another_caption_is_a_deviation_until_it_was_none(posted: Deliverable, owner: User, actor: Actor) -> None:
    before = figures(posted, owner).deviations
    post = posted.live_posts.get()
    look(post, Seen(caption=f"{CAPTION} Wangi sekali."), at=NOW + 12 * DAY, actor=actor)
    assert figures(posted, owner).deviations == before + 1
    case = Deviation.objects.get(post=post, kind=Deviation.Kind.CAPTION)
    close(case, Deviation.Outcome.MISTAKE, "Salah tempel", at=NOW + 13 * DAY, actor=actor)
    assert figures(posted, owner).deviations == before


def test_comments_are_told_as_soon_as_somebody_looked(posted: Deliverable, owner: User, actor: Actor) -> None:
    promise_replies(posted, 24, at=NOW, actor=actor)
    check_replies(posted.reply_promise, {"kept": "yes", "replies": 12, "note": ""}, at=NOW + 12 * DAY, actor=actor)
    assert figures(posted, owner).replies == Share(1, 1)


def test_a_post_that_never_was_takes_its_facts_along(posted: Deliverable, owner: User, actor: Actor) -> None:
    posted.reopen(at=NOW + 12 * DAY, actor=actor)
    found = figures(posted, owner)
    assert (found.posts, found.deviations, found.drafts) == (Share(), 0, Share(2, 2))
    fresh(posted).publish(at=NOW + 12 * DAY, posted_at=NOW + 10 * DAY, actor=actor, post_url="https://example.com/p/1")
    assert figures(posted, owner).posts == Share(1, 1)
