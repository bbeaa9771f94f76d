"""The ledger of quotas: the only writer of its rows and of the balance beside them.

Whoever writes holds the deal, then the period, in that order; a key makes the same thing count only once.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, PeriodQuota, QuotaEntry, QuotaLine
from crm.base.inserts import insert_missing
from crm.base.zones import local_date

Kind = QuotaEntry.Kind

COLUMNS: dict[str, tuple[str, int]] = {
    Kind.GRANT: ("granted", 1),
    Kind.PRORATE: ("granted", 1),
    Kind.AMEND: ("granted", 1),
    Kind.CARRY_IN: ("carried", 1),
    Kind.DELIVERED: ("delivered", -1),
    Kind.WAIVE: ("waived", -1),
    Kind.CARRY_OUT: ("settled", 1),
    Kind.EXPIRE: ("settled", 1),
    Kind.MAKE_GOOD_DUE: ("settled", 1),
    Kind.EXTRA: ("settled", 1),
}
"""In which column of the balance a kind of row stands, and with which sign. Done ahead: see `column_of`."""


class PeriodClosed(ValidationError):
    """What is closed is never reckoned again."""

    def __init__(self) -> None:
        super().__init__(_("That period is closed: nothing is written into it any more."), code="closed")


@dataclass(frozen=True)
class Totals:
    """What the rows of one quota in one period add up to; the columns are those of `PeriodQuota`."""

    granted: int = 0
    carried: int = 0
    delivered: int = 0
    waived: int = 0
    settled: int = 0

    @property
    def left(self) -> int:
        return self.granted + self.carried - self.delivered - self.waived + self.settled

    @property
    def owed(self) -> int:
        """How many this period asks for: its own and those carried in, less what was let go."""
        return self.granted + max(self.carried, 0) - self.waived

    @property
    def done(self) -> int:
        """How many of them are there: posted in it, or done ahead in the period before."""
        return self.delivered + max(-self.carried, 0)


def column_of(kind: str, quantity: int) -> tuple[str, int] | None:
    """The column and sign of a row; None for what stands beside the balance.

    Done ahead is written twice: above zero where it was too many, below zero in the period it counts for.
    """
    if kind in QuotaEntry.ASIDE:
        return None
    if kind == Kind.ADVANCE:
        return ("settled", 1) if quantity > 0 else ("carried", 1)
    return COLUMNS[kind]


def totals_of(rows: Iterable[tuple[str, int]]) -> Totals:
    """Rows (kind, quantity) added up."""
    sums: dict[str, int] = defaultdict(int)
    for kind, quantity in rows:
        if found := column_of(kind, quantity):
            column, sign = found
            sums[column] += sign * quantity
    return Totals(**sums)


def replay(period: DealPeriod, line: QuotaLine, until_on: dt.date | None = None) -> Totals:
    """The balance out of the rows alone, as it stood at the end of a day; without one, as it stands."""
    rows = QuotaEntry.objects.filter(period=period, line=line)
    rows = rows.filter(on__lte=until_on) if until_on else rows
    return totals_of(rows.values_list("kind", "quantity"))


def stored(period: DealPeriod, line: QuotaLine) -> Totals:
    """The balance as it is kept."""
    columns = [field.name for field in fields(Totals)]
    found = PeriodQuota.objects.filter(period=period, line=line).values(*columns).first()
    return Totals(**(found or {}))


def hold_deal(pk: int) -> AmbassadorDeal:
    """The deal as it is now, and nobody else writes into its ledgers until the transaction ends."""
    held = AmbassadorDeal.objects.select_for_update(of=("self",)).select_related("contract")
    return held.get(pk=pk)


def hold(period: DealPeriod) -> DealPeriod:
    """The period as it is now, held together with its deal."""
    deal = hold_deal(period.deal_id)
    held = DealPeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    held.deal = deal
    return held


def day_in(period: DealPeriod, at: dt.datetime) -> dt.date:
    """The day something is written for: today in the deal's zone, as far as the period reaches."""
    return max(period.first_on, min(local_date(at, period.deal.contract.zone), period.last_on))


def write(
    period: DealPeriod,
    line: QuotaLine,
    kind: str,
    quantity: int,
    *,
    key: str,
    on: dt.date,
    at: dt.datetime,
    by: str,
    about: DealPeriod | None = None,
    ref: str = "",
    label: str = "",
    note: str = "",
    exact: str = "",
) -> bool:
    """One row and the balance beside it, in one transaction. False, and nothing is written, when the key is known.

    Raises `PeriodClosed` where the row would change what is left of a closed period.
    """
    row = QuotaEntry(
        period=period, line=line, kind=kind, quantity=quantity, key=key, on=on, at=at, by=by, about=about, ref=ref[:80],
        label=label[:200], note=note[:300], exact=exact[:40],
    )  # fmt: skip
    with transaction.atomic():
        if QuotaEntry.objects.filter(key=key).exists():
            return False
        if hold(period).is_closed and kind not in QuotaEntry.ASIDE:
            raise PeriodClosed
        if not insert_missing([row], "(key)"):
            return False
        _add_up(row)
    return True


def _add_up(row: QuotaEntry) -> None:
    """The balance follows in the same transaction; the deal is held, so nobody else makes the first row of it."""
    found = column_of(row.kind, row.quantity)
    if found is None:
        return
    column, sign = found
    mine = PeriodQuota.objects.filter(period=row.period_id, line=row.line_id)
    if not mine.update(**{column: F(column) + sign * row.quantity, "left": F("left") + row.quantity}):
        first = {column: sign * row.quantity, "left": row.quantity}
        PeriodQuota.objects.create(period_id=row.period_id, line_id=row.line_id, **first)
