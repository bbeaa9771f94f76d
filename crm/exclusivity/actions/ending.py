"""What becomes of promises when a deal ends before it was meant to, or comes to nothing."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from crm.base.anchors import Anchor
from crm.base.zones import end_of_day, local_date
from crm.exclusivity.actions.amending import versions_of
from crm.exclusivity.barring import bar_anew
from crm.exclusivity.gate import Door
from crm.exclusivity.looking import look_again
from crm.exclusivity.models import Clause
from crm.exclusivity.stretching import uncut
from crm.exclusivity.terms import Standing
from crm.timeline.record import Actor, record, subject_of


def end_early(
    work_ref: str,
    person: int,
    on: dt.date,
    door: Door,
    *,
    actor: Actor,
    survival: str = "",
    tail_days: int | None = None,
) -> None:
    """A deal ends on that day instead of later: each of its promises as it says itself, or all as `survival` says."""
    theirs = Clause.objects.of_work(work_ref).in_force().select_related("brand")
    for clause in theirs.order_by("-version", "pk"):
        end_clause(clause, on, door, actor=actor, survival=survival, tail_days=tail_days)
    look_again([person], door.now)


def end_promise(
    clause: Clause, on: dt.date, door: Door, *, actor: Actor, survival: str = "", tail_days: int | None = None
) -> None:
    """One promise ends like that, in all its versions."""
    for one in versions_of(clause):
        if one.standing == Standing.ACTIVE:
            end_clause(one, on, door, actor=actor, survival=survival, tail_days=tail_days)
    look_again([clause.influencer_id], door.now)


def end_clause(
    clause: Clause, on: dt.date, door: Door, *, actor: Actor, survival: str = "", tail_days: int | None = None
) -> None:
    """The deal of one promise ends on that day. What had not begun by then is void; the rest runs as agreed.

    Everybody it concerns is held by the door. Raises TransitionRefused when it is not in force any more.
    """
    if not has_begun(clause, on):
        door.release([subject_of(clause)])
        clause.stand(Standing.VOID, at=door.now, actor=actor)
        _give_back(clause, door)
        return
    before = (clause.ended_on, clause.survival, clause.tail_days)
    clause.ended_on, clause.survival = on, survival or clause.survival
    clause.tail_days = clause.tail_days if tail_days is None else tail_days
    after = (clause.ended_on, clause.survival, clause.tail_days)
    if before == after:
        return
    clause.save(update_fields=["ended_on", "survival", "tail_days", "updated_at"])
    bar_anew([clause], door)
    names = ("ended_on", "survival", "tail_days")
    record(
        "clause.ended_early",
        _("Exclusivity for %(brand)s: the deal ends early"),
        params={"brand": clause.brand},
        at=door.now,
        actor=actor,
        subject=clause,
        influencer=clause.influencer_id,
        brand=clause.brand_id,
        changes={name: (old or "", new) for name, old, new in zip(names, before, after, strict=True) if old != new},
    )


def has_begun(clause: Clause, on: dt.date) -> bool:
    """Whether some window of it opens by the end of that day."""
    by = end_of_day(on, clause.zone)
    counted = uncut(clause, list(Anchor.objects.of_work(clause.work_ref)))
    spoken = [window for _ref, stretch in counted if (window := stretch.window.overlap(clause.held))]
    return any(window.start_at is None or window.start_at < by for window in spoken)


def _give_back(clause: Clause, door: Door) -> None:
    """A change that never came into force leaves its time to the version before."""
    former = clause.supersedes
    if former is not None and former.standing == Standing.ACTIVE:
        former.holds_until = clause.holds_until
        former.save(update_fields=["holds_until", "updated_at"])
        bar_anew([former], door)


def let_go(sources: Sequence[str], clauses: Sequence[Clause], standing: Standing, door: Door, actor: Actor) -> None:
    """Nothing of a work is promised any more: its claims go, its clauses go back, end, or are void.

    An end that somebody settled for a clause stands whatever becomes of the work.
    """
    door.release(sources)
    for clause in sorted(clauses, key=lambda one: -one.version):
        if clause.ended_on is not None:
            continue
        if standing == Standing.VOID and clause.standing == Standing.ACTIVE:
            end_clause(clause, local_date(door.now, clause.zone), door, actor=actor)
            continue
        door.release([subject_of(clause)])
        if clause.standing != standing and clause.may_be(standing):
            clause.stand(standing, at=door.now, actor=actor)
