"""Whether what Mitra stands on is new enough."""

import sys
from collections.abc import Iterator
from contextlib import closing

import django
from django.conf import settings
from django.db import connection

from crm.watch.findings import Finding

LEAST_POSTGRESQL, LEAST_SQLITE, LEAST_REDIS = 15, (3, 35), (6, 2)


def looked_at(*, has_database: bool) -> Iterator[Finding]:
    yield python()
    is_right = django.VERSION[:2] == (5, 2)
    yield Finding("django", is_right, f"{django.get_version()} (5.2 is needed)", mend="Run make install.")
    if has_database:
        yield database()
    if settings.REDIS_URL:
        yield queue()


def python() -> Finding:
    said = f"{sys.version.split()[0]} (3.11 or newer is needed)"
    return Finding("python", sys.version_info >= (3, 11), said, mend="Install Python 3.11 or newer, then make install.")


def database() -> Finding:
    if connection.vendor == "postgresql":
        number = int(getattr(connection, "pg_version", 0)) // 10_000
        said, is_new = f"PostgreSQL {number} ({LEAST_POSTGRESQL} or newer is needed)", number >= LEAST_POSTGRESQL
    else:
        from sqlite3 import sqlite_version, sqlite_version_info

        said, is_new = f"SQLite {sqlite_version} (3.35 or newer is needed)", sqlite_version_info >= LEAST_SQLITE
    return Finding("database-version", is_new, said, mend="Update the database's server, then run manage.py prepare.")


def queue() -> Finding:
    from redis import Redis
    from redis.exceptions import RedisError

    mend = "Update Redis or Valkey."
    try:
        with closing(Redis.from_url(settings.REDIS_URL, socket_timeout=1, socket_connect_timeout=1)) as line:
            told = line.info("server")
    except (RedisError, OSError) as error:
        return Finding("queue-version", False, f"not told ({type(error).__name__})", is_vital=False, mend=mend)
    found = str(told.get("redis_version", "0"))  # type: ignore[union-attr]
    number = tuple(int(part) for part in found.split(".")[:2] if part.isdigit())
    return Finding(
        "queue-version", number >= LEAST_REDIS, f"Redis {found} (6.2 or newer is needed)", is_vital=False, mend=mend
    )
