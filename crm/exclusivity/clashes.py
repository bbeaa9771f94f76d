"""Every bar and every piece of work that meet, whoever let them: one statement, however many promises there are.

The guard looks at a row when it is written. Rows that came while it was away (a restored file, a table built anew) are
only found here; so are facts, which stand unguarded beside a bar.
"""

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from crm.exclusivity.guard import SETS, TABLE


def guarded_clashes() -> list[tuple[int, int]]:
    """Claims under guard that should never have met: the bar's and the work's id. Empty when all is well."""
    return _asked("AND bar.active AND work.active")


def all_clashes() -> list[tuple[int, int]]:
    """The same with what stands unguarded: facts, and what somebody allowed."""
    return _asked("")


def _asked(guarded: str) -> list[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(_statement(connection, guarded))
        return [(int(bar), int(work)) for bar, work in cursor.fetchall()]


def _statement(database: BaseDatabaseWrapper, guarded: str) -> str:
    meet = " AND ".join(_meet(database, name) for name in SETS)
    return f"""
        SELECT bar.id, work.id FROM {TABLE} bar JOIN {TABLE} work ON work.influencer_id = bar.influencer_id
        WHERE bar.side = 0 AND work.side = 1 {guarded}
          AND work.start_at < bar.end_at AND bar.start_at < work.end_at
          AND (work.house_id <> bar.house_id OR (bar.within_house AND work.brand_id <> bar.brand_id))
          AND {meet}
        ORDER BY bar.id, work.id
    """  # noqa: S608 - constants


def _meet(database: BaseDatabaseWrapper, name: str) -> str:
    if database.vendor == "postgresql":
        return f"bar.{name} && work.{name}"
    return f"EXISTS (SELECT 1 FROM json_each(bar.{name}) a JOIN json_each(work.{name}) b ON a.value = b.value)"  # noqa: S608
