"""What puts a deal at risk: a table of reasons over plain facts. Pure."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

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
    make_good_period: int | None = None
    review: int | None = None
    review_on: dt.date | None = None
    notice_until: dt.date | None = None
    finding: int | None = None
    engagement: float | None = None
    engagement_before: float | None = None
    tail_on: dt.date | None = None
    waiting: int = 0


Says = Callable[[DealFacts], str]
Holds = Callable[[DealFacts], bool]


@dataclass(frozen=True)
class Risk:
    """One reason: what it is called, how bad it is, when it holds, what it then says of a deal, and what settles it."""

    key: str
    label: Any
    tone: str
    holds: Holds
    says: Says
    verb: Any
    icon: str


def _near(facts: DealFacts) -> bool:
    until = facts.notice_until
    return until is not None and facts.today <= until <= facts.today + NOTICE_AHEAD


def _decide(facts: DealFacts) -> str:
    until = facts.notice_until or facts.today
    days = (until - facts.today).days
    said = ngettext("%(n)d day left to give notice", "%(n)d days left to give notice", days) % {"n": days}
    return gettext("%(left)s, until %(day)s. Nobody has decided.") % {"left": said, "day": day_words(until, "short")}


def _over(name: str) -> Holds:
    """Whether the day of that fact is over."""

    def holds(facts: DealFacts) -> bool:
        on = getattr(facts, name)
        return on is not None and bool(on < facts.today)

    return holds


def _since(name: str, sentence: Any) -> Says:
    """A sentence with the day of that fact."""
    return lambda facts: str(sentence) % {"day": day_words(getattr(facts, name), "short")}


def _late(facts: DealFacts) -> bool:
    goes_on = facts.is_in_force and not facts.is_paused
    return goes_on and facts.pace is not None and facts.pace.is_behind(facts.today)


def _how_late(facts: DealFacts) -> str:
    pace = facts.pace
    if pace is None:
        return ""
    left = pace.days_left(facts.today)
    done = gettext("%(done)d of %(owed)d posted") % {"done": pace.done, "owed": pace.owed}
    return f"{done}, {ngettext('%(n)s day left', '%(n)s days left', left) % {'n': left}}."


def _waiting(facts: DealFacts) -> str:
    many = facts.waiting
    said = ngettext("%(n)d charge waits for a decision.", "%(n)d charges wait for a decision.", many)
    return said % {"n": many}


def _rests_long(facts: DealFacts) -> bool:
    return facts.paused_since is not None and facts.today - facts.paused_since > LONG_PAUSE


def _fell(facts: DealFacts) -> bool:
    part, whole = FELL_TO
    now, before = facts.engagement, facts.engagement_before
    return now is not None and bool(before) and now * whole <= (before or 0) * part


def _how_far(facts: DealFacts) -> str:
    told = {"now": percent(facts.engagement), "before": percent(facts.engagement_before)}
    return gettext("Engagement is %(now)s, in the season before it was %(before)s.") % told


RISKS: tuple[Risk, ...] = (
    Risk(
        "broken", _("A promise may be broken"), "bad", lambda facts: facts.finding is not None,
        lambda facts: gettext("A promise of hers or of ours may be broken."), _("Look at it"), "shield-exclamation",
    ),
    Risk("notice", _("Day for notice"), "bad", _near, _decide, _("Decide"), "hourglass-split"),
    Risk(
        "review", _("Not looked at"), "bad", _over("review_on"),
        _since("review_on", _("It should have been looked at by %(day)s.")), _("Look at it now"), "eye",
    ),
    Risk(
        "make_good", _("Not made good"), "bad", _over("make_good_on"),
        _since("make_good_on", _("Posts should have been made good by %(day)s.")), _("Settle the period"),
        "arrow-return-left",
    ),
    Risk(
        "tail", _("Not seen to afterwards"), "bad", _over("tail_on"),
        _since("tail_on", _("It is over, and something is still to be seen to since %(day)s.")), _("See to it"),
        "list-check",
    ),
    Risk(
        "short", _("Short twice"), "warn", lambda facts: facts.short_in_a_row >= SHORT_IN_A_ROW,
        lambda facts: gettext("Two periods in a row came in short."), _("Change the deal"), "graph-up",
    ),
    Risk("behind", _("Behind"), "warn", _late, _how_late, _("Look at her posts"), "stopwatch"),
    Risk(
        "charge", _("Charge to decide"), "warn", lambda facts: facts.waiting > 0, _waiting, _("Decide"), "cash-coin",
    ),
    Risk(
        "paused", _("Paused for long"), "warn", _rests_long,
        _since("paused_since", _("Paused since %(day)s, with no end.")), _("Go on"), "pause",
    ),
    Risk("fell", _("Engagement fell"), "warn", _fell, _how_far, _("Her figures"), "graph-up"),
)  # fmt: skip
"""The worst first."""
BY_KEY = {risk.key: risk for risk in RISKS}


def risks_of(facts: DealFacts) -> Iterator[Risk]:
    """Every reason that holds for a deal."""
    return (risk for risk in RISKS if risk.holds(facts))
