"""The periods of a deal as rows, kept in line with its contract and its pauses. What is closed is never touched again.

A draft has no rows: its year is asked of `spans_of`. Rows follow the days as long as they are not closed; one that no longer
exists goes: dropped (`void`) once it had begun or something is booked in it, deleted before.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, DealPause, DealPeriod
from crm.ambassadors.models.standing import LASTED
from crm.ambassadors.schedule.cycles import Cycle, Span, cut, end_ahead, spans
from crm.ambassadors.schedule.rests import Rest, live_days
from crm.base.zones import local_date
from crm.contracts.models import Contract
from crm.timeline.record import SYSTEM, Actor

DAY = dt.timedelta(days=1)
AHEAD = 12
"""So many periods are laid out ahead where a deal has no last day."""
MOST = 240
"""No more than so many are laid out ahead at once, however far off its last day: the rest follows as days go by."""

DROPPED = _("Period %(number)s of %(program)s dropped: the deal had ended by then")
AHEAD_AGAIN = _("Period %(number)s of %(program)s lies ahead again: the deal goes on")
REOPENED = _("Period %(number)s of %(program)s is under way again: its last day moved")
DAYS = ("first_on", "last_on", "is_stub", "active_days", "nominal_days")


def cycle_of(deal: AmbassadorDeal) -> Cycle:
    """How its periods are counted. Raises ValueError for a deal nobody knows the first day of."""
    anchor_on = deal.anchor_on or deal.contract.start_on
    if anchor_on is None:
        raise ValueError(f"{deal} has no first day")
    return Cycle(anchor_on, deal.unit, deal.every, deal.alignment, deal.eom_sticky, deal.year_begins)


def rest_of(pause: DealPause) -> Rest:
    return Rest(pause.first_on, pause.last_on, pause.effect)


def rests_of(deal: AmbassadorDeal) -> list[Rest]:
    """Its pauses, in order; asks nothing where they were read with it."""
    return sorted((rest_of(pause) for pause in deal.pauses.all()), key=lambda rest: rest.first_on)


def end_before_rests(contract: Contract) -> dt.date | None:
    """Its last day, had no rest moved it."""
    return contract.end_on - dt.timedelta(days=contract.shifted_days) if contract.end_on else None


def spans_of(deal: AmbassadorDeal, today: dt.date, rests: Sequence[Rest] | None = None) -> list[Span]:
    """Its periods as its contract and its pauses have them today; none while nobody knows its first day."""
    contract = deal.contract
    if contract.start_on is None:
        return []
    rests = rests_of(deal) if rests is None else rests
    cycle = cycle_of(deal)
    ahead_of, last_on = max(today, contract.start_on), end_before_rests(contract)
    end_on = min(last_on, end_ahead(cycle, ahead_of, MOST)) if last_on else end_ahead(cycle, ahead_of, AHEAD)
    found = spans(cycle, contract.start_on, end_on, rests)
    return cut(found, contract.closed_on, rests) if contract.closed_on else found


def lay_out(deal: AmbassadorDeal, *, at: dt.datetime, actor: Actor = SYSTEM) -> bool:
    """Bring the rows of its periods in line; whether one changed. Safe to repeat. Holds the deal until the end.

    A part of the transaction that is open; whoever opens one holds the person first (`gate`).
    """
    with transaction.atomic():
        held = AmbassadorDeal.objects.select_for_update(of=("self",)).with_contract().get(pk=deal.pk)
        today, rests = local_date(at, held.contract.zone), rests_of(held)
        rows = rows_of(held)
        wanted = spans_of(held, today, rests) if has_term(held.contract) else []
        fitted = {span.number: span for span in behind_what_is_over(wanted, rows, rests)}
        gone = _drop([row for number, row in rows.items() if number not in fitted], at, actor)
        laid = [_lay(held, fitted[number], rows.get(number), today, at, actor) for number in sorted(fitted)]
        return gone or any(laid)


def rows_of(deal: AmbassadorDeal) -> dict[int, DealPeriod]:
    """The rows of its periods by number, held until the transaction ends."""
    rows = list(DealPeriod.objects.select_for_update(of=("self",)).filter(deal=deal).order_by("number"))
    for row in rows:
        row.deal = deal
    return {row.number: row for row in rows}


def has_term(contract: Contract) -> bool:
    """Whether it was signed and stood: its periods are real, over or not."""
    return contract.is_in_force or contract.status in LASTED


def behind_what_is_over(found: Iterable[Span], rows: Mapping[int, DealPeriod], rests: Sequence[Rest]) -> list[Span]:
    """The same periods, the first that is not over beginning the day after the last that is.

    Days of rest between two periods belong to the one before. Where that is over when the rest begins, its last day stays,
    and they belong to the one behind.
    """
    fitted, next_on = list[Span](), None
    for span in found:
        span, row = replace(span, first_on=next_on or span.first_on), rows.get(span.number)
        over_on = _over_on(span, row, rests) if row else None
        span = replace(span, last_on=over_on) if over_on else span
        next_on = over_on + DAY if over_on else None
        fitted.append(span)
    return fitted


def _over_on(span: Span, row: DealPeriod, rests: Sequence[Rest]) -> dt.date | None:
    """The day that stays its last: it is closed, or it was over before a rest behind it began."""
    if row.is_closed:
        return row.last_on
    live = live_days(span, rests)
    was_over = row.is_over and bool(live) and live[-1][1] == row.last_on
    return row.last_on if was_over else None


def _lay(
    deal: AmbassadorDeal, span: Span, row: DealPeriod | None, today: dt.date, at: dt.datetime, actor: Actor
) -> bool:
    if row is None:
        days = {name: getattr(span, name) for name in DAYS}
        DealPeriod.objects.create(deal=deal, number=span.number, **days)
        return True
    if row.is_closed:
        return False
    if row.is_void:
        row.put(DealPeriod.State.PLANNED, AHEAD_AGAIN, at=at, actor=actor)
    elif row.is_over and span.last_on >= today:
        row.put(DealPeriod.State.OPEN, REOPENED, at=at, actor=actor)
    changed = {name: getattr(span, name) for name in DAYS if getattr(span, name) != getattr(row, name)}
    if changed:
        DealPeriod.objects.filter(pk=row.pk).update(**changed, updated_at=at)
    return bool(changed)


def _drop(rows: Sequence[DealPeriod], at: dt.datetime, actor: Actor) -> bool:
    """Those the deal does not reach any more."""
    booked = set(DealPeriod.objects.filter(pk__in=[row.pk for row in rows]).booked().values_list("pk", flat=True))
    standing = [row for row in rows if not row.is_closed and not row.is_void]
    begun = [row for row in standing if row.opened_at or row.pk in booked]
    for row in begun:
        row.put(DealPeriod.State.VOID, DROPPED, at=at, actor=actor, also={"active_days": 0})
    DealPeriod.objects.filter(pk__in={row.pk for row in standing} - {row.pk for row in begun}).delete()
    return bool(standing)
