"""Trigram indexes for searching within names and handles. Only PostgreSQL has them; SQLite reads its rows."""

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

INDEXES = {
    "influencer_name_trgm": ("crm_influencer", "name_key"),
    "account_handle_trgm": ("crm_socialaccount", "handle"),
}


def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the extension (trusted: the database's owner may) and the indexes. For migrations.RunPython."""
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    for name, (table, column) in INDEXES.items():
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {table} USING gin ({column} gin_trgm_ops)")


def remove(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The way back; the extension stays, others may use it."""
    if schema_editor.connection.vendor != "postgresql":
        return
    for name in INDEXES:
        schema_editor.execute(f"DROP INDEX IF EXISTS {name}")
