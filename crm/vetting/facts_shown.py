"""Figures of working together as a page says them: a word, a bar where there is a share, and the list of what is counted."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from crm.base.formats import count_full
from crm.base.formats import percent as percent_words
from crm.base.paging import Order, Page, page_of
from crm.influencers.models import Influencer
from crm.vetting.facts import Figures, Kind, Middle, Share, figures_of
from crm.vetting.models import Fact, FactQuerySet
from crm.vetting.places import page_about

if TYPE_CHECKING:
    from crm.team.models import User

LATEST = Order("latest", gettext_lazy("Newest first"), "happened_at")
DAY_HOURS, LONG_HOURS = 24, 48
GOOD_FROM, POOR_BELOW = 80, 50

PARTS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "on-time": (gettext_lazy("On time"), (Kind.DRAFT_DAYS, Kind.POST_DAYS)),
    "first-pass": (gettext_lazy("Approved at first"), (Kind.FIRST_PASS,)),
    "rounds": (gettext_lazy("Rounds of changes"), (Kind.ROUNDS,)),
    "deviations": (gettext_lazy("Differed from what was approved"), (Kind.DEVIATION,)),
    "answers": (gettext_lazy("She answers within"), (Kind.ANSWER_HOURS,)),
    "online": (gettext_lazy("Stayed online"), (Kind.LIVE,)),
    "comments": (gettext_lazy("Answered comments"), (Kind.REPLIES,)),
    "ours": (gettext_lazy("We answer her within"), (Kind.OUR_HOURS,)),
}
"""The parts of the page: what each is called, and which facts it counts."""


@dataclass(frozen=True)
class Line:
    """One figure. Without `share` there is no bar."""

    key: str
    label: Any
    value: str
    sub: str = ""
    share: float | None = None
    tone: str = ""


def lines_of(figures: Figures) -> list[Line]:
    """What is known, in the order of the page; nothing is said where nothing happened."""
    said: dict[str, Line | None] = {
        "on-time": share_line("on-time", figures.on_time),
        "first-pass": share_line("first-pass", figures.first_pass),
        "rounds": _rounds(figures.rounds),
        "deviations": _deviations(figures),
        "answers": _hours("answers", figures.answers),
        "online": share_line("online", figures.live),
        "comments": share_line("comments", figures.replies),
        "ours": _hours("ours", figures.ours),
    }
    return [line for key in PARTS if (line := said[key]) is not None]


def share_line(key: str, share: Share) -> Line | None:
    if not share.is_known:
        return None
    full = share.good / share.of * 100
    tone = "ok" if full >= GOOD_FROM else "bad" if full < POOR_BELOW else "warn"
    return Line(
        key, PARTS[key][0], share_words(share), percent_of(share), full, tone if share.percent is not None else ""
    )


def share_words(share: Share) -> str:
    return _("%(good)s of %(of)s") % {"good": count_full(share.good), "of": count_full(share.of)}


def percent_of(share: Share) -> str:
    """Empty while there are too few to speak of a percentage."""
    return "" if share.percent is None else percent_words(Decimal(share.percent) / 100, 0)


def _rounds(rounds: Middle) -> Line | None:
    if rounds.value is None:
        return None
    sub = ngettext("average of %(n)d draft", "average of %(n)d drafts", rounds.of) % {"n": rounds.of}
    return Line("rounds", PARTS["rounds"][0], count_full(Decimal(str(rounds.value))), sub)


def _deviations(figures: Figures) -> Line | None:
    if not figures.posts.of and not figures.deviations:
        return None
    posts = figures.posts.of
    sub = ngettext("in %(n)d post", "in %(n)d posts", posts) % {"n": posts}
    value = count_full(figures.deviations) if figures.deviations else _("never")
    return Line("deviations", PARTS["deviations"][0], value, sub, tone="bad" if figures.deviations else "ok")


def _hours(key: str, middle: Middle) -> Line | None:
    if middle.value is None:
        return None
    sub = ngettext("median of %(n)d time", "median of %(n)d times", middle.of) % {"n": middle.of}
    return Line(key, PARTS[key][0], hours_words(middle.value), sub)


def hours_words(hours: float | Decimal) -> str:
    """Hours up to two days, days from there on."""
    if hours < 1:
        return _("less than an hour")
    if hours < LONG_HOURS:
        count = round(hours)
        return ngettext("%(n)d hour", "%(n)d hours", count) % {"n": count}
    count = round(float(hours) / DAY_HOURS)
    return ngettext("%(n)d day", "%(n)d days", count) % {"n": count}


# ---- What happened -------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Event:
    """One fact in words, and where it is looked at."""

    fact: Fact
    what: Any
    said: str
    tone: str
    url: str
    about: Any


WHAT = {
    Kind.DRAFT_DAYS: gettext_lazy("Draft"),
    Kind.POST_DAYS: gettext_lazy("Post"),
    Kind.FIRST_PASS: gettext_lazy("Approval"),
    Kind.ROUNDS: gettext_lazy("Rounds of changes"),
    Kind.ANSWER_HOURS: gettext_lazy("Her answer"),
    Kind.OUR_HOURS: gettext_lazy("Our answer"),
    Kind.DEVIATION: gettext_lazy("Deviation"),
    Kind.LIVE: gettext_lazy("Stayed online"),
    Kind.REPLIES: gettext_lazy("Answered comments"),
}


def event_of(fact: Fact) -> Event:
    said, tone = SAID[fact.kind](fact.amount)
    url, about = page_about(fact.ref, fact.work)
    return Event(fact, WHAT[Kind(fact.kind)], said, tone, url, about)


def days_words(days: Decimal) -> tuple[str, str]:
    count = abs(int(days))
    if not count:
        return _("on its day"), "ok"
    if days < 0:
        return ngettext("%(n)d day early", "%(n)d days early", count) % {"n": count}, "ok"
    return ngettext("%(n)d day late", "%(n)d days late", count) % {"n": count}, "warn"


def rounds_words(rounds: Decimal) -> tuple[str, str]:
    count = int(rounds)
    return (ngettext("%(n)d round", "%(n)d rounds", count) % {"n": count} if count else _("none")), ""


def _either(good: Any, bad: Any) -> Callable[[Decimal], tuple[str, str]]:
    return lambda amount: (str(good), "ok") if amount else (str(bad), "warn")


SAID: dict[str, Callable[[Decimal], tuple[str, str]]] = {
    Kind.DRAFT_DAYS: days_words,
    Kind.POST_DAYS: days_words,
    Kind.FIRST_PASS: _either(gettext_lazy("at first"), gettext_lazy("after changes")),
    Kind.ROUNDS: rounds_words,
    Kind.ANSWER_HOURS: lambda hours: (hours_words(hours), ""),
    Kind.OUR_HOURS: lambda hours: (hours_words(hours), ""),
    Kind.DEVIATION: lambda _amount: (_("differed"), "bad"),
    Kind.LIVE: _either(gettext_lazy("stayed"), gettext_lazy("gone too early")),
    Kind.REPLIES: _either(gettext_lazy("kept"), gettext_lazy("not kept")),
}


@dataclass(frozen=True)
class Reliability:
    """Her page of it: every figure, and what the chosen one counts."""

    person: Influencer
    lines: Sequence[Line]
    part: str
    events: Sequence[Event]
    page: Page[Fact]

    @property
    def title(self) -> str:
        """What the list below counts."""
        return str(PARTS[self.part][0]) if self.part else _("Everything that is counted")

    @property
    def earlier(self) -> str:
        return self.address(part=self.part, at=self.page.earlier) if self.page.earlier else ""

    @property
    def later(self) -> str:
        return self.address(part=self.part, at=self.page.later) if self.page.later else ""

    @property
    def everything(self) -> str:
        return self.address()

    def address(self, **asked: str) -> str:
        said = urlencode({name: value for name, value in asked.items() if value})
        page = reverse("person-reliability", args=[self.person.pk])
        return f"{page}?{said}" if said else page


def reliability_of(person: Influencer, user: "User", part: str, cursor: str) -> Reliability:
    """Two queries: the figures, and one page of what they count."""
    lines = lines_of(figures_of([person.pk], user)[person.pk])
    chosen = part if part in {line.key for line in lines} else ""
    rows = facts_about(person, user, chosen).select_related("brand")
    page = page_of(rows, LATEST, cursor, key=lambda fact: (fact.happened_at, fact.pk))
    return Reliability(person, lines, chosen, [event_of(fact) for fact in page.rows], page)


def facts_about(person: Influencer, user: "User", part: str = "") -> FactQuerySet:
    """What a part counts, newest first; everything without one."""
    rows = Fact.objects.visible_to(user).of_people([person.pk])
    return rows.filter(kind__in=PARTS[part][1]) if part else rows


CSV_HEAD = (
    gettext_lazy("Happened"),
    gettext_lazy("What"),
    gettext_lazy("Figure"),
    gettext_lazy("In words"),
    gettext_lazy("About"),
    gettext_lazy("Brand"),
    gettext_lazy("Part of"),
)


def csv_rows(person: Influencer, user: "User") -> Iterator[tuple[dt.datetime, str, Decimal, str, str, str, str]]:
    """Every fact with its figure as it is stored."""
    for fact in facts_about(person, user).select_related("brand"):
        said, _tone = SAID[fact.kind](fact.amount)
        yield fact.happened_at, fact.get_kind_display(), fact.amount, said, fact.label, fact.brand.name, fact.work
