"""What a collaboration promises about other brands, and what stands against it, as its pages show it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.models.promises import PromiseHeld, work_of_card
from crm.exclusivity.bars import bar_of, bars_elsewhere, has_bars, sells_of
from crm.exclusivity.conflicts import Conflict, find_conflicts
from crm.exclusivity.explaining import Explained, explain
from crm.exclusivity.models import Clause, Finding
from crm.exclusivity.terms import Bar, Standing
from crm.exclusivity.versions import Version, version_of
from crm.exclusivity.words import allowed_in_words, sentence_of, stretch_in_words
from crm.timeline.record import subject_of

if TYPE_CHECKING:
    from crm.team.models import User


@dataclass(frozen=True)
class ClauseLine:
    """One clause with its words and its days."""

    clause: Clause
    sentence: str
    allowed: str
    days: list[tuple[str, bool]]  # words, and whether they may still move
    former: list[Version] = field(default_factory=list)  # what it said before and still says up to a day

    @property
    def may_change(self) -> bool:
        """In place before it is in force; afterwards by a new version, unless its deal ends early."""
        return self.clause.is_editable or (self.may_end and self.clause.ended_on is None)

    @property
    def may_end(self) -> bool:
        return self.clause.standing == Standing.ACTIVE


@dataclass(frozen=True)
class Stands:
    """One conflict in words, and what a colleague may do about it."""

    told: Explained
    clause: int
    work: str
    may_be_allowed: bool


@dataclass(frozen=True)
class Promises:
    """The section of a collaboration's page."""

    lines: list[ClauseLine]
    against: list[Stands] = field(default_factory=list)


def promises_of(card: Collaboration, rows: Sequence[Deliverable], user: "User", now: dt.datetime) -> Promises:
    """Clauses of this card and the conflicts of its work. A fixed number of queries; few where nobody is barred."""
    if not has_bars([card.influencer_id]):
        return Promises([])
    hers = list(Clause.objects.of_people([card.influencer_id]).speaking().with_scope())
    clauses = [clause for clause in hers if clause.work_ref == subject_of(card)]
    lines = [line_of(clause, clauses) for clause in clauses if clause.pk not in {one.supersedes_id for one in clauses}]
    if card.is_off:
        return Promises(lines)
    against = [*map(bar_of, hers), *bars_elsewhere([card.influencer_id])]
    return Promises(lines, stands(conflicts_of(card, rows, clauses, now, against), user, now))


def conflicts_of(
    card: Collaboration,
    rows: Sequence[Deliverable],
    clauses: Sequence[Clause],
    now: dt.datetime,
    against: Sequence[Bar] | None = None,
) -> list[Conflict]:
    """What the card's open work and its own clauses would hit, were it agreed now; `against` is what bars her, if known."""
    standing = [row for row in rows if row.status != Deliverable.Status.DROPPED]
    for row in standing:
        row.collaboration = card
    work = work_of_card(card, standing, sells_of({card.campaign.brand_id}))
    return find_conflicts(
        [card.influencer_id],
        engagements=work.promised,
        bars=[bar_of(clause) for clause in clauses],
        now=now,
        is_signing=not card.is_promised,
        excused=Finding.objects.of_people([card.influencer_id]).waived_pairs(),
        against=against,
    )


def line_of(clause: Clause, others: Sequence[Clause] = ()) -> ClauseLine:
    """A clause in words, with those of the `others` it comes instead of."""
    days = [(stretch_in_words(row, clause.zone), row.is_provisional) for row in clause.stretches.all()]
    former = [version_of(one) for one in others if one.pk == clause.supersedes_id]
    return ClauseLine(clause, sentence_of(clause), allowed_in_words(clause), days, former)


def stands(conflicts: Sequence[Conflict], user: "User", now: dt.datetime) -> list[Stands]:
    may = user.has_perm("crm.waive_finding")
    known = [one for one in conflicts if one.bar.standing in (Standing.ACTIVE, Standing.PROPOSED, Standing.DRAFT)]
    return [
        Stands(
            told, one.bar.clause, one.engagement.ref, may and one.blocks and one.bar.clause > 0 and not told.is_masked
        )
        for one, told in zip(known, explain(known, user, now), strict=True)
    ]


def told_why(refused: PromiseHeld, user: "User", now: dt.datetime) -> str:
    """Why days cannot be moved: whose promise would break, and over which work of hers."""
    why = in_short(refused.conflicts, user, now)
    return f"{refused} {why}".strip()


def in_short(conflicts: Sequence[Conflict], user: "User", now: dt.datetime) -> str:
    """The worst of it in two sentences, for a place without a page."""
    told = explain(conflicts[:1], user, now)
    if not told:
        return ""
    first = told[0]
    free = f" {first.cures[0]}" if first.cures else ""
    return f"{first.title}: {first.days}.{free}"
