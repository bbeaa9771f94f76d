"""What the calendar's page shows: its days with what stands on each, its filters as a sentence, its arrows."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from campaigns.planning.calendar.asking import CAMPAIGN, FILTERS, MINE, WHAT, Look, read, wanted
from campaigns.planning.models import Campaign
from crm.base.formats import clock, day_words
from crm.base.zones import end_of_day, local_date, zone_label
from crm.influencers.models import Influencer
from crm.reminders.registry import Due, dated, movable
from crm.team.models import User

if TYPE_CHECKING:
    from campaigns.planning.calendar.days import Span

SHOWN = {"month": 3, "week": 12, "agenda": 8, "day": 500}
"""How many things of one day stand there before the rest is folded into "+12 more"."""
SATURDAY = 5


@dataclass(frozen=True)
class Entry:
    """One dated thing as the calendar shows it."""

    due: Due
    label: Any
    key: str  # "deliverable.draft:12"
    is_late: bool
    hour: str = ""  # when it ends within its day
    move_url: str = ""  # empty when its day does not move from here

    @property
    def who(self) -> str:
        return self.due.influencer_label or self.due.within_label or self.due.brand_label


@dataclass(frozen=True)
class Day:
    """One day with what stands on it; the first things by name."""

    on: dt.date
    entries: Sequence[Entry]
    is_today: bool
    is_beside: bool  # of the month before or after
    shown: int
    url: str

    @property
    def first_ones(self) -> Sequence[Entry]:
        return self.entries[: self.shown]

    @property
    def agenda_ones(self) -> Sequence[Entry]:
        return self.entries[: max(self.shown, SHOWN["agenda"])]

    @property
    def more(self) -> int:
        return max(0, len(self.entries) - self.shown)

    @property
    def agenda_more(self) -> int:
        return len(self.entries) - len(self.agenda_ones)

    @property
    def late(self) -> int:
        return sum(one.is_late for one in self.entries)

    @property
    def dots(self) -> range:
        return range(min(3, len(self.entries)))

    @property
    def is_weekend(self) -> bool:
        return self.on.weekday() >= SATURDAY

    @property
    def words(self) -> str:
        """Tue 24 Nov: 12 dates, 2 late."""
        many = len(self.entries)
        said = ngettext("%(n)d date", "%(n)d dates", many) % {"n": many} if many else _("nothing")
        late = ngettext("%(n)d late", "%(n)d late", self.late) % {"n": self.late} if self.late else ""
        return f"{day_words(self.on, 'brief')}: {', '.join(part for part in (said, late) if part)}"


@dataclass(frozen=True)
class Choice:
    value: str
    label: Any
    is_chosen: bool


@dataclass(frozen=True)
class Page:
    look: Look
    title: str
    weeks: list[list[Day]]
    days: list[Day]
    many: int
    late: int
    choices: dict[str, list[Choice]]
    views: list[dict[str, Any]]

    actions: ClassVar[list[dict[str, Any]]] = [
        {"label": gettext_lazy("Move the ticked ones"), "value": "move", "icon": "calendar-range"}
    ]

    @property
    def movable(self) -> int:
        """How many of the things that are shown can move."""
        return sum(bool(one.move_url) for day in self.days for one in day.entries)

    @property
    def earlier_url(self) -> str:
        return self.look.url(on=self.look.span.earlier.isoformat())

    @property
    def later_url(self) -> str:
        return self.look.url(on=self.look.span.later.isoformat())

    @property
    def today_url(self) -> str:
        return self.look.url(on="")

    @property
    def plain_url(self) -> str:
        return self.look.url(**dict.fromkeys(FILTERS, ""))

    @property
    def busy(self) -> list[Day]:
        """The days of the view itself on which something stands."""
        return [day for day in self.days if day.entries and not day.is_beside]


def page_of(look: Look, user: User, now: dt.datetime, campaign: Campaign | None = None) -> Page:
    """The whole page. Every kind that is looked at costs at most one query, however much stands there."""
    everything = read(look, user, now)
    shown = wanted(everything, look, user)
    days = days_of(entries_of(shown, look, user, now), look, user, now)
    weeks = [days[start : start + 7] for start in range(0, len(days), 7)]
    late = sum(one.due_at <= now for one in shown)
    choices = choices_of(everything, look, user, campaign)
    return Page(look, title_of(look), weeks, days, len(shown), late, choices, views_of(look))


def entries_of(found: Iterable[Due], look: Look, user: User, now: dt.datetime) -> list[Entry]:
    labels, may_move = dated(), user.has_perm("campaigns.change_campaign")
    here = urlencode({"next": look.url()}) if may_move else ""
    return [entry_of(one, labels[one.kind], now, here) for one in found]


def entry_of(one: Due, label: Any, now: dt.datetime, here: str) -> Entry:
    """`here`: the way back from the page that moves it; empty for those who only look."""
    key = key_of(one)
    ends_within = one.due_at != end_of_day(one.due_on, one.zone)
    hour = f"{clock(one.due_at, one.zone)} {zone_label(one.zone, one.due_at)}" if ends_within else ""
    move_url = f"{reverse('calendar-move')}?pick={key}&{here}" if here and one.kind in movable else ""
    return Entry(one, label, key, one.due_at <= now, hour, move_url)


def key_of(one: Due) -> str:
    """deliverable.draft:12"""
    return f"{one.kind}:{one.subject.rpartition(':')[2]}"


def days_of(entries: Iterable[Entry], look: Look, user: User, now: dt.datetime) -> list[Day]:
    by_day: Mapping[dt.date, list[Entry]] = defaultdict(list)
    for one in entries:
        by_day[one.due.due_on].append(one)
    today, shown = local_date(now, user.zone), SHOWN[look.view]
    return [
        Day(
            on, by_day.get(on, []), on == today, look.view == "month" and on.month != look.on.month, shown,
            look.url(view="day", on=on.isoformat()),
        )
        for on in look.span.days
    ]  # fmt: skip


def title_of(look: Look) -> str:
    span: Span = look.span
    if look.view == "day":
        return day_words(look.on, "long")
    if look.view == "week":
        return f"{day_words(span.first, 'brief')} – {day_words(span.last, 'short')}"
    return date_format(look.on, "F Y")


def views_of(look: Look) -> list[dict[str, Any]]:
    words = {"month": (_("Month"), "calendar3"), "week": (_("Week"), "calendar-week"), "agenda": (_("List"), "list-ul")}
    return [
        {"label": label, "icon": icon, "url": look.url(view=view), "active": look.view == view}
        for view, (label, icon) in words.items()
    ]


def choices_of(found: Iterable[Due], look: Look, user: User, campaign: Campaign | None) -> dict[str, list[Choice]]:
    """What the filters offer: what stands on these days, and what is chosen."""
    rows = list(found)
    campaigns = named((one.within.removeprefix(CAMPAIGN), one.within_label) for one in rows if CAMPAIGN in one.within)
    people = named((str(one.influencer_id or ""), one.influencer_label) for one in rows)
    owners = named((str(one.owner_id or ""), one.facts.get("owner", "")) for one in rows)
    owners.pop(str(user.pk), None)
    if look.campaign and look.campaign not in campaigns:
        campaigns[look.campaign] = (
            campaign.name if campaign else chosen(Campaign.objects.visible_to(user), look.campaign)
        )
    if look.person and look.person not in people:
        people[look.person] = chosen(Influencer.objects.visible_to(user), look.person)
    if look.owner not in ("", MINE, str(user.pk)) and look.owner not in owners:
        owners[look.owner] = chosen(User.objects.all(), look.owner)
    return {
        "what": offered({**WHAT, **dated()}, look.what),
        "campaign": offered({"": _("any campaign"), **campaigns}, look.campaign),
        "person": offered({"": _("anybody"), **people}, look.person),
        "owner": offered({MINE: _("me"), "": _("everybody"), **owners}, look.owner),
    }


def chosen(rows: Any, pk: str) -> str:
    """The name of what was chosen, or that there is none a colleague may see."""
    found = rows.filter(pk=int(pk)).first()
    return str(found) if found is not None else _("unknown")


def named(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found = {key: name for key, name in pairs if key and name}
    return dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))


def offered(words: Mapping[str, Any], value: str) -> list[Choice]:
    return [Choice(key, label, key == value) for key, label in words.items()]
