"""From when to when a clause bars: its offsets counted from its anchors, as windows of the one date engine."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence

from crm.base.anchors import Anchor, AnchorKind
from crm.base.windows import CountMode, Window, day_window, hour_window, offset_day, planned_window, without
from crm.base.zones import local_midnight
from crm.exclusivity.models import Clause, ClauseStretch
from crm.exclusivity.terms import Stretch

POSTS = (Clause.Anchor.EACH_POST, Clause.Anchor.FIRST_POST, Clause.Anchor.LAST_POST)
KIND_OF = {Clause.Anchor.TERM: AnchorKind.TERM, Clause.Anchor.SIGNATURE: AnchorKind.SIGNATURE}


def stretches_of(clause: Clause, anchors: Sequence[Anchor]) -> Iterator[tuple[str, Stretch]]:
    """Every window of a clause with what it is counted from: cut where the deal ended early, where another version
    speaks, and where the clause rests.
    """
    rests = [rest.window for rest in clause.rests.all()] if clause.pk else []
    pieces = without(clause.held, rests)
    for ref, stretch in uncut(clause, anchors):
        cut = _cut(clause, stretch)
        for piece in pieces if cut else ():
            left = cut and cut.within(piece)
            if left is not None:
                yield ref, left


def uncut(clause: Clause, anchors: Sequence[Anchor]) -> Iterator[tuple[str, Stretch]]:
    """Its windows as they are counted, whatever happened to the clause since."""
    if clause.anchor == Clause.Anchor.FIXED:
        yield "", Stretch.certain(day_window(clause.fixed_start_on, clause.fixed_end_on, clause.zone))
    elif clause.anchor in POSTS:
        posts = [anchor for anchor in anchors if anchor.kind == AnchorKind.POST]
        yield from _around_posts(clause, posts)
    else:
        for anchor in anchors:
            if anchor.kind == KIND_OF[Clause.Anchor(clause.anchor)]:
                yield anchor.ref, _over_term(clause, anchor)


def _around_posts(clause: Clause, posts: Sequence[Anchor]) -> Iterator[tuple[str, Stretch]]:
    if clause.anchor == Clause.Anchor.EACH_POST:
        yield from ((post.ref, _around(clause, [post])) for post in posts)
    elif posts:
        yield "", _around(clause, posts)


def _around(clause: Clause, posts: Sequence[Anchor]) -> Stretch:
    """Around one post, or the first or last of several: which one it will be is not known before they are out."""
    first = clause.anchor != Clause.Anchor.LAST_POST
    opens = [post.days[0] for post in posts]
    closes = [post.days[1] for post in posts]
    first_on, last_on = (min(opens), min(closes)) if first else (max(opens), max(closes))
    happened = [post.happened_at for post in posts if post.happened_at]
    has_happened = len(happened) == len(posts) or (first and bool(happened) and min(closes) == first_on == last_on)
    if clause.unit == Clause.Unit.HOURS:
        return _by_the_hour(clause, first_on, last_on, happened, is_provisional=not has_happened)
    mode = CountMode(clause.count_mode)
    window, core = planned_window(first_on, last_on, clause.start_offset, clause.end_offset, mode, clause.zone)
    return Stretch(window, core, is_provisional=not has_happened)


def _by_the_hour(
    clause: Clause, first_on: dt.date, last_on: dt.date, happened: Iterable[dt.datetime], *, is_provisional: bool
) -> Stretch:
    """Hours run from an instant; before there is one, from any instant of the planned days."""
    moments = sorted(happened)
    if not is_provisional and moments:
        at = moments[0] if clause.anchor != Clause.Anchor.LAST_POST else moments[-1]
        return Stretch.certain(hour_window(at, clause.start_offset, clause.end_offset))
    opens_at, closes_at = day_window(first_on, last_on, clause.zone).start_at, local_midnight(last_on, clause.zone)
    assert opens_at is not None
    whole_day = dt.timedelta(days=1)
    envelope = Window(
        opens_at + dt.timedelta(hours=clause.start_offset),
        closes_at + whole_day + dt.timedelta(hours=clause.end_offset),
    )
    return Stretch(envelope, None, is_provisional=True)


def _over_term(clause: Clause, anchor: Anchor) -> Stretch:
    """From so many days around the first day to so many around the last."""
    mode = CountMode(clause.count_mode)
    first_on, last_on = anchor.first_on, anchor.last_on
    window = day_window(
        offset_day(first_on, clause.start_offset, mode), offset_day(last_on, clause.end_offset, mode), clause.zone
    )
    return Stretch.certain(window)


def _cut(clause: Clause, stretch: Stretch) -> Stretch | None:
    """What is left of it once the deal ended early: nothing, all, or a tail of days."""
    if clause.ended_on is None or clause.survival == Clause.Survival.FULL:
        return stretch
    tail = clause.tail_days if clause.survival == Clause.Survival.TAIL else 0
    until = day_window(None, clause.ended_on + dt.timedelta(days=tail), clause.zone)
    if clause.survival == Clause.Survival.TAIL:
        window: Window | None = Window(stretch.window.start_at, until.end_at)
        if stretch.window.start_at and until.end_at and stretch.window.start_at >= until.end_at:
            return None
    else:
        window = stretch.window.overlap(until)
    if window is None:
        return None
    core = stretch.core and window.overlap(stretch.core) if clause.survival == Clause.Survival.NONE else window
    return Stretch(window, core, stretch.is_provisional)


def stretch_again(clause: Clause, anchors: Sequence[Anchor]) -> bool:
    """Derive the clause's windows anew; False when they are what they were."""
    fresh = [_row(clause, ref, stretch) for ref, stretch in stretches_of(clause, anchors)]
    there = {_said(row) for row in clause.stretches.all()}
    if {_said(row) for row in fresh} == there:
        return False
    if there:
        clause.stretches.all().delete()
    ClauseStretch.objects.bulk_create(fresh)
    return True


def _row(clause: Clause, ref: str, stretch: Stretch) -> ClauseStretch:
    core = stretch.core
    return ClauseStretch(
        clause=clause,
        anchor_ref=ref,
        start_at=stretch.window.start_at,
        end_at=stretch.window.end_at,
        has_core=core is not None,
        core_start_at=core.start_at if core else None,
        core_end_at=core.end_at if core else None,
        is_provisional=stretch.is_provisional,
    )


def _said(row: ClauseStretch) -> tuple[object, ...]:
    return (
        row.anchor_ref, row.start_at, row.end_at, row.has_core, row.core_start_at, row.core_end_at, row.is_provisional,
    )  # fmt: skip
