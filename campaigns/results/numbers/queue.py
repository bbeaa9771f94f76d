"""What is typed next: pictures nobody has read, then posts that wait for a mark; the oldest first."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.approvals.models import LivePost
from campaigns.planning.models import Campaign
from campaigns.results.models import Screenshot
from campaigns.results.numbers.pictures import unread
from campaigns.results.numbers.waiting import HEADS, due_at, mark_of, marks_for, posts_of, waiting_mark, with_counted


@dataclass(frozen=True)
class Item:
    """One stop of the round: a post, the picture that is read for it, and the mark it waits for."""

    post: LivePost
    picture: Screenshot | None = None
    mark: int | None = None

    @property
    def mark_name(self) -> Any:
        return HEADS[self.mark] if self.mark is not None else ""

    @property
    def key(self) -> str:
        """How its address names it."""
        return f"s{self.picture.pk}" if self.picture is not None else f"p{self.post.pk}"


@dataclass(frozen=True)
class Round:
    """The whole queue and where somebody is in it."""

    items: Sequence[Item]
    at: int

    @property
    def item(self) -> Item | None:
        return self.items[self.at] if self.items else None

    @property
    def number(self) -> int:
        return self.at + 1

    @property
    def next_key(self) -> str:
        """Where one goes on; round again at the end, nowhere when nothing else is left."""
        return self._key(self.at + 1)

    @property
    def previous_key(self) -> str:
        return self._key(self.at - 1)

    def _key(self, at: int) -> str:
        return self.items[at % len(self.items)].key if len(self.items) > 1 else ""


def queue_of(campaign: Campaign, now: dt.datetime) -> list[Item]:
    """Two queries."""
    posts = {
        post.pk: post
        for post in with_counted(posts_of(campaign.pk).standing()).with_card().select_related("deliverable__account")
    }
    pictures = unread(Screenshot.objects.filter(live_post__in=posts)).select_related("file").order_by("taken_at", "pk")
    read = [_with_picture(posts[picture.live_post_id], picture) for picture in pictures]
    shown = {item.post.pk for item in read}
    waits = [
        (mark, post)
        for post in posts.values()
        if post.pk not in shown and (mark := waiting_mark(post, post.counted_hours, now)) is not None
    ]
    waits.sort(key=lambda one: (due_at(one[1], one[0]), one[1].pk))
    return [*read, *(Item(post, mark=mark) for mark, post in waits)]


def round_at(campaign: Campaign, key: str, now: dt.datetime) -> Round:
    """The queue, standing at that item; a post outside the queue may be typed all the same. At its beginning without a key."""
    items = queue_of(campaign, now)
    at = next((place for place, item in enumerate(items) if item.key == key), None)
    if at is None and key.startswith("p") and key[1:].isdigit():
        post = posts_of(campaign.pk).with_card().select_related("deliverable__account").filter(pk=int(key[1:])).first()
        if post is not None:
            return Round([Item(post), *items], 0)
    return Round(items, at or 0)


def _with_picture(post: LivePost, picture: Screenshot) -> Item:
    hours = max(0, int((picture.taken_at - post.published_at).total_seconds() // 3600))
    return Item(post, picture, mark_of(hours, marks_for(post)))
