"""What is settled when a deal ends: each line with how it came about, before anybody confirms it."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, DealPeriod, PeriodQuota, QuotaLine, Termination
from crm.ambassadors.pay.retainers import earned, raised_of
from crm.ambassadors.places import loans_out, unpaid_work
from crm.base.formats import day_in_words
from crm.exclusivity.models import BreachCase
from crm.payments.models import LedgerLine
from crm.payments.queries import open_amounts

Kind, By = Termination.Kind, Termination.By
Booked = LedgerLine.Kind
KILL_FEE_KINDS = (Kind.CONVENIENCE, Kind.MUTUAL)

EARNED: Any = _("Retainer of period %(number)s, up to %(day)s")
UNEARNED: Any = _("Paid in advance for period %(number)s, not earned after %(day)s")
KILL_FEE: Any = _("Agreed kill fee")
KILL_HOW: Any = _("Usual is half once filmed, all of it once approved. Never where she ends it.")
MISSED: Any = _("Deduction for posts missed in period %(number)s")
MISSED_HOW: Any = _("%(left)s of %(owed)s posts are still owed. Enter what is taken off, or nothing.")
REMEDY: Any = _("Remedy for a broken promise")
REMEDY_HOW: Any = _("The case is confirmed. Enter what was agreed, or nothing.")


@dataclass(frozen=True)
class SettledLine:
    """One line of a settlement. `amount` is above zero for her and below for us; somebody may change how much."""

    key: str
    kind: str
    label: Any
    amount: Money
    how: Any = ""
    parts: Sequence[dict[str, Any]] = ()
    period: DealPeriod | None = None
    is_ours: bool = False

    @property
    def size(self) -> Money:
        return Money(abs(self.amount.amount), self.amount.currency)


@dataclass(frozen=True)
class StandingLine:
    """What is due already and not paid: told beside a settlement, and booked only once."""

    label: Any
    amount: Money


def settlement_of(
    deal: AmbassadorDeal, on: dt.date, kind: str = Kind.CONVENIENCE, by: str = By.US
) -> list[SettledLine]:
    """Everything an end on that day leaves to settle that the ledger does not know yet.

    Earned retainer, approved and unpaid work and an agreed kill fee for her; advances she did not earn, loans that are not
    back and confirmed remedies for us. Commission matures by itself, as long as was agreed. A kill fee is never due where
    she ends it. Source: domain rules, section 3.5.
    """
    currency = currency_of(deal)
    lines = [line for period in _open_periods(deal, on) if (line := _of_period(period, on)) is not None]
    lines += [
        SettledLine(f"work:{one.ref}", Booked.FEE, one.label, one.amount, one.how)
        for placed in unpaid_work.all()
        for one in placed.call(deal, on)
    ]
    if by != By.HER and kind in KILL_FEE_KINDS:
        lines.append(SettledLine("kill_fee", Booked.KILL_FEE, KILL_FEE, Money(0, currency), KILL_HOW))
    return [*lines, *_missed(deal, on, currency), *_loans(deal), *_remedies(deal, currency)]


def currency_of(deal: AmbassadorDeal) -> str:
    """In which currency a deal pays its retainer; rupiah where it pays none."""
    last = max(deal.retainers.all(), key=lambda rate: rate.from_on, default=None)
    return str(last.amount.currency) if last else "IDR"


def standing_of(deal: AmbassadorDeal) -> list[StandingLine]:
    """What is open in the ledger, by kind and currency."""
    due = list(LedgerLine.objects.of_contract(deal.contract_id).due())
    left, sums = open_amounts(due), dict[tuple[str, str], Decimal]()
    for line in due:
        key = (line.kind, str(line.amount.currency))
        sums[key] = sums.get(key, Decimal(0)) + left[line.pk]
    order = [*Booked.values]
    told = sorted((order.index(kind), kind, currency, amount) for (kind, currency), amount in sums.items() if amount)
    return [StandingLine(Booked(kind).label, Money(amount, currency)) for _place, kind, currency, amount in told]


def _open_periods(deal: AmbassadorDeal, on: dt.date) -> Iterator[DealPeriod]:
    """Those the deal reaches, and those charged ahead that it does not reach any more."""
    reached, charged = deal.periods.unclosed().filter(first_on__lte=on), deal.periods.charged_for_nothing(on)
    for period in sorted([*reached, *charged], key=lambda one: one.number):
        period.deal = deal
        yield period


def _of_period(period: DealPeriod, on: dt.date) -> SettledLine | None:
    """What a period not closed yet has earned up to a day, less what was charged for it."""
    whole, parts = earned(period, on)
    left = whole.amount - raised_of(period, str(whole.currency))
    if not left:
        return None
    kind, label = (Booked.RETAINER, EARNED) if left > 0 else (Booked.ADVANCE_BACK, UNEARNED)
    said = label % {"number": period.number, "day": day_in_words(min(on, period.last_on))}
    return SettledLine(
        f"period:{period.number}", kind, said, Money(left, whole.currency), parts=parts, period=period, is_ours=left < 0
    )


def _missed(deal: AmbassadorDeal, on: dt.date, currency: str) -> Iterator[SettledLine]:
    """Posts of periods not closed yet whose quota takes it off the retainer. How much, with part of a period over, people say."""
    rows = PeriodQuota.objects.filter(period__in=deal.periods.unclosed().filter(first_on__lte=on), left__gt=0)
    for row in (
        rows.filter(line__rollover=QuotaLine.Rollover.DEDUCT).select_related("period").order_by("period__number", "pk")
    ):
        label = MISSED % {"number": row.period.number}
        how = MISSED_HOW % {"left": row.left, "owed": row.granted + row.carried}
        key = f"missed:{row.period.number}:{row.line_id}"
        yield SettledLine(key, Booked.DEDUCTION, label, Money(Decimal(0), currency), how, is_ours=True)


def _loans(deal: AmbassadorDeal) -> Iterator[SettledLine]:
    for placed in loans_out.all():
        for one in placed.call(deal):
            amount = Money(-one.amount.amount, one.amount.currency)
            yield SettledLine(f"loan:{one.ref}", Booked.LOAN, one.label, amount, one.how, is_ours=True)


def _remedies(deal: AmbassadorDeal, currency: str) -> Iterator[SettledLine]:
    """Confirmed cases of hers with this brand that nobody let go; what they cost only people know."""
    cases = BreachCase.objects.of_people([deal.influencer_id]).filter(brand=deal.contract.brand_id).confirmed()
    for case in cases.order_by("pk"):
        nothing = Money(Decimal(0), currency)
        yield SettledLine(f"remedy:{case.pk}", Booked.REMEDY, REMEDY, nothing, REMEDY_HOW, is_ours=True)
