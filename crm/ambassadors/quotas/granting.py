"""How many posts a period owes by the terms of its deal: written when it begins, and again when the terms change."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import Prefetch

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, QuotaEntry, QuotaLine, QuotaQuantity, TierMove
from crm.ambassadors.places import period_opened
from crm.ambassadors.quotas.ledger import Kind, day_in, hold, hold_deal, write
from crm.ambassadors.schedule.laying import rests_of
from crm.ambassadors.schedule.rests import Rest
from crm.ambassadors.schedule.shares import rounded, segments
from crm.exclusivity.gate import gate
from crm.timeline.record import SYSTEM

GRANTED = (Kind.GRANT, Kind.PRORATE, Kind.AMEND)


@dataclass(frozen=True)
class Owed:
    """How many of one quota a period owes, and the exact share they were rounded from."""

    line: QuotaLine
    quantity: int
    exact: str = ""


@dataclass(frozen=True)
class Terms:
    """What a deal says about how many, read once for all its periods."""

    lines: list[QuotaLine]
    rests: list[Rest]
    moves: list[TierMove]
    tier_floor: int

    def floor(self, period: DealPeriod) -> int:
        """The least a whole period owes by the tier. Who rises owes it from the next period on, not in the one under way."""
        if not self.moves:
            return self.tier_floor
        stood = [move for move in self.moves if move.from_on < period.first_on or _is_first(move, period)]
        last = stood[-1].tier if stood else self.moves[0].former
        return last.min_quota if last else 0


def _is_first(move: TierMove, period: DealPeriod) -> bool:
    """Where somebody begins is not a rise: it holds from that very day."""
    return move.former_id is None and move.from_on <= period.last_on


def terms_of(deal: AmbassadorDeal) -> Terms:
    """The quotas of a deal with their numbers by day, its pauses and its tiers."""
    by_day = Prefetch("quantities", QuotaQuantity.objects.order_by("from_on"))
    moves = deal.tier_moves.select_related("tier", "former").order_by("from_on", "id")
    return Terms(
        lines=list(deal.quotas.select_related("format").prefetch_related(by_day).order_by("pk")),
        rests=rests_of(deal),
        moves=list(moves),
        tier_floor=deal.tier.min_quota if deal.tier else 0,
    )


def owed_in(period: DealPeriod, terms: Terms) -> Iterator[Owed]:
    """Every quota of the deal in that period. A tier's least is a floor for the first one that owes anything."""
    floor = terms.floor(period)
    for line in terms.lines:
        values = [(one.from_on, max(one.quantity, floor if one.quantity else 0)) for one in line.quantities.all()]
        floor = 0 if any(value for _from_on, value in values) else floor
        yield _owed(line, period, values, terms.rests)


def _owed(line: QuotaLine, period: DealPeriod, values: list[tuple[dt.date, int]], rests: list[Rest]) -> Owed:
    """Its parts by day are summed and rounded once."""
    known = [(dt.date.min, 0), *values]
    parts = segments(known, period.first_on, period.last_on, rests)
    posts = sum(part.days * part.value for part in parts)
    exact = Fraction(posts, period.nominal_days)
    if exact.denominator == 1 and len({part.value for part in parts}) == 1 and _is_whole(period):
        return Owed(line, exact.numerator)
    return Owed(line, rounded(exact, line.rounding), f"{posts}/{period.nominal_days}")


def _is_whole(period: DealPeriod) -> bool:
    return period.active_days == period.nominal_days


def open_quota(period: DealPeriod, *, at: dt.datetime) -> None:
    """Write what a period owes as it begins: its own, what was carried in, what was done ahead, and what a late change of
    a closed period had nowhere to go until now. One that was dropped once owes its own again. Twice writes once."""
    with transaction.atomic():
        held = hold(period)
        for owed in owed_in(held, terms_of(held.deal)):
            if owed.quantity:
                kind = Kind.PRORATE if owed.exact else Kind.GRANT
                write(
                    held, owed.line, kind, owed.quantity, key=f"quota:{held.pk}:{owed.line.pk}:grant", on=held.first_on,
                    at=at, by=SYSTEM.label, exact=owed.exact,
                )  # fmt: skip
        bring_in(held, at=at)
        _sync(held.deal, [*_begun(held.deal).closed(), held], at=at, by=SYSTEM.label)


def bring_in(period: DealPeriod, *, at: dt.datetime) -> None:
    """What the period before handed on when it was closed. Twice brings it in once."""
    former = before(period)
    if former is None:
        return
    handed = QuotaEntry.objects.filter(period=former, kind__in=[Kind.CARRY_OUT, Kind.ADVANCE])
    for row in handed.filter(key__startswith=f"close:{former.pk}:").select_related("line", "about").order_by("pk"):
        kind = Kind.CARRY_IN if row.kind == Kind.CARRY_OUT else Kind.ADVANCE
        write(
            period, row.line, kind, -row.quantity, key=f"in:{row.key}", on=max(period.first_on, row.on), at=at,
            by=SYSTEM.label, about=row.about or former,
        )  # fmt: skip


def before(period: DealPeriod) -> DealPeriod | None:
    """The period before, dropped ones left out."""
    earlier = DealPeriod.objects.standing().filter(deal=period.deal_id, number__lt=period.number)
    return earlier.order_by("-number").first()


def sync_entitlement(deal: AmbassadorDeal, *, at: dt.datetime, by: str) -> int:
    """Write the difference between what the terms say now and what was granted; returns how many rows that took.

    Into the open period itself; a closed one is never reckoned again: its difference is written into the first open
    period, about the closed one. With nothing open behind it, a closed period stays as it was.
    """
    with gate([deal.influencer_id]):
        held = hold_deal(deal.pk)
        touched = _sync(held, _begun(held), at=at, by=by)
        for period in {one.pk: one for one in touched}.values():
            tell_owed(period, at=at)
        return len(touched)


def tell_owed(period: DealPeriod, *, at: dt.datetime) -> None:
    """Whoever plans the posts of a period hears that it owes something else. The person is held already."""
    if period.opened_at is not None and not period.is_closed:
        for placed in period_opened.all():
            placed.call(period, at)


def _begun(deal: AmbassadorDeal) -> Any:
    return DealPeriod.objects.filter(deal=deal).standing().exclude(opened_at=None).order_by("number")


def _sync(deal: AmbassadorDeal, periods: Iterable[DealPeriod], *, at: dt.datetime, by: str) -> list[DealPeriod]:
    """The periods a difference was written into."""
    first_open = _begun(deal).exclude(pk__in=_begun(deal).closed()).first()
    terms, granted = terms_of(deal), _granted(deal)
    touched = []
    for period in periods:
        into = first_open if period.is_closed else period
        if into is None:
            continue
        into.deal = deal
        for owed in owed_in(period, terms):
            if _amend(into, period, owed, granted[period.pk, owed.line.pk], at=at, by=by):
                touched.append(into)
    return touched


def take_grant_back(period: DealPeriod, *, at: dt.datetime, by: str) -> bool:
    """A period that was dropped owes nothing of its own; whether that took a row. It is held, with its deal."""
    granted = _granted(period.deal)
    lines = terms_of(period.deal).lines
    written = [_amend(period, period, Owed(line, 0), granted[period.pk, line.pk], at=at, by=by) for line in lines]
    return any(written)


def _granted(deal: AmbassadorDeal) -> dict[tuple[int, int], tuple[int, int]]:
    """(period, quota) -> how many were granted for it, and in how many rows; corrections count where they belong."""
    found: dict[tuple[int, int], tuple[int, int]] = defaultdict(lambda: (0, 0))
    rows = QuotaEntry.objects.filter(period__deal=deal, kind__in=GRANTED)
    for period, about, line, quantity in rows.values_list("period", "about", "line", "quantity"):
        so_far, count = found[about or period, line]
        found[about or period, line] = (so_far + quantity, count + 1)
    return found


def _amend(
    into: DealPeriod, period: DealPeriod, owed: Owed, granted: tuple[int, int], *, at: dt.datetime, by: str
) -> bool:
    was, rows = granted
    if owed.quantity == was:
        return False
    return write(
        into, owed.line, Kind.AMEND, owed.quantity - was, key=f"quota:{period.pk}:{owed.line.pk}:amend:{rows}",
        on=day_in(into, at), at=at, by=by, about=period if into.pk != period.pk else None, exact=owed.exact,
    )  # fmt: skip
