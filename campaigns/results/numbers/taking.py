"""Keeping what was counted of a post, and withdrawing what was wrong. The door everybody goes through."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Unpack

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import LivePost
from campaigns.planning.models.told import Told
from campaigns.results.models import PostSnapshot, ResultFile, Screenshot, hours_between
from campaigns.results.places import tell_of_numbers, tell_of_withdrawal
from crm.base.bulk import insert_objects
from crm.base.models import StoredFile
from crm.timeline.record import Actor, record

TAKEN = _("Numbers of %(what)s for %(campaign)s on %(platform)s after %(hours)s hours")
WITHDRAWN = _("Numbers of %(what)s for %(campaign)s on %(platform)s withdrawn: %(why)s")
NOT_YET = _("That moment has not come yet. Say when it was counted.")
TOO_EARLY = _("The post went out later than that. Check the day.")
NOTHING = _("Enter at least one number.")
GONE = _("These numbers are withdrawn already.")
WHY = _("Say in a few words what is wrong with them. It stays beside them.")
LARGEST = 9_000_000_000_000
TOO_LARGE = _("That is more than there can be. Check the number.")
A_DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    """What somebody read off: the counts that are known, when that was, and how it came in."""

    counts: Mapping[str, int]
    taken_at: dt.datetime
    source: str = PostSnapshot.Source.TYPED
    by: str = ""
    followers: int | None = None
    evidence: StoredFile | None = None
    result_file: ResultFile | None = None
    known: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        wanted = (*PostSnapshot.COUNTS, *PostSnapshot.FEELINGS)
        found = {name: self.counts[name] for name in wanted if self.counts.get(name) is not None}
        object.__setattr__(self, "known", found)

    def signed(self, by: str) -> "Counted":
        return replace(self, by=by)

    def with_followers(self, followers: int) -> "Counted":
        return replace(self, followers=followers)

    def check(self, post: LivePost, at: dt.datetime) -> None:
        """Raises ValidationError for what cannot be: nothing said, a moment to come, a day before the post."""
        if not self.known:
            raise ValidationError(NOTHING, code="nothing")
        if any(not 0 <= number <= LARGEST for number in (*self.known.values(), self.followers or 0)):
            raise ValidationError(TOO_LARGE, code="too_large")
        if self.taken_at > at:
            raise ValidationError(NOT_YET, code="future")
        if self.taken_at < post.published_at - A_DAY:
            raise ValidationError(TOO_EARLY, code="early")

    def row_for(self, post: LivePost) -> PostSnapshot:
        return PostSnapshot(
            live_post=post, taken_at=self.taken_at, hours=hours_between(post.published_at, self.taken_at),
            source=self.source, by=self.by[:160], followers=self.followers, evidence=self.evidence,
            result_file=self.result_file, **self.known,
        )  # fmt: skip


def take(
    live_post: LivePost,
    counts: Mapping[str, int],
    *,
    taken_at: dt.datetime,
    source: str,
    by: str,
    at: dt.datetime,
    actor: Actor,
    followers: int | None = None,
    evidence: StoredFile | None = None,
    result_file: ResultFile | None = None,
    **told: Unpack[Told],
) -> PostSnapshot | None:
    """Keep the counts of one post at one moment; None where that very moment is known from that source.

    Raises ValidationError, nothing kept, for counts that say nothing, a moment to come, or one before the post.
    """
    counted = Counted(counts, taken_at, source, by, followers, evidence, result_file)
    with transaction.atomic():
        post = _held(live_post)
        counted.check(post, at)
        if post.snapshots.standing().filter(taken_at=taken_at, source=source).exists():
            return None
        kept = counted.row_for(post)
        kept.save(force_insert=True)
        said = post.said()
        words: dict[str, Any] = {**told, "file": evidence or told.get("file")}
        record("numbers.taken", TAKEN, at=at, actor=actor, subject=post, **words,
               **{**said, "params": {**said["params"], "hours": kept.hours}})  # fmt: skip
        tell_of_numbers([kept], at, actor)
    return kept


def take_many(rows: Sequence[tuple[LivePost, Counted]], *, at: dt.datetime, actor: Actor) -> list[PostSnapshot]:
    """The same for many posts at once, in a fixed number of statements; moments that are known are left out. The rows have no
    primary keys yet.

    Whoever calls has checked each (`Counted.check`) and holds the campaign they belong to.
    """
    with transaction.atomic():
        posts = {post.pk for post, _counted in rows}
        there = set(
            PostSnapshot.objects.standing()
            .filter(live_post__in=posts)
            .values_list("live_post_id", "taken_at", "source")
        )
        fresh: dict[tuple[int, dt.datetime, str], PostSnapshot] = {}
        for post, counted in rows:
            key = (post.pk, counted.taken_at, str(counted.source))
            if key not in there:
                fresh.setdefault(key, counted.row_for(post))
        kept = list(fresh.values())
        for one in kept:
            one.created_at = one.updated_at = at
        insert_objects(kept)
        tell_of_numbers(kept, at, actor)
    return kept


def withdraw(snapshot: PostSnapshot, why: str, *, at: dt.datetime, actor: Actor) -> None:
    """They were wrong: they count no more and stay to be read, with the reason; a picture they were read from waits
    again. Raises ValidationError, nothing changed."""
    if not why.strip():
        raise ValidationError(WHY, code="why")
    with transaction.atomic():
        post = _held(snapshot.live_post)
        standing = PostSnapshot.objects.standing().filter(pk=snapshot.pk)
        if not standing.update(withdrawn_at=at, withdrawn_why=why.strip()[:200], updated_at=at):
            raise ValidationError(GONE, code="gone")
        snapshot.refresh_from_db()
        Screenshot.objects.filter(snapshot=snapshot).update(snapshot=None, updated_at=at)
        said = post.said()
        record("numbers.withdrawn", WITHDRAWN, at=at, actor=actor, subject=post,
               **{**said, "params": {**said["params"], "why": why.strip()}})  # fmt: skip
        tell_of_withdrawal([snapshot], why.strip(), at, actor)


def _held(post: LivePost) -> LivePost:
    """The post as it stands now, so that two who enter the same moment keep it once."""
    LivePost.objects.select_for_update(of=("self",)).get(pk=post.pk)
    found: LivePost = LivePost.objects.with_card().get(pk=post.pk)
    return found
