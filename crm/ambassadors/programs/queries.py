"""How programmes stand: who is in them, what is owed in the periods under way, what a month costs."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Sum
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.models import AmbassadorDeal, PeriodQuota, PerkGrant, Program, Prospect, RetainerRate
from crm.ambassadors.models.standing import BEING_MADE, LASTED
from crm.base.zones import local_date
from crm.contracts.models import Contract
from crm.team.models import User

Unit = AmbassadorDeal.Unit
MONTHS: dict[str, Decimal] = {
    Unit.MONTH: Decimal(1), Unit.QUARTER: Decimal(3), Unit.YEAR: Decimal(12),
    Unit.WEEK: Decimal(12) / 52, Unit.DAYS: Decimal(12) / 365,
}  # fmt: skip
"""How many months one of these is, for comparing retainers; nobody is paid by it."""
STATES: tuple[tuple[str, Any, tuple[str, ...], str], ...] = (
    ("running", _("Running"), (Contract.Status.ACTIVE,), "ok"),
    ("notice", _("Notice given"), (Contract.Status.IN_NOTICE,), "warn"),
    ("signed", _("Begin later"), (Contract.Status.SIGNED,), "info"),
    ("waiting", _("Not signed yet"), BEING_MADE, "mute"),
    ("over", _("Over"), LASTED, "mute"),
)


@dataclass(frozen=True)
class Sums:
    """Amounts by currency, the largest first, as pairs of amount and currency."""

    parts: Sequence[tuple[Decimal, str]]

    @property
    def first(self) -> tuple[Decimal, str] | None:
        return self.parts[0] if self.parts else None


@dataclass(frozen=True)
class State:
    label: Any
    count: int
    tone: str


@dataclass(frozen=True)
class ProgramRow:
    """One programme in figures. Owed and done are posts of the periods under way."""

    program: Program
    states: Sequence[State]
    running: int
    owed: int
    done: int
    per_month: Sums
    prospects: int

    @property
    def people(self) -> int:
        return sum(state.count for state in self.states[:3])

    @property
    def taken(self) -> list[State]:
        """Where somebody stands."""
        return [state for state in self.states if state.count]

    @property
    def share(self) -> int:
        return min(100, self.done * 100 // self.owed) if self.owed else 0


def program_rows(programs: Iterable[Program], now: dt.datetime) -> list[ProgramRow]:
    """A fixed number of queries, whatever their number."""
    found = list(programs)
    pks = [one.pk for one in found]
    counts, posts, costs = _counts(pks), _posts(pks), _per_month(pks, now)
    open_ones = Prospect.objects.open().filter(program__in=pks).values("program").annotate(n=Count("pk")).order_by()
    prospects = {one["program"]: one["n"] for one in open_ones}
    return [
        ProgramRow(
            program=one, states=_states(counts[one.pk]), running=counts[one.pk]["running"] + counts[one.pk]["notice"],
            owed=posts.get(one.pk, (0, 0))[0], done=posts.get(one.pk, (0, 0))[1], per_month=costs.get(one.pk, Sums(())),
            prospects=prospects.get(one.pk, 0),
        )
        for one in found
    ]  # fmt: skip


def in_kind_this_year(program: Program, user: User, now: dt.datetime) -> Sums:
    """What was given beside money since January, by what it is worth."""
    since = local_date(now, user.zone).replace(month=1, day=1)
    rows = PerkGrant.objects.filter(deal__program=program, granted_on__gte=since, value__isnull=False)
    found = rows.values("value_currency").annotate(total=Sum("value")).order_by()
    return _sorted((one["total"], str(one["value_currency"])) for one in found)


def current_rates(deals: Collection[int], on: dt.date) -> dict[int, RetainerRate]:
    """What a whole period of each deal is paid now; of one that begins later, what it begins with."""
    found: dict[int, RetainerRate] = {}
    for rate in RetainerRate.objects.filter(deal__in=deals).order_by("deal_id", "from_on"):
        if rate.deal_id not in found or rate.from_on <= on:
            found[rate.deal_id] = rate
    return found


def a_month(amount: Decimal, unit: str, every: int) -> Decimal:
    """What comes to a month of an amount paid every so many units."""
    return amount / (MONTHS[unit] * every)


def _states(counted: Mapping[str, int]) -> list[State]:
    return [State(label, counted[code], tone) for code, label, _statuses, tone in STATES]


def _counts(pks: Collection[int]) -> dict[int, dict[str, int]]:
    by_status = {status: code for code, _label, statuses, _tone in STATES for status in statuses}
    found: dict[int, dict[str, int]] = defaultdict(lambda: {code: 0 for code, *_more in STATES})
    rows = AmbassadorDeal.objects.filter(program__in=pks).values("program", "contract__status")
    for one in rows.annotate(n=Count("pk")).order_by():
        code = by_status.get(one["contract__status"])
        if code:
            found[one["program"]][code] += one["n"]
    return found


def _posts(pks: Collection[int]) -> dict[int, tuple[int, int]]:
    rows = PeriodQuota.objects.of_open_periods().filter(period__deal__program__in=pks)
    owed = F("granted") + F("carried") - F("waived")
    sums = rows.values(program=F("period__deal__program")).annotate(owed=Sum(owed), done=Sum("delivered")).order_by()
    return {one["program"]: (one["owed"] or 0, one["done"] or 0) for one in sums}


def _per_month(pks: Collection[int], now: dt.datetime) -> dict[int, Sums]:
    deals = AmbassadorDeal.objects.running().filter(program__in=pks).only("program", "unit", "every")
    by_pk = {deal.pk: deal for deal in deals}
    sums: dict[int, dict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for pk, rate in current_rates(list(by_pk), now.date()).items():
        deal = by_pk[pk]
        sums[deal.program_id][str(rate.amount.currency)] += a_month(rate.amount.amount, deal.unit, deal.every)
    return {pk: _sorted((amount, currency) for currency, amount in both.items()) for pk, both in sums.items()}


def _sorted(parts: Iterable[tuple[Decimal, str]]) -> Sums:
    return Sums(sorted(parts, key=lambda part: -part[0]))
