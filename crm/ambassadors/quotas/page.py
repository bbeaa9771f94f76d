"""What the page of a period shows: its rings, what is to be made good, and every row of its ledger."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from crm.ambassadors.models import DealPeriod, MakeGood, QuotaEntry, QuotaLine
from crm.ambassadors.quotas.by_hand import HAND, may_be_taken_back
from crm.ambassadors.quotas.granting import Owed, owed_in, terms_of
from crm.ambassadors.quotas.rings import Ring, left_in_words, rings_of
from crm.base.zones import local_date


@dataclass(frozen=True)
class LedgerRow:
    """One row, and how many of its quota were left after it."""

    entry: QuotaEntry
    left: int | None
    """None for what stands beside the balance."""
    may_go: bool

    @property
    def then(self) -> str:
        return "" if self.left is None else left_in_words(self.left)

    @property
    def signed(self) -> str:
        """What it does to what is left: +2, −1."""
        return f"{self.entry.quantity:+}".replace("-", "−")

    @property
    def link(self) -> str:
        """The address of a post that was noted by hand."""
        is_link = self.entry.label.startswith(("https://", "http://"))
        return self.entry.label if is_link and self.entry.key.startswith(HAND) else ""


@dataclass(frozen=True)
class PeriodPage:
    """Everything the page of a period asks for."""

    period: DealPeriod
    rings: list[Ring]
    ahead: list[Owed]
    """What it will owe, while it lies ahead."""
    make_goods: list[MakeGood]
    ledgers: list[tuple[QuotaLine, list[LedgerRow]]]
    """The rows quota by quota."""
    former: DealPeriod | None
    following: DealPeriod | None
    is_over: bool
    may_be_closed: bool
    days_off: int

    @property
    def has_begun(self) -> bool:
        return self.period.opened_at is not None

    @property
    def is_paused(self) -> bool:
        return self.period.state == DealPeriod.State.PAUSED

    @property
    def has_open_make_good(self) -> bool:
        return any(one.left for one in self.make_goods)

    @property
    def takes_posts(self) -> bool:
        """Whether a post may be noted: it runs or waits for its close, or something is to be made good."""
        return self.has_begun and (not self.period.is_closed or self.has_open_make_good)


def page_of(period: DealPeriod, now: dt.datetime) -> PeriodPage:
    """The page of one period, in a number of queries that does not grow with its rows."""
    around = {one.number: one for one in DealPeriod.objects.standing().filter(deal=period.deal_id)}
    is_over = local_date(now, period.deal.contract.zone) > period.last_on
    earlier_open = any(not one.is_closed for one in around.values() if one.number < period.number)
    ahead = (
        [owed for owed in owed_in(period, terms_of(period.deal)) if owed.quantity] if period.opened_at is None else []
    )
    return PeriodPage(
        period=period,
        rings=rings_of(period),
        ahead=ahead,
        make_goods=list(period.make_goods.select_related("line__format__platform")),
        ledgers=ledgers_of(period),
        former=max((one for one in around.values() if one.number < period.number), key=_number, default=None),
        following=min((one for one in around.values() if one.number > period.number), key=_number, default=None),
        is_over=is_over,
        may_be_closed=is_over and period.opened_at is not None and not period.is_closed and not earlier_open,
        days_off=period.nominal_days - period.active_days,
    )


def _number(period: DealPeriod) -> int:
    return period.number


def ledgers_of(period: DealPeriod) -> list[tuple[QuotaLine, list[LedgerRow]]]:
    """The rows of each quota in the order they were written, each with what was left then."""
    entries = QuotaEntry.objects.filter(period=period).select_related("line__format__platform", "about")
    rows = list(entries.order_by("line_id", "at", "pk"))
    taken_back = may_be_taken_back(rows)
    found: dict[int, tuple[QuotaLine, list[LedgerRow]]] = {}
    left: dict[int, int] = defaultdict(int)
    for entry in rows:
        is_aside = entry.kind in QuotaEntry.ASIDE
        left[entry.line_id] += 0 if is_aside else entry.quantity
        _line, so_far = found.setdefault(entry.line_id, (entry.line, []))
        so_far.append(LedgerRow(entry, None if is_aside else left[entry.line_id], entry.pk in taken_back))
    return list(found.values())
