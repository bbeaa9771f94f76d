"""Walks an empty database through every migration, one at a time, and prints what guards the promises after each.

    python -m tests.migrating      on the database of DATABASE_URL

One line of JSON: for each step its name, whether the claims' table is there, and whether its guard stands.
"""

import json
import os

import django


def walked() -> list[tuple[str, bool, bool]]:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from crm.exclusivity import guard

    loader = MigrationExecutor(connection).loader
    plan = MigrationExecutor(connection).migration_plan(loader.graph.leaf_nodes())
    found = []
    for migration, _backwards in plan:
        if migration.app_label in ("crm", "campaigns"):
            call_command("migrate", migration.app_label, migration.name, verbosity=0, skip_checks=True)
            is_there = guard.TABLE in connection.introspection.table_names()
            found.append((f"{migration.app_label}.{migration.name}", is_there, guard.present(connection)))
    return found


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
    django.setup()
    print(json.dumps(walked()))
