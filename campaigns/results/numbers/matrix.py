"""All posts of a campaign against the marks: what is there, where it came from, what waits."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from campaigns.approvals.models import LivePost
from campaigns.results.models import MARKS, PostSnapshot, Screenshot, hours_between
from campaigns.results.numbers.ages import Age, age_of
from campaigns.results.numbers.boxes import NAMES
from campaigns.results.numbers.pictures import unread
from campaigns.results.numbers.waiting import HEADS, earliest, mark_of, marks_for, waiting_mark
from crm.base.formats import count_short

ICONS = {
    "typed": "keyboard",
    "screenshot": "image",
    "hers": "person",
    "file": "file-earmark-spreadsheet",
    "api": "plug",
}
HERE, WAITS, MISSED, AHEAD, NEVER = "here", "waits", "missed", "ahead", "never"
SHOWN = ("views", "reach", "impressions", "likes")


@dataclass(frozen=True)
class Cell:
    """One post at one mark; `value` is the count that tells most of what is there."""

    mark: int
    state: str
    snapshot: PostSnapshot | None = None
    name: Any = ""
    value: str = ""
    icon: str = ""

    @property
    def head(self) -> Any:
        return HEADS[self.mark]


@dataclass(frozen=True)
class Row:
    post: LivePost
    cells: Sequence[Cell]
    age: Age
    pictures: int
    waits: bool


@dataclass(frozen=True)
class Figures:
    """Of all posts of the campaign."""

    posts: int
    waiting: int
    pictures: int
    counted: int
    newest: Age

    @property
    def bare(self) -> int:
        """Posts nothing is known of."""
        return self.posts - self.counted


def rows_of(posts: Sequence[LivePost], now: dt.datetime) -> list[Row]:
    """Two queries for the page."""
    snapshots: dict[int, list[PostSnapshot]] = {}
    for one in PostSnapshot.objects.standing().filter(live_post__in=posts).order_by("hours", "pk"):
        snapshots.setdefault(one.live_post_id, []).append(one)
    waiting = unread(Screenshot.objects.filter(live_post__in=posts)).order_by()
    pictures = dict(waiting.values_list("live_post").annotate(n=Count("pk")))
    return [_row(post, snapshots.get(post.pk, []), pictures.get(post.pk, 0), now) for post in posts]


def _row(post: LivePost, counted: Sequence[PostSnapshot], pictures: int, now: dt.datetime) -> Row:
    marks = marks_for(post)
    last = max((one.hours for one in counted), default=None)
    waiting = waiting_mark(post, last, now) if post.status != LivePost.Status.REMOVED else None
    hours = hours_between(post.published_at, now)
    cells = [
        cell_at(mark, counted, hours, waiting) if mark in marks else Cell(mark, NEVER)
        for mark in MARKS
    ]  # fmt: skip
    newest = max((one.taken_at for one in counted), default=None)
    return Row(post, cells, age_of(newest, now), pictures, waiting is not None)


def cell_at(mark: int, counted: Sequence[PostSnapshot], hours: int, waiting: int | None) -> Cell:
    """What is known at a mark: of several counts that stand for it, the nearest."""
    there = [one for one in counted if mark_of(one.hours) == mark]
    if there:
        nearest = min(there, key=lambda one: (abs(one.hours - mark), -one.pk))
        name = next((name for name in (*SHOWN, *PostSnapshot.COUNTS) if getattr(nearest, name) is not None), "")
        value = count_short(getattr(nearest, name)) if name else ""
        return Cell(mark, HERE, nearest, NAMES.get(name, ""), value, ICONS[nearest.source])
    if mark == waiting:
        return Cell(mark, WAITS)
    return Cell(mark, AHEAD if hours < earliest(mark) or hours < mark else MISSED)


def figures_of(posts: Sequence[Any], pictures: int, now: dt.datetime) -> Figures:
    """From posts with what was counted (`with_counted`); asks nothing."""
    standing = [post for post in posts if post.status != LivePost.Status.REMOVED]
    waiting = sum(1 for post in standing if waiting_mark(post, post.counted_hours, now) is not None)
    newest = max((post.counted_at for post in posts if post.counted_at is not None), default=None)
    return Figures(len(posts), waiting, pictures, sum(1 for post in posts if post.counted), age_of(newest, now))
