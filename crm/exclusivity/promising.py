"""One piece of work as the exclusivity rooms see it, and bringing everything in line with it.

Whoever owns the work (a collaboration, later a contract) tells it whole: its days, what is promised, what has happened.
Windows follow the days, clauses follow the deal, claims follow both. Calling it again changes nothing.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from crm.base.anchors import Anchor, Day, anchor_moved, windows_follow
from crm.exclusivity.bars import bar_of, brands_of, world_of
from crm.exclusivity.claiming import claims_of_bar, claims_of_engagement
from crm.exclusivity.conflicts import Conflict, find_conflicts
from crm.exclusivity.gate import Door, PromiseRefused
from crm.exclusivity.looking import look_again
from crm.exclusivity.models import Claim, Clause, Finding
from crm.exclusivity.models.claims import WAIVER
from crm.exclusivity.stretching import stretch_again
from crm.exclusivity.terms import FIRM, Bar, Engagement, Standing
from crm.timeline.record import Actor, subject_of

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


def keep_in_line(work: Work, door: Door, *, former: Sequence[str] = (), actor: Actor) -> list[Conflict]:
    """Let windows, clauses and claims follow a work; the conflicts that only warn. Raises PromiseRefused.

    `former` are sources the work no longer has, dropped posts for example.
    """
    anchor_moved(work.ref, work.days, now=door.now)
    clauses = list(Clause.objects.of_work(work.ref).exclude(standing__in=[Standing.ENDED, Standing.VOID]).with_scope())
    door.release(former)
    if not work.is_firm:
        return _let_go(work, clauses, door, actor)
    fresh = [clause for clause in clauses if clause.standing != Standing.ACTIVE]
    # What is judged is the clause as it will bar once it is agreed.
    conflicts = _check(work, [replace(bar_of(clause), standing=Standing.ACTIVE) for clause in fresh], door.now)
    beside = {one.engagement.ref for one in conflicts if set(EXCUSES) & set(one.finding.reasons)}
    door.excuse(beside, EXCUSES[0])
    _claim_work(work, beside, door)
    for clause in fresh:
        clause.stand(Standing.ACTIVE, at=door.now, actor=actor, effective_from=door.now)
    _claim_bars(clauses, fresh, door)
    look_again([work.person], door.now)
    return conflicts


def _let_go(work: Work, clauses: Sequence[Clause], door: Door, actor: Actor) -> list[Conflict]:
    """Nothing is promised any more: claims go, clauses go back or are void."""
    door.release([one.ref for one in work.promised])
    door.release([subject_of(clause) for clause in clauses])
    for clause in clauses:
        if clause.standing != work.standing and clause.may_be(work.standing):
            clause.stand(work.standing, at=door.now, actor=actor)
    look_again([work.person], door.now)
    return []


def _check(work: Work, bars: Sequence[Bar], now: dt.datetime) -> list[Conflict]:
    """Everything the promise hits; refused when something of it blocks."""
    waived = Finding.objects.of_people([work.person]).waived_pairs()
    conflicts = find_conflicts(
        [work.person], engagements=work.promised, bars=bars, now=now, is_signing=True, excused=waived
    )
    blocking = [
        one for one in conflicts if one.blocks and (one.engagement.certainty in FIRM or one.engagement in work.promised)
    ]
    if blocking:
        raise PromiseRefused(blocking)
    return conflicts


def _claim_work(work: Work, beside: set[str], door: Door) -> None:
    """Claim what is promised and what happened. What stands `beside` a bar because it was allowed, or promised first, and
    what was waived, is not held against it by the guard.
    """
    world = world_of({one.brand for one in (*work.promised, *work.happened)})
    waived = {ref for _clause, ref in Finding.objects.of_people([work.person]).waived_pairs()}
    promised = [claim for one in work.promised for claim in claims_of_engagement(one, world)]
    for claim in promised:
        if claim.source in beside | waived:
            claim.active, claim.why = False, WAIVER if claim.source in waived else EXCUSES[0]
    happened = [claim for one in work.happened for claim in claims_of_engagement(one, world)]
    door.activate([one.ref for one in work.promised], promised)
    door.note([one.ref for one in work.happened], happened)


def _claim_bars(clauses: Sequence[Clause], fresh: Sequence[Clause], door: Door) -> None:
    """New promises may be refused; windows of old ones only moved, which nobody can refuse."""
    new = {clause.pk for clause in fresh}
    for clause in Clause.objects.filter(pk__in=[clause.pk for clause in clauses]).with_scope():
        bar = bar_of(clause)
        claims = list(claims_of_bar(bar, world_of(brands_of([bar]))))
        (door.activate if clause.pk in new else door.note)([subject_of(clause)], claims)


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
    world = world_of({one.brand for one in done})
    door.note([one.ref for one in done], [claim for one in done for claim in claims_of_engagement(one, world)])
    look_again({work.person for work in works}, door.now)


def forget(refs: Sequence[str]) -> None:
    """What never was claims nothing and is no day to count from: for work that is taken away without a trace."""
    Claim.objects.filter(source__in=refs).delete()
    Anchor.objects.filter(ref__in=refs).delete()


@windows_follow("exclusivity")
def follow(work_ref: str, now: dt.datetime) -> int:
    """Derive the windows of this work's clauses anew; how many changed."""
    anchors = list(Anchor.objects.of_work(work_ref))
    clauses = Clause.objects.of_work(work_ref).prefetch_related("stretches")
    return sum(stretch_again(clause, anchors) for clause in clauses)
