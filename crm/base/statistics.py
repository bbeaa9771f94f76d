"""What the database's planner knows of its tables. PostgreSQL learns it by itself, SQLite has to be told."""

from django.db import connection

SAMPLE = 1_000  # rows per index: a few dozen milliseconds whatever the size, and close enough to choose an index


def learn() -> bool:
    """Let SQLite count its tables anew. Without that it takes the first index at hand, and lists of 100,000 crawl."""
    if connection.vendor != "sqlite":
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit={SAMPLE}")
        cursor.execute("ANALYZE")
    return True
