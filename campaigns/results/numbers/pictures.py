"""Screenshots of figures: several at once, each put to the post it seems to be of, until somebody typed what it shows."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from campaigns.approvals.models import LivePost
from campaigns.planning.models import Campaign
from campaigns.results.models import Screenshot
from campaigns.results.numbers.waiting import posts_of, waiting_mark, with_counted
from crm.base.models import StoredFile
from crm.timeline.record import Actor, record

CAME = _("Screenshot of the numbers of %(what)s for %(campaign)s on %(platform)s arrived")
NO_POSTS = _("Nothing of this campaign is out yet. Pictures of numbers belong to a post.")
SHORT = 4
"""Shorter handles and codes are found in any file name."""


@dataclass(frozen=True)
class Kept:
    """A picture with its post, and whether its name said so."""

    picture: Screenshot
    is_named: bool


def unread(pictures: "models.QuerySet[Screenshot]") -> "models.QuerySet[Screenshot]":
    """Nobody has typed what they show, or left them out."""
    return pictures.filter(snapshot__isnull=True, left_out_at__isnull=True)


def add_pictures(campaign: Campaign, files: Sequence[StoredFile], *, at: dt.datetime, actor: Actor) -> list[Kept]:
    """Put each picture to a post: by the handle or the post's own code in its name, else to the next that waits.

    Raises ValidationError while nothing of the campaign is out.
    """
    posts = list(with_counted(posts_of(campaign.pk).standing()).with_card().select_related("deliverable__account"))
    if not posts:
        raise ValidationError(NO_POSTS, code="no_posts")
    guesses = iter(_in_turn(posts, at))
    kept = []
    with transaction.atomic():
        for file in files:
            named = _named_in(file.label, posts)
            post = named or next(guesses, posts[0])
            kept.append(Kept(add_picture(post, file, at=at, actor=actor), named is not None))
    return kept


def add_picture(post: LivePost, file: StoredFile, *, at: dt.datetime, actor: Actor) -> Screenshot:
    """One picture of one post; the story says that it came."""
    picture = Screenshot.objects.create(live_post=post, file=file, taken_at=at, by=actor.label[:160])
    record("numbers.picture", CAME, at=at, actor=actor, subject=post, file=file, **post.said())
    return picture


def move_picture(picture: Screenshot, post: LivePost, *, at: dt.datetime) -> None:
    """It is of another post. Nothing happens once it was read."""
    unread(Screenshot.objects.filter(pk=picture.pk)).update(live_post=post, updated_at=at)


def leave_out(picture: Screenshot, *, at: dt.datetime) -> None:
    """It shows no numbers, or is there twice: it waits no more. The file stays."""
    unread(Screenshot.objects.filter(pk=picture.pk)).update(left_out_at=at, updated_at=at)


def _in_turn(posts: Iterable[LivePost], now: dt.datetime) -> list[LivePost]:
    """Those that wait, the oldest first; then the others, the newest first."""
    waits = {post.pk: waiting_mark(post, getattr(post, "counted_hours", None), now) is not None for post in posts}
    ordered = sorted(posts, key=lambda post: post.published_at)
    return [post for post in ordered if waits[post.pk]] + [post for post in reversed(ordered) if not waits[post.pk]]


def _named_in(label: str, posts: Sequence[LivePost]) -> LivePost | None:
    """The one post whose code or handle stands in the file's name; None where none or several do."""
    name = _bare(label)
    for signs in (_codes, _handles):
        found = [post for post in posts if any(sign in name for sign in signs(post))]
        if len(found) == 1:
            return found[0]
    return None


def _codes(post: LivePost) -> list[str]:
    """What the platform calls the post: the last part of its address."""
    last = _bare(post.url.split("?")[0].rstrip("/").rpartition("/")[2])
    return [last] if len(last) >= SHORT else []


def _handles(post: LivePost) -> list[str]:
    account = post.deliverable.account
    handle = _bare(account.handle) if account is not None else ""
    return [handle] if len(handle) >= SHORT else []


def _bare(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())
