"""Which marks a post has numbers for, and which it waits for."""

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import LivePost
from campaigns.results.models import MARKS, hours_between

if TYPE_CHECKING:
    from campaigns.approvals.models.publishing import LivePostQuerySet

HEADS: dict[int, Any] = {24: _("24 hours"), 72: _("72 hours"), 168: _("7 days"), 720: _("30 days")}
LOOK_BACK = dt.timedelta(days=90)
"""What went out longer ago and was never counted is left alone; its page still takes numbers."""
FIRST_WEEK = MARKS[2]
STANDING = Q(snapshots__withdrawn_at__isnull=True)


def marks_for(post: LivePost) -> tuple[int, ...]:
    """A story is over after its day; everything else is looked at four times."""
    return MARKS if post.lasts else MARKS[:1]


def earliest(mark: int) -> int:
    """From how many hours on a count stands for that mark: somebody who looks in the morning is a little early."""
    return mark * 3 // 4


def mark_of(hours: int, marks: Iterable[int] = MARKS) -> int | None:
    """The mark a count after so many hours stands for; None in the first hours."""
    return max((mark for mark in marks if hours >= earliest(mark)), default=None)


def waiting_mark(post: LivePost, counted_hours: int | None, now: dt.datetime) -> int | None:
    """The last mark the post has passed, while nothing was counted for it; None where nothing is to be done.

    Marks that were missed are not asked for: nobody can count yesterday.
    """
    hours = hours_between(post.published_at, now)
    mark = max((mark for mark in marks_for(post) if mark <= hours), default=None)
    if mark is None or post.published_at < now - LOOK_BACK:
        return None
    return mark if counted_hours is None or counted_hours < earliest(mark) else None


def due_at(post: LivePost, mark: int) -> dt.datetime:
    return post.published_at + dt.timedelta(hours=mark)


def with_counted(rows: "LivePostQuerySet") -> "LivePostQuerySet":
    """With the hours and the moment of what was counted last, and how often: `counted_hours`, `counted_at`, `counted`."""
    found: LivePostQuerySet = rows.annotate(
        counted_hours=Max("snapshots__hours", filter=STANDING),
        counted_at=Max("snapshots__taken_at", filter=STANDING),
        counted=Count("snapshots", filter=STANDING),
    )
    return found


def posts_of(campaign: int) -> "LivePostQuerySet":
    """What went out in a campaign, oldest first."""
    rows: LivePostQuerySet = LivePost.objects.filter(deliverable__collaboration__campaign=campaign)
    return rows.order_by("published_at", "pk")
