"""The checklist of a campaign's end: what facts have ticked, what somebody ticked, what is open."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from campaigns.planning.goals import figure
from campaigns.planning.models import Campaign, Collaboration, Deliverable, Kpi, PartnerScore, WrapUpItem, WrapUpTick
from campaigns.planning.places import StillOpen, still_open_of
from campaigns.planning.wrapping.scores import Partner, partner_score
from crm.base.zones import local_date
from crm.timeline.models import Entry
from crm.timeline.record import subject_of

if TYPE_CHECKING:
    from crm.team.models import User

LEARNED, ALSO_HAPPENED = "campaign.learned", "campaign.also_happened"


@dataclass(frozen=True)
class Line:
    """One item with where it stands."""

    item: WrapUpItem
    by_fact: bool
    tick: WrapUpTick | None
    still_open: StillOpen | None = None

    @property
    def is_done(self) -> bool:
        return self.by_fact or self.tick is not None

    @property
    def left_out(self) -> str:
        return self.tick.left_out_because if self.tick is not None else ""


@dataclass(frozen=True)
class Figures:
    """One figure at the end, in its unit and in the reader's notation."""

    kpi: Kpi
    closing: str
    target: str
    baseline: str


@dataclass(frozen=True)
class WrapUp:
    """Everything the page shows, in a fixed number of queries."""

    lines: Sequence[Line]
    open_work: Sequence[Deliverable]
    kpis: Sequence[Kpi]
    learned: Sequence[Entry]
    also_happened: Sequence[Entry]
    score: Partner
    asked: int

    @property
    def figures(self) -> list[Figures]:
        return [
            Figures(kpi, *(figure(kpi, one) for one in (kpi.closing, kpi.target, kpi.baseline))) for kpi in self.kpis
        ]

    @property
    def open_lines(self) -> list[Line]:
        return [line for line in self.lines if not line.is_done]


def wrap_up_of(campaign: Campaign, user: "User", now: dt.datetime) -> WrapUp:
    made = Deliverable.objects.filter(
        collaboration__campaign=campaign, collaboration__status__in=Collaboration.PROMISED
    )
    open_work = made.post_open().select_related("format__platform", "collaboration__influencer")
    missing = made.link_open() | made.proof_open()
    kpis = list(campaign.kpis.select_related("kind"))
    told = Entry.objects.visible_to(user).filter(subject=subject_of(campaign), verb__in=[LEARNED, ALSO_HAPPENED])
    entries = list(told.newest_first())
    scores = PartnerScore.objects.filter(collaboration__campaign=campaign)
    asked = scores.count()
    work = list(open_work.order_by("post_due_on", "pk"))
    known = still_open_of(campaign)
    facts = {
        **{code: not one.words for code, one in known.items()},
        "addresses": not work and not missing.exists(),
        "closing": bool(kpis) and all(kpi.closing is not None for kpi in kpis),
        "partners": campaign.is_over and asked > 0,
        "learned": any(entry.verb == LEARNED for entry in entries),
    }
    return WrapUp(
        lines_of(campaign, facts, known, local_date(now, campaign.zone)), work, kpis,
        [entry for entry in entries if entry.verb == LEARNED],
        [entry for entry in entries if entry.verb == ALSO_HAPPENED], partner_score(scores), asked,
    )  # fmt: skip


def lines_of(campaign: Campaign, facts: dict[str, bool], known: dict[str, StillOpen], on: dt.date) -> list[Line]:
    ticks = {tick.item_id: tick for tick in campaign.wrap_up_ticks.select_related("done_by", "item")}
    items = WrapUpItem.objects.filter(Q(pk__in=ticks) | Q(pk__in=WrapUpItem.objects.valid_on(on).values("pk")))
    return [Line(item, facts.get(item.code, False), ticks.get(item.pk), known.get(item.code)) for item in items]
