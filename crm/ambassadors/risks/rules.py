"""What puts a deal at risk: a table of reasons over plain facts. Pure."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crm.ambassadors.lists.pace import Pace
from crm.base.formats import day_words, percent

NOTICE_AHEAD = dt.timedelta(days=30)
LONG_PAUSE = dt.timedelta(days=30)
SHORT_IN_A_ROW = 2
FELL_TO = (2, 3)
"""To two thirds or less of what it was."""


@dataclass(frozen=True)
class DealFacts:
    """One deal on its own day. Days are of things not settled yet: None where there is nothing of the kind."""

    deal: int
    today: dt.date
    is_in_force: bool = True
    pace: Pace | None = None
    is_paused: bool = False
    paused_since: dt.date | None = None
    short_in_a_row: int = 0
    make_good_on: dt.date | None = None
    review: int | None = None
    review_on: dt.date | None = None
    notice_until: dt.date | None = None
    finding: int | None = None
    engagement: float | None = None
    engagement_before: float | None = None
    tail_on: dt.date | None = None
    waiting: int = 0


@dataclass(frozen=True)
class Risk:
    """One reason: what it is called, how bad it is, what it says of a deal, and what settles it."""

    key: str
    label: Any
    tone: str
    says: Callable[[DealFacts], str]
    verb: Any
    icon: str


def _broken(facts: DealFacts) -> str:
    return _now("A promise of hers or of ours may be broken.") if facts.finding else ""


def _notice(facts: DealFacts) -> str:
    until = facts.notice_until
    if until is None or not facts.today <= until <= facts.today + NOTICE_AHEAD:
        return ""
    days = (until - facts.today).days
    said = ngettext("%(n)d day left to give notice", "%(n)d days left to give notice", days) % {"n": days}
    return _now("%(left)s, until %(day)s. Nobody has decided.") % {"left": said, "day": day_words(until, "short")}


def _review(facts: DealFacts) -> str:
    return _since(_now("It should have been looked at by %(day)s."), facts.review_on, facts)


def _make_good(facts: DealFacts) -> str:
    return _since(_now("Posts should have been made good by %(day)s."), facts.make_good_on, facts)


def _tail(facts: DealFacts) -> str:
    return _since(_now("It is over, and something is still to be seen to since %(day)s."), facts.tail_on, facts)


def _since(sentence: str, on: dt.date | None, facts: DealFacts) -> str:
    return sentence % {"day": day_words(on, "short")} if on is not None and on < facts.today else ""


def _short(facts: DealFacts) -> str:
    return _now("Two periods in a row came in short.") if facts.short_in_a_row >= SHORT_IN_A_ROW else ""


def _behind(facts: DealFacts) -> str:
    pace = facts.pace
    if pace is None or facts.is_paused or not facts.is_in_force or not pace.is_behind(facts.today):
        return ""
    left = pace.days_left(facts.today)
    done = _now("%(done)d of %(owed)d posted") % {"done": pace.done, "owed": pace.owed}
    days = ngettext("%(n)d day left", "%(n)d days left", left) % {"n": left}
    return f"{done}, {days}."


def _charge(facts: DealFacts) -> str:
    many = facts.waiting
    said = ngettext("%(n)d charge waits for a decision.", "%(n)d charges wait for a decision.", many)
    return said % {"n": many} if many else ""


def _paused(facts: DealFacts) -> str:
    since = facts.paused_since
    if since is None or facts.today - since <= LONG_PAUSE:
        return ""
    return _now("Paused since %(day)s, with no end.") % {"day": day_words(since, "short")}


def _fell(facts: DealFacts) -> str:
    now, before = facts.engagement, facts.engagement_before
    part, whole = FELL_TO
    if now is None or not before or now * whole > before * part:
        return ""
    told = {"now": percent(now), "before": percent(before)}
    return _now("Engagement is %(now)s, in the season before it was %(before)s.") % told


RISKS: tuple[Risk, ...] = (
    Risk("broken", _("A promise may be broken"), "bad", _broken, _("Look at it"), "shield-exclamation"),
    Risk("notice", _("Day for notice"), "bad", _notice, _("Decide"), "hourglass-split"),
    Risk("review", _("Not looked at"), "bad", _review, _("Look at it now"), "eye"),
    Risk("make_good", _("Not made good"), "bad", _make_good, _("Settle the period"), "arrow-return-left"),
    Risk("tail", _("Not seen to afterwards"), "bad", _tail, _("See to it"), "list-check"),
    Risk("short", _("Short twice"), "warn", _short, _("Change the deal"), "graph-up"),
    Risk("behind", _("Behind"), "warn", _behind, _("Write to her"), "stopwatch"),
    Risk("charge", _("Charge to decide"), "warn", _charge, _("Decide"), "cash-coin"),
    Risk("paused", _("Paused for long"), "warn", _paused, _("Go on"), "pause"),
    Risk("fell", _("Engagement fell"), "warn", _fell, _("Her figures"), "graph-up"),
)
"""The worst first."""
BY_KEY = {risk.key: risk for risk in RISKS}


def risks_of(facts: DealFacts) -> Iterator[tuple[Risk, str]]:
    """Every reason that holds for a deal, with its sentence."""
    for risk in RISKS:
        if said := risk.says(facts):
            yield risk, said
