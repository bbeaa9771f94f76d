"""The list of look-alikes: open ones, merged ones, and those that were told apart."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.base.inserts import insert_missing
from crm.base.paging import Order, Page, page_of
from crm.influencers.alikes.rules import Reason, Rules
from crm.influencers.alikes.sweep import ONCE
from crm.influencers.merging.actions import who_stays
from crm.influencers.models import Influencer, LookAlike, Merge
from crm.reminders.models import Beat
from crm.team.models import User
from crm.timeline.record import Actor

STRONGEST = Order("points", _("Strongest"), "points")
NEWEST = Order("at", _("Newest"), "merged_at")
OPEN, MERGED, APART = "", "merged", "apart"
TABS: dict[str, Any] = {OPEN: _("Possible duplicates"), MERGED: _("Merged"), APART: _("Not the same person")}


@dataclass(frozen=True)
class PairLine:
    """Two people of the list, and what speaks for them being one."""

    pk: int
    stays: Influencer
    goes: Influencer
    reasons: Sequence[Reason]
    is_strong: bool


@dataclass(frozen=True)
class Found:
    """One page of one part of the list."""

    tabs: Sequence[dict[str, Any]]
    pairs: Sequence[PairLine]
    merges: Sequence[Merge]
    looked_at: dt.datetime | None
    earlier: str
    later: str


def read_pairs(tab: str, cursor: str, user: User, now: dt.datetime) -> Found:
    """A page of the list. Five queries at most, however many pairs there are."""
    tabs = [{"label": label, "url": f"?tab={key}", "active": key == tab} for key, label in TABS.items()]
    looked_at = Beat.objects.filter(name="look_alikes").values_list("rang_at", flat=True).first()
    if tab == MERGED:
        merges = Merge.objects.visible_to(user).select_related("stays", "goes")
        page: Page[Any] = page_of(merges, NEWEST, cursor, key=lambda row: (row.merged_at, row.pk))
        return Found(tabs, [], page.rows, looked_at, page.earlier, page.later)
    pairs = LookAlike.objects.visible_to(user)
    wanted = pairs.open() if tab == OPEN else pairs.told_apart()
    rows = wanted.select_related("lower__main_platform", "higher__main_platform")
    page = page_of(rows, STRONGEST, cursor, key=lambda row: (row.points, row.pk))
    rules = Rules.on(now.date())
    return Found(tabs, [_line(row, rules) for row in page.rows], [], looked_at, page.earlier, page.later)


def _line(row: LookAlike, rules: Rules) -> PairLine:
    stays, goes = who_stays(row.lower, row.higher)
    reasons = [Reason(code, text) for code, text in row.reasons if code in Reason.WORDS]
    return PairLine(row.pk, stays, goes, reasons, rules.is_strong(row.points))


def tell_apart(one: int, other: int, *, at: dt.datetime, actor: Actor) -> None:
    """Remember that these are two people, whether or not they were on the list; saying it twice is once."""
    pair = LookAlike(lower_id=min(one, other), higher_id=max(one, other))
    with transaction.atomic():
        insert_missing([pair], ONCE)
        row = LookAlike.objects.select_for_update(of=("self",)).of_pair(one, other).get()
        if row.status == LookAlike.Status.OPEN:
            row.tell_apart(at=at, actor=actor)
