"""Posts that are online, and numbers of them, for tests."""

import datetime as dt
from typing import Any

from campaigns.approvals.models import LivePost
from campaigns.planning.models import Collaboration, Deliverable
from campaigns.results.models import PostSnapshot, hours_between
from tests.factories import CollaborationFactory, FormatFactory, SocialAccountFactory

WENT_OUT = dt.datetime(2026, 11, 14, 5, 0, tzinfo=dt.UTC)  # Saturday 14 November 2026, 12.00 WIB
SAMPLE = {
    "likes": 1_140, "comments": 82, "saves": 60, "shares": 25, "reach": 15_200, "impressions": 19_400, "clicks": 310,
}  # fmt: skip


def a_live_post(
    card: Collaboration | None = None, *, at: dt.datetime = WENT_OUT, handle: str = "", url: str = "", **more: Any
) -> LivePost:
    """One post of a card that went out, with everything its pages need; a Reel on Instagram unless `format` says."""
    card = card or CollaborationFactory()
    made_of = more.pop("format", None) or FormatFactory()
    account = SocialAccountFactory(
        influencer=card.influencer, platform=made_of.platform, **({"handle": handle} if handle else {})
    )
    made = Deliverable.objects.create(
        collaboration=card, format=made_of, account=account, post_due_on=at.date(), status="published",
        published_at=at, post_url=url, **more,
    )  # fmt: skip
    post = LivePost.objects.create(deliverable=made, platform=made_of.platform, published_at=at, url=url)
    found: LivePost = LivePost.objects.with_card().get(pk=post.pk)
    return found


def a_snapshot(post: LivePost, *, hours: int = 168, followers: int | None = 48_000, **counts: Any) -> PostSnapshot:
    """What was counted so many hours after it went out; the verified sample where nothing is said."""
    taken_at = counts.pop("taken_at", post.published_at + dt.timedelta(hours=hours))
    source = counts.pop("source", PostSnapshot.Source.TYPED)
    return PostSnapshot.objects.create(
        live_post=post, taken_at=taken_at, hours=hours_between(post.published_at, taken_at), followers=followers,
        source=source, by="Dinda Ayuningrum", **(counts or SAMPLE),
    )  # fmt: skip
