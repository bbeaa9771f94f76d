"""Calendar days and clock times of a place, and the instants they mean.

Zones are IANA names (`Asia/Jakarta`). Abbreviations are shown, never stored or parsed: old zone files call western
Indonesia WIT, which today is the eastern zone.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

INDONESIAN_LABELS = {
    "Asia/Jakarta": "WIB",
    "Asia/Pontianak": "WIB",
    "Asia/Makassar": "WITA",
    "Asia/Jayapura": "WIT",
}


def validate_zone(name: str) -> None:
    """Refuse what is not the IANA name of a zone."""
    try:
        zone_info(name)
    except ValueError:
        raise ValidationError(
            _("“%(zone)s” is not a time zone. Choose one from the list, for example Asia/Jakarta."),
            code="zone",
            params={"zone": name},
        ) from None


@cache
def zone_info(name: str) -> ZoneInfo:
    """The zone of that name; ValueError when there is none."""
    if name not in _zone_names():
        raise ValueError(f"Unknown time zone: {name!r}")
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError as missing:
        raise ValueError(f"Time zone without data: {name!r}") from missing


@cache
def zone_choices() -> tuple[tuple[str, str], ...]:
    """Choices of a form field: the Indonesian zones first, then every place of the world by name."""
    indonesian = [(name, f"{name.replace('_', ' ')} ({label})") for name, label in INDONESIAN_LABELS.items()]
    places = sorted(name for name in _zone_names() if _is_place(name) and name not in INDONESIAN_LABELS)
    return (*indonesian, ("UTC", "UTC"), *((name, name.replace("_", " ")) for name in places))


@cache
def _zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def _is_place(name: str) -> bool:
    return "/" in name and not name.startswith(("Etc/", "SystemV/", "US/"))


def zone_label(zone: str, at: datetime) -> str:
    """What people call the zone at that instant: WIB, WITA, WIT, BST, or UTC+05:45 where no letters exist."""
    if zone in INDONESIAN_LABELS:
        return INDONESIAN_LABELS[zone]
    local = at.astimezone(zone_info(zone))
    letters = local.tzname() or ""
    return letters if letters.isalpha() else _offset_label(local)


def _offset_label(local: datetime) -> str:
    minutes = int((local.utcoffset() or timedelta()).total_seconds()) // 60
    sign = "-" if minutes < 0 else "+"
    return f"UTC{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def local_date(at: datetime, zone: str) -> date:
    """The calendar day of an instant in the zone."""
    return at.astimezone(zone_info(zone)).date()


@lru_cache(maxsize=8192)
def local_instant(on: date, clock: time, zone: str) -> datetime:
    """The UTC instant of a wall clock time.

    A time the clocks jump over is pushed on by the jump (01:30 in London on 2026-03-29 becomes 02:30); a time shown
    twice means the first one.
    """
    return datetime.combine(on, clock.replace(tzinfo=None, fold=0), tzinfo=zone_info(zone)).astimezone(UTC)


def local_midnight(on: date, zone: str) -> datetime:
    """The UTC instant at which the day begins in the zone."""
    return local_instant(on, time.min, zone)


def end_of_day(on: date, zone: str) -> datetime:
    """The first UTC instant after the day: what is due on that day is late from here on."""
    return local_midnight(on + timedelta(days=1), zone)
