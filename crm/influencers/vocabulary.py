"""The words a page about people needs, read with one query: platforms, niches, the house's tiers, colleagues."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Case, CharField, F, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import get_language

from crm.base.models import Organisation
from crm.influencers.models import Niche, Platform, SavedView, Tag, Tier
from crm.team.models import User

PAGE = "people"
SOMEBODY = -1
"""Stands in the written query where the colleague's id is put."""
BEHIND = 10**18
"""Larger than any place of a tab of one's own."""


@dataclass(frozen=True, slots=True)
class PlatformWord:
    code: str
    name: str
    icon: str


@dataclass(frozen=True, slots=True)
class ViewWord:
    """One tab above the list: her own or shared by somebody."""

    pk: int
    name: str
    query: str
    is_own: bool
    is_shared: bool


@dataclass(slots=True)
class Vocabulary:
    """What ids and codes are called. Platforms come in their order, tiers from the smallest, the rest by name.

    `views` are the tabs above the list: the colleague's own in her order, then what others share.
    """

    platforms: dict[int, PlatformWord] = field(default_factory=dict)
    niches: dict[int, str] = field(default_factory=dict)
    niche_parents: dict[int, int] = field(default_factory=dict)
    tiers: dict[str, str] = field(default_factory=dict)
    tags: dict[int, str] = field(default_factory=dict)
    owners: dict[int, str] = field(default_factory=dict)
    views: list[ViewWord] = field(default_factory=list)

    def within(self, niche: int) -> list[int]:
        """A niche and everything beneath it."""
        found = [niche]
        for one in found:
            found.extend(child for child, parent in self.niche_parents.items() if parent == one)
        return found

    def niche_choices(self) -> list[tuple[int, str]]:
        """Niches as a tree for a list of choices: a sub-niche stands behind its own, with its path."""
        paths = {pk: self._path(pk) for pk in self.niches}
        return sorted(paths.items(), key=lambda pair: pair[1].casefold())

    def _path(self, niche: int) -> str:
        above = self.niche_parents.get(niche)
        return f"{self._path(above)} / {self.niches[niche]}" if above in self.niches else self.niches[niche]


def vocabulary(user: User) -> Vocabulary:
    """Read it for one colleague; the tiers are those of the organisation's own scheme."""
    words = Vocabulary()
    for kind, pk, code, name, extra, _place in _rows(user.pk):
        match kind:
            case "platform":
                words.platforms[pk] = PlatformWord(code, name, extra)
            case "niche":
                words.niches[pk] = name
                if extra:
                    words.niche_parents[pk] = int(extra)
            case "tier":
                words.tiers[code] = name
            case "tag":
                words.tags[pk] = name
            case "owner":
                words.owners[pk] = name
            case "view":
                words.views.append(ViewWord(pk, name, code, is_own="own" in extra, is_shared="shared" in extra))
    return words


def _rows(user: int) -> list[tuple[Any, ...]]:
    """Asked on every page with the same words, so Django writes the query once for each language."""
    sql, params = _question("name_id" if get_language() == "id" else "name_en", connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(sql, [user if value == SOMEBODY else value for value in params])
        return list(cursor.fetchall())


@cache
def _question(niche_name: str, vendor: str) -> tuple[str, tuple[Any, ...]]:
    """The query as the database reads it; `vendor` only tells databases apart."""
    scheme = Organisation.objects.values("tier_scheme")
    parts = (
        _part("platform", Platform.objects.all(), F("code"), F("name"), F("icon"), F("position")),
        _part("niche", Niche.objects.all(), F("slug"), F(niche_name), Coalesce(_text(F("parent_id")), Value(""))),
        _part("tier", Tier.objects.filter(scheme__code__in=scheme), F("code"), F("name"), Value(""), F("low")),
        _part("tag", Tag.objects.all(), Value(""), F("name"), Value("")),
        _part("owner", User.objects.active(), Value(""), Coalesce(_text(F("name")), Value("")), Value("")),
        _views(),
    )
    together: Any = parts[0].union(*parts[1:], all=True)
    sql, params = together.order_by("place", "name_").query.sql_with_params()
    return sql, tuple(params)


def _views() -> "QuerySet[Any, Any]":
    """Her own tabs in their order, then everything shared in its own."""
    own, shared = Q(user=SOMEBODY), Q(is_shared=True)
    whose = Case(When(own & shared, then=Value("own shared")), When(shared, then=Value("shared")), default=Value("own"))
    behind = Case(When(shared, then=Value(BEHIND)), default=Value(0))
    place = Cast(F("position"), BigIntegerField()) * Value(10**12) + F("pk") + behind
    return _part("view", SavedView.objects.filter(own | shared, page=PAGE), F("query"), F("name"), whose, place)


def _text(expression: Any) -> Any:
    return Cast(expression, CharField())


def _part(kind: str, rows: Any, code: Any, name: Any, extra: Any, place: Any = None) -> "QuerySet[Any, Any]":
    columns = {"kind": _text(Value(kind)), "word": _text(code), "name_": _text(name), "extra": _text(extra)}
    named: QuerySet[Any, Any] = rows.order_by().annotate(**columns, place=place or Value(0))
    return named.values_list("kind", "pk", "word", "name_", "extra", "place")
