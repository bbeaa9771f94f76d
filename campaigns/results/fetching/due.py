"""Which posts a platform is to be asked about now: each mark once, and again where it did not answer."""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q

from campaigns.approvals.models import LivePost
from campaigns.results.models import MARKS, FetchTry
from campaigns.results.models.snapshots import hours_between

LATEST = {24: 12, 72: 24, 168: 48, 720: 120}
"""So many hours after a mark its numbers would be those of another moment: it is no longer asked for."""
LOOKED_AT = 500


@dataclass(frozen=True)
class Question:
    """One post, one mark, and the tries so far."""

    post: LivePost
    mark: int
    tried: FetchTry | None


def mark_due(published_at: dt.datetime, now: dt.datetime) -> int | None:
    """The mark that was reached and is still near."""
    hours = hours_between(published_at, now)
    return next((mark for mark in reversed(MARKS) if mark <= hours <= mark + LATEST[mark]), None)


def questions(platforms: Collection[str], now: dt.datetime) -> Iterator[Question]:
    """Posts of these platforms that reached a mark nobody has numbers of yet, the ones waiting longest first. Two queries."""
    windows = Q()
    for mark in MARKS:
        last, first = now - dt.timedelta(hours=mark), now - dt.timedelta(hours=mark + LATEST[mark] + 1)
        windows |= Q(published_at__lte=last, published_at__gt=first)
    rows = LivePost.objects.standing().filter(windows, platform__code__in=platforms).exclude(url="")
    posts = list(rows.with_card().select_related("deliverable__account").order_by("published_at", "pk")[:LOOKED_AT])
    tries = {
        (one.live_post_id, one.provider, one.mark): one
        for one in FetchTry.objects.filter(live_post__in=[post.pk for post in posts])
    }
    for post in posts:
        near = mark_due(post.published_at, now)
        tried = tries.get((post.pk, post.platform.code, near or 0))
        if near is not None and (tried is None or _may(tried, now)):
            yield Question(post, near, tried)


def _may(tried: FetchTry, now: dt.datetime) -> bool:
    return tried.done_at is None and tried.next_at is not None and tried.next_at <= now
