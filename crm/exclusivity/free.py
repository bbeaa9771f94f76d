"""Who is free for a category from one day to another on a platform: a filter of the list of people.

Free is whom nothing that is in force would refuse: the claims of bars, which the guard compares, are asked as they stand.
What only warns, and what is not agreed yet, leaves somebody free.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_words
from crm.base.windows import Window, day_window, validate_period
from crm.base.zones import local_date
from crm.brands.forms import category_choices
from crm.brands.models import Category
from crm.exclusivity.models import Claim
from crm.exclusivity.terms import Engagement
from crm.exclusivity.tokens import tokens_of_engagement
from crm.influencers.models import Platform
from crm.influencers.models.people import InfluencerQuerySet
from crm.influencers.places import Asked, influencer_filter

FOR, ON, FROM, TO = "free_for", "free_on", "free_from", "free_to"
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
    """Four fields that say one thing: free for what, where, from when to when."""

    def fields(self) -> dict[str, forms.Field]:
        return {
            FOR: forms.ChoiceField(label=_("Free for"), required=False, choices=_categories),
            ON: forms.ChoiceField(label=_("Free on"), required=False, choices=_platforms),
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
        """Free for Skincare from 1 to 31 March on Instagram."""
        if FOR not in values:
            return ""
        parts = [_("free for %(what)s") % {"what": Category.objects.get(pk=values[FOR])}]
        first, last = _day(values, FROM), _day(values, TO)
        if first:
            parts.append(_("from %(day)s") % {"day": day_words(first, "short")})
        if last:
            parts.append(_("until %(day)s") % {"day": day_words(last, "short")})
        if ON in values:
            parts.append(_("on %(platform)s") % {"platform": Platform.objects.get(code=values[ON]).name})
        return " ".join(str(part) for part in parts)

    def narrow(self, rows: InfluencerQuerySet, asked: Asked) -> InfluencerQuerySet:
        """Without whoever is barred: one subquery over the claims, whatever their number. Days are the asker's own."""
        values, zone = asked.values, asked.user.zone
        if FOR not in values:
            return rows
        window = day_window(_day(values, FROM) or local_date(asked.now, zone), _day(values, TO), zone)
        tokens = tokens_of_engagement(_work(int(values[FOR]), values.get(ON), window), ())
        numbers = {"subjects": tokens.subjects, "channels": tokens.channels, "acts": tokens.acts}
        barring = Claim.objects.barring(window, numbers).filter(influencer=OuterRef("pk"))
        return rows.exclude(Exists(barring))


def _work(category: int, platform: str | None, window: Window) -> Engagement:
    """A paid post for a brand that sells this and nothing else, and is nobody's sister."""
    sold = frozenset({category})
    where = Platform.objects.get(code=platform).pk if platform else None
    return Engagement("asked", frozenset(), NO_BRAND, window, categories=sold, company=sold, platform=where)


def _categories() -> list[tuple[Any, Any]]:
    return category_choices(_("Any"))


def _platforms() -> list[tuple[str, Any]]:
    return [
        ("", _("Any")),
        *((str(one.code), one.name) for one in Platform.objects.order_by("position", "pk")),
    ]


def _day(values: Mapping[str, str], name: str) -> dt.date | None:
    return dt.date.fromisoformat(values[name]) if values.get(name) else None


@influencer_filter("free")
def who_is_free() -> WhoIsFree:
    return WhoIsFree()
