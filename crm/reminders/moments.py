"""When a step of a rule leaves: on working days, at the house's hour where the recipient is, out of quiet hours."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, field

from crm.base.windows import is_working_day, next_allowed
from crm.base.zones import local_date, local_instant, zone_info
from crm.reminders.models import RuleStep
from crm.reminders.registry import Due

MOST_SHIFTED = 60  # days: longer than any run of holidays and days off


@dataclass(frozen=True)
class Hours:
    """The house's hours and the days nobody works."""

    remind_at: dt.time = dt.time(9, 0)
    quiet_from: dt.time = dt.time(21, 0)
    quiet_until: dt.time = dt.time(8, 0)
    holidays: frozenset[dt.date] = field(default_factory=frozenset)


def leaves_at(
    step: RuleStep, due: Due, zone: str, hours: Hours, *, away: Collection[dt.date] = (), now: dt.datetime
) -> dt.datetime:
    """The instant a step's message leaves. `away` are the recipient's days off.

    Steps before the due moment move to the next working day while that still comes before it, else to the one before;
    later steps move on. Steps that do not move, and steps counted in hours, keep their day.
    """
    if step.unit == RuleStep.Unit.HOURS:
        return _by_the_hour(step, due, zone, hours)
    on = due.due_on + dt.timedelta(days=step.offset)
    if step.offset <= 0 and local_instant(on, hours.remind_at, zone) >= due.due_at:
        on -= dt.timedelta(days=1)  # far west of the deal its day is over before the recipient's morning
    if not step.moves_for_days_off:
        return local_instant(on, hours.remind_at, zone)
    free = frozenset(away) | hours.holidays
    at = local_instant(_shifted(on, step, due, zone, hours, free), hours.remind_at, zone)
    today = local_date(now, zone)
    if at <= now and today in away:
        return local_instant(_later(today, free), hours.remind_at, zone)
    return at


def _shifted(on: dt.date, step: RuleStep, due: Due, zone: str, hours: Hours, free: frozenset[dt.date]) -> dt.date:
    later = _later(on, free)
    if step.offset > 0 or due.never_before or local_instant(later, hours.remind_at, zone) < due.due_at:
        return later
    return _earlier(on, free)


def _later(on: dt.date, free: frozenset[dt.date]) -> dt.date:
    return _first_working(on, free, 1)


def _earlier(on: dt.date, free: frozenset[dt.date]) -> dt.date:
    return _first_working(on, free, -1)


def _first_working(on: dt.date, free: frozenset[dt.date], direction: int) -> dt.date:
    days = (on + dt.timedelta(days=direction * step) for step in range(MOST_SHIFTED))
    return next((day for day in days if is_working_day(day, free)), on)


def _by_the_hour(step: RuleStep, due: Due, zone: str, hours: Hours) -> dt.datetime:
    """So many hours from the due moment; out of quiet hours, backwards when waiting would be too late."""
    at = due.due_at + dt.timedelta(hours=step.offset)
    allowed = next_allowed(at, zone, hours.quiet_from, hours.quiet_until)
    if allowed == at or step.offset >= 0 or allowed < due.due_at:
        return allowed
    return _quiet_began(at, zone, hours)


def _quiet_began(at: dt.datetime, zone: str, hours: Hours) -> dt.datetime:
    """One minute before the quiet hours in which the instant lies."""
    local = at.astimezone(zone_info(zone))
    on = local.date() if local.time() >= hours.quiet_from else local.date() - dt.timedelta(days=1)
    return local_instant(on, hours.quiet_from, zone) - dt.timedelta(minutes=1)


def is_still_true(offset: int, due: Due, now: dt.datetime) -> bool:
    """What is said before or on the day is no longer true after it; what is said afterwards stays true, and a question too."""
    return offset > 0 or due.never_before or now < due.due_at


@dataclass
class Moments:
    """When steps leave, seen from one moment. Thousands of things fall on the same few days: each is worked out once."""

    hours: Hours
    now: dt.datetime
    known: dict[tuple[object, ...], dt.datetime] = field(default_factory=dict)

    def of(self, step: RuleStep, due: Due, zone: str, away: Collection[dt.date] = ()) -> dt.datetime:
        if away:
            return leaves_at(step, due, zone, self.hours, away=away, now=self.now)
        key = (step.offset, step.unit, step.moves_for_days_off, due.due_on, due.due_at, due.never_before, zone)
        if key not in self.known:
            self.known[key] = leaves_at(step, due, zone, self.hours, now=self.now)
        return self.known[key]
