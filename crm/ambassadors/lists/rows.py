"""What a list shows of each deal: this period, its retainer, and the next day that matters, in three queries more."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.ambassadors.lists.pace import Pace
from crm.ambassadors.models import AmbassadorDeal, DealPause, DealPeriod, DealReview, RetainerRate
from crm.ambassadors.models.deals import AmbassadorDealQuerySet
from crm.base.zones import local_date
from crm.contracts.models import Contract

TELL_BEFORE = 30
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class NextDay:
    """The next day somebody has to know of."""

    label: Any
    on: dt.date
    days: int

    @property
    def is_close(self) -> bool:
        return self.days <= TELL_BEFORE

    @property
    def is_past(self) -> bool:
        return self.days < 0


@dataclass(frozen=True)
class DealRow:
    """A deal with what somebody looks for in a list."""

    deal: AmbassadorDeal
    today: dt.date
    pace: Pace | None
    retainer: Money | None
    pause: DealPause | None
    next: NextDay | None

    @property
    def is_behind(self) -> bool:
        return self.pause is None and self.pace is not None and self.pace.is_behind(self.today)

    @property
    def pace_tone(self) -> str:
        return "warn" if self.is_behind else ""

    @property
    def pace_mark(self) -> int:
        """Where it should be by today."""
        return self.pace.due_by(self.today) if self.pace is not None and self.pause is None else 0

    @property
    def contract(self) -> Contract:
        return self.deal.contract

    @property
    def standing(self) -> Any:
        """How it stands, in a word: a pause counts more than the contract."""
        return _("Paused") if self.is_paused else self.contract.get_status_display()

    @property
    def tone(self) -> str:
        return "warn" if self.is_paused else self.contract.tone

    @property
    def is_paused(self) -> bool:
        return self.pause is not None and self.contract.is_in_force


def with_next(deals: AmbassadorDealQuerySet) -> Any:
    """Deals with what their row needs in the same query: names, and the day of the look at it that is open."""
    looks = DealReview.objects.open().filter(deal=OuterRef("pk")).order_by("due_on")
    return deals.with_contract().annotate(review_on=Subquery(looks.values("due_on")[:1]))


def deal_rows(deals: Iterable[Any], now: dt.datetime) -> list[DealRow]:
    """The rows of these deals, which come from `with_next`."""
    shown = list(deals)
    ids = [deal.pk for deal in shown]
    days = {deal.pk: local_date(now, deal.contract.zone) for deal in shown}
    paces, pauses, rates = paces_of(ids, now), pauses_of(ids, now), rates_of(ids, now)
    return [
        DealRow(
            deal,
            days[deal.pk],
            _on(paces.get(deal.pk, ()), days[deal.pk]),
            _rate(rates.get(deal.pk, ()), days[deal.pk]),
            next((one for one in pauses.get(deal.pk, ()) if one.covers(days[deal.pk])), None),
            next_day(deal, deal.review_on, days[deal.pk]),
        )
        for deal in shown
    ]


def paces_of(deals: Collection[int] | AmbassadorDealQuerySet, now: dt.datetime) -> dict[int, list[Pace]]:
    """What these deals owe about now. A day to either side: days begin at different hours. One query."""
    near = DealPeriod.objects.standing().filter(
        deal__in=deals, first_on__lte=now.date() + DAY, last_on__gte=now.date() - DAY
    )
    owed = Coalesce(Sum(F("balances__granted") + F("balances__carried") - F("balances__waived")), Value(0))
    done = Coalesce(Sum("balances__delivered"), Value(0))
    found: dict[int, list[Pace]] = {}
    rows = near.annotate(owed=owed, done=done).order_by("number")
    for deal, *words in rows.values_list("deal_id", "number", "first_on", "last_on", "owed", "done"):
        found.setdefault(deal, []).append(Pace(*words))
    return found


def pauses_of(deals: Collection[int], now: dt.datetime) -> dict[int, list[DealPause]]:
    """Pauses that touch today, wherever the deal is. One query."""
    found: dict[int, list[DealPause]] = {}
    for pause in DealPause.objects.around(now).filter(deal__in=deals).order_by("first_on"):
        found.setdefault(pause.deal_id, []).append(pause)
    return found


def rates_of(deals: Collection[int], now: dt.datetime) -> dict[int, list[RetainerRate]]:
    """What a whole period is paid, oldest rate first. One query."""
    found: dict[int, list[RetainerRate]] = {}
    for rate in RetainerRate.objects.filter(deal__in=deals).order_by("from_on"):
        found.setdefault(rate.deal_id, []).append(rate)
    return found


def _on(paces: Sequence[Pace], on: dt.date) -> Pace | None:
    return next((pace for pace in paces if pace.covers(on)), None)


def _rate(rates: Sequence[RetainerRate], on: dt.date) -> Money | None:
    """The one of that day; before the first, the first."""
    begun = [rate for rate in rates if rate.from_on <= on] or list(rates[:1])
    return begun[-1].amount if begun else None


def next_day(deal: AmbassadorDeal, review_on: dt.date | None, today: dt.date) -> NextDay | None:
    """A look that is due, the last day for notice while nobody has decided, or the last day: whatever comes first."""
    contract = deal.contract
    if not contract.is_in_force:
        return _aside(contract, today)
    days = [
        (_("To be looked at"), review_on),
        (_("Last day for notice"), notice_until(contract, today)),
        (_("Ends"), contract.end_on),
    ]
    known = [(label, on) for label, on in days if on is not None]
    if not known:
        return None
    label, on = min(known, key=lambda day: day[1])
    return NextDay(label, on, (on - today).days)


def _aside(contract: Contract, today: dt.date) -> NextDay | None:
    """When one that is not signed would begin, and when one that is over ended."""
    if contract.signed_at is not None:
        return NextDay(_("Ended"), contract.last_on, 0) if contract.last_on else None
    return NextDay(_("Would begin"), contract.start_on, (contract.start_on - today).days) if contract.start_on else None


def notice_until(contract: Contract, today: dt.date) -> dt.date | None:
    """The last day for notice of this term, while it is ahead and nothing was decided about the term."""
    term = contract.term
    if term is None or contract.renewal == Contract.Renewal.NONE or contract.decided_for_on == contract.end_on:
        return None
    if contract.status != Contract.Status.ACTIVE:
        return None
    until = term.notice_until()
    return until if until >= today else None
