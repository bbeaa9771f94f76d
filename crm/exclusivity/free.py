"""Who is free for a category from one day to another on a platform in a country: a filter of the list of people.

Free is whom nothing would refuse: the claims of bars, which the guard compares, are asked as they stand, and so are
exclusive deals elsewhere that somebody confirmed. What only warns, and what is not agreed yet, leaves somebody free.
Whoever is barred from a part of a category is not free for all of it.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_words
from crm.base.trees import Tree
from crm.base.windows import Window, day_window, validate_period
from crm.base.zones import local_date
from crm.brands.forms import category_choices
from crm.brands.models import Category, Territory
from crm.exclusivity.models import Claim, OutsideDeal
from crm.exclusivity.terms import Engagement
from crm.exclusivity.tokens import tokens_of_engagement
from crm.influencers.models import Platform
from crm.influencers.models.people import InfluencerQuerySet
from crm.influencers.places import Asked, influencer_filter

FOR, ON, IN, FROM, TO = "free_for", "free_on", "free_in", "free_from", "free_to"
NO_BRAND = 0


class DayText(forms.DateField):
    """A day that stays text, as an address says it."""

    def __init__(self, label: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=False, input_formats=["%Y-%m-%d"], widget=widget)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        validate_period(day, None)
        return day.isoformat() if day else ""


class WhoIsFree:
    """Five fields that say one thing: free for what, on what, where, from when to when."""

    def fields(self) -> dict[str, forms.Field]:
        return {
            FOR: forms.ChoiceField(label=_("Free for"), required=False, choices=_categories),
            ON: forms.ChoiceField(label=_("Free on"), required=False, choices=_platforms),
            IN: forms.ChoiceField(label=_("Free in"), required=False, choices=_countries),
            FROM: DayText(_("Free from")),
            TO: DayText(_("Free until")),
        }

    def check(self, values: Mapping[str, str]) -> dict[str, Any]:
        """Days and platform say nothing without what somebody should be free for."""
        if FOR not in values:
            return {name: _("Choose what she should be free for.") for name in values}
        try:
            validate_period(_day(values, FROM), _day(values, TO))
        except ValidationError as wrong:
            return {TO: wrong}
        return {}

    def said(self, values: Mapping[str, str]) -> str:
        """Free for Skincare from 1 to 31 March on Instagram in Indonesia."""
        if FOR not in values:
            return ""
        parts = [_what(Category.objects.annotate(parts=Count("children")).get(pk=values[FOR]))]
        first, last = _day(values, FROM), _day(values, TO)
        if first:
            parts.append(_("from %(day)s") % {"day": day_words(first, "short")})
        if last:
            parts.append(_("until %(day)s") % {"day": day_words(last, "short")})
        if ON in values:
            parts.append(_("on %(platform)s") % {"platform": Platform.objects.get(code=values[ON]).name})
        if IN in values:
            parts.append(_("in %(place)s") % {"place": Territory.objects.get(code=values[IN]).name})
        return " ".join(str(part) for part in parts)

    def narrow(self, rows: InfluencerQuerySet, asked: Asked) -> InfluencerQuerySet:
        """Without whoever is barred: a subquery over claims, one over deals, whatever their number. Days are the asker's."""
        values, zone = asked.values, asked.user.zone
        if FOR not in values:
            return rows
        first, last = _day(values, FROM) or local_date(asked.now, zone), _day(values, TO)
        window, tree, node = day_window(first, last, zone), Tree.of(Category), int(values[FOR])
        sold = tree.below([node])
        tokens = tokens_of_engagement(_work(sold, values, window), ())
        numbers = {"subjects": tokens.subjects, "channels": tokens.channels, "acts": tokens.acts}
        if IN in values:
            numbers["territories"] = tokens.territories
        barring = Claim.objects.barring(window, numbers).filter(influencer=OuterRef("pk"))
        elsewhere = OutsideDeal.objects.barring(first, last, sold | tree.above([node]))
        deals = elsewhere.filter(influencer=OuterRef("pk"))
        # Two conditions, not one with "or": the database then asks for the people of a page only.
        return rows.exclude(Exists(barring)).exclude(Exists(deals))


def _what(category: Category) -> str:
    """A category that has parts stands for all of them."""
    words = _("free for %(what)s and all in it") if category.parts else _("free for %(what)s")  # type: ignore[attr-defined]
    return str(words % {"what": category})


def _work(sold: frozenset[int], values: Mapping[str, str], window: Window) -> Engagement:
    """A paid post for a brand that sells this and nothing else, and is nobody's sister."""
    on = Platform.objects.get(code=values[ON]).pk if ON in values else None
    places = frozenset({Territory.objects.get(code=values[IN]).pk} if IN in values else ())
    return Engagement(
        "asked", frozenset(), NO_BRAND, window, categories=sold, company=sold, platform=on, territories=places
    )


def _categories() -> list[tuple[Any, Any]]:
    return category_choices(_("Any"))


def _platforms() -> list[tuple[str, Any]]:
    return [
        ("", _("Any")),
        *((str(one.code), one.name) for one in Platform.objects.order_by("position", "pk")),
    ]


def _countries() -> list[tuple[str, Any]]:
    found = Territory.objects.filter(kind=Territory.Kind.COUNTRY).order_by("name")
    return [("", _("Anywhere")), *found.values_list("code", "name")]


def _day(values: Mapping[str, str], name: str) -> dt.date | None:
    return dt.date.fromisoformat(values[name]) if values.get(name) else None


@influencer_filter("free")
def who_is_free() -> WhoIsFree:
    return WhoIsFree()
