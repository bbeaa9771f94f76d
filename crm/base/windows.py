"""The one engine for every period: inclusive dates in forms and contracts, half-open instants in storage.

A day is a calendar day of the window's zone, not 24 hours: a London day has 23 hours on 2026-03-29 and 25 on
2026-10-25. Offsets count in days (date arithmetic) or in hours (instant arithmetic), never mixed.
"""

from calendar import monthrange
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from crm.base.zones import end_of_day, local_date, local_midnight, zone_info

FIRST_YEAR, LAST_YEAR = 1900, 2999
SATURDAY = 5
FIRST_INSTANT = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)


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

    def first_and_last(self, zone: str) -> tuple[date | None, date | None]:
        """The first and the last calendar day of the zone the window touches; None on a side without limit."""
        first_on = local_date(self.start_at, zone) if self.start_at else None
        last_on = local_date(self.end_at - timedelta(microseconds=1), zone) if self.end_at else None
        return first_on, last_on

    def days(self, zone: str) -> int | None:
        """How many calendar days of the zone the window touches; None when it has no limit."""
        first_on, last_on = self.first_and_last(zone)
        return (last_on - first_on).days + 1 if first_on and last_on else None


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


def planned_window(
    first_on: date, last_on: date, start_days: int, end_days: int, mode: CountMode, zone: str
) -> tuple[Window, Window | None]:
    """The envelope and the core of a window whose anchor will fall on some day between two.

    The envelope is what may be covered, the core what is covered whatever the day; None when nothing is for certain.
    """
    validate_period(first_on, last_on)
    opens_on, closes_on = offset_day(first_on, start_days, mode), offset_day(last_on, end_days, mode)
    begins_on, ends_on = offset_day(last_on, start_days, mode), offset_day(first_on, end_days, mode)
    core = day_window(begins_on, ends_on, zone) if begins_on <= ends_on else None
    return day_window(opens_on, closes_on, zone), core


def union(windows: Iterable[Window]) -> list[Window]:
    """The same instants as few windows, in order: those that overlap or touch become one."""
    joined: list[Window] = []
    for window in sorted(windows, key=lambda one: (one.start_at is not None, one.start_at or FIRST_INSTANT)):
        last = joined[-1] if joined else None
        if last is None or (last.end_at and window.start_at and last.end_at < window.start_at):
            joined.append(window)
        else:
            end_at = None if last.end_at is None or window.end_at is None else max(last.end_at, window.end_at)
            joined[-1] = Window(last.start_at, end_at)
    return joined


def without(window: Window, taken: Iterable[Window]) -> list[Window]:
    """What is left of a window once others are cut out of it, in order."""
    left = [window]
    for other in taken:
        pieces = [Window(None, other.start_at)] if other.start_at else []
        pieces += [Window(other.end_at, None)] if other.end_at else []
        left = [cut for one in left for piece in pieces if (cut := one.overlap(piece))]
    return left


def boundary(anchor_on: date, months: int, *, at_month_end: bool = False) -> date:
    """The day so many months from the anchor, always counted from the anchor itself so that it never drifts.

    With `at_month_end` an anchor on the last day of its month keeps to last days.
    """
    on = months_later(anchor_on, months)
    if at_month_end and _last_of_month(anchor_on) == anchor_on:
        return _last_of_month(on)
    return on


def period(anchor_on: date, number: int, months: int, *, at_month_end: bool = False) -> tuple[date, date]:
    """First and last day of the period of that number (from 0), each so many months long."""
    starts_on = boundary(anchor_on, number * months, at_month_end=at_month_end)
    next_on = boundary(anchor_on, (number + 1) * months, at_month_end=at_month_end)
    return starts_on, next_on - timedelta(days=1)


def term_end(start_on: date, months: int) -> date:
    """The last day of a term of so many months: 12 months from 11 March end on 10 March."""
    return months_later(start_on, months) - timedelta(days=1)


def notice_deadline(end_on: date, *, days: int = 0, months: int = 0) -> date:
    """The last day on which notice is in time: so many days, or clipped months, before the end."""
    return months_later(end_on, -months) - timedelta(days=days)


def _last_of_month(on: date) -> date:
    return on.replace(day=monthrange(on.year, on.month)[1])


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
