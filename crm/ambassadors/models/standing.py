"""Where deals stand, as one asks for them: by their contract, their pauses and the days left."""

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Q

from crm.contracts.models import Contract

if TYPE_CHECKING:
    from crm.ambassadors.models.deals import AmbassadorDeal  # noqa: F401

S = Contract.Status
SOON = dt.timedelta(days=90)
BEING_MADE = (S.DRAFT, S.IN_REVIEW, S.SENT)
IN_TERM = (S.ACTIVE, S.IN_NOTICE)
LASTED = (S.ENDED, S.TERMINATED, S.SUPERSEDED)
"""Over, and was in force before."""
OVER = (*LASTED, S.DECLINED, S.EXPIRED, S.VOID)


def _paused(on: dt.date) -> "models.QuerySet[models.Model, int]":
    pauses: Any = apps.get_model("crm", "DealPause")._default_manager
    return pauses.covering(on).values_list("deal_id", flat=True)  # type: ignore[no-any-return]


def _with(*statuses: str) -> Q:
    return Q(contract__status__in=statuses)


WHERE: dict[str, Callable[[dt.date], Q]] = {
    "": lambda on: ~_with(*OVER),
    "draft": lambda on: _with(*BEING_MADE),
    "running": lambda on: _with(*IN_TERM) & ~Q(pk__in=_paused(on)),
    "paused": lambda on: _with(*IN_TERM) & Q(pk__in=_paused(on)),
    "notice": lambda on: _with(S.IN_NOTICE),
    "ending": lambda on: _with(*Contract.IN_FORCE) & Q(contract__end_on__lte=on + SOON),
    "over": lambda on: _with(*OVER),
}
"""Where a deal can stand, by the word an address says it with; the empty one is whatever somebody looks after."""


class DealStandings(models.QuerySet["AmbassadorDeal"]):
    """A day is handed in as the reader's: whose zone it is, the page that shows the deal says."""

    def standing(self, word: str, on: dt.date) -> Self:
        """Those that stand where the word says; raises KeyError for a word nobody knows."""
        return self.filter(WHERE[word](on))

    def counted_by_standing(self, on: dt.date) -> dict[str, int]:
        """How many stand where. One query."""
        counts = {word or "all": Count("pk", filter=where(on)) for word, where in WHERE.items()}
        found = self.order_by().aggregate(**counts)
        return {word: found[word or "all"] for word in WHERE}

    def going_on(self) -> Self:
        """Being made, or in force: what somebody looks after."""
        return self.exclude(contract__status__in=OVER)

    def signed(self) -> Self:
        """In force, or over after it was."""
        return self.filter(_with(*Contract.IN_FORCE, *LASTED))

    def running_on(self, on: dt.date) -> Self:
        """Its days have begun, and it does not rest."""
        return self.standing("running", on)

    def over_unnoted(self, on: dt.date) -> Self:
        """Over by their contract, the last day before this one, with nothing noted of how, and not gone on as another."""
        ended = self.filter(_with(S.ENDED, S.TERMINATED), termination__isnull=True)
        last = Q(contract__closed_on__lt=on) | Q(contract__closed_on__isnull=True, contract__end_on__lt=on)
        return ended.filter(last).exclude(continued_by__contract__status__in=(*Contract.IN_FORCE, *LASTED))

    def called(self, words: str) -> Self:
        """By the person, the programme or the brand."""
        person = Q(influencer__stage_name__icontains=words) | Q(influencer__main_handle__icontains=words)
        return self.filter(person | Q(program__name__icontains=words) | Q(contract__brand__name__icontains=words))
