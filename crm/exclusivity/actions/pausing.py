"""A deal that is paused: its promises go on, except those that say they rest meanwhile."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from crm.exclusivity.barring import bar_anew
from crm.exclusivity.gate import Door
from crm.exclusivity.looking import look_again
from crm.exclusivity.models import Clause, ClauseRest
from crm.timeline.record import Actor, record


def pause(work_ref: str, person: int, first_on: dt.date, door: Door, *, actor: Actor) -> list[Clause]:
    """The deal is paused from that day on, nobody knows how long; the promises that rest. Pausing twice changes nothing."""
    resting = Clause.objects.of_work(work_ref).in_force().filter(suspend_during_pause=True)
    clauses = list(resting.exclude(rests__last_on__isnull=True, rests__isnull=False).select_related("brand"))
    ClauseRest.objects.bulk_create(ClauseRest(clause=clause, first_on=first_on) for clause in clauses)
    _follow(clauses, person, door, actor, "clause.rests", _("Exclusivity for %(brand)s rests"))
    return clauses


def resume(work_ref: str, person: int, on: dt.date, door: Door, *, actor: Actor) -> list[Clause]:
    """The deal goes on from that day; the promises that bar again. Work agreed meanwhile stays agreed and is a finding."""
    clauses = list(
        Clause.objects.of_work(work_ref).in_force().filter(rests__last_on__isnull=True, rests__isnull=False)
        .select_related("brand")
    )  # fmt: skip
    open_rests = ClauseRest.objects.filter(clause__in=clauses, last_on__isnull=True)
    open_rests.filter(first_on__gte=on).delete()
    open_rests.update(last_on=on - dt.timedelta(days=1))
    _follow(clauses, person, door, actor, "clause.goes_on", _("Exclusivity for %(brand)s goes on"))
    return clauses


def forget_end(work_ref: str, first_on: dt.date, last_on: dt.date) -> None:
    """A rest whose last day was known ends on another one: it is open until `resume` says which. Within the gate."""
    resting = Clause.objects.of_work(work_ref).in_force()
    ClauseRest.objects.filter(clause__in=resting, first_on=first_on, last_on=last_on).update(last_on=None)


def _follow(clauses: Sequence[Clause], person: int, door: Door, actor: Actor, verb: str, sentence: Any) -> None:
    if not clauses:
        return
    bar_anew(clauses, door)
    for clause in clauses:
        record(
            verb,
            sentence,
            params={"brand": clause.brand},
            at=door.now,
            actor=actor,
            subject=clause,
            influencer=clause.influencer_id,
            brand=clause.brand_id,
        )
    look_again([person], door.now)
