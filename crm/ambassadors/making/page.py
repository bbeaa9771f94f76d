"""What the form of a deal shows once it was filled in: the periods, the days that matter, the sums, what stands against it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.ambassadors.making.actions import there_already
from crm.ambassadors.making.figures import Figures, figures_of
from crm.ambassadors.making.promise import conflicts_told
from crm.ambassadors.making.terms import DealTerms, QuotaTerms
from crm.ambassadors.making.words import each_period
from crm.ambassadors.models import AmbassadorDeal
from crm.ambassadors.schedule.looking_ahead import review_due
from crm.base.formats import day_words
from crm.base.zones import local_date
from crm.contracts.models import Contract
from crm.exclusivity.explaining import Explained
from crm.exclusivity.renewing import whole_months
from crm.influencers.models import RateCard
from crm.team.models import User


@dataclass(frozen=True)
class Preview:
    """One deal before it is written."""

    terms: DealTerms
    figures: Figures
    days: str
    each: str
    notice_on: dt.date | None
    review_on: dt.date | None
    findings: Sequence[Explained]
    is_barred: bool
    there: Contract | None
    usual: Decimal | None

    @property
    def labels(self) -> list[str]:
        return [one.label for one in self.terms.quotas]


def preview_of(terms: DealTerms, user: User, now: dt.datetime, *, besides: AmbassadorDeal | None = None) -> Preview:
    """Everything the page says about a deal that was asked for."""
    assert terms.person is not None
    person, made = terms.person.pk, terms.blank_deal()
    told, barred = conflicts_told(terms, {person: [one.format for one in terms.quotas]}, user, now)
    there = there_already(terms.program.pk, [person], terms.start_on, terms.end_on).get(person)
    if besides is not None and there == besides.contract:
        there = None
    usual = usual_prices({person: terms.quotas}, _currency(terms), local_date(now, terms.zone)).get(person)
    return Preview(
        terms=terms, figures=figures_of(terms), days=days_in_words(terms), each=each_period(made.unit, made.every),
        notice_on=terms.notice_until, review_on=_review_on(terms, made), findings=told.get(person, ()),
        is_barred=person in barred, there=there, usual=usual,
    )  # fmt: skip


def days_in_words(terms: DealTerms) -> str:
    """12 months from 11 March 2026 end on 10 March 2027."""
    first = day_words(terms.start_on)
    if terms.end_on is None:
        return _("From %(first)s on, until somebody ends it.") % {"first": first}
    months = whole_months(terms.start_on, terms.end_on)
    if months is None:
        return _("From %(first)s to %(last)s.") % {"first": first, "last": day_words(terms.end_on)}
    said = ngettext(
        "%(n)s month from %(first)s ends on %(last)s.", "%(n)s months from %(first)s end on %(last)s.", months
    )
    return said % {"n": months, "first": first, "last": day_words(terms.end_on)}


def _review_on(terms: DealTerms, made: AmbassadorDeal) -> dt.date | None:
    contract = Contract(
        **{key: terms.contract[key] for key in ("notice_value", "notice_span") if key in terms.contract}
    )
    if terms.end_on is None:
        return None
    length = {"months" if contract.notice_span == contract.Span.MONTHS else "days": contract.notice_value or 0}
    return review_due(terms.end_on, lead=made.review_lead_days, **length)


def _currency(terms: DealTerms) -> str:
    return str(terms.retainer.currency) if terms.retainer is not None else ""


def usual_prices(planned: Mapping[int, Sequence[QuotaTerms]], currency: str, on: dt.date) -> dict[int, Decimal]:
    """What each person's rate card says for the posts of one period; nobody whose card is silent about one of them."""
    rates = _rates(planned, on) if currency else {}
    found: dict[int, Decimal] = {}
    for person, quotas in planned.items():
        prices = [rates.get(person, {}).get((one.format.pk, currency)) for one in quotas]
        if quotas and all(price is not None for price in prices):
            found[person] = sum(
                (price * one.quantity for price, one in zip(prices, quotas, strict=True) if price), Decimal(0)
            )
    return found


def _rates(people: Collection[int], on: dt.date) -> Mapping[int, dict[tuple[Any, str], Decimal]]:
    found: dict[int, dict[tuple[Any, str], Decimal]] = defaultdict(dict)
    rows = RateCard.objects.filter(influencer__in=people, package="", price_to__isnull=True).valid_on(on)
    for rate in rows.order_by("-valid_from", "-pk"):
        found[rate.influencer_id].setdefault((rate.format_id, str(rate.price.currency)), rate.price.amount)
    return found
