"""Places the people room offers to features above it."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from djmoney.money import Money

from crm.base.places import Place
from crm.influencers.models.imports import ImportRun
from crm.influencers.models.merging import Merge
from crm.influencers.models.people import Influencer, InfluencerQuerySet

if TYPE_CHECKING:
    from crm.influencers.bulk_runs.together import Act
    from crm.influencers.imports.facts import Facts
    from crm.influencers.models import BulkRun
    from crm.team.models import User
    from crm.timeline.record import Actor

forgotten: Place[Callable[[Sequence["Facts"]], Sequence[dt.date | None]]] = Place("forgotten")
"""`@forgotten("marks")`: function(rows of a file) -> for each the day on which she asked to be forgotten, or None."""

people_action: Place[Callable[[HttpRequest, InfluencerQuerySet], HttpResponseBase]] = Place("people_action")
"""`@people_action("campaign", label=..., icon=..., permission=...)`: function(request, people) -> its first page.

An action in the bar below the list of people. The request is the list's POST: `ids` of ticked people, or `all_matching`
with the filter as `query`.
"""


@dataclass(frozen=True)
class Asked:
    """What somebody typed into a feature's own filters of the list, checked, and for whom it is asked when."""

    values: Mapping[str, str]
    user: "User"
    now: dt.datetime


class PeopleNarrowing(Protocol):
    """Filters of the list that a feature brings: a few fields that together say one thing."""

    def fields(self) -> dict[str, forms.Field]:
        """Their form fields by name, each cleaning to text as an address says it; none are required."""

    def check(self, values: Mapping[str, str]) -> dict[str, Any]:
        """What is wrong with them together: {field: sentence}."""

    def said(self, values: Mapping[str, str]) -> str:
        """How they read in the filter's sentence; empty when they say nothing."""

    def narrow(self, rows: InfluencerQuerySet, asked: Asked) -> InfluencerQuerySet:
        """The rows that match, without a query of its own for each of them."""


influencer_filter: Place[Callable[[], PeopleNarrowing]] = Place("influencer_filter")
"""`@influencer_filter("free")`: function() -> `PeopleNarrowing`. It works with saved views and "all matching" by itself."""


@dataclass(frozen=True)
class Badge:
    """A mark beside a name."""

    icon: str
    label: str


person_badge: Place[Callable[["User", Collection[int], dt.datetime], Mapping[int, Badge]]] = Place("person_badge")
"""`@person_badge("barred")`: function(user, person ids, now) -> {person id: mark}. One query for all of them."""


def badges_of(user: "User", people: Collection[int], now: dt.datetime) -> dict[int, list[Badge]]:
    """The marks of everybody on a page."""
    found: dict[int, list[Badge]] = {}
    for placed in person_badge.all() if people else ():
        for person, badge in placed.call(user, people, now).items():
            found.setdefault(person, []).append(badge)
    return found


people_work: Place["Act"] = Place("people_work")
"""`@people_work("campaign", title=..., reasons={"there": _("Is in it already.")}, leads_to=...)`: function(rows, run, at,
actor) -> the result of each row by its place.

What a feature does for everybody a filter means, batch by batch in the batch's transaction: its action in the bar begins
it with `bulk_runs.actions.begin`. `leads_to(run, user)` answers where the work can be looked at, or None. `page` names
the feature's own page of a run, where it has one.
"""

Door = tuple[str, Any]
LeadsTo = Callable[["BulkRun", "User"], "Door | None"]
"""The address of what work on many people was about, and what it is called."""


class Offer(NamedTuple):
    """What somebody is about to be offered."""

    influencer_id: int
    fee: Money | None = None
    may_be_minor: bool = True  # False where her birthday is at hand and long ago, or nobody knows it


@dataclass(frozen=True)
class OfferHold:
    """Why an offer may not be agreed yet, and the page where that is settled."""

    why: str
    url: str = ""
    label: str = ""  # where `url` leads, in a word


offer_hold: Place[Callable[[Collection[Offer], dt.datetime], Mapping[int, Sequence[OfferHold]]]] = Place("offer_hold")
"""`@offer_hold("vetting")`: function(offers, now) -> {influencer id: what holds her}. Asked before anybody is agreed."""


def holds_of(offers: Collection[Offer], now: dt.datetime) -> dict[int, list[OfferHold]]:
    """What every feature has against these offers, by person; people without a hold are left out."""
    held: dict[int, list[OfferHold]] = {}
    for placed in offer_hold.all():
        for person, holds in placed.call(offers, now).items():
            held.setdefault(person, []).extend(holds)
    return {person: holds for person, holds in held.items() if holds}


@dataclass(frozen=True)
class TalkAbout:
    """Something a talk may have been about, told so that the colleague who notes it may see it."""

    key: str  # "campaigns.collaboration:5"
    label: str
    thing: Any  # the row whose story tells of the talk, too
    brand_id: int | None = None


talk_about: Place[Callable[["User", int], Sequence[TalkAbout]]] = Place("talk_about")
"""`@talk_about("campaigns")`: function(user, influencer id) -> what a talk with her may have been about, newest first."""


def talks_with(user: "User", influencer_id: int) -> list[TalkAbout]:
    """Everything a talk with her may have been about, as far as this colleague may see it."""
    return [about for placed in talk_about.all() for about in placed.call(user, influencer_id)]


@dataclass(frozen=True)
class Written:
    """Words that came in by themselves and are entered as "told me": how, which, and what becomes of them afterwards."""

    key: str
    channel: str
    quote: str
    entered: Callable[["User", dt.datetime], None]


written_words: Place[Callable[["User", int], Written | None]] = Place("written_words")
"""`@written_words("mail")`: function(who asks, number) -> the words behind `?heard=mail:12`, or None when they are not
hers to enter or were entered already."""


def words_behind(user: "User", told: str) -> Written | None:
    """What an address means that names words which came in."""
    key, _colon, number = told.partition(":")
    if key not in written_words or not (number.isascii() and number.isdecimal()) or len(number) > 18:
        return None
    return written_words[key].call(user, int(number))


may_merge: Place[Callable[[Influencer, Influencer, "User | None"], Collection[Any]]] = Place("may_merge")
"""`@may_merge("campaigns")`: function(who stays, who goes, who asks) -> sentences why these two cannot become one, each
with what to do about it; none when nothing stands against it.

Rows with a foreign key to the person move by themselves, except those a unique constraint would refuse and ledgers.
"""

may_part: Place[Callable[[Merge, "User | None"], Collection[Any]]] = Place("may_part")
"""`@may_part("campaigns")`: function(merge, who asks) -> sentences why these two cannot be parted any more, each with
what to do about it. `merge.moved` says which rows would go back, see influencers.merging.tables."""


@dataclass(frozen=True, slots=True)
class DeclaredBar:
    """What a file says of a person: exclusive with a brand to the end of a day, and the words that say so."""

    person: int
    brand: str
    until_on: dt.date
    text: str


class BarKeeper(Protocol):
    """What keeps declared bars, for all people of a batch at once."""

    def known(self, people: Collection[int]) -> Iterable[tuple[int, str]]:
        """Whose words are on file already: a file that comes twice says nothing new."""

    def keep(self, bars: Sequence[DeclaredBar], run: ImportRun, *, at: dt.datetime, actor: "Actor") -> None:
        """Write them in the running transaction."""

    def take_back(self, run: ImportRun, people: Collection[int]) -> int:
        """Take away what the import brought for these people, and answer how much; what somebody confirmed stays."""


declared_bars: Place[Callable[[], BarKeeper]] = Place("declared_bars")
"""`@declared_bars("outside deals")`: function() -> a `BarKeeper`, which imports hand what they read of exclusivity."""

keeps_person: Place[Callable[[Collection[int]], Iterable[int]]] = Place("keeps_person")
"""`@keeps_person("campaigns", said=_("Is part of a campaign."))`: function(pks) -> those of them who must stay.

Asked before people an import made are removed again. What points at a person with a foreign key keeps her anyhow; a
feature says it here in its own words. The words name no brand and no campaign: whoever imports reads them.
"""

import_kind: Place[Callable[["User"], bool]] = Place("import_kind")
"""`@import_kind("people", label=..., text=..., runs=("imports",), start=("import-new",))`: function(user) -> whether
she may. What can be brought in from a file: `runs` and `start` name the addresses of past imports and of a new one."""


def kinds_to_bring(user: "User", now_at: str, *, to_start: bool = False) -> list[dict[str, Any]]:
    """What a colleague may bring, as tabs: each leads to its past imports, or to the start of a new one."""
    return [
        {
            "label": placed.words["label"],
            "text": placed.words["text"],
            "url": _address(placed.words["start" if to_start else "runs"]),
            "active": placed.key == now_at,
        }
        for placed in import_kind.all()
        if placed.call(user)
    ]


def _address(named: tuple[str, ...]) -> str:
    name, *args = named
    return reverse(name, args=args)
