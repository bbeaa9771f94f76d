"""Clauses and outside deals as bars, and the world both sides are read against: a fixed number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from django.db import models
from django.db.models import Exists, OuterRef

from crm.base.trees import Tree
from crm.base.windows import Window, day_window, without
from crm.base.zones import end_of_day
from crm.brands.models import Brand, BrandOwner, BrandOwnership, Category, Territory
from crm.exclusivity.models import CarveOut, Clause, ClauseStretch, OutsideDeal
from crm.exclusivity.terms import Act, Bar, Kind, Scope, Standing, Stretch, World
from crm.exclusivity.terms import CarveOut as Allowed
from crm.influencers.models import Influencer


def world_of(brands: Collection[int]) -> World:
    """The trees, and who owned these brands when. Five queries."""
    return World(Tree.of(Category), Tree.of(Territory), Tree.of(BrandOwner), owners_of(brands))


def houses_of(brands: Collection[int]) -> World:
    """Who owned these brands when, and nothing of categories and places: what work is claimed by. Three queries."""
    return World(Tree({}), Tree({}), Tree.of(BrandOwner), owners_of(brands))


def owners_of(brands: Collection[int]) -> dict[int, list[tuple[int, Window]]]:
    """Who owned each brand in which window; together they cover all time."""
    rows = list(Brand.objects.filter(pk__in=set(brands)).values_list("pk", "owner_id", "zone"))
    zones = {pk: zone for pk, _owner, zone in rows}
    dated: dict[int, list[tuple[int, Window]]] = defaultdict(list)
    for one in BrandOwnership.objects.filter(brand__in=zones).order_by("start_on", "pk"):
        window = day_window(one.start_on, one.end_on, zones[one.brand_id])
        free = without(window, [taken for _owner, taken in dated[one.brand_id]])
        dated[one.brand_id] += [(one.owner_id, piece) for piece in free]
    return {pk: _filled(dated[pk], owner) for pk, owner, _zone in rows}


def _filled(dated: list[tuple[int, Window]], owner: int) -> list[tuple[int, Window]]:
    """All other time is the present owner's."""
    rest = without(Window(None, None), [window for _owner, window in dated])
    return [*dated, *((owner, window) for window in rest)]


def bars_of(people: Collection[int]) -> list[Bar]:
    """Everything that bars these people: clauses on their way or in force, and exclusive deals elsewhere."""
    clauses = Clause.objects.of_people(set(people)).speaking().with_scope()
    return [*map(bar_of, clauses), *bars_elsewhere(people)]


def bars_elsewhere(people: Collection[int]) -> list[Bar]:
    outside = OutsideDeal.objects.filter(influencer_id__among=set(people), is_exclusive=True).select_related("brand")
    return [bar_of_outside(deal) for deal in outside]


def has_bars(people: Collection[int]) -> bool:
    """Whether anything bars one of them at all, as far as anybody said. One query."""
    clauses = Clause.objects.speaking().filter(influencer=OuterRef("pk")).order_by()
    elsewhere = OutsideDeal.objects.filter(is_exclusive=True, influencer=OuterRef("pk"))
    return Influencer.objects.filter(Exists(clauses) | Exists(elsewhere), pk__among=set(people)).exists()


def bar_of(clause: Clause) -> Bar:
    """One clause with its windows; ask for it `with_scope()`."""
    return Bar(
        clause=clause.pk,
        version=clause.version,
        person=clause.influencer_id,
        scope=scope_of(clause),
        stretches=[_stretch(row) for row in clause.stretches.all()],
        zone=clause.zone,
        standing=Standing(clause.standing),
        blocks=clause.blocks,
        beneficiary=clause.brand_id,
        house=clause.brand.owner_id,
        own_house_counts=clause.own_house_counts,
        counts_presence=clause.counts_presence,
        buffer_days=clause.buffer_days,
        carve_outs=[_allowed(row, clause.zone) for row in clause.carve_outs.all()],
        effective_from=clause.effective_from,
    )


def scope_of(clause: Clause) -> Scope:
    return Scope(
        kind=Kind(clause.kind),
        categories=_ids(clause.categories.all()),
        excluded=_ids(clause.excluded_categories.all()),
        with_children=clause.with_children,
        brands=_ids(clause.named_brands.all()),
        houses=_ids(clause.named_owners.all()),
        platforms=_ids(clause.platforms.all()),
        formats=_ids(clause.formats.all()),
        territories=_ids(clause.territories.all()),
        acts=clause.acts,
    )


def _ids(rows: "Iterable[models.Model]") -> frozenset[int]:
    return frozenset(row.pk for row in rows)


def _stretch(row: ClauseStretch) -> Stretch:
    core = Window(row.core_start_at, row.core_end_at) if row.has_core else None
    return Stretch(row.window, core, row.is_provisional)


def _allowed(row: CarveOut, zone: str) -> Allowed:
    until_at = end_of_day(row.until_on, zone) if row.until_on else None
    return Allowed(row.brand_id, row.house_id, row.category_id, Act(row.act) if row.act else None, until_at)


def bar_of_outside(deal: OutsideDeal) -> Bar:
    """Exclusive elsewhere, as far as anybody said: it warns until somebody confirmed it, then it refuses.

    It never claims anything: it is not ours to guard, and what she does for others is a fact."""
    categories = frozenset({deal.category_id} if deal.category_id else ())
    return Bar(
        clause=-deal.pk,
        version=1,
        person=deal.influencer_id,
        scope=Scope(
            kind=Kind.CATEGORY_PRODUCT if categories else Kind.FULL,
            categories=categories,
            acts=frozenset({Act.PAID_POST, Act.GIFTED_POST, Act.AMBASSADORSHIP}),
        ),
        stretches=[Stretch.certain(deal.window)],
        zone=deal.zone,
        beneficiary=deal.brand_id,
        house=deal.brand.owner_id if deal.brand else None,
        is_known=deal.is_confirmed,
        is_of_stranger=deal.is_confirmed and deal.brand is None,
    )


def brands_of(bars: Sequence[Bar]) -> set[int]:
    return {bar.beneficiary for bar in bars if bar.beneficiary}


def sells_of(brands: Collection[int]) -> dict[int, frozenset[int]]:
    """Every category these brands sell in. Two queries."""
    main = dict(Brand.objects.filter(pk__in=brands).values_list("pk", "category_id"))
    also = Brand.also_sells.through.objects.filter(brand_id__in=brands).values_list("brand_id", "category_id")
    found: dict[int, set[int]] = {brand: {category} - {None} for brand, category in main.items()}
    for brand, category in also:
        found[brand].add(category)
    return {brand: frozenset(categories) for brand, categories in found.items()}
