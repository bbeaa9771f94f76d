"""The one engine for every period: inclusive dates in forms and contracts, half-open instants in storage.

A day is a calendar day of the window's zone, not 24 hours: a London day has 23 hours on 2026-03-29 and 25 on
2026-10-25. Offsets count in days (date arithmetic) or in hours (instant arithmetic), never mixed.
"""

from calendar import monthrange
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from crm.base.zones import end_of_day, local_date, local_midnight, zone_info

FIRST_YEAR, LAST_YEAR = 1900, 2999
SATURDAY = 5


class CountMode(TextChoices):
    """Whether the anchor day itself is counted: "30 days after 10 May" ends 9 June, including it 8 June."""

    AFTER = "after", _("after that day")
    INCLUDING = "including", _("including that day")


@dataclass(frozen=True, slots=True)
class Window:
    """Half-open UTC instants `[start_at, end_at)`; None on a side means without limit on that side."""

    start_at: datetime | None
    end_at: datetime | None

    def __contains__(self, at: datetime) -> bool:
        return (self.start_at is None or self.start_at <= at) and (self.end_at is None or at < self.end_at)

    def overlaps(self, other: "Window") -> bool:
        """Whether some instant lies in both; windows that only touch do not overlap."""
        return self.overlap(other) is not None

    def overlap(self, other: "Window") -> "Window | None":
        """The instants in both windows, or None when there are none."""
        start_at = max((at for at in (self.start_at, other.start_at) if at), default=None)
        end_at = min((at for at in (self.end_at, other.end_at) if at), default=None)
        if start_at and end_at and start_at >= end_at:
            return None
        return Window(start_at, end_at)

    def days(self, zone: str) -> int | None:
        """How many calendar days of the zone the window touches; None when it has no limit."""
        if self.start_at is None or self.end_at is None:
            return None
        last_on = local_date(self.end_at - timedelta(microseconds=1), zone)
        return (last_on - local_date(self.start_at, zone)).days + 1


def validate_period(start_on: date | None, end_on: date | None) -> None:
    """Refuse dates the calendar cannot hold and an end before its start; the same day twice is one day."""
    for on in (start_on, end_on):
        if on is not None and not FIRST_YEAR <= on.year <= LAST_YEAR:
            raise ValidationError(
                _("Check the year: it must lie between %(first)s and %(last)s."),
                code="year",
                params={"first": str(FIRST_YEAR), "last": str(LAST_YEAR)},
            )
    if start_on and end_on and end_on < start_on:
        raise ValidationError(_("The last day is before the first day. Swap them or correct one."), code="inverted")


def day_window(start_on: date | None, end_on: date | None, zone: str) -> Window:
    """The instants of both days and everything between, as the zone's calendar has them.

    1-31 March 2026 in Asia/Jakarta is [2026-02-28T17:00Z, 2026-03-31T17:00Z).
    Raises ValidationError like `validate_period`.
    """
    validate_period(start_on, end_on)
    return Window(
        local_midnight(start_on, zone) if start_on else None,
        end_of_day(end_on, zone) if end_on else None,
    )


def hour_window(anchor_at: datetime, start_hours: int, end_hours: int) -> Window:
    """From so many hours after (negative: before) the anchor instant to so many hours after it."""
    return Window(anchor_at + timedelta(hours=start_hours), anchor_at + timedelta(hours=end_hours))


def offset_day(anchor_on: date, days: int, mode: CountMode) -> date:
    """The day so many days from the anchor, backwards when negative; zero is the anchor itself in either mode."""
    if mode == CountMode.INCLUDING and days:
        days -= 1 if days > 0 else -1
    return anchor_on + timedelta(days=days)


def months_later(on: date, months: int) -> date:
    """The same day of a later month, or that month's last day when it is shorter: 31 August and six months is 28 February."""
    year, month = divmod(on.month - 1 + months, 12)
    first_on = on.replace(year=on.year + year, month=month + 1, day=1)
    return first_on.replace(day=min(on.day, monthrange(first_on.year, first_on.month)[1]))


def anchored_window(anchor_on: date, start_days: int, end_days: int, mode: CountMode, zone: str) -> Window:
    """The window between two day offsets of an anchor day, both days included."""
    return day_window(offset_day(anchor_on, start_days, mode), offset_day(anchor_on, end_days, mode), zone)


def next_allowed(at: datetime, zone: str, quiet_from: time, quiet_until: time) -> datetime:
    """The first instant from `at` on that is outside the quiet hours `[quiet_from, quiet_until)` of the zone.

    Quiet hours may span midnight; equal times mean there are none.
    """
    local = at.astimezone(zone_info(zone))
    if not _is_quiet(local.time(), quiet_from, quiet_until):
        return at
    ends_on = local.date() + timedelta(days=1 if local.time() >= quiet_until else 0)
    ends_local = datetime.combine(ends_on, quiet_until, tzinfo=local.tzinfo)
    for fold in (0, 1):
        ends_at = ends_local.replace(fold=fold).astimezone(UTC)
        if ends_at > at:
            break
    return next_allowed(ends_at, zone, quiet_from, quiet_until)


def _is_quiet(clock: time, quiet_from: time, quiet_until: time) -> bool:
    if quiet_from <= quiet_until:
        return quiet_from <= clock < quiet_until
    return clock >= quiet_from or clock < quiet_until


def is_working_day(on: date, holidays: Collection[date]) -> bool:
    """Monday to Friday and no holiday; joint leave counts as a holiday when it is in the collection."""
    return on.weekday() < SATURDAY and on not in holidays


def working_day_on_or_after(on: date, holidays: Collection[date]) -> date:
    """The day itself when people work on it, else the next day they do."""
    while not is_working_day(on, holidays):
        on += timedelta(days=1)
    return on


def working_day_on_or_before(on: date, holidays: Collection[date]) -> date:
    """The day itself when people work on it, else the last day before on which they do."""
    while not is_working_day(on, holidays):
        on -= timedelta(days=1)
    return on


def next_working_day(on: date, holidays: Collection[date]) -> date:
    """The first working day after that day."""
    return working_day_on_or_after(on + timedelta(days=1), holidays)


def previous_working_day(on: date, holidays: Collection[date]) -> date:
    """The last working day before that day."""
    return working_day_on_or_before(on - timedelta(days=1), holidays)


def add_working_days(on: date, days: int, holidays: Collection[date]) -> date:
    """So many working days later (earlier when negative); zero days is the day itself, working or not."""
    for _step in range(abs(days)):
        on = next_working_day(on, holidays) if days > 0 else previous_working_day(on, holidays)
    return on
