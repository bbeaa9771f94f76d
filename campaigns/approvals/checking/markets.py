"""Whose law counts: where the campaign runs, where she is, and where a good part of her audience is (domain rule 5.8)."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from crm.base.trees import Tree
from crm.brands.models import Territory
from crm.influencers.models import Audience, AudienceShare

FROM_PERCENT = Decimal(10)


def countries_of_places() -> tuple[Tree, Mapping[int, str]]:
    """The tree of places and the country code of each country in it. One query."""
    parents, codes = {}, {}
    for pk, parent, kind, code in Territory.objects.values_list("pk", "parent_id", "kind", "code"):
        parents[pk] = parent
        if kind == Territory.Kind.COUNTRY:
            codes[pk] = code.upper()[:2]
    return Tree(parents), codes


def audiences_of(people: Collection[int], places: tuple[Tree, Mapping[int, str]]) -> dict[int, frozenset[str]]:
    """Countries in which more than a tenth of a newest count of her audience is. Two queries."""
    newest: dict[tuple[int, int | None], int] = {}
    rows = Audience.objects.filter(influencer__in=people).newest_first()
    for pk, person, account in rows.values_list("pk", "influencer_id", "account_id"):
        newest.setdefault((person, account), pk)
    shares = AudienceShare.objects.filter(audience__in=newest.values(), kind=AudienceShare.Kind.PLACE)
    summed: dict[tuple[int, str], Decimal] = defaultdict(Decimal)
    for audience, territory, percent in shares.values_list("audience_id", "territory_id", "percent"):
        for country in countries_above(territory, places):
            summed[audience, country] += percent
    found: dict[int, frozenset[str]] = defaultdict(frozenset)
    for (person, _account), pk in newest.items():
        found[person] |= {country for (one, country), sum_ in summed.items() if one == pk and sum_ > FROM_PERCENT}
    return found


def countries_above(place: int | None, places: tuple[Tree, Mapping[int, str]]) -> frozenset[str]:
    tree, codes = places
    return frozenset(codes[one] for one in tree.line(place) if one in codes)
