"""What a deal binds beside its posts: exclusivity, and how the brand may use what she makes."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm.ambassadors.models import AmbassadorDeal
from crm.contracts.actions.words import right_in_words
from crm.contracts.models import Party, UsageRight
from crm.contracts.works import refs_of
from crm.exclusivity.models import Clause
from crm.exclusivity.terms import Standing
from crm.exclusivity.words import allowed_in_words, sentence_of
from crm.timeline.record import subject_of

if TYPE_CHECKING:
    from crm.team.models import User

OVER = (Standing.VOID, Standing.ENDED)


@dataclass(frozen=True)
class Exclusive:
    """Whether anything is promised about other brands, and until when; no day while it is not known."""

    is_promised: bool
    until_on: dt.date | None


@dataclass(frozen=True)
class Binds:
    """Promises about other brands with what stays allowed, and rights to content, in words."""

    promises: Sequence[tuple[Clause, str, str]]
    rights: Sequence[tuple[UsageRight, str]]

    @property
    def is_empty(self) -> bool:
        return not (self.promises or self.rights)


def exclusive_of(deal: AmbassadorDeal, user: "User") -> Exclusive:
    """By the deal itself, for the head of its page: a few queries, whatever is promised."""
    refs = [subject_of(party) for party in _parties(deal)]
    rows = Clause.objects.visible_to(user).filter(work_ref__in=refs).prefetch_related("stretches")
    alive = [one for one in rows if one.standing not in OVER]
    ends = [row.window.first_and_last(one.zone)[1] for one in alive for row in one.stretches.all()]
    known = [on for on in ends if on is not None]
    return Exclusive(bool(alive), max(known) if known and len(known) == len(ends) else None)


def binds_of(deal: AmbassadorDeal, user: "User") -> Binds:
    """All of it in words, also what was promised with work under it. Many queries, though a fixed number: read by itself."""
    rows = Clause.objects.visible_to(user).filter(work_ref__in=refs_of(_parties(deal))).with_scope()
    alive = [one for one in rows if one.standing not in OVER]
    rights = deal.contract.rights.prefetch_related("platforms")
    return Binds(
        promises=[(one, sentence_of(one), allowed_in_words(one)) for one in alive],
        rights=[(one, right_in_words(one)) for one in rights],
    )


def _parties(deal: AmbassadorDeal) -> list[Party]:
    return list(Party.objects.talents().filter(contract=deal.contract_id))
