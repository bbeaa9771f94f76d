"""What a database consists of, one sentence for each part, in an order of their own: two of them can be compared.

The order of a table's columns is left out: SQLite moves columns when it rebuilds a table.
"""

import re
from typing import Any

POSTGRESQL = (
    """SELECT 'column ' || attrelid::regclass || ' ' || quote_ident(attname) || ' ' || format_type(atttypid, atttypmod)
              || ' ' || attnotnull || ' ' || attidentity::text || coalesce(pg_get_expr(adbin, adrelid), '')
       FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
       WHERE relkind = 'r' AND pg_table_is_visible(attrelid) AND attnum > 0 AND NOT attisdropped
             AND relnamespace = 'public'::regnamespace""",
    """SELECT 'constraint ' || conrelid::regclass || ' ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid)
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = 'public'",
    """SELECT 'trigger ' || pg_get_triggerdef(pg_trigger.oid) || ' ' || tgenabled::text FROM pg_trigger
       WHERE NOT tgisinternal""",
    """SELECT 'function ' || pg_get_functiondef(pg_proc.oid) FROM pg_proc
       WHERE pronamespace = 'public'::regnamespace
             AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')""",
    "SELECT 'extension ' || extname FROM pg_extension",
)
SQLITE = "SELECT type, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"


def of_postgresql(cursor: Any) -> list[str]:
    found = []
    for question in POSTGRESQL:
        cursor.execute(question)
        found += [said for (said,) in cursor.fetchall()]
    return sorted(found)


def of_sqlite(cursor: Any) -> list[str]:
    cursor.execute(SQLITE)
    found = []
    for kind, table, sql in cursor.fetchall():
        parts = parts_of(sql[sql.index("(") + 1 : sql.rindex(")")]) if kind == "table" else [sql]
        found += [f"{kind} {table}: {part}" for part in parts]
    return sorted(found)


def parts_of(body: str) -> list[str]:
    """Columns and constraints between the brackets of CREATE TABLE: split at commas outside of brackets and words."""
    depth, parts = 0, [""]
    for piece in re.findall(r"'[^']*'|\"[^\"]*\"|.", body, re.S):
        depth += {"(": 1, ")": -1}.get(piece, 0)
        if piece == "," and not depth:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts]
