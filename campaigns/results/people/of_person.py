"""What a person brought, over all campaigns a colleague may see: posts, rates, what it cost, and how she keeps her word."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from campaigns.approvals.models import LivePost
from campaigns.planning.models import Collaboration
from campaigns.results.costs.parts import Costs
from campaigns.results.costs.reckoning import costs_by_card
from campaigns.results.formulas import Counts, added, median_of
from campaigns.results.people.outcome import Outcome
from campaigns.results.reckoning.basis import Basis, basis_of
from campaigns.results.reckoning.figures import figures_of
from campaigns.results.reckoning.sales import Sold, sold_by_card
from campaigns.results.reckoning.shape import PostFigure
from campaigns.results.reports.against import bands_for, compared
from campaigns.results.reports.charts import Range, ranges_of
from campaigns.results.reports.sections import sponsored_of
from campaigns.results.reports.shape import Sponsored
from campaigns.results.reports.words import count, rate, short
from crm.base.formats import money_full
from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.influencers.models import Influencer
from crm.payments.models import LedgerLine
from crm.payments.queries import settled_of
from crm.vetting.facts import figures_of as facts_of
from crm.vetting.facts_shown import Line, lines_of

if TYPE_CHECKING:
    from crm.team.models import User

FEW = 40
HUNDRED = Decimal(100)


@dataclass(frozen=True)
class PostRow:
    """One post as the table shows it."""

    figure: PostFigure
    basis: Basis

    @property
    def reach(self) -> str:
        return short(self.figure.counts.reach)

    @property
    def engagements(self) -> str:
        return short(self.basis.engagements(self.figure.counts))

    @property
    def rate(self) -> str:
        return rate(self.basis.rate(self.figure.counts))


@dataclass(frozen=True)
class CardRow(Outcome):
    """Her part of one campaign."""

    card: Collaboration
    figures: Sequence[PostFigure]

    @property
    def orders(self) -> str:
        return count(self.counts.orders)


@dataclass(frozen=True)
class PersonReport(Outcome):
    """Everything on the page. Money paid is there for those who read it."""

    person: Influencer
    figures: Sequence[PostFigure]
    cards: Sequence[CardRow]
    ranges: Sequence[Range]
    sponsored: Sponsored | None
    reliability: Sequence[Line]
    paid: Sequence[str]
    zone: str

    @property
    def brief(self) -> "Brief":
        return Brief(self.figures, self.basis)

    @property
    def posts(self) -> list[PostRow]:
        """The newest first."""
        return [PostRow(one, self.basis) for one in list(self.figures)[::-1][:FEW]]

    @cached_property
    def rates_over_time(self) -> list[tuple[dt.date, Decimal]]:
        """Post by post, in percent."""
        known = ((one, self.basis.rate(one.counts)) for one in self.figures)
        return [(local_date(one.published_at, self.zone), value * HUNDRED) for one, value in known if value is not None]

    @property
    def has_days(self) -> bool:
        """Whether there is a line to draw: two different days."""
        return len({on for on, _value in self.rates_over_time}) > 1

    @property
    def has_costly_days(self) -> bool:
        return len({on for on, _value in self.cost_over_time}) > 1

    @cached_property
    def cost_over_time(self) -> list[tuple[dt.date, Decimal]]:
        """Campaign by campaign, on the day of its first post: what one engagement cost."""
        known = ((row, row.basis.cost_each(row.counts)) for row in self.cards if row.figures)
        days = [
            (local_date(row.figures[0].published_at, self.zone), value) for row, value in known if value is not None
        ]
        return sorted(days)


@dataclass(frozen=True)
class Brief:
    """The few figures for her own page."""

    figures: Sequence[PostFigure]
    basis: Basis

    @property
    def counted(self) -> int:
        return sum(one.is_counted for one in self.figures)

    @property
    def posts(self) -> int:
        return len(self.figures)

    @property
    def campaigns(self) -> int:
        return len({one.campaign for one in self.figures})

    @property
    def median_rate(self) -> str:
        return rate(median_of(self.basis.rate(one.counts) for one in self.figures))

    @property
    def median_reach(self) -> str:
        return short(median_of(None if one.counts.reach is None else Decimal(one.counts.reach) for one in self.figures))


def brief_of(person: Influencer, user: "User") -> Brief | None:
    """None before her first post."""
    seen = Collaboration.objects.visible_to(user).of_person(person.pk)
    rows = LivePost.objects.filter(deliverable__collaboration__in=seen)
    if not rows.exists():
        return None
    figures = figures_of(rows)
    return Brief(figures, basis_of(figures))


def person_report(person: Influencer, user: "User") -> PersonReport:
    """In a fixed number of queries, however many campaigns and posts there are."""
    seen = Collaboration.objects.visible_to(user).of_person(person.pk)
    cards = list(seen.select_related("campaign__brand").order_by("-campaign__start_on", "-pk"))
    rows = LivePost.objects.filter(deliverable__collaboration__in=[card.pk for card in cards])
    figures = figures_of(rows)
    basis, currency = basis_of(figures), Organisation.load().currency
    told = _cards(cards, figures, basis, currency)
    facts = facts_of({person.pk}, user)[person.pk]
    return PersonReport(
        added(*(row.counts for row in told)), basis, currency, person, figures, told,
        ranges_of(compared(figures, bands_for(None))), sponsored_of(figures), lines_of(facts), _paid(person, user), user.zone,
    )  # fmt: skip


def _cards(cards: Sequence[Collaboration], figures: Sequence[PostFigure], basis: Basis, currency: str) -> list[CardRow]:
    """Those that went ahead or have posts, each with what it cost and sold."""
    posts: dict[int, list[PostFigure]] = defaultdict(list)
    for one in figures:
        posts[one.card].append(one)
    going = [card for card in cards if card.is_promised or posts[card.pk]]
    ids = {card.campaign_id for card in going}
    costs, sold = costs_by_card(ids), _sold(ids)
    return [
        CardRow(
            _counts(posts[card.pk], costs.get(card.pk), sold[card.pk], currency), basis, currency, card, posts[card.pk]
        )
        for card in going
    ]


def _sold(campaigns: set[int]) -> Mapping[int, list[Sold]]:
    found: dict[int, list[Sold]] = defaultdict(list)
    for one in sold_by_card(campaigns):
        found[one.card].append(one)
    return found


def _counts(figures: Sequence[PostFigure], costs: Costs | None, sold: Sequence[Sold], currency: str) -> Counts:
    spent = costs[currency].total if costs is not None else Decimal(0)
    own = [one for one in sold if one.currency == currency]
    return replace(
        added(*(one.counts for one in figures)), cost=spent or None,
        orders=sum(one.orders for one in sold) if sold else None,
        revenue=sum((one.revenue for one in own), Decimal(0)) if own else None,
    )  # fmt: skip


def _paid(person: Influencer, user: "User") -> list[str]:
    """What she was paid, each currency by itself; only for those who read money."""
    if not user.has_perm("crm.view_ledgerline"):
        return []
    sums = settled_of(LedgerLine.objects.visible_to(user).of_person(person.pk))
    return [money_full(amount, currency) for currency, amount in sorted(sums.items()) if amount]


def sample_words(report: PersonReport) -> str:
    """On how much the page stands."""
    return _("%(counted)s of %(posts)s posts have numbers, in %(campaigns)s campaigns") % {
        "counted": count(report.brief.counted), "posts": count(len(report.figures)), "campaigns": count(len(report.cards)),
    }  # fmt: skip
