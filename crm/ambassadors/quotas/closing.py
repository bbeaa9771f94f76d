"""The close of a period: what would happen, shown before anybody confirms it, and what happens.

Periods close oldest first. What is left goes somewhere, so the rows of a closed period come to nothing.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.ambassadors.models import DealPeriod, MakeGood, QuotaEntry, QuotaLine
from crm.ambassadors.pay import retainers
from crm.ambassadors.places import period_closed
from crm.ambassadors.quotas import rules
from crm.ambassadors.quotas.granting import bring_in, owed_in, sync_entitlement, tell_owed, terms_of
from crm.ambassadors.quotas.ledger import Kind, Totals, day_in, hold, totals_of, write
from crm.ambassadors.quotas.rules import Close, Lot, Policy
from crm.base.zones import local_date
from crm.exclusivity.gate import gate
from crm.timeline.record import SYSTEM, Actor
from crm.timeline.transitions import move


@dataclass(frozen=True)
class LineClosing:
    """What closing a period does to one quota."""

    line: QuotaLine
    totals: Totals
    close: Close
    make_good_by: dt.date

    @property
    def is_settled(self) -> bool:
        """Nothing is left either way."""
        return self.close == Close()

    @property
    def lapsed(self) -> int:
        return sum(lot.quantity for lot in self.close.lapsed)

    @property
    def carried(self) -> int:
        return sum(lot.quantity for lot in self.close.carried)

    @property
    def needs_somebody(self) -> bool:
        """A person looks at it first: something is lost for good, or money is asked for. What is carried on or made good
        can still be let go later.
        """
        return bool(self.lapsed or self.close.missed or (self.close.extra and self.extra_is_paid))

    @property
    def extra_is_paid(self) -> bool:
        return self.line.extra_price is not None and self.line.over != QuotaLine.Over.IGNORE


@dataclass(frozen=True)
class Closing:
    """What closing a period does, quota by quota."""

    period: DealPeriod
    lines: list[LineClosing]
    behind: DealPeriod | None
    """The period that takes what is carried; None after the last."""

    @property
    def shortfalls(self) -> dict[QuotaLine, tuple[int, int]]:
        """Of the quotas that take it off the retainer: how many were missed, and of how many."""
        return {one.line: (one.close.missed, one.totals.granted) for one in self.lines if one.close.missed}

    @property
    def extras(self) -> dict[QuotaLine, int]:
        """Posts beyond the quota that are paid one by one."""
        return {one.line: one.close.extra for one in self.lines if one.close.extra and one.extra_is_paid}

    @property
    def is_short(self) -> bool:
        return any(one.totals.left > 0 for one in self.lines)


def closing_of(period: DealPeriod) -> Closing:
    """What closing would do as things stand. Changes nothing."""
    entries = list(QuotaEntry.objects.filter(period=period).select_related("about").order_by("pk"))
    following = after(period)
    next_owes = _next_owes(period, following)
    lines = [
        _line_closing(period, line, [row for row in entries if row.line_id == line.pk], next_owes.get(line.pk))
        for line in period.deal.quotas.select_related("format").order_by("pk")
    ]
    return Closing(period, lines, following)


def shortfall(period: DealPeriod, line: QuotaLine) -> int:
    """How many are missing as things stand."""
    rows = QuotaEntry.objects.filter(period=period, line=line).values_list("kind", "quantity")
    return max(totals_of(rows).left, 0)


def after(period: DealPeriod) -> DealPeriod | None:
    """The next period, dropped ones left out."""
    later = DealPeriod.objects.standing().filter(deal=period.deal_id, number__gt=period.number)
    return later.order_by("number").first()


def _next_owes(period: DealPeriod, following: DealPeriod | None) -> dict[int, int]:
    """What the period behind still owes, by quota: once it began what is left of it, before that what it will owe."""
    if following is None:
        return {}
    owed = {one.line.pk: one.quantity for one in owed_in(following, terms_of(period.deal))}
    if following.opened_at is not None:
        owed = dict.fromkeys(owed, 0) | dict(following.balances.values_list("line", "left"))
    return owed


def _line_closing(period: DealPeriod, line: QuotaLine, rows: list[QuotaEntry], next_owes: int | None) -> LineClosing:
    totals = totals_of((row.kind, row.quantity) for row in rows)
    ahead_before = -sum(row.quantity for row in rows if row.kind == Kind.ADVANCE and row.quantity < 0)
    done = totals.delivered + totals.waived + ahead_before
    policy = Policy(line.rollover, line.over, line.carry_cap, line.carry_lasts, next_owes)
    close = rules.close(
        _carried_in(period, rows), Lot(period.number, totals.granted), done, policy, own=totals.delivered
    )
    return LineClosing(line, totals, close, period.last_on + dt.timedelta(days=line.make_good_days))


def _carried_in(period: DealPeriod, rows: Iterable[QuotaEntry]) -> list[Lot]:
    """What was carried in, with how many periods it has outlived. One in which no day counted does not age it."""
    lots: dict[int, int] = {}
    for row in rows:
        if row.kind == Kind.CARRY_IN and row.about:
            lots[row.about.number] = lots.get(row.about.number, 0) + row.quantity
    if not lots:
        return []
    lived = DealPeriod.objects.standing().filter(deal=period.deal_id, number__lte=period.number, active_days__gt=0)
    numbers = list(lived.values_list("number", flat=True))
    return [Lot(since, many, sum(1 for number in numbers if number > since)) for since, many in lots.items()]


def check_closing(period: DealPeriod, at: dt.datetime) -> None:
    """Refuse a close before the last day is over, or ahead of an earlier period."""
    if local_date(at, period.deal.contract.zone) <= period.last_on:
        raise ValidationError(_("It is still running: it can be closed once its last day is over."), code="running")
    earlier = DealPeriod.objects.standing().filter(deal=period.deal_id, number__lt=period.number)
    if earlier.exclude(pk__in=DealPeriod.objects.closed().filter(deal=period.deal_id)).exists():
        raise ValidationError(_("An earlier period is still to be closed. Close that one first."), code="order")


def close_period(period: DealPeriod, *, at: dt.datetime, actor: Actor = SYSTEM) -> Closing:
    """Settle what is left of every quota, hand on what is carried, tell pay and whoever listens.

    Raises ValidationError while it runs or an earlier one is open, and TransitionRefused when somebody closed it already.
    """
    with gate([period.deal.influencer_id]):
        held = hold(period)
        if not held.is_closed:
            check_closing(held, at)
            sync_entitlement(held.deal, at=at, by=actor.label)
        closing = closing_of(held)
        if not held.is_closed:
            _settle(closing, at=at, by=actor.label)
        _move(closing, at=at, actor=actor)
        if closing.behind is not None and closing.behind.opened_at is not None:
            bring_in(closing.behind, at=at)
            tell_owed(closing.behind, at=at)
        retainers.on_close(held, at=at, shortfalls=closing.shortfalls, extras=closing.extras)
        for placed in period_closed.all():
            placed.call(held, at)
    return closing


def _move(closing: Closing, *, at: dt.datetime, actor: Actor) -> None:
    period, deal = closing.period, closing.period.deal
    short = [f"{one.line}: {one.totals.left}" for one in closing.lines if one.totals.left > 0]
    told = (
        gettext_lazy("Period %(number)s is closed. Not posted: %(short)s.")
        if short
        else gettext_lazy("Period %(number)s is closed. Nothing is missing.")
    )
    move(
        period, DealPeriod.State.CLOSED, moves=DealPeriod.MOVES, field="state", at=at, actor=actor, verb="quota.closed",
        sentence=told, params={"number": period.number, "short": ", ".join(short)},
        also={"closed_at": at, "closed_by": actor.label}, influencer=deal.influencer_id, brand=deal.contract.brand_id,
    )  # fmt: skip


def _settle(closing: Closing, *, at: dt.datetime, by: str) -> None:
    """A row for everything that is left: where it went."""
    period = closing.period
    for one in closing.lines:
        for kind, quantity, about, note in _rows(one, period):
            key = f"close:{period.pk}:{one.line.pk}:{kind}:{about.number}"
            write(
                period, one.line, kind, quantity, key=key, on=day_in(period, at), at=at, by=by,
                about=about if about.pk != period.pk else None, note=note,
            )  # fmt: skip
        if one.close.made_good:
            MakeGood.objects.create(period=period, line=one.line, quantity=one.close.made_good, due_on=one.make_good_by)


def _rows(one: LineClosing, period: DealPeriod) -> Iterator[tuple[str, int, DealPeriod, str]]:
    known = {found.number: found for found in period.deal.periods.all()}
    for lot in one.close.carried:
        yield Kind.CARRY_OUT, -lot.quantity, known[lot.since], ""
    for lot in one.close.lapsed:
        yield Kind.EXPIRE, -lot.quantity, known[lot.since], ""
    if one.close.made_good:
        yield Kind.MAKE_GOOD_DUE, -one.close.made_good, period, ""
    if one.close.ahead:
        yield Kind.ADVANCE, one.close.ahead, period, ""
    if one.close.extra:
        yield Kind.EXTRA, one.close.extra, period, ""
