"""One piece of work as the exclusivity rooms see it, and bringing everything in line with it.

Whoever owns the work (a collaboration, later a contract) tells it whole: its days, what is promised, what has happened.
Windows follow the days, clauses follow the deal, claims follow both. Calling it again changes nothing.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crm.base.anchors import Anchor, Day, anchor_moved, windows_follow
from crm.exclusivity.actions.ending import let_go
from crm.exclusivity.barring import claim_bars
from crm.exclusivity.bars import bar_of, houses_of
from crm.exclusivity.claiming import claims_of_engagement
from crm.exclusivity.conflicts import Conflict, find_conflicts
from crm.exclusivity.gate import Door, PromiseRefused
from crm.exclusivity.looking import look_again
from crm.exclusivity.models import Claim, Clause, Finding
from crm.exclusivity.models.claims import WAIVER
from crm.exclusivity.stretching import stretch_again
from crm.exclusivity.terms import FIRM, Bar, Certainty, Engagement, Standing
from crm.timeline.record import Actor

EXCUSES = ("carved-out", "prior-commitment")


@dataclass(frozen=True)
class Work:
    """A deal with one person: what it is part of, how far it has come, what is promised and what happened.

    `standing` is where its clauses belong: proposed while it is talked about, active once agreed, void when it is off.
    """

    ref: str
    person: int
    standing: Standing
    promised: Sequence[Engagement] = ()
    happened: Sequence[Engagement] = ()
    days: Sequence[Day] = ()

    @property
    def is_firm(self) -> bool:
        return self.standing == Standing.ACTIVE


def keep_in_line(
    work: Work, door: Door, *, former: Sequence[str] = (), actor: Actor, is_choice: bool = False
) -> list[Conflict]:
    """Let windows, clauses and claims follow a work; the conflicts that only warn. Raises PromiseRefused.

    `former` are sources the work no longer has, dropped posts for example. `is_choice`: somebody moves the days and may
    be told no where a window would reach over work that is agreed; without it moved days are a fact.
    """
    has_moved = anchor_moved(work.ref, work.days, now=door.now)
    clauses = list(Clause.objects.standing_with(work.ref))
    has_lost = bool(door.release(former))
    if not work.is_firm:
        let_go([one.ref for one in work.promised], clauses, work.standing, door, actor)
        look_again([work.person], door.now)
        return []
    fresh = [clause.pk for clause in clauses if clause.standing != Standing.ACTIVE]
    conflicts = []
    if fresh or has_moved or _has_changed(work, door):
        known = _with_scope(clauses)
        conflicts = _check(work, _asked(known, door.now, moved=has_moved and is_choice), door.now)
        _write(work, known, conflicts, door, actor)
    elif not has_lost:
        return []
    look_again([work.person], door.now)
    return conflicts


def _with_scope(clauses: Sequence[Clause]) -> list[Clause]:
    return list(Clause.objects.filter(pk__in=[clause.pk for clause in clauses]).with_scope()) if clauses else []


def _has_changed(work: Work, door: Door) -> bool:
    """Whether what the work does is claimed otherwise than it should be; most steps of a card change nothing of it."""
    done = [*work.promised, *work.happened]
    houses = houses_of({one.brand for one in done})
    return door.differs(
        [one.ref for one in done], [claim for one in done for claim in claims_of_engagement(one, houses)]
    )


def _asked(clauses: Sequence[Clause], now: dt.datetime, *, moved: bool) -> list[Bar]:
    """The bars somebody could still be told no about, as they will bar once it is agreed.

    A changed promise only warns of what was agreed before the change.
    """
    fresh = [clause for clause in clauses if clause.standing != Standing.ACTIVE]
    bars = [
        replace(bar_of(clause), standing=Standing.ACTIVE, effective_from=now if clause.version > 1 else None)
        for clause in fresh
    ]
    return bars + [bar_of(clause) for clause in clauses if moved and clause not in fresh]


def _check(work: Work, bars: Sequence[Bar], now: dt.datetime) -> list[Conflict]:
    """Everything the promise hits; refused when something of it blocks that did not stand so before."""
    findings = Finding.objects.of_people([work.person])
    conflicts = find_conflicts(
        [work.person], engagements=work.promised, bars=bars, now=now, is_signing=True, excused=findings.waived_pairs()
    )
    known = findings.blocking_pairs()
    # What was seen elsewhere has happened: nobody can refuse it, and a finding tells of it.
    firm = FIRM - {Certainty.OBSERVED}
    blocking = [
        one for one in conflicts
        if one.blocks
        and (one.engagement in work.promised
             or (one.engagement.certainty in firm and (one.bar.clause, one.engagement.ref) not in known))
    ]  # fmt: skip
    if blocking:
        raise PromiseRefused(blocking)
    return conflicts


def _write(work: Work, clauses: Sequence[Clause], conflicts: Sequence[Conflict], door: Door, actor: Actor) -> None:
    beside = {one.engagement.ref for one in conflicts if set(EXCUSES) & set(one.finding.reasons)}
    door.excuse(beside, EXCUSES[0])
    _claim_work(work, beside, door)
    fresh = {clause.pk for clause in clauses if clause.standing != Standing.ACTIVE}
    for clause in clauses:
        if clause.pk in fresh:
            clause.stand(Standing.ACTIVE, at=door.now, actor=actor, effective_from=door.now)
    claim_bars(clauses, fresh, door)


def _claim_work(work: Work, beside: set[str], door: Door) -> None:
    """Claim what is promised and what happened. What stands `beside` a bar because it was allowed, or promised first, and
    what was waived, is not held against it by the guard.
    """
    houses = houses_of({one.brand for one in (*work.promised, *work.happened)})
    waived = {ref for _clause, ref in Finding.objects.of_people([work.person]).waived_pairs()}
    promised = [claim for one in work.promised for claim in claims_of_engagement(one, houses)]
    for claim in promised:
        if claim.source in beside | waived:
            claim.active, claim.why = False, WAIVER if claim.source in waived else EXCUSES[0]
    happened = [claim for one in work.happened for claim in claims_of_engagement(one, houses)]
    door.activate([one.ref for one in work.promised], promised)
    door.note([one.ref for one in work.happened], happened)


def keep_new_facts(works: Sequence[Work], door: Door) -> None:
    """Bring many works nobody knew of before under guard at once, as facts: agreed elsewhere, and refused by nobody.

    For works without clauses, anchors or claims of their own yet.
    """
    Anchor.objects.bulk_create(
        Anchor(
            work_ref=work.ref, ref=day.ref, kind=day.kind, first_on=day.first_on, last_on=day.last_on, zone=day.zone,
            happened_at=day.happened_at,
        )
        for work in works
        for day in work.days
    )  # fmt: skip
    done = [one for work in works if work.is_firm for one in (*work.promised, *work.happened)]
    houses = houses_of({one.brand for one in done})
    door.note([one.ref for one in done], [claim for one in done for claim in claims_of_engagement(one, houses)])
    look_again({work.person for work in works}, door.now)


def forget(refs: Sequence[str]) -> None:
    """What never was claims nothing and is no day to count from: for work that is taken away without a trace."""
    Claim.objects.filter(source__in=refs).delete()
    Anchor.objects.filter(ref__in=refs).delete()


@windows_follow("exclusivity")
def follow(work_ref: str, now: dt.datetime) -> int:
    """Derive the windows of this work's clauses anew; how many changed."""
    anchors = list(Anchor.objects.of_work(work_ref))
    clauses = Clause.objects.of_work(work_ref).prefetch_related("stretches", "rests")
    return sum(stretch_again(clause, anchors) for clause in clauses)
