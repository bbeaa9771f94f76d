"""Zones and clocks: reminders are instants, and every machine has to agree when that is."""

import datetime as dt
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from importlib.metadata import PackageNotFoundError, version
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import DatabaseError, connection

from crm.base.models import Organisation
from crm.watch.findings import Finding

MOST = dt.timedelta(seconds=5)
MEND = "Let this machine and the other keep time by NTP (timedatectl set-ntp true)."


def looked_at(now: dt.datetime) -> Iterator[Finding]:
    yield zone(now)
    yield drift("time-database", _of_database, "the database")
    if settings.REDIS_URL:
        yield drift("time-queue", _of_queue, "Redis")


def zone(now: dt.datetime) -> Finding:
    mend = "Install the package tzdata, and choose a zone in the settings page."
    said = []
    for name in dict.fromkeys((Organisation.load().zone, settings.DEFAULT_ZONE)):
        try:
            said.append(f"{name} {now.astimezone(ZoneInfo(name)):%H:%M}")
        except (KeyError, ValueError, OSError):
            return Finding("zone", False, f"{name} is not known here", mend=mend)
    try:
        data = f"tzdata {version('tzdata')}"
    except PackageNotFoundError:
        data = "the system's own data"
    return Finding("zone", True, f"{', '.join(said)}; server {time.tzname[0]}; {data}")


def drift(name: str, told: Callable[[], dt.datetime | None], whose: str) -> Finding:
    """How far the other's clock is from ours, half of the way there and back left out."""
    begun = dt.datetime.now(dt.UTC)
    theirs = told()
    ours = begun + (dt.datetime.now(dt.UTC) - begun) / 2
    if theirs is None:
        return Finding(name, True, f"{whose} has the clock of this machine, or none to ask", is_vital=False)
    apart = abs(theirs - ours)
    said = f"{apart.total_seconds():.1f} s from {whose}"
    return Finding(name, apart <= MOST, said, is_vital=False, mend=MEND)


def _of_database() -> dt.datetime | None:
    if connection.vendor != "postgresql":
        return None
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            at: dt.datetime = cursor.fetchone()[0]
    except DatabaseError:
        return None
    return at


def _of_queue() -> dt.datetime | None:
    from redis import Redis
    from redis.exceptions import RedisError

    try:
        with closing(Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)) as line:
            seconds, micros = line.time()  # type: ignore[misc]
    except (RedisError, OSError):
        return None
    return dt.datetime.fromtimestamp(seconds + micros / 1_000_000, dt.UTC)
