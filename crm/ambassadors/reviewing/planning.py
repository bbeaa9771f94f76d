"""Which looks at a deal are due and when; they follow its days while nobody has decided."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from crm.ambassadors.models import AmbassadorDeal, DealReview
from crm.ambassadors.schedule.looking_ahead import review_due
from crm.base.zones import local_date
from crm.contracts.models import Contract

Kind = DealReview.Kind
BY_ITSELF = 30
"""Days before its end that a deal is looked at which ends by itself, or which nobody has to give notice for."""
LATELY = 2
"""A deal that was taken over in its tenth period is not looked at nine times: only about its newest ones."""


def reviews_due(deal: AmbassadorDeal, *, at: dt.datetime) -> None:
    """Write down the looks this deal needs, and move those nobody has decided to where its days are now. Safe to repeat."""
    with transaction.atomic():
        held = AmbassadorDeal.objects.select_for_update(of=("self",)).select_related("contract").get(pk=deal.pk)
        contract = held.contract
        if contract.status not in (Contract.Status.SIGNED, Contract.Status.ACTIVE) or contract.rests_since_on:
            return
        if contract.end_on is not None:
            _line_up(held, Kind.RENEWAL, [(contract.end_on, due_before(held, contract, contract.end_on))], at)
        _line_up(held, Kind.REGULAR, list(_on_the_way(held, local_date(at, contract.zone))), at)


def due_before(deal: AmbassadorDeal, contract: Contract, end_on: dt.date) -> dt.date:
    """The day somebody looks at a deal whose term ends on that day, early enough to act. Source: domain rules, 3.3 (9)."""
    if contract.renewal == Contract.Renewal.NONE or not contract.notice_value:
        return end_on - dt.timedelta(days=BY_ITSELF)
    value = contract.notice_value
    notice = {"months": value} if contract.notice_span == Contract.Span.MONTHS else {"days": value}
    return review_due(end_on, **notice, lead=deal.review_lead_days)


def _on_the_way(deal: AmbassadorDeal, today: dt.date) -> Iterable[tuple[dt.date, dt.date]]:
    """The last days of every so many periods that have begun, and the day after each, on which it is looked back."""
    if not deal.review_every:
        return
    begun = deal.periods.standing().filter(first_on__lte=today).order_by("number").values_list("number", "last_on")
    ends = [last_on for number, last_on in begun if number % deal.review_every == 0 and last_on != deal.contract.end_on]
    for last_on in ends[-LATELY:]:
        yield last_on, last_on + dt.timedelta(days=1)


def _line_up(deal: AmbassadorDeal, kind: str, wanted: list[tuple[dt.date, dt.date]], at: dt.datetime) -> None:
    """Open looks of that kind stand for the wanted days: what is stale moves, what is missing is written."""
    rows = {row.for_on: row for row in deal.reviews.filter(kind=kind).order_by("for_on")}
    days = {for_on for for_on, _due in wanted}
    stale = [row for on, row in rows.items() if not row.decision and on not in days and _may_move(row, kind)]
    for for_on, due_on in wanted:
        row = rows.get(for_on) or (stale.pop(0) if stale else DealReview(deal=deal, kind=kind))
        if row.decision or (row.for_on, row.due_on) == (for_on, due_on):
            continue
        row.for_on, row.due_on = for_on, due_on
        row.save()


def _may_move(row: DealReview, kind: str) -> bool:
    """Notes that were begun belong to the days they were written about."""
    return kind == Kind.RENEWAL or not (row.scores or row.note)
