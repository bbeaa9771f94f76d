"""Which key a table gave out last, and telling the other database so: a key of a row that is gone names nobody else."""

from django.db import connection

from crm.archive.everything.tables import Table


def last_given(table: Table) -> int | None:
    """The last key the database gave out; 0 for none yet, None where keys are given by hand."""
    if not table.counts_up:
        return None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [_quoted(table), table.key.field.column])
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {cursor.fetchone()[0]}")  # noqa: S608
        else:
            cursor.execute("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = %s), 0)", [table.db_table])
        return int(cursor.fetchone()[0])


def go_on_after(table: Table, last: int) -> None:
    """The next row gets a key beyond this one."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s, %s)",
                [_quoted(table), table.key.field.column, max(last, 1), last > 0],
            )
            return
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table.db_table])
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.db_table, last])


def _quoted(table: Table) -> str:
    return connection.ops.quote_name(table.db_table)
