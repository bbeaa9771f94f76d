"""Clauses in force as claims under guard, once their windows are what they should be."""

from collections.abc import Collection, Sequence

from crm.base.anchors import Anchor
from crm.exclusivity.bars import bar_of, brands_of, world_of
from crm.exclusivity.claiming import claims_of_bar
from crm.exclusivity.gate import Door
from crm.exclusivity.looking import look_again
from crm.exclusivity.models import Clause
from crm.exclusivity.stretching import stretch_again
from crm.timeline.record import subject_of


def claim_bars(clauses: Sequence[Clause], fresh: Collection[int], door: Door) -> None:
    """New promises may be refused; windows of old ones only moved, which nobody can refuse. Ask `with_scope()`."""
    bars = [bar_of(clause) for clause in clauses]
    world = world_of(brands_of(bars)) if bars else None
    for clause, bar in zip(clauses, bars, strict=True):
        claims = list(claims_of_bar(bar, world)) if world else []
        (door.activate if clause.pk in fresh else door.note)([subject_of(clause)], claims)


def bar_anew(clauses: Collection[Clause], door: Door) -> None:
    """Derive windows and claims of clauses in force after something about them changed. Nobody can refuse it."""
    for clause in Clause.objects.filter(pk__in=[clause.pk for clause in clauses]).prefetch_related(
        "stretches", "rests"
    ):
        stretch_again(clause, list(Anchor.objects.of_work(clause.work_ref)))
    known = Clause.objects.filter(pk__in=[clause.pk for clause in clauses]).in_force().with_scope()
    claim_bars(list(known), (), door)


def follow_windows(work_ref: str, person: int, door: Door) -> None:
    """Let the claims of a work's promises follow windows that moved by themselves: a term that goes on, for example."""
    known = Clause.objects.of_work(work_ref).in_force().with_scope()
    claim_bars(list(known), (), door)
    look_again([person], door.now)
