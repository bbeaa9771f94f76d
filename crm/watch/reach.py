"""Whether the database answers, asked so that the asking itself never takes longer than it may."""

from collections.abc import Mapping
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

LONGEST = 2
"""Seconds. libpq rounds one up to two."""

OF_DJANGO = ("cursor_factory", "context", "prepare_threshold")
"""What Django tells its own connections, and a plain one does not know."""

_complete: frozenset[Any] = frozenset()
"""The migrations that stood in the database when last nothing was missing: reading the files again costs far more."""


def database_said() -> str:
    """Empty when it answers and is as new as the code, else what is wrong."""
    try:
        if connection.vendor == "postgresql":
            knock(connection.get_connection_params())
        waiting = _waiting()
    except DatabaseError as error:
        return f"unreachable ({type(error).__name__})"
    return f"{waiting} migrations to apply: run manage.py prepare" if waiting else ""


def knock(params: Mapping[str, Any]) -> None:
    """A connection of its own: one that is kept open would wait minutes for a server that went silent."""
    import psycopg

    ours = {name: value for name, value in params.items() if name not in OF_DJANGO} | {"connect_timeout": LONGEST}
    try:
        with psycopg.connect(**ours) as line:
            line.execute("SELECT 1")
    except psycopg.Error as error:
        raise DatabaseError(str(error)) from error


def _waiting() -> int:
    global _complete
    applied = frozenset(MigrationRecorder(connection).applied_migrations())
    if applied and applied == _complete:
        return 0
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    _complete = frozenset() if waiting else applied
    return waiting
