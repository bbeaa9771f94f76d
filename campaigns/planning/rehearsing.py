"""What a change of a promise would lead to: done in full, looked at, and taken back."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from campaigns.planning.models import Collaboration
from campaigns.planning.promise_page import ClauseLine, Stands, line_of, stands
from crm.exclusivity.conflicts import Conflict
from crm.exclusivity.models import Clause, Finding
from crm.exclusivity.versions import Difference, differences

if TYPE_CHECKING:
    from crm.team.models import User

Seen = TypeVar("Seen")


@dataclass(frozen=True)
class Outcome:
    """A promise before and after, what it would meet, and which findings it would settle."""

    was: ClauseLine
    will: ClauseLine
    changes: list[Difference] = field(default_factory=list)
    against: list[Stands] = field(default_factory=list)
    settled: list[str] = field(default_factory=list)

    @property
    def is_void(self) -> bool:
        return self.will.clause.standing == "void"

    @property
    def is_same(self) -> bool:
        return not self.changes and self.was.days == self.will.days and not self.is_void


class _TakenBack(Exception):
    """Nothing of a rehearsal stays."""


def rehearse(card: Collaboration, do: Callable[[], Seen]) -> Seen:
    """What `do` says of the change it made; the change itself is taken back. Raises what `do` raises."""
    seen: list[Seen] = []
    try:
        with card.held():
            seen.append(do())
            raise _TakenBack
    except _TakenBack:
        return seen[0]


def outcome_of(
    card: Collaboration,
    before: Clause,
    change: Callable[[], tuple[Clause, list[Conflict]]],
    user: "User",
    now: dt.datetime,
) -> Outcome:
    """The outcome of a change of one clause of this card. `change` returns the clause afterwards, and what it meets."""

    def seen() -> Outcome:
        was, open_before = line_of(_scoped(before.pk)), _open(card)
        clause, conflicts = change()
        fresh = _scoped(clause.pk)
        mine = [one for one in conflicts if one.bar.clause == clause.pk]
        settled = open_before.keys() - _open(card).keys()
        return Outcome(
            was, line_of(fresh), differences(was.clause, fresh), stands(mine, user, now),
            sorted(open_before[key] for key in settled),
        )  # fmt: skip

    return rehearse(card, seen)


def _scoped(pk: int) -> Clause:
    return Clause.objects.with_scope().get(pk=pk)


def _open(card: Collaboration) -> dict[str, str]:
    """The work that stands against her promises, by what it is."""
    found = Finding.objects.of_people([card.influencer_id]).unsettled()
    return dict(found.values_list("engagement_ref", "engagement_label"))
