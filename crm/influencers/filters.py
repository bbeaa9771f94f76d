"""Narrowing the list of people: what may be asked, how it reads as a sentence, and what it means for the rows."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import F, Value
from django.db.models.functions import Upper
from django.db.models.lookups import Exact
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from crm.base.formats import count_short
from crm.base.paging import Order, order_named
from crm.influencers.fields import CountField
from crm.influencers.models import Influencer, SocialAccount
from crm.influencers.models.people import InfluencerQuerySet
from crm.influencers.places import Asked, PeopleNarrowing, influencer_filter
from crm.influencers.queries.search import called
from crm.influencers.vocabulary import Vocabulary
from crm.team.models import User

NEWEST = Order("newest", _("Newest first"), "created_at")
FOLLOWERS = Order("followers", _("Most followers"), "followers_rank")
NAME = Order("name", _("By name"), "name_key", descending=False)
ORDERS = (NEWEST, FOLLOWERS, NAME)

ME, NOBODY = "me", "nobody"
PRESENT, ARCHIVED = "", "archived"
ANYHOW, BARRED, FREE = "", "barred", "free"


class PeopleFilterForm(forms.Form):
    """Everything the list can be narrowed by. Each field may be left empty."""

    q = forms.CharField(label=_("Name or handle"), required=False, max_length=80, strip=True)
    tier = forms.ChoiceField(label=_("Tier"), required=False)
    platform = forms.ChoiceField(label=_("Platform"), required=False)
    niche = forms.ChoiceField(label=_("Niche, with everything in it"), required=False)
    tag = forms.ChoiceField(label=_("Tag"), required=False)
    city = forms.CharField(label=_("City"), required=False, max_length=100)
    stage = forms.ChoiceField(label=_("Stage"), required=False)
    min = CountField(label=_("Followers from"), required=False)
    max = CountField(label=_("to"), required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    contact = forms.ChoiceField(label=_("May be contacted"), required=False)
    state = forms.ChoiceField(label=_("Archived"), required=False)
    sort = forms.ChoiceField(label=_("Sorted"), required=False)
    view = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: "MultiValueDict[str, str] | None", words: Vocabulary) -> None:
        super().__init__(data)
        offered: dict[str, list[tuple[Any, Any]]] = {
            "tier": [("", _("Any")), *words.tiers.items()],
            "platform": [("", _("Any")), *((word.code, word.name) for word in words.platforms.values())],
            "niche": [("", _("Any")), *words.niche_choices()],
            "tag": [("", _("Any")), *words.tags.items()],
            "stage": [("", _("Any")), *Influencer.Stage.choices],
            "owner": [("", _("Anybody")), (ME, _("Me")), (NOBODY, _("Nobody")), *words.owners.items()],
            "contact": [(ANYHOW, _("Either")), (FREE, _("Yes")), (BARRED, _("Do not contact"))],
            "state": [(PRESENT, _("Not archived")), (ARCHIVED, _("Archived"))],
            "sort": [(order.key, order.label) for order in ORDERS],
        }
        self.fields.update({name: field for one in _narrowings() for name, field in one.fields().items()})
        for name, choices in offered.items():
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = choices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        low, high = data.get("min"), data.get("max")
        if low is not None and high is not None and low > high:
            self.add_error("max", _("This is less than the other end. Swap them or correct one."))
        for one in _narrowings():
            for name, wrong in one.check(_own(one, data)).items():
                self.add_error(name, wrong)
        return data

    @property
    def brought(self) -> list[forms.BoundField]:
        """The fields that other rooms bring."""
        return [self[name] for name in self.fields if name not in self.base_fields]


@dataclass(frozen=True)
class Chip:
    """One filter as it reads in the sentence, and the list without it."""

    label: str
    remove_url: str


@dataclass(frozen=True)
class PeopleFilter:
    """What somebody asked for, checked; what could not be understood is left out and named."""

    asked: dict[str, Any]
    words: Vocabulary
    refused: tuple[str, ...] = ()

    @classmethod
    def read(cls, data: "MultiValueDict[str, str]", words: Vocabulary) -> "PeopleFilter":
        """The filter an address says. An address without filters costs nothing."""
        known = said_names()
        if not any(data.get(name) for name in (*known, "view")):
            return cls({}, words)
        form = PeopleFilterForm(data, words)
        form.is_valid()
        refused = tuple(str(form.fields[name].label) for name in form.errors if name in known)
        asked = {name: value for name, value in form.cleaned_data.items() if value not in ("", None)}
        if asked.get("sort") == NEWEST.key:
            del asked["sort"]
        return cls(asked, words, refused)

    @cached_property
    def order(self) -> Order:
        return order_named(ORDERS, self.asked.get("sort", ""))

    @cached_property
    def query(self) -> str:
        """The filter as an address says it, in one fixed order, so that equal filters are equal texts."""
        return urlencode([(name, self.asked[name]) for name in said_names() if name in self.asked])

    def without(self, *names: str) -> str:
        """The list's address with these filters gone."""
        rest = [(name, self.asked[name]) for name in self.asked if name not in names]
        return f"?{urlencode(rest)}" if rest else "?"

    def sorted_by(self, order: Order) -> str:
        """The list's address in another order, from its first page."""
        return f"?{urlencode({**self.asked, 'sort': order.key})}"

    @property
    def narrows(self) -> bool:
        return bool(self.asked.keys() - {"sort", "view"})

    @property
    def goes_by_followers_alone(self) -> bool:
        """Whether people are ranked by followers and nothing says what they post about, for whom, or where."""
        fit = {"niche", "tag", "city", "q"}
        return self.order is FOLLOWERS and not fit & self.asked.keys()

    @property
    def is_archive(self) -> bool:
        """Whether it shows the archive."""
        return self.asked.get("state") == ARCHIVED

    def chips(self, user: User) -> list[Chip]:
        """The sentence: each filter in words."""
        return [Chip(label, self.without(*names)) for names, label in self._said(user)]

    def sentence(self, user: User) -> str:
        """The whole filter as one sentence: `Micro in Beauty from Surabaya, 10k to 100k followers`."""
        said = {names[0]: label for names, label in self._said(user)}
        if not said:
            return ""
        who = [
            said.pop("tier", str(_("People"))),
            *(said.pop(name) for name in ("niche", "platform", "city") if name in said),
        ]
        return ", ".join([" ".join(who), *said.values()])

    def _said(self, user: User) -> Iterator[tuple[tuple[str, ...], str]]:
        asked = self.asked
        for name, said in SENTENCE.items():
            if name in asked:
                yield (name,), str(said(asked[name], self.words))
        if "owner" in asked:
            yield ("owner",), _owner(asked["owner"], self.words, user)
        if "min" in asked or "max" in asked:
            yield ("min", "max"), _range(asked.get("min"), asked.get("max"))
        for one in _narrowings():
            if words := one.said(_own(one, asked)):
                yield tuple(one.fields()), words

    def narrow(self, rows: InfluencerQuerySet, *, user: User, now: dt.datetime) -> InfluencerQuerySet:
        """The rows that match; the archived ones only when they are asked for."""
        asked = self.asked
        rows = rows.archived() if self.is_archive else rows.present()
        for name, narrowed in NARROWED.items():
            if name in asked:
                rows = narrowed(rows, asked[name], self.words)
        if "owner" in asked:
            rows = _owned(rows, asked["owner"], user)
        if "contact" in asked:
            rows = rows.barred_from_contact(now) if asked["contact"] == BARRED else rows.free_to_contact(now)
        for one in _narrowings():
            if values := _own(one, asked):
                rows = one.narrow(rows, Asked(values, user, now))
        return rows


def said_names() -> list[str]:
    """What narrows or sorts; the rest of an address only remembers which tab it came from."""
    own = [name for name in PeopleFilterForm.base_fields if name != "view"]
    return own + [name for one in _narrowings() for name in one.fields()]


def _narrowings() -> list[PeopleNarrowing]:
    return [placed.call() for placed in influencer_filter.all()]


def _own(one: PeopleNarrowing, values: dict[str, Any]) -> dict[str, str]:
    """What was said in the fields of one feature."""
    return {name: values[name] for name in one.fields() if values.get(name)}


Said = Callable[[Any, Vocabulary], Any]
Narrowed = Callable[[InfluencerQuerySet, Any, Vocabulary], InfluencerQuerySet]

SENTENCE: dict[str, Said] = {
    "q": lambda text, words: f"“{text}”",
    "tier": lambda code, words: words.tiers[code],
    "platform": lambda code, words: _("on %(platform)s") % {"platform": _platform_name(code, words)},
    "niche": lambda pk, words: _("in %(niche)s") % {"niche": words.niches[int(pk)]},
    "tag": lambda pk, words: _("tagged %(tag)s") % {"tag": words.tags[int(pk)]},
    "city": lambda city, words: _("from %(city)s") % {"city": city},
    "stage": lambda stage, words: Influencer.Stage(stage).label,
    "contact": lambda choice, words: _("do not contact") if choice == BARRED else _("may be contacted"),
    "state": lambda choice, words: _("archived"),
}


def _platform_name(code: str, words: Vocabulary) -> str:
    return next(word.name for word in words.platforms.values() if word.code == code)


def _owner(owner: str, words: Vocabulary, user: User) -> str:
    if owner == NOBODY:
        return str(_("looked after by nobody"))
    name = user.get_short_name() if owner == ME else words.owners[int(owner)]
    return str(_("looked after by %(name)s")) % {"name": name}


def _range(low: int | None, high: int | None) -> str:
    if low is None:
        return str(_("up to %(high)s followers")) % {"high": count_short(high)}
    if high is None:
        return str(_("from %(low)s followers")) % {"low": count_short(low)}
    return str(_("%(low)s to %(high)s followers")) % {"low": count_short(low), "high": count_short(high)}


def _owned(rows: InfluencerQuerySet, owner: str, user: User) -> InfluencerQuerySet:
    if owner == NOBODY:
        return rows.filter(owner__isnull=True)
    return rows.filter(owner=user.pk if owner == ME else int(owner))


def _on_platform(rows: InfluencerQuerySet, code: str, words: Vocabulary) -> InfluencerQuerySet:
    platform = next(pk for pk, word in words.platforms.items() if word.code == code)
    return rows.filter(pk__in=SocialAccount.objects.filter(platform=platform).values("influencer"))


def _in_niche(rows: InfluencerQuerySet, niche: str, words: Vocabulary) -> InfluencerQuerySet:
    within = words.within(int(niche))
    return rows.filter(pk__in=Influencer.niches.through.objects.filter(niche__in=within).values("influencer"))


def _tagged(rows: InfluencerQuerySet, tag: str, words: Vocabulary) -> InfluencerQuerySet:
    return rows.filter(pk__in=Influencer.tags.through.objects.filter(tag=int(tag)).values("influencer"))


def _from_city(rows: InfluencerQuerySet, city: str, words: Vocabulary) -> InfluencerQuerySet:
    return rows.filter(Exact(Upper(F("city")), Upper(Value(city))))


NARROWED: dict[str, Narrowed] = {
    "q": lambda rows, text, words: called(rows, text),
    "tier": lambda rows, code, words: rows.filter(tier_code=code),
    "platform": _on_platform,
    "niche": _in_niche,
    "tag": _tagged,
    "city": _from_city,
    "stage": lambda rows, stage, words: rows.filter(stage=stage),
    "min": lambda rows, low, words: rows.filter(followers_rank__gte=low),
    "max": lambda rows, high, words: rows.filter(followers_rank__range=(0, high)),
}
