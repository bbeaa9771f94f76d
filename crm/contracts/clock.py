"""The clock: every window that closes, what must come down, and what going on costs. It reads what Today reads."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from crm.base.formats import day_words, money_full
from crm.base.zones import local_date
from crm.contracts.reminders.windows import ACCESS, NOTICE, RENEWAL, RIGHT
from crm.reminders.registry import Due, windows
from crm.reminders.today import when_words

if TYPE_CHECKING:
    from crm.team.models import User

BACK, AHEAD, A_WEEK = dt.timedelta(days=730), dt.timedelta(days=60), dt.timedelta(days=7)
SPANS: dict[str, tuple[Any, int]] = {
    "7": (_("7 days"), 7), "30": (_("30 days"), 30), "60": (_("60 days"), 60), "over": (_("Over"), 0),
}  # fmt: skip
USUAL = "30"
BEFORE, AFTER, SOON = 30, 60, 7
WIDTH = 180


@dataclass(frozen=True)
class Strip:
    """A line's days from a month ago to two months ahead, as a slim bar."""

    x: int
    width: int
    tone: str

    whole, today = WIDTH, WIDTH * BEFORE // (BEFORE + AFTER)


@dataclass(frozen=True)
class Step:
    """One way to settle a line: a page, or a button where it is done with one press."""

    label: Any
    url: str
    icon: str = ""
    is_button: bool = False


@dataclass(frozen=True)
class ClockLine:
    """One window that closes."""

    due: Due
    label: Any
    when: str
    tone: str
    strip: Strip
    cost: str
    steps: list[Step]


@dataclass(frozen=True)
class Week:
    title: str
    lines: list[ClockLine]


def within(found: Iterable[Due], span: str, now: dt.datetime) -> list[Due]:
    """Those that close in so many days, with what is over before them; or what is over alone."""
    days = SPANS[span][1]
    return [one for one in found if one.due_at <= now + dt.timedelta(days=days)]


def span_tabs(found: Sequence[Due], chosen: str, kept: Any, now: dt.datetime) -> list[dict[str, Any]]:
    """The parts of the clock with how much stands in each."""
    tabs = []
    for key, (label, _days) in SPANS.items():
        kept["within"] = key
        tabs.append({"label": label, "url": f"?{kept.urlencode()}", "active": key == chosen,
                     "count": len(within(found, key, now))})  # fmt: skip
    return tabs


def costs_of(found: Iterable[Due]) -> list[str]:
    """What going on with all of these would cost, by currency, the largest first."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for one in found:
        if option := one.facts.get("option"):
            sums[option["currency"]] += Decimal(option["amount"])
    return [money_full(amount, currency) for currency, amount in sorted(sums.items(), key=lambda pair: -pair[1])]


def weeks_of(found: Iterable[Due], user: "User", now: dt.datetime) -> list[Week]:
    """Lines by week, what is over first."""
    today = local_date(now, user.zone)
    monday = today - dt.timedelta(days=today.weekday())

    def week(one: Due) -> int:
        return -1 if one.due_at <= now else max(0, (one.due_on - monday).days // 7)

    labels = windows()
    return [
        Week(_title(number, monday), [_line(one, labels[one.kind], user, now) for one in lines])
        for number, lines in groupby(sorted(found, key=lambda one: (week(one), one.due_at)), key=week)
    ]


def _title(number: int, monday: dt.date) -> str:
    if number < 0:
        return _now("Over and still open")
    if number < 2:
        return _now("Next week") if number else _now("This week")
    return _now("Week of %(day)s") % {"day": day_words(monday + number * A_WEEK, "brief")}


def _line(one: Due, label: Any, user: "User", now: dt.datetime) -> ClockLine:
    days = (one.due_on - local_date(now, one.zone)).days
    tone = "bad" if one.due_at <= now else "warn" if days <= SOON else ""
    option = one.facts.get("option") or {}
    return ClockLine(
        due=one,
        label=label,
        when=when_words(one.due_on, one.due_at, now, one.zone),
        tone=tone,
        strip=_strip(one, local_date(now, one.zone), tone),
        cost=money_full(Decimal(option["amount"]), option["currency"]) if option else "",
        steps=_steps(one, may_work=user.has_perm("crm.change_contract")),
    )


def _strip(one: Due, today: dt.date, tone: str) -> Strip:
    said = one.facts.get("from_on")
    first, last = (dt.date.fromisoformat(said) - today).days if said else -BEFORE, (one.due_on - today).days + 1
    left, right = max(first, -BEFORE), min(max(last, 1 - BEFORE), AFTER)
    x = WIDTH * (left + BEFORE) // (BEFORE + AFTER)
    return Strip(x, max(3, WIDTH * (right + BEFORE) // (BEFORE + AFTER) - x), tone or "v")


def _steps(one: Due, *, may_work: bool) -> list[Step]:
    contract = one.facts.get("contract")
    if not may_work or contract is None or one.kind not in SETTLED:
        return [Step(_("Open"), one.url)]
    return [step for step in SETTLED[one.kind](contract, one.facts) if step is not None]


def _of_right(contract: int, facts: dict[str, Any]) -> list[Step | None]:
    args = [contract, facts["right"]]
    return [
        Step(_("Extend"), reverse("contract-right-on", args=args), "calendar-plus") if facts["option"] else None,
        Step(_("It is down"), reverse("contract-right-down", args=args), "check2", is_button=True),
    ]


def _of_access(contract: int, facts: dict[str, Any]) -> list[Step | None]:
    extend, down = _of_right(contract, facts)
    assert down is not None
    return [extend, Step(_("Access is revoked"), down.url, "check2", is_button=True)]


def _of_notice(contract: int, facts: dict[str, Any]) -> list[Step | None]:
    if facts.get("by_option"):
        return [_verb("notice", _("Use the option"), contract), _verb("lets-end", _("Let it end"), contract)]
    return [_verb("goes-on", _("Let it go on"), contract), _verb("notice", _("Give notice"), contract)]


def _of_renewal(contract: int, facts: dict[str, Any]) -> list[Step | None]:
    return [_verb("goes-on", _("Let it go on"), contract), _verb("lets-end", _("Let it end"), contract)]


def _verb(code: str, label: Any, contract: int) -> Step:
    return Step(label, reverse("contract-verb", args=[contract, code]))


SETTLED = {RIGHT: _of_right, ACCESS: _of_access, NOTICE: _of_notice, RENEWAL: _of_renewal}
