"""The words a page about people needs, read with one query: platforms, niches, the house's tiers, colleagues."""

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import get_language

from crm.base.models import Organisation
from crm.influencers.models import Niche, Platform, SavedView, Tier
from crm.team.models import User

PAGE = "people"
SOMEBODY = -1
"""Stands in the written query where the colleague's id is put."""


@dataclass(frozen=True, slots=True)
class PlatformWord:
    code: str
    name: str
    icon: str


@dataclass(slots=True)
class Vocabulary:
    """What ids and codes are called. Platforms come in their order, tiers from the smallest, the rest by name.

    `views` are the colleague's own tabs above the list: id, name and filter, in the order in which she kept them.
    """

    platforms: dict[int, PlatformWord] = field(default_factory=dict)
    niches: dict[int, str] = field(default_factory=dict)
    niche_parents: dict[int, int] = field(default_factory=dict)
    tiers: dict[str, str] = field(default_factory=dict)
    owners: dict[int, str] = field(default_factory=dict)
    views: list[tuple[int, str, str]] = field(default_factory=list)

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
            case "owner":
                words.owners[pk] = name
            case "view":
                words.views.append((pk, name, code))
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
        _part("owner", User.objects.active(), Value(""), Coalesce(_text(F("name")), Value("")), Value("")),
        _part("view", SavedView.objects.filter(user=SOMEBODY, page=PAGE), F("query"), F("name"), Value(""), F("pk")),
    )
    together: Any = parts[0].union(*parts[1:], all=True)
    sql, params = together.order_by("place", "name_").query.sql_with_params()
    return sql, tuple(params)


def _text(expression: Any) -> Any:
    return Cast(expression, CharField())


def _part(kind: str, rows: Any, code: Any, name: Any, extra: Any, place: Any = None) -> "QuerySet[Any, Any]":
    columns = {"kind": _text(Value(kind)), "word": _text(code), "name_": _text(name), "extra": _text(extra)}
    named: QuerySet[Any, Any] = rows.order_by().annotate(**columns, place=place or Value(0))
    return named.values_list("kind", "pk", "word", "name_", "extra", "place")
