"""Promises over real rows: a campaign of a house of its own, one person, one post, one clause."""

import datetime as dt
from typing import Any

from campaigns.planning.models import Collaboration, Deliverable
from crm.base.anchors import AnchorKind, Day
from crm.base.windows import day_window
from crm.exclusivity.actions.amending import amend
from crm.exclusivity.gate import Door, through_gate
from crm.exclusivity.models import Clause
from crm.exclusivity.promising import Work, keep_in_line
from crm.exclusivity.terms import Act, Certainty, Engagement, Standing
from crm.timeline.record import SYSTEM
from tests.campaigns.planning.test_promises import category, deal, on, promise, spoken

ZONE = "Asia/Jakarta"
__all__ = ["ZONE", "agreed", "category", "changed", "deal", "door_of", "draft_of", "on", "promise", "spoken", "windows"]


def agreed(card: Collaboration, at: dt.datetime) -> Collaboration:
    card.put("agreed", at=at, actor=SYSTEM)
    return card


def door_of(card: Collaboration, now: dt.datetime) -> Door:
    return Door(frozenset({card.influencer_id}), now)


def draft_of(clause: Clause, **changes: Any) -> Clause:
    """The clause as somebody typed it anew, not saved."""
    typed = Clause.objects.select_related("brand").get(pk=clause.pk)
    for name, value in changes.items():
        setattr(typed, name, value)
    return typed


def changed(
    card: Collaboration, clause: Clause, effective_on: dt.date, now: dt.datetime, *,
    sets: dict[str, list[int]] | None = None, **changes: Any,
) -> Clause:  # fmt: skip
    """The promise of this card says something else from that day on."""
    with card.held():
        fresh = amend(
            draft_of(clause, **changes), sets or {}, effective_on=effective_on, door=door_of(card, now), actor=SYSTEM
        )
        card.keep_promises(at=now, actor=SYSTEM)
    fresh.refresh_from_db()
    clause.refresh_from_db()
    return fresh


def windows(clause: Clause) -> list[tuple[Any, ...]]:
    """First and last day of each window, in the clause's zone."""
    return [row.window.first_and_last(clause.zone) for row in clause.stretches.all()]


def term_deal(clause: Clause, first_on: dt.date, last_on: dt.date, now: dt.datetime) -> Work:
    """A deal that runs for a term, as a contract will tell it, agreed today."""
    days = [Day(clause.work_ref, AnchorKind.TERM, first_on, last_on, ZONE)]
    work = Work(clause.work_ref, clause.influencer_id, Standing.ACTIVE, days=days)
    through_gate([work.person], lambda people: keep_in_line(work, Door(people, now), actor=SYSTEM))
    return work


def post_for(brand: int, person: int, day: dt.date, **changes: Any) -> Engagement:
    standard = Engagement(
        ref="tests.post:1", people=frozenset({person}), brand=brand, window=day_window(day, day, ZONE),
        act=Act.PAID_POST, certainty=Certainty.SIGNED, categories=frozenset({category("skincare").pk}),
    )  # fmt: skip
    return Engagement(**{**standard.__dict__, **changes})


def post_of(card: Collaboration) -> Deliverable:
    return card.deliverables.get()
