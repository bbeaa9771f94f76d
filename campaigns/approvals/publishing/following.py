"""A deliverable went out: its live posts, one for each platform, bound to what had been approved by then."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import ContentVersion, Deviation, LivePost
from campaigns.approvals.places import post_taken_back, tell_of_look
from campaigns.approvals.publishing.cases import keep_cases, stand_by_cases
from campaigns.approvals.publishing.promised_time import NOON, Planned, wrong_times
from campaigns.approvals.publishing.staying import keep_checks
from campaigns.briefs.acceptance import standing_of
from campaigns.briefs.reminders import embargo_of
from campaigns.planning.models import Deliverable
from campaigns.planning.models.steps import set_while
from campaigns.planning.places import post_went_out
from crm.base.models import StoredFile
from crm.base.zones import local_date, local_instant
from crm.timeline.record import Actor

Kind = Deviation.Kind
OTHER_DAY = _("%(what)s for %(campaign)s went out on another day than was told first")
ON_TIME = (Kind.EARLY, Kind.LATE, Kind.EMBARGO)


@post_went_out("live", order=20)
def follow(deliverable: Deliverable, verb: str, at: dt.datetime, actor: Actor) -> None:
    """What was posted gets its rows; what never was loses them."""
    row = Deliverable.objects.with_card().get(pk=deliverable.pk)
    if row.status == Deliverable.Status.PUBLISHED:
        published(row, at=at, actor=actor, is_news=verb == "deliverable.published")
    else:
        taken_back(row, at=at, actor=actor)


def published(deliverable: Deliverable, *, at: dt.datetime, actor: Actor, is_news: bool = True) -> list[LivePost]:
    """Its rows, made or brought up to date. Without `is_news` nothing is judged: it went out before anybody asked."""
    version = approved_version(deliverable)
    there = {post.platform_id: post for post in deliverable.live_posts.with_card()}
    posts = []
    for platform in _platforms(deliverable, version):
        post = there.get(platform)
        is_first = post is None
        post = _keep(deliverable, platform, post, version)
        if is_first and is_news:
            _judge(post, at=at, actor=actor)
        if is_first:
            keep_checks(post)
        tell_of_look(post, at, actor)
        posts.append(post)
    return posts


def taken_back(deliverable: Deliverable, *, at: dt.datetime, actor: Actor) -> None:
    """It never went out: its rows and their cases go; the story keeps what was said of them."""
    for post in deliverable.live_posts.with_card():
        for placed in post_taken_back.all():
            placed.call(post, at, actor)
        post.delete()


def approved_version(deliverable: Deliverable) -> ContentVersion | None:
    """What stands approved; None where nothing does, or it was approved without being handed in here."""
    if deliverable.approved_at is None:
        return None
    rows = ContentVersion.objects.drafts().filter(deliverable=deliverable, review__status="approved")
    return rows.newest_first().first()


def _platforms(deliverable: Deliverable, version: ContentVersion | None) -> list[int]:
    """Its own platform first, then the further ones the approved version has words for."""
    further = version.captions.order_by("platform").values_list("platform_id", flat=True) if version else []
    return list(dict.fromkeys([deliverable.format.platform_id, *further]))


def _keep(
    deliverable: Deliverable, platform: int, post: LivePost | None, version: ContentVersion | None
) -> LivePost:  # fmt: skip
    assert deliverable.published_at is not None
    own = {"url": deliverable.post_url} if platform == deliverable.format.platform_id else {}
    if post is None:
        since = deliverable.published_at
        made = LivePost.objects.create(
            deliverable=deliverable, platform_id=platform, version=version, published_at=since, **own
        )
        post = LivePost.objects.with_card().get(pk=made.pk)
    elif own:
        LivePost.objects.filter(pk=post.pk).update(**own)
        post.refresh_from_db(fields=list(own))
    if own and deliverable.proof is not None:
        keep_proof(post, deliverable.proof)
    return post


def keep_proof(post: LivePost, proof: StoredFile) -> None:
    """One more screenshot; sent twice it is there once."""
    post.proofs.add(proof)


def _judge(post: LivePost, *, at: dt.datetime, actor: Actor) -> None:
    """What speaks against it the moment it went out: nobody refuses a fact, it becomes a case."""
    row = post.deliverable
    found: dict[str, dict[str, Any]] = {}
    if post.is_first:
        embargo_at = embargo_of(standing_of(row.collaboration))
        found = wrong_times(post.published_at, Planned(row.post_due_on, row.zone, embargo_at))
    if row.approved_at is None and (row.draft_due_on is not None or row.drafts):
        found[Kind.UNAPPROVED] = {}
    keep_cases(post, (*ON_TIME, Kind.UNAPPROVED), found, at=at, actor=actor)
    stand_by_cases(post, is_compared=False, at=at, actor=actor)


def went_out_on(post: LivePost, on: dt.date, *, at: dt.datetime, actor: Actor) -> None:
    """It went out on another day than was told first. Of several platforms the earliest counts, for every promise that follows.

    Under the lock of its card.
    """
    row = post.deliverable
    if on == local_date(post.published_at, row.zone):
        return
    LivePost.objects.filter(pk=post.pk).update(published_at=min(local_instant(on, NOON, row.zone), at), updated_at=at)
    post.refresh_from_db(fields=["published_at"])
    first = min(row.live_posts.values_list("published_at", flat=True))
    if row.published_at != first:
        set_while(row, {"published_at": first}, ("published",), "deliverable.posted_at", OTHER_DAY, at, actor)
    planned = Planned(row.post_due_on, row.zone, embargo_of(standing_of(row.collaboration)))
    found = wrong_times(post.published_at, planned) if post.is_first else {}
    keep_cases(post, ON_TIME, found, at=at, actor=actor)
