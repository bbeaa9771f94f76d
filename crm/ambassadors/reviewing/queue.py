"""Deals that come to the end of their term, by the day somebody has to decide: what going on costs, and how it went."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import F, OuterRef, Subquery, Sum
from django.utils.translation import gettext_lazy as _
from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, DealReview, PeriodQuota, RetainerRate
from crm.ambassadors.models.deals import AmbassadorDealQuerySet
from crm.ambassadors.reviewing.facts import Kept
from crm.base.zones import local_date
from crm.contracts.actions.deciding import decided
from crm.contracts.models import Contract
from crm.contracts.models.going_on import GOING_ON
from crm.vetting.facts import Figures, figures_in
from crm.vetting.models import Fact

if TYPE_CHECKING:
    from crm.team.models import User

PAGE = 50
SPANS: dict[str, tuple[Any, int | None]] = {
    "30": (_("30 days"), 30), "90": (_("90 days"), 90), "180": (_("Half a year"), 180), "all": (_("All"), None),
}  # fmt: skip
USUAL = "90"
OF_CONTRACT = (
    "start_on", "end_on", "zone", "status", "renewal", "renew_months", "most_renewals", "renewed", "notice_value",
    "notice_span", "rests_since_on", "shifted_days", "decision", "decided_for_on",
)  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """When a deal has to be decided about; read light, for thousands."""

    deal: int
    on: dt.date
    days: int


@dataclass(frozen=True)
class QueueRow:
    """One deal of the queue."""

    deal: AmbassadorDeal
    on: dt.date
    days: int
    review: DealReview | None
    kept: Kept
    worked: Figures
    retainer: Money | None
    cost: Money | None

    @property
    def contract(self) -> Contract:
        return self.deal.contract

    @property
    def is_in_notice(self) -> bool:
        return self.contract.is_in_notice

    @property
    def going_on(self) -> Any:
        """How it goes on; once notice was given, that it was."""
        return self.contract.get_status_display() if self.is_in_notice else self.contract.get_renewal_display()

    @property
    def day_label(self) -> Any:
        """What the day is."""
        if self.is_in_notice:
            return _("Last day")
        if self.contract.renewal == Contract.Renewal.OPTION:
            return _("Last day for our option")
        return _("Last day for notice") if self.contract.renewal == Contract.Renewal.AUTO else _("Last day")

    @property
    def tone(self) -> str:
        return "t-bad" if self.days < 0 else "t-warn" if self.days <= 30 else ""

    @property
    def is_due(self) -> bool:
        """Its look is due today or before."""
        return self.review is not None and self.review.due_on <= self.on - dt.timedelta(days=self.days)

    @property
    def is_settled(self) -> bool:
        return bool(self.state)

    @property
    def state(self) -> Any:
        """What is known of its going on; empty while it is open."""
        contract = self.contract
        if self.is_in_notice:
            return _("Notice is given: it ends")
        if contract.rests_since_on:
            return _("It rests, and its last day moves")
        known = decided(contract)
        if known:
            return Contract.Decision(known).label
        return self.review.get_decision_display() if self.review is not None and self.review.decision else ""


def standings(deals: AmbassadorDealQuerySet, now: dt.datetime) -> list[Standing]:
    """Every deal in force with a last day, by the day of its decision. One query of bare columns."""
    rows = deals.in_force().filter(contract__end_on__isnull=False).select_related("contract")
    light = rows.only("pk", "contract_id", *(f"contract__{name}" for name in OF_CONTRACT)).order_by()
    found = []
    for deal in light:
        on = decision_day(deal.contract)
        found.append(Standing(deal.pk, on, (on - local_date(now, deal.contract.zone)).days))
    return sorted(found, key=lambda one: (one.on, one.deal))


def decision_day(contract: Contract) -> dt.date:
    """The last day for notice or for our option; of all others the last day."""
    assert contract.end_on is not None
    term = contract.term
    by_notice = term is not None and contract.renewal in GOING_ON and not contract.is_in_notice
    return term.notice_until() if by_notice and term is not None else contract.end_on


def within(found: Iterable[Standing], span: str) -> list[Standing]:
    days = SPANS[span][1]
    return [one for one in found if days is None or one.days <= days]


def page_of(found: Sequence[Standing], number: Any) -> "Page[Standing]":
    return Paginator(found, PAGE).get_page(number)


def rows_of(shown: Sequence[Standing], user: "User", now: dt.datetime) -> list[QueueRow]:
    """The rows of one page, in four queries."""
    ids = [one.deal for one in shown]
    deals = {deal.pk: deal for deal in _with_newest_rate().filter(pk__in=ids)}
    reviews, kept, worked = _reviews(deals), _kept(ids), _worked(deals.values(), user)
    return [
        _row(one, deals[one.deal], reviews.get(one.deal), kept.get(one.deal, Kept()), worked.get(one.deal, Figures()))
        for one in shown
        if one.deal in deals
    ]


def _with_newest_rate() -> Any:
    newest = RetainerRate.objects.filter(deal=OuterRef("pk")).order_by("-from_on")
    return AmbassadorDeal.objects.with_contract().annotate(
        rate=Subquery(newest.values("amount")[:1]), rate_currency=Subquery(newest.values("amount_currency")[:1])
    )


def _row(one: Standing, deal: Any, review: DealReview | None, kept: Kept, worked: Figures) -> QueueRow:
    retainer = Money(deal.rate, deal.rate_currency) if deal.rate is not None else None
    return QueueRow(deal, one.on, one.days, review, kept, worked, retainer, cost_of_going_on(deal, retainer))


def cost_of_going_on(deal: AmbassadorDeal, retainer: Money | None) -> Money | None:
    """The retainer of one more term, about: as long as the agreed renewal, or as this term."""
    contract = deal.contract
    if retainer is None or contract.start_on is None or contract.end_on is None:
        return None
    months = contract.renew_months or round(((contract.end_on - contract.start_on).days + 1) * 12 / 365)
    periods = Decimal(months) * PER_MONTH[deal.unit] / deal.every
    return Money((retainer.amount * periods).quantize(Decimal(1)), retainer.currency)


PER_MONTH: dict[str, Decimal] = {
    AmbassadorDeal.Unit.DAYS: Decimal(365) / 12,
    AmbassadorDeal.Unit.WEEK: Decimal(365) / 84,
    AmbassadorDeal.Unit.MONTH: Decimal(1),
    AmbassadorDeal.Unit.QUARTER: Decimal(1) / 3,
    AmbassadorDeal.Unit.YEAR: Decimal(1) / 12,
}


def _reviews(deals: dict[int, AmbassadorDeal]) -> dict[int, DealReview]:
    """The look at the term each of them is in."""
    rows = DealReview.objects.before_the_end().filter(deal__in=deals)
    return {row.deal_id: row for row in rows if row.for_on == deals[row.deal_id].contract.end_on}


def _kept(ids: Collection[int]) -> dict[int, Kept]:
    """Of the periods that are closed: what was owed and what of it was posted."""
    rows = PeriodQuota.objects.of_closed_periods().filter(period__deal__in=ids).order_by().values("period__deal")
    told = rows.annotate(owed=Sum(F("granted") + F("carried") - F("waived")), done=Sum("delivered"))
    return {row["period__deal"]: Kept(max(0, row["owed"]), row["done"]) for row in told}


def _worked(deals: Collection[AmbassadorDeal], user: "User") -> dict[int, Figures]:
    """How working with each went, for the brand of her deal."""
    facts = Fact.objects.visible_to(user).of_people([deal.influencer_id for deal in deals]).order_by()
    found: dict[tuple[int, int], list[Fact]] = {}
    for fact in facts.only("influencer_id", "brand_id", "kind", "amount"):
        found.setdefault((fact.influencer_id, fact.brand_id), []).append(fact)
    return {deal.pk: figures_in(found.get((deal.influencer_id, deal.contract.brand_id), ())) for deal in deals}
