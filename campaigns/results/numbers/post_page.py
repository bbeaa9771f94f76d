"""The numbers of one post: every count with its source, a curve over days, and what it waits for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from campaigns.approvals.models import LivePost
from campaigns.results.models import PostSnapshot, Screenshot
from campaigns.results.numbers.ages import Age, age_of
from campaigns.results.numbers.boxes import NAMES, order_for
from campaigns.results.numbers.matrix import ICONS, SHOWN
from campaigns.results.numbers.pictures import unread
from campaigns.results.numbers.waiting import HEADS, mark_of, marks_for, waiting_mark
from crm.base.formats import count_full
from crm.base.zones import local_date


@dataclass(frozen=True)
class Line:
    """One count: its figures in the order of the platform's screen, as people read them; empty where unknown."""

    row: PostSnapshot
    after: Any
    icon: str
    figures: Sequence[str]


@dataclass(frozen=True)
class PostPage:
    names: Sequence[Any]
    lines: Sequence[Line]
    gone: Sequence[Line]
    curve: Sequence[tuple[dt.date, int]]
    curve_of: Any
    age: Age
    waits_for: Any
    pictures: int


def page_of(post: LivePost, now: dt.datetime) -> PostPage:
    """Two queries."""
    rows = list(post.snapshots.select_related("evidence", "result_file").order_by("-hours", "-pk"))
    standing = [row for row in rows if row.withdrawn_at is None]
    wanted = order_for(post.platform.code)
    shown = [name for name in wanted if any(getattr(row, name) is not None for row in rows)]
    best = next((name for name in SHOWN if sum(getattr(row, name) is not None for row in standing) > 1), "")
    waiting = waiting_mark(post, max((row.hours for row in standing), default=None), now)
    newest = max((row.taken_at for row in standing), default=None)
    return PostPage(
        names=[NAMES[name] for name in shown],
        lines=[_line(post, row, shown) for row in standing],
        gone=[_line(post, row, shown) for row in rows if row.withdrawn_at is not None],
        curve=_curve(post, standing, best),
        curve_of=NAMES.get(best, ""),
        age=age_of(newest, now),
        waits_for=HEADS[waiting] if waiting is not None and post.status != LivePost.Status.REMOVED else "",
        pictures=unread(Screenshot.objects.filter(live_post=post)).count(),
    )


def _line(post: LivePost, row: PostSnapshot, shown: Sequence[str]) -> Line:
    mark = mark_of(row.hours, marks_for(post))
    figures = ["" if getattr(row, name) is None else count_full(getattr(row, name)) for name in shown]
    return Line(row, HEADS[mark] if mark is not None else "", ICONS[row.source], figures)


def _curve(post: LivePost, standing: Sequence[PostSnapshot], name: str) -> list[tuple[dt.date, int]]:
    """The figure day by day, from nothing on the day it went out."""
    if not name:
        return []
    zone = post.deliverable.zone
    known = [(local_date(row.taken_at, zone), getattr(row, name)) for row in reversed(standing)]
    return [(local_date(post.published_at, zone), 0), *((on, value) for on, value in known if value is not None)]
