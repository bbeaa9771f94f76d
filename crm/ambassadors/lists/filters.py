"""Narrowing the list of deals: what may be asked, how it reads, and what it means for the rows."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from crm.ambassadors.lists.rows import paces_of
from crm.ambassadors.models import AmbassadorDeal, Program, ProgramTier
from crm.ambassadors.models.deals import AmbassadorDealQuerySet
from crm.base.zones import local_date
from crm.brands.models import Brand
from crm.team.models import User

STANDINGS: dict[str, Any] = {
    "": _("Going on"),
    "draft": _("Being made"),
    "running": _("Running"),
    "paused": _("Paused"),
    "notice": _("Notice given"),
    "ending": _("Ending in 90 days"),
    "over": _("Over"),
}
ORDERS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "": (_("Ends first"), (F("contract__end_on").asc(nulls_last=True), "pk")),
    "name": (_("By name"), ("influencer__stage_name", "pk")),
    "newest": (_("Newest first"), ("-pk",)),
}


class DealFilterForm(forms.Form):
    """Everything the list can be narrowed by. Each field may be left empty."""

    q = forms.CharField(label=_("Person, programme or brand"), required=False, max_length=80, strip=True)
    program = forms.ModelChoiceField(label=_("Programme"), required=False, queryset=Program.objects.none())
    brand = forms.ModelChoiceField(label=_("Brand"), required=False, queryset=Brand.objects.none())
    label = forms.ChoiceField(label=_("As"), required=False, choices=[("", _("Any")), *AmbassadorDeal.Label.choices])
    tier: "forms.ModelChoiceField[ProgramTier]" = forms.ModelChoiceField(
        label=_("Tier"), required=False, queryset=ProgramTier.objects.none()
    )
    owner = forms.ModelChoiceField(label=_("Owner"), required=False, queryset=User.objects.none())
    behind = forms.BooleanField(label=_("Behind with this period"), required=False)

    def __init__(self, data: Any, user: User) -> None:
        super().__init__(data)
        programs = Program.objects.visible_to(user)
        offered = {
            "program": programs,
            "brand": Brand.objects.visible_to(user).filter(pk__in=programs.values("brand")),
            "tier": ProgramTier.objects.filter(program__in=programs).select_related("program"),
            "owner": User.objects.filter(pk__in=AmbassadorDeal.objects.visible_to(user).values("contract__owner")),
        }
        for name, rows in offered.items():
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ModelChoiceField)
            chosen.queryset, chosen.empty_label = rows, str(_("Any"))
        self.fields["tier"].label_from_instance = _tier_words  # type: ignore[attr-defined]  # a ModelChoiceField


def _tier_words(tier: ProgramTier) -> str:
    return f"{tier.program}: {tier}"


@dataclass(frozen=True)
class Chip:
    """One filter as it reads in the sentence, and the list without it."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class DealFilter:
    """What somebody asked for, checked; what could not be understood is left out and named."""

    asked: dict[str, Any]
    standing: str
    sort: str
    on: dt.date
    refused: tuple[str, ...] = ()

    @classmethod
    def read(cls, data: Any, user: User, now: dt.datetime) -> "DealFilter":
        """The filter an address says. An address without filters costs nothing."""
        standing, sort = data.get("standing", ""), data.get("sort", "")
        plain = (standing if standing in STANDINGS else "", sort if sort in ORDERS else "", local_date(now, user.zone))
        if not any(data.get(name) for name in DealFilterForm.base_fields):
            return cls({}, *plain)
        form = DealFilterForm(data, user)
        form.is_valid()
        asked = {name: value for name, value in form.cleaned_data.items() if value}
        return cls(asked, *plain, tuple(str(form.fields[name].label) for name in form.errors))

    @cached_property
    def words(self) -> dict[str, str]:
        """The filter as an address says it."""
        said = {name: str(getattr(value, "pk", "on" if value is True else value)) for name, value in self.asked.items()}
        plain = {"standing": self.standing, "sort": self.sort}
        return said | {name: value for name, value in plain.items() if value}

    @property
    def query(self) -> str:
        return urlencode(self.words)

    @property
    def narrows(self) -> bool:
        return bool(self.asked or self.standing)

    def url(self, **other: str) -> str:
        """The same list with some words of its address changed, from its first page."""
        return f"?{urlencode({name: value for name, value in {**self.words, **other}.items() if value})}"

    def chips(self) -> list[Chip]:
        """The sentence: each filter in words."""
        return [Chip(label, self.url(**{name: ""})) for name, label in self._said()]

    def _said(self) -> Iterator[tuple[str, str]]:
        for name, value in self.asked.items():
            yield name, str(SENTENCE[name](value))

    def narrow(self, rows: AmbassadorDealQuerySet, now: dt.datetime) -> AmbassadorDealQuerySet:
        """The rows of every standing that match."""
        for name, value in self.asked.items():
            if name == "q":
                rows = rows.called(value)
            elif name != "behind":
                rows = rows.filter(**{COLUMNS[name]: value})
        return behind(rows, self.on, now) if "behind" in self.asked else rows

    def of_standing(self, rows: AmbassadorDealQuerySet) -> AmbassadorDealQuerySet:
        return rows.standing(self.standing, self.on).order_by(*ORDERS[self.sort][1])

    def tabs(self, rows: AmbassadorDealQuerySet) -> list[dict[str, Any]]:
        """How many of the matching deals stand where. One query."""
        counts = rows.counted_by_standing(self.on)
        return [
            {"label": label, "url": self.url(standing=key), "active": key == self.standing, "count": counts[key]}
            for key, label in STANDINGS.items()
        ]

    def sortings(self) -> list[dict[str, Any]]:
        return [
            {"label": label, "url": self.url(sort=key), "active": key == self.sort}
            for key, (label, _columns) in ORDERS.items()
        ]


def behind(rows: AmbassadorDealQuerySet, on: dt.date, now: dt.datetime) -> AmbassadorDealQuerySet:
    """Those who should have posted more of this period by now. One query more, whatever their number."""
    paces = paces_of(rows.running_on(on), now)
    late = [deal for deal, found in paces.items() if any(pace.covers(on) and pace.is_behind(on) for pace in found)]
    return rows.filter(pk__in=late)


COLUMNS = {
    "program": "program", "brand": "contract__brand", "label": "label", "tier": "tier", "owner": "contract__owner",
}  # fmt: skip
SENTENCE: dict[str, Callable[[Any], Any]] = {
    "q": lambda words: f"“{words}”",
    "program": lambda program: _("in %(program)s") % {"program": program},
    "brand": lambda brand: _("for %(brand)s") % {"brand": brand},
    "label": lambda label: AmbassadorDeal.Label(label).label,
    "tier": lambda tier: _("on tier %(tier)s") % {"tier": tier},
    "owner": lambda owner: _("looked after by %(name)s") % {"name": owner.get_short_name()},
    "behind": lambda asked: _("behind with this period"),
}
