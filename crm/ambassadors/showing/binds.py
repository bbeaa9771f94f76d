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
from crm.exclusivity.models.clauses import ClauseQuerySet
from crm.exclusivity.terms import Standing
from crm.exclusivity.words import allowed_in_words, sentence_of

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
    """For the head of the page: a few queries, whatever is promised."""
    alive = [one for one in _clauses(deal, user).prefetch_related("stretches") if one.standing not in OVER]
    ends = [row.window.first_and_last(one.zone)[1] for one in alive for row in one.stretches.all()]
    known = [on for on in ends if on is not None]
    return Exclusive(bool(alive), max(known) if known and len(known) == len(ends) else None)


def binds_of(deal: AmbassadorDeal, user: "User") -> Binds:
    """All of it in words. A fixed number of queries, though many: read by itself."""
    alive = [one for one in _clauses(deal, user).with_scope() if one.standing not in OVER]
    rights = deal.contract.rights.prefetch_related("platforms")
    return Binds(
        promises=[(one, sentence_of(one), allowed_in_words(one)) for one in alive],
        rights=[(one, right_in_words(one)) for one in rights],
    )


def _clauses(deal: AmbassadorDeal, user: "User") -> ClauseQuerySet:
    """What was promised with the contract, and with what is done under it."""
    parties = list(Party.objects.filter(contract=deal.contract_id))
    return Clause.objects.visible_to(user).filter(work_ref__in=refs_of(parties))
