"""What is asked of her once something is out: its numbers, as screenshots or typed. A colleague says the same for her."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import LivePost
from campaigns.planning.models import Campaign, Collaboration
from campaigns.planning.models.told import Told
from campaigns.results.models import MARKS, PostSnapshot, Screenshot
from campaigns.results.numbers.followers import followers_at
from campaigns.results.numbers.pictures import add_picture, unread
from campaigns.results.numbers.taking import take
from campaigns.results.numbers.waiting import earliest, with_counted
from crm.base.models import StoredFile
from crm.portal.registry import Asking
from crm.reminders.settled import stop_asking
from crm.timeline.record import Actor, subject_of

ASKED_AT = (72, 168)
"""She is asked twice about what stays: after three days and after seven."""
LEAD = dt.timedelta(hours=48)
"""So long before a mark its task stands on her page."""
ASKED_FOR = dt.timedelta(days=30)
POWER = "settle"
NOTHING = _("Add a screenshot, or type at least one number.")


def marks_asked(post: LivePost) -> tuple[int, ...]:
    return ASKED_AT if post.lasts else MARKS[:1]


def mark_for_her(post: LivePost, counted_hours: int | None, now: dt.datetime) -> int | None:
    """Which numbers she is asked for now; None while there is nothing to ask."""
    begun = [
        mark
        for mark in marks_asked(post)
        if not post.lasts or now >= post.published_at + dt.timedelta(hours=mark) - LEAD
    ]
    if not begun or post.published_at < now - ASKED_FOR:
        return None
    return begun[-1] if counted_hours is None or counted_hours < earliest(begun[-1]) else None


def her_posts(asking: Asking) -> list[tuple[Any, int]]:
    """Posts whose numbers she is asked for, with the mark, of the brand whose page it is. One query."""
    pictures = Exists(unread(Screenshot.objects.filter(live_post=OuterRef("pk"))))
    posts = with_counted(_of_hers(asking).exclude(pictures)).with_card().order_by("published_at", "pk")
    marked = ((post, mark_for_her(post, post.counted_hours, asking.now)) for post in posts)
    return [(post, mark) for post, mark in marked if mark is not None]


def her_post(asking: Asking, pk: int) -> tuple[Any, int] | None:
    """One of hers with the mark it is asked for, or its first: she may send numbers earlier, and more pictures later.

    Nobody else's, no other brand's, and only for who may act for her.
    """
    if asking.powers is not None and POWER not in asking.powers:
        return None
    post = with_counted(_of_hers(asking)).with_card().filter(pk=pk).first()
    if post is None:
        return None
    return post, mark_for_her(post, post.counted_hours, asking.now) or marks_asked(post)[0]


def _of_hers(asking: Asking) -> Any:
    """What she posted lately for somebody who works with her."""
    rows = LivePost.objects.standing().filter(
        deliverable__collaboration__influencer=asking.influencer_id, published_at__gte=asking.now - ASKED_FOR,
        deliverable__collaboration__status__in=Collaboration.PROMISED,
    )  # fmt: skip
    if asking.brand_id is not None:
        rows = rows.filter(deliverable__collaboration__campaign__brand=asking.brand_id)
    return rows.exclude(deliverable__collaboration__campaign__status=Campaign.Status.CANCELLED)


def say_numbers(
    post: LivePost,
    counts: Mapping[str, int],
    files: Sequence[StoredFile],
    *,
    at: dt.datetime,
    actor: Actor,
    **told: Unpack[Told],
) -> None:
    """What she sent. Typed numbers count at once, with the first picture as their proof; pictures alone wait to be read.

    Raises ValidationError, nothing kept, when there is neither.
    """
    if not counts and not files:
        raise ValidationError(NOTHING, code="nothing")
    with transaction.atomic():
        kept = None
        if counts:
            kept = take(
                post, counts, taken_at=at, source=PostSnapshot.Source.HERS, by=actor.label, at=at, actor=actor,
                followers=followers_at([post]).get(post.pk), evidence=files[0] if files else None, **told,
            )  # fmt: skip
        for file in files[1:] if kept is not None else files:
            add_picture(post, file, at=at, actor=actor)
        stop_asking([subject_of(post)], at)
