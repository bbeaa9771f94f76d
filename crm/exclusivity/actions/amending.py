"""Changing a promise that is in force: a new version says it from a day on, the old one keeps what was before."""

import datetime as dt
from collections.abc import Mapping, Sequence
from copy import copy

from django.utils.translation import gettext_lazy as _

from crm.base.zones import local_date, local_midnight
from crm.exclusivity.barring import bar_anew
from crm.exclusivity.gate import Door
from crm.exclusivity.models import CarveOut, Clause
from crm.exclusivity.terms import Standing
from crm.timeline.record import Actor, record, subject_of
from crm.timeline.transitions import TransitionRefused

CHANGED = _("Somebody changed this promise meanwhile. Reload the page and change the newest version.")
TOO_EARLY = _("A change holds from today on at the earliest: what happened before is judged by what was agreed then.")


class NotAmended(TransitionRefused):
    """A promise that cannot be changed like this; `str(error)` says why, for a person."""

    def __init__(self, clause: Clause, why: object) -> None:
        self.thing, self.to, self.now = clause, "", ""
        Exception.__init__(self, str(why))


def amend(
    typed: Clause, sets: Mapping[str, Sequence[int]], *, effective_on: dt.date, door: Door, actor: Actor
) -> Clause:
    """The next version of a clause in force, drafted; whoever owns the work lets it follow the deal, in the same door.

    `typed` is the clause as somebody changed it, not saved. From `effective_on` on the new version speaks, up to that day
    the old one. Raises NotAmended.
    """
    former = Clause.objects.select_for_update(of=("self",)).select_related("brand").get(pk=typed.pk)
    _check(former, effective_on, door.now)
    takes_over_at = local_midnight(effective_on, former.zone)
    for clause in versions_of(former):
        _hold_until(clause, takes_over_at, door, actor)
    fresh = _drafted(typed, former, takes_over_at)
    for name in Clause.SCOPE:
        getattr(fresh, name).set(sets.get(name, getattr(former, name).all()))
    CarveOut.objects.bulk_create(_copied(one, fresh) for one in former.carve_outs.all())
    bar_anew([fresh], door)
    record(
        "clause.amended",
        _("Exclusivity for %(brand)s changes from %(day)s on"),
        params={"brand": former.brand, "day": effective_on},
        at=door.now,
        actor=actor,
        subject=fresh,
        influencer=former.influencer_id,
        brand=former.brand_id,
    )
    return fresh


def versions_of(clause: Clause) -> list[Clause]:
    """A clause with everything it came instead of, the newest first."""
    theirs = Clause.objects.of_work(clause.work_ref).of_people([clause.influencer_id]).select_related("brand")
    known = {one.pk: one for one in theirs} if clause.supersedes_id else {}
    found = [known.get(clause.pk, clause)]
    while found[-1].supersedes_id in known:
        found.append(known[found[-1].supersedes_id])
    return found


def _check(former: Clause, effective_on: dt.date, now: dt.datetime) -> None:
    if former.standing != Standing.ACTIVE:
        raise NotAmended(former, _("This promise is not in force any more. Reload the page."))
    if Clause.objects.filter(supersedes=former).exists():
        raise NotAmended(former, CHANGED)
    if former.ended_on is not None:
        raise NotAmended(former, _("The deal of this promise ends early. Write a new promise instead."))
    if effective_on < local_date(now, former.zone):
        raise NotAmended(former, TOO_EARLY)


def _hold_until(clause: Clause, at: dt.datetime, door: Door, actor: Actor) -> None:
    """A former version keeps what is before that instant; one that has nothing left is over."""
    if clause.standing != Standing.ACTIVE or (clause.holds_until is not None and clause.holds_until <= at):
        return
    clause.holds_until = at
    clause.save(update_fields=["holds_until", "updated_at"])
    bar_anew([clause], door)
    if not clause.stretches.exists():
        door.release([subject_of(clause)])
        clause.stand(Standing.ENDED, at=door.now, actor=actor)


def _drafted(typed: Clause, former: Clause, takes_over_at: dt.datetime) -> Clause:
    fresh = copy(typed)
    fresh.pk, fresh._state = None, copy(typed._state)
    fresh._state.adding = True
    fresh.standing, fresh.version, fresh.supersedes = Standing.DRAFT, former.version + 1, former
    fresh.effective_from, fresh.takes_over_at, fresh.holds_until = None, takes_over_at, None
    fresh._prefetched_objects_cache = {}  # type: ignore[attr-defined]
    fresh.save(force_insert=True)
    return fresh


def _copied(one: CarveOut, clause: Clause) -> CarveOut:
    fresh = copy(one)
    fresh.pk, fresh._state = None, copy(one._state)
    fresh._state.adding, fresh.clause = True, clause
    return fresh
