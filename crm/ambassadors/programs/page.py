"""What the page of one programme shows: its figures, its tiers, its people."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, F, Q, Sum
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from crm.ambassadors.models import AmbassadorDeal, CommissionRule, DealPeriod, PeriodQuota, Program, ProgramTier
from crm.ambassadors.models.standing import BEING_MADE, LASTED
from crm.ambassadors.programs.queries import ProgramRow, Sums, current_rates, in_kind_this_year, program_rows
from crm.contracts.models import Contract
from crm.team.models import User
from crm.team.views.access import me

PAGE = 40
TABS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("", Contract.IN_FORCE),
    ("waiting", BEING_MADE),
    ("over", LASTED),
)


@dataclass(frozen=True)
class TierShown:
    """One tier with what it earns and brings, and how many stand on it."""

    tier: ProgramTier
    rule: CommissionRule | None
    people: int


@dataclass(frozen=True)
class ProgramPage:
    row: ProgramRow
    in_kind: Sums
    tiers: Sequence[TierShown]


@dataclass(frozen=True)
class MemberRow:
    """One deal of the programme and the period it is in."""

    deal: AmbassadorDeal
    rate: Any
    period: DealPeriod | None
    owed: int
    done: int


def page_of(program: Program, user: User, now: dt.datetime) -> ProgramPage:
    (row,) = program_rows([program], now)
    return ProgramPage(row, in_kind_this_year(program, user, now), _tiers(program))


def _tiers(program: Program) -> list[TierShown]:
    standing = Count("deals", filter=Q(deals__contract__status__in=Contract.IN_FORCE))
    tiers: Iterable[Any] = program.tiers.annotate(people=standing).prefetch_related("perks", "commissions")
    return [TierShown(tier, next(reversed(tier.commissions.all()), None), tier.people) for tier in tiers]


def member_rows(program: Program, request: HttpRequest, now: dt.datetime, tab: str) -> dict[str, Any]:
    """The deals of one standing, page by page. A fixed number of queries."""
    deals = AmbassadorDeal.objects.visible_to(me(request)).filter(program=program)
    statuses = dict(TABS).get(tab, Contract.IN_FORCE)
    found = deals.filter(contract__status__in=statuses).with_contract().order_by("influencer__name_key", "-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    return {"page_obj": page, "members": _members(shown, now), "tabs": _tabs(deals, program, tab)}


def _members(deals: Sequence[AmbassadorDeal], now: dt.datetime) -> list[MemberRow]:
    pks = [deal.pk for deal in deals]
    rates, today = current_rates(pks, now.date()), now.date()
    periods: dict[int, DealPeriod] = {}
    for period in DealPeriod.objects.open().filter(deal__in=pks).order_by("deal_id", "number"):
        if period.deal_id not in periods or period.first_on <= today:
            periods[period.deal_id] = period
    sums = PeriodQuota.objects.filter(period__in=[period.pk for period in periods.values()]).values("period")
    owed = F("granted") + F("carried") - F("waived")
    counted = {one["period"]: one for one in sums.annotate(owed=Sum(owed), done=Sum("delivered")).order_by()}
    return [
        MemberRow(
            deal, rates[deal.pk].amount if deal.pk in rates else None, period,
            counted[period.pk]["owed"] if period and period.pk in counted else 0,
            counted[period.pk]["done"] if period and period.pk in counted else 0,
        )
        for deal, period in ((deal, periods.get(deal.pk)) for deal in deals)
    ]  # fmt: skip


def _tabs(deals: Any, program: Program, tab: str) -> list[dict[str, Any]]:
    counts = {code: Count("pk", filter=Q(contract__status__in=statuses)) for code, statuses in TABS if code}
    counted = deals.aggregate(here=Count("pk", filter=Q(contract__status__in=Contract.IN_FORCE)), **counts)
    labels = {"": _("In it"), "waiting": _("Not signed yet"), "over": _("Over")}
    here = reverse("ambassador-program", args=[program.pk])
    return [
        {
            "label": labels[code], "url": f"{here}?tab={code}" if code else here, "count": counted[code or "here"],
            "active": code == tab,
        }
        for code, _statuses in TABS
    ]  # fmt: skip
