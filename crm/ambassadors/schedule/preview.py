"""What a pause would do, told before anybody confirms it: which days move, the last day, the day for notice, what is owed."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from crm.ambassadors.models import AmbassadorDeal, DealPause, DealPeriod, QuotaLine
from crm.ambassadors.quotas.granting import owed_in, terms_of
from crm.ambassadors.schedule.cycles import Span
from crm.ambassadors.schedule.laying import behind_what_is_over, end_before_rests, rest_of, rests_of, spans_of
from crm.ambassadors.schedule.rests import Rest, shifted_end
from crm.base.windows import notice_deadline
from crm.base.zones import local_date
from crm.contracts.models import Contract


@dataclass(frozen=True)
class Owes:
    """One quota of a period, before and after."""

    line: QuotaLine
    was: int
    becomes: int


@dataclass(frozen=True)
class Moved:
    """One period that changes."""

    was: Span
    becomes: Span
    owes: list[Owes]

    @property
    def days_move(self) -> bool:
        return (self.was.first_on, self.was.last_on) != (self.becomes.first_on, self.becomes.last_on)


@dataclass(frozen=True)
class Preview:
    """Everything that changes, and what it comes to."""

    periods: list[Moved]
    days: int
    end_was: dt.date | None
    end_becomes: dt.date | None
    notice_was: dt.date | None
    notice_becomes: dt.date | None
    less_owed: int

    @property
    def end_moves(self) -> bool:
        return self.end_was != self.end_becomes

    @property
    def notice_moves(self) -> bool:
        return self.notice_was != self.notice_becomes

    @property
    def more_owed(self) -> int:
        return -self.less_owed


def preview_pause(deal: AmbassadorDeal, rest: Rest, now: dt.datetime) -> Preview:
    """As it would be with that rest beside those there are."""
    return _preview(deal, [*rests_of(deal), rest], now)


def preview_resume(pause: DealPause, on: dt.date, now: dt.datetime) -> Preview:
    """As it would be, did that pause end the day before; from its first day on it never was."""
    was = rest_of(pause)
    others = [rest for rest in rests_of(pause.deal) if rest != was]
    ends = [replace(was, last_on=on - dt.timedelta(days=1))] if on > was.first_on else []
    return _preview(pause.deal, [*others, *ends], now)


def _preview(deal: AmbassadorDeal, rests: Sequence[Rest], now: dt.datetime) -> Preview:
    contract, before = deal.contract, rests_of(deal)
    today = local_date(now, contract.zone)
    ends = (contract.end_on, shifted_end(end, rests) if (end := end_before_rests(contract)) else None)
    rows = {row.number: row for row in deal.periods.all()}
    was, becomes = (_open_spans(deal, rows, part, today) for part in (before, rests))
    changed = [(was[n], becomes[n]) for n in sorted(was.keys() & becomes.keys()) if was[n] != becomes[n]]
    owed_was = _owed(deal, [span for span, _new in changed], before)
    owed_becomes = _owed(deal, [span for _old, span in changed], rests)
    periods = [
        Moved(old, new, _differs(owed_was[old.number], owed_becomes[new.number])) for old, new in changed
    ]  # fmt: skip
    return Preview(
        periods=periods,
        days=(ends[1] - ends[0]).days if ends[0] and ends[1] else 0,
        end_was=ends[0], end_becomes=ends[1], notice_was=notice_by(contract, ends[0]),
        notice_becomes=notice_by(contract, ends[1]),
        less_owed=sum(owes.was - owes.becomes for moved in periods for owes in moved.owes),
    )  # fmt: skip


def notice_by(contract: Contract, end_on: dt.date | None) -> dt.date | None:
    """The last day for notice before that end; None where nobody has to give any."""
    if end_on is None or not contract.notice_value or contract.renewal == Contract.Renewal.NONE:
        return None
    if contract.notice_span == Contract.Span.MONTHS:
        return notice_deadline(end_on, months=contract.notice_value)
    return notice_deadline(end_on, days=contract.notice_value)


def _open_spans(
    deal: AmbassadorDeal, rows: dict[int, DealPeriod], rests: Sequence[Rest], today: dt.date
) -> dict[int, Span]:
    found = behind_what_is_over(spans_of(deal, today, rests), rows, rests)
    return {span.number: span for span in found if span.number not in rows or not rows[span.number].is_closed}


def _owed(deal: AmbassadorDeal, found: Iterable[Span], rests: Sequence[Rest]) -> dict[int, dict[QuotaLine, int]]:
    """How many of each quota those periods would owe; nothing is written."""
    terms = replace(terms_of(deal), rests=list(rests))
    return {
        span.number: {owed.line: owed.quantity for owed in owed_in(_as_row(deal, span), terms)} for span in found
    }  # fmt: skip


def _as_row(deal: AmbassadorDeal, span: Span) -> DealPeriod:
    days = {"active_days": span.active_days, "nominal_days": span.nominal_days, "is_stub": span.is_stub}
    return DealPeriod(deal=deal, number=span.number, first_on=span.first_on, last_on=span.last_on, **days)


def _differs(was: dict[QuotaLine, int], becomes: dict[QuotaLine, int]) -> list[Owes]:
    return [Owes(line, many, becomes[line]) for line, many in was.items() if many != becomes[line]]
