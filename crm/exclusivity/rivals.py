"""Which work elsewhere is work for a rival: a competitor named by the brand, or the same kind of product from another house."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from crm.base.trees import Tree
from crm.brands.models import Brand, Category
from crm.exclusivity.models import OutsideDeal
from crm.team.models import User


@dataclass(frozen=True)
class Rival:
    """A brand of ours that a deal works against; not sure when the deal's category is wider than the brand's."""

    brand: Brand
    is_sure: bool


@dataclass(frozen=True)
class Field:
    """Our brands with their named competitors, and the tree of categories: what a deal is held against."""

    brands: list[Brand]
    tree: Tree
    named: Mapping[int, frozenset[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, brands: Iterable[Brand]) -> "Field":
        """Three queries, whatever the number of brands."""
        found = list(brands)
        links = Brand.rivals.through.objects.filter(from_brand__in=[brand.pk for brand in found])
        named: dict[int, set[int]] = {}
        for brand, rival in links.values_list("from_brand_id", "to_brand_id"):
            named.setdefault(brand, set()).add(rival)
        return cls(found, Tree.of(Category), {brand: frozenset(rivals) for brand, rivals in named.items()})

    @classmethod
    def seen_by(cls, user: User) -> "Field":
        """Every brand this colleague works with."""
        return cls.of(Brand.objects.visible_to(user).running().order_by("name"))

    def rivals(self, deal: OutsideDeal) -> list[Rival]:
        """The brands a deal works against. Nothing is asked of the database but the deal's own brand."""
        return [rival for brand in self.brands if (rival := self._rival(deal, brand)) is not None]

    def _rival(self, deal: OutsideDeal, brand: Brand) -> Rival | None:
        if deal.brand is not None and deal.brand.owner_id == brand.owner_id:
            return None
        if deal.brand_id in self.named.get(brand.pk, frozenset()):
            return Rival(brand, is_sure=True)
        if deal.category_id is None or brand.category_id is None:
            return None
        if self.tree.is_within(deal.category_id, brand.category_id):
            return Rival(brand, is_sure=True)
        return Rival(brand, is_sure=False) if self.tree.is_within(brand.category_id, deal.category_id) else None


def last_day_of(deal: OutsideDeal, today: dt.date) -> dt.date | None:
    """The last day on which a deal is known to have run, today at most; None when it has no day or lies ahead."""
    if deal.start_on is not None and deal.start_on > today:
        return None
    if deal.end_on is None:
        return today if deal.start_on is not None and not deal.url else deal.start_on
    return min(deal.end_on, today)


def last_rival_days(people: Iterable[int], brand: Brand, user: User, today: dt.date) -> dict[int, dt.date]:
    """When each person last worked for a rival of the brand, as far as the colleague may know. Four queries."""
    asked = Field.of([brand])
    deals = OutsideDeal.objects.visible_to(user).filter(influencer__among=people).select_related("brand")
    days: dict[int, dt.date] = {}
    for deal in deals:
        day = last_day_of(deal, today)
        if day is not None and asked.rivals(deal):
            days[deal.influencer_id] = max(day, days.get(deal.influencer_id, day))
    return days
