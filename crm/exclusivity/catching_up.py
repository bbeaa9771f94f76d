"""Bringing windows and claims in line with their days again, for whatever changed without telling them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable

from crm.base.anchors import Anchor
from crm.exclusivity.barring import claim_bars
from crm.exclusivity.gate import Door, hold
from crm.exclusivity.models import Clause
from crm.exclusivity.stretching import stretch_again
from crm.exclusivity.terms import Standing


def catch_up(people: Collection[int], now: dt.datetime) -> int:
    """Derive the windows of these people's promises anew, with what the guard compares; how many had moved.

    Inside a transaction. Windows that only moved refuse nobody: what they meet becomes a finding.
    """
    held = hold(people)
    clauses = Clause.objects.of_people(held).speaking().prefetch_related("stretches", "rests")
    known = list(clauses)
    anchors = _anchors({clause.work_ref for clause in known})
    moved = [clause.pk for clause in known if stretch_again(clause, anchors[clause.work_ref])]
    in_force = [
        clause for clause in Clause.objects.filter(pk__in=moved).with_scope() if clause.standing == Standing.ACTIVE
    ]
    claim_bars(in_force, (), Door(held, now))
    return len(moved)


def _anchors(works: Iterable[str]) -> dict[str, list[Anchor]]:
    found: dict[str, list[Anchor]] = defaultdict(list)
    for anchor in Anchor.objects.filter(work_ref__in=list(works)).order_by("pk"):
        found[anchor.work_ref].append(anchor)
    return found
