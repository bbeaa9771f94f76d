"""Her deals with a brand as she reads them: in short beneath her tasks, and each on a page of its own.

No word of ours about quotas or deliverables, and nothing of another brand or another person.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from crm.ambassadors.hers.words import this_period
from crm.ambassadors.models import AmbassadorDeal, DealPause, DealPeriod, MakeGood
from crm.ambassadors.quotas.rings import Ring
from crm.ambassadors.showing.gets import Perk, Sold, perks_of, rule_on, sold_by
from crm.ambassadors.showing.money import DueLine, due_lines, rate_on
from crm.ambassadors.showing.owed import is_kept, rings_in, together, with_balances
from crm.ambassadors.showing.standing import pause_on
from crm.ambassadors.showing.year import notice_day
from crm.base.year_strip import between
from crm.base.zones import local_date
from crm.contracts.actions.going_on_words import renewal_in_words
from crm.contracts.models.standing import Status
from crm.payments.models import LedgerLine

if TYPE_CHECKING:
    from crm.portal.registry import Asking

EARLIER = 12


@dataclass(frozen=True)
class HerDeal:
    """One deal in short: what this month is about, what is open from before, and until when it runs."""

    deal: AmbassadorDeal
    period: DealPeriod | None
    rings: Sequence[Ring]
    make_goods: Sequence[MakeGood]
    pause: DealPause | None
    today: dt.date

    @property
    def this(self) -> str:
        return this_period(self.deal)

    @property
    def runs_until(self) -> dt.date | None:
        return self.deal.contract.last_on

    @property
    def begins_on(self) -> dt.date | None:
        """Its first day while that is still to come."""
        start_on = self.deal.contract.start_on
        return start_on if start_on and start_on > self.today else None


@dataclass(frozen=True)
class Earlier:
    """A month that is over."""

    days: str
    done: int
    owed: int
    is_kept: bool


@dataclass(frozen=True)
class HerWholeDeal:
    """All of it, for a page of its own."""

    short: HerDeal
    retainer: Any
    amounts: Sequence[DueLine]
    rule: Any
    sold: Sold
    perks: Sequence[Perk]
    renewal: str
    notice_on: dt.date | None
    earlier: Sequence[Earlier]

    @property
    def deal(self) -> AmbassadorDeal:
        return self.short.deal

    @property
    def gets_anything(self) -> bool:
        return bool(self.retainer or self.amounts or self.rule or self.perks)


def her_deals(asking: "Asking") -> list[HerDeal]:
    """Those in force, the oldest first. Five queries, or one where there is none."""
    deals = list(_hers(asking).in_force().order_by("contract__start_on", "pk"))
    return [_short(deal, asking.now) for deal in deals]


def her_deal(asking: "Asking", pk: int) -> HerWholeDeal | None:
    """One of her deals with this brand that was agreed; nobody else's."""
    deal = _hers(asking).filter(pk=pk, contract__signed_at__isnull=False).first()
    if deal is None:
        return None
    short = _short(deal, asking.now)
    closed = [one for one in deal.periods.all() if one.is_closed]
    return HerWholeDeal(
        short=short,
        retainer=rate_on(deal.retainers.all(), short.today),
        amounts=due_lines(LedgerLine.objects.of_contract(deal.contract_id)),
        rule=rule_on(deal, short.today),
        sold=sold_by(deal),
        perks=perks_of(deal),
        renewal=_renewal(deal),
        notice_on=_notice_ahead(deal, short.today),
        earlier=[_earlier(one) for one in closed[::-1][:EARLIER]],
    )


def _hers(asking: "Asking") -> Any:
    """With everything the short form says, in a fixed number of queries."""
    rows = AmbassadorDeal.objects.filter(influencer=asking.influencer_id)
    rows = rows if asking.brand_id is None else rows.filter(contract__brand=asking.brand_id)
    good = MakeGood.objects.open().select_related("line__format__platform").order_by("due_on", "pk")
    periods = with_balances(DealPeriod.objects.standing()).prefetch_related(Prefetch("make_goods", good))
    return rows.with_contract().prefetch_related(Prefetch("periods", periods), "pauses")


def _short(deal: AmbassadorDeal, now: dt.datetime) -> HerDeal:
    today = local_date(now, deal.contract.zone)
    periods = list(deal.periods.all())
    period = next((one for one in periods if one.first_on <= today <= one.last_on), None)
    return HerDeal(
        deal=deal,
        period=period,
        rings=rings_in(period) if period else [],
        make_goods=[one for row in periods for one in row.make_goods.all()],
        pause=pause_on(deal.pauses.all(), today),
        today=today,
    )


def _earlier(period: DealPeriod) -> Earlier:
    rings = rings_in(period)
    return Earlier(between(period.first_on, period.last_on), *together(rings), is_kept(rings))


def _renewal(deal: AmbassadorDeal) -> str:
    """What happens at the end; once notice is given, nothing goes on."""
    contract = deal.contract
    return _("Notice is given: it ends") + "." if contract.is_in_notice else renewal_in_words(contract)


def _notice_ahead(deal: AmbassadorDeal, today: dt.date) -> dt.date | None:
    """The day by which either side says so, while it is still to come."""
    on = notice_day(deal.contract) if deal.contract.is_in_force and deal.contract.status != Status.IN_NOTICE else None
    return on if on is not None and on >= today else None
