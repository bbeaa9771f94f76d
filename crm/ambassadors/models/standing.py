"""Where deals stand, as one asks for them: by their contract, their pauses and the days left."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Q

from crm.contracts.models import Contract

if TYPE_CHECKING:
    from crm.ambassadors.models.deals import AmbassadorDeal  # noqa: F401

S = Contract.Status
BEING_MADE = (S.DRAFT, S.IN_REVIEW, S.SENT)
IN_TERM = (S.ACTIVE, S.IN_NOTICE)
OVER = (S.ENDED, S.TERMINATED, S.SUPERSEDED, S.DECLINED, S.EXPIRED, S.VOID)


class DealStandings(models.QuerySet["AmbassadorDeal"]):
    """A day is handed in as the reader's: whose zone it is, the page that shows the deal says."""

    def being_made(self) -> Self:
        """Nobody is bound yet."""
        return self.filter(contract__status__in=BEING_MADE)

    def over(self) -> Self:
        """Ended, or came to nothing."""
        return self.filter(contract__status__in=OVER)

    def going_on(self) -> Self:
        """Being made, or in force: what somebody looks after."""
        return self.exclude(contract__status__in=OVER)

    def in_notice(self) -> Self:
        return self.filter(contract__status=S.IN_NOTICE)

    def paused_on(self, on: dt.date) -> Self:
        return self.filter(contract__status__in=IN_TERM, pk__in=_paused(on))

    def running_on(self, on: dt.date) -> Self:
        """Its days have begun, and it does not rest."""
        return self.filter(contract__status__in=IN_TERM).exclude(pk__in=_paused(on))

    def ending_by(self, on: dt.date) -> Self:
        """In force, with a last day no later than this one."""
        return self.filter(contract__status__in=Contract.IN_FORCE, contract__end_on__lte=on)

    def over_unnoted(self, on: dt.date) -> Self:
        """Over by their contract, the last day before this one, with nothing noted of how, and not gone on as another."""
        ended = self.filter(contract__status__in=[S.ENDED, S.TERMINATED], termination__isnull=True)
        last = Q(contract__closed_on__lt=on) | Q(contract__closed_on__isnull=True, contract__end_on__lt=on)
        return ended.filter(last).exclude(continued_by__contract__status__in=Contract.IN_FORCE)

    def called(self, words: str) -> Self:
        """By the person, the programme or the brand."""
        person = Q(influencer__stage_name__icontains=words) | Q(influencer__main_handle__icontains=words)
        return self.filter(person | Q(program__name__icontains=words) | Q(contract__brand__name__icontains=words))


def _paused(on: dt.date) -> "models.QuerySet[models.Model, int]":
    rows = apps.get_model("crm", "DealPause")._default_manager.filter(first_on__lte=on)
    return rows.filter(Q(last_on__isnull=True) | Q(last_on__gte=on)).values_list("deal_id", flat=True)
