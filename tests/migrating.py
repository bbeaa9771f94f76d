"""Walks an empty database through every migration, one at a time, and writes down what guards the promises after each.

    python -m tests.migrating found.json      on the database of DATABASE_URL

One line of JSON: for each step its name, whether the claims' table is there, and whether its guard stands. At the end
the database is as `migrate` leaves it, so `make test` makes the one it copies this way (scripts/ready_databases.py).
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import django


def walked() -> list[tuple[str, bool, bool]]:
    """Like `migrate` for each step, but with one picture of the models that grows along the way: to draw it anew for
    every step costs more with every migration there is."""
    from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from crm.exclusivity import guard

    executor = MigrationExecutor(connection)
    executor.recorder.ensure_schema()
    state, found = executor.loader.project_state(()), []
    for step in executor.migration_plan(executor.loader.graph.leaf_nodes()):
        migration, _backwards = step
        about: dict[str, Any] = {"verbosity": 0, "interactive": False, "db": connection.alias, "plan": [step]}
        emit_pre_migrate_signal(**about, apps=state.apps)
        state = executor.migrate([(migration.app_label, migration.name)], plan=[step], state=state)
        emit_post_migrate_signal(**about, apps=state.apps)
        if migration.app_label in ("crm", "campaigns"):
            is_there = guard.TABLE in connection.introspection.table_names()
            found.append((f"{migration.app_label}.{migration.name}", is_there, guard.present(connection)))
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
    django.setup()
    Path(sys.argv[1]).write_text(json.dumps(walked()))
