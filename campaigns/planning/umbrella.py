"""Umbrella campaigns: which campaign is part of which, and what an umbrella and its parts come to together.

A tree is at most three deep and stays within one house. Whoever is in two parts counts once; currencies stand beside
each other.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from campaigns.planning.campaign_list import CampaignRow, campaign_rows, in_order
from campaigns.planning.cards import Sums, written
from campaigns.planning.models import Campaign, CampaignQuerySet, Collaboration, Kpi, KpiKind, Refused
from crm.base.formats import count_full, money_short, percent
from crm.base.models import Organisation
from crm.base.trees import Tree
from crm.brands.models import Brand, BrandOwner

if TYPE_CHECKING:
    from crm.team.models import User

DEEPEST = 3

ITSELF = _("A campaign cannot be part of itself.")
RING = _("“%(parent)s” is part of “%(campaign)s” already. Choose one above it, or none.")
OTHER_HOUSE = _("“%(parent)s” belongs to another house. An umbrella and its parts are of one house.")
TOO_DEEP = _("Campaigns stand at most three deep: umbrella, part, part of a part. Choose one further up.")
IS_OVER = _("“%(parent)s” is over. Choose one that is still running.")


def house_of(brand: Brand) -> int:
    """The company at the very top of whoever owns this brand."""
    *_below, top = Tree.of(BrandOwner).line(brand.owner_id)
    return top


def hold_house(brand: Brand) -> int:
    """Hold the brand's house in this transaction: of two people who hang campaigns into each other one comes second."""
    top = house_of(brand)
    list(BrandOwner.objects.select_for_update().filter(pk=top).values_list("pk"))
    return top


def known_parts() -> Tree:
    """Who is part of whom; whoever is part of nothing is left out."""
    return Tree(dict(Campaign._base_manager.filter(parent__isnull=False).values_list("pk", "parent_id")))


def why_not_part(campaign: Campaign, parent: Campaign, house: int | None = None) -> str:
    """Why this campaign may not become a part of that one; empty when it may."""
    said = {"campaign": campaign.name, "parent": parent.name}
    tree = known_parts()
    if campaign.pk is not None and parent.pk == campaign.pk:
        return str(ITSELF)
    if campaign.pk is not None and tree.is_within(parent.pk, campaign.pk):
        return str(RING) % said
    if house_of(parent.brand) != (house if house is not None else house_of(campaign.brand)):
        return str(OTHER_HOUSE) % said
    if parent.is_over:
        return str(IS_OVER) % said
    return "" if depth_under(campaign, parent, tree) <= DEEPEST else str(TOO_DEEP)


def depth_under(campaign: Campaign, parent: Campaign, tree: Tree) -> int:
    """How deep the tree would be with the campaign, and all that is part of it, below the parent."""
    above = len(list(tree.line(parent.pk)))
    below = tree.below([campaign.pk]) if campaign.pk is not None else frozenset({0})
    return above + max(_steps(tree, node, campaign.pk or 0) for node in below)


def _steps(tree: Tree, node: int, top: int) -> int:
    """How many campaigns stand from `node` up to `top`, both counted."""
    line = list(tree.line(node))
    return line.index(top) + 1


def check_part(campaign: Campaign) -> None:
    """Refuse a wrong umbrella, the house held, so that nobody hangs the other way round meanwhile. Raises Refused."""
    if campaign.parent_id is None:
        return
    house = hold_house(campaign.brand)
    parent = Campaign.objects.select_related("brand").get(pk=campaign.parent_id)
    if why := why_not_part(campaign, parent, house):
        raise Refused(campaign, why)


def may_be_above(campaign: Campaign, user: "User") -> CampaignQuerySet:
    """The campaigns a form offers as umbrella: in motion, seen by the colleague, of the same house where it is known."""
    rows = Campaign.objects.visible_to(user).in_motion().with_an_end()
    if campaign.pk is None:
        return rows
    tree = known_parts()
    houses = Tree.of(BrandOwner).below([house_of(campaign.brand)])
    rows = rows.filter(brand__owner__in=houses).exclude(pk__in=tree.below([campaign.pk]))
    now_above = Campaign.objects.visible_to(user).filter(children=campaign.pk)
    return (rows | now_above).distinct()


@dataclass(frozen=True)
class Target:
    """One figure the campaigns of a tree aim at."""

    kind: KpiKind
    own: str
    parts: str


@dataclass(frozen=True)
class Part:
    """One campaign below an umbrella, with its figures and how far below it stands."""

    row: CampaignRow
    depth: int

    @property
    def steps(self) -> range:
        return range(self.depth - 1)

    @property
    def budget(self) -> str:
        return money_short(self.row.campaign.budget) if self.row.campaign.budget is not None else ""


@dataclass(frozen=True)
class Umbrella:
    """An umbrella and everything below it, as far as the colleague may see it."""

    campaign: Campaign
    own: CampaignRow
    parts: Sequence[Part]
    people: int
    targets: Sequence[Target]

    @property
    def rows(self) -> list[CampaignRow]:
        return [self.own, *(part.row for part in self.parts)]

    @property
    def posted(self) -> int:
        return sum(row.posted for row in self.rows)

    @property
    def planned(self) -> int:
        return sum(row.planned for row in self.rows)

    @property
    def late(self) -> int:
        return sum(row.late for row in self.rows)

    @property
    def in_several(self) -> int:
        """How many places are counted once only: people who are in more than one of these campaigns."""
        return sum(row.people for row in self.rows) - self.people

    @property
    def promised(self) -> str:
        sums: Sums = defaultdict(Decimal)
        for row in self.rows:
            for currency, amount in row.promised.items():
                sums[currency] += amount
        return written(sums)

    @property
    def budgets(self) -> str:
        """What the parts have together; the umbrella's own budget stands beside it."""
        sums: Sums = defaultdict(Decimal)
        for part in self.parts:
            budget = part.row.campaign.budget
            if budget is not None:
                sums[str(budget.currency)] += budget.amount
        return written(sums)


def umbrella_of(campaign: Campaign, user: "User", now: dt.datetime) -> Umbrella | None:
    """What the campaign and its parts come to, in a fixed number of queries; None when it has no parts."""
    below = Campaign.objects.visible_to(user).filter(Q(parent=campaign.pk) | Q(parent__parent=campaign.pk))
    parts = list(below.select_related("brand", "owner").order_by("start_on", "name", "pk"))
    if not parts:
        return None
    rows = {row.campaign.pk: row for row in campaign_rows([campaign, *parts], now)}
    return Umbrella(
        campaign,
        rows[campaign.pk],
        [Part(rows[one.pk], depth) for one, depth in in_order(parts, campaign.pk)],
        people_in(rows),
        targets_of(campaign, parts),
    )


def people_in(campaigns: Iterable[int]) -> int:
    """How many people are in these campaigns; somebody in two of them, and two who were found to be one, count once."""
    cards = Collaboration.objects.going_ahead().filter(campaign__in=list(campaigns)).order_by()
    person = Coalesce("influencer__merged_into_id", "influencer_id")
    return cards.annotate(person=person).values("person").distinct().count()


def targets_of(campaign: Campaign, parts: Sequence[Campaign]) -> list[Target]:
    """What the umbrella aims at, beside what its parts aim at together. Percentages are told, never added up."""
    by_pk = {one.pk: one for one in (campaign, *parts)}
    house = Organisation.load().currency
    own: dict[int, str] = {}
    sums: dict[int, Sums] = defaultdict(lambda: defaultdict(Decimal))
    kinds: dict[int, KpiKind] = {}
    aimed = Kpi.objects.aimed().filter(campaign__in=by_pk).select_related("kind").order_by("kind__position", "kind")
    for kpi in aimed:
        kinds[kpi.kind_id] = kpi.kind
        currency = currency_of(by_pk[kpi.campaign_id], house)
        if kpi.campaign_id == campaign.pk:
            own[kpi.kind_id] = in_unit(kpi.kind, kpi.target or Decimal(0), currency)
        else:
            sums[kpi.kind_id][_counted_as(kpi, currency)] += kpi.target or Decimal(0)
    return [Target(kind, own.get(pk, ""), _together(kind, sums[pk])) for pk, kind in kinds.items()]


def currency_of(campaign: Campaign, house: str) -> str:
    return str(campaign.budget.currency) if campaign.budget is not None else house


def _counted_as(kpi: Kpi, currency: str) -> str:
    """What may be added up under one heading: numbers, one currency, and of percentages each by itself."""
    if kpi.kind.unit == KpiKind.Unit.PERCENT:
        return f"%{kpi.pk}"
    return currency if kpi.kind.unit == KpiKind.Unit.MONEY else ""


def _together(kind: KpiKind, sums: Sums) -> str:
    words = [in_unit(kind, amount, heading) for heading, amount in sorted(sums.items())]
    return ", ".join(words) if kind.unit == KpiKind.Unit.PERCENT else " + ".join(words)


def in_unit(kind: KpiKind, value: Decimal, currency: str) -> str:
    """10,000; 4.5 %; Rp5 jt."""
    if kind.unit == KpiKind.Unit.MONEY:
        return money_short(value, currency)
    if kind.unit == KpiKind.Unit.PERCENT:
        return percent(value / 100, digits=2)
    return count_full(value)
