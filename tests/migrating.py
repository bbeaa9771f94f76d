"""Walks an empty database through the whole line of migrations, one at a time, and writes down what guards the promises.

    python -m tests.migrating found.json      on the database of DATABASE_URL

A new house takes the short way (`0001_squashed_...`); one that was installed earlier goes this one. One line of JSON: for
each step its name, whether the claims' table is there, and whether its guard stands.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

import django


def draw_only_what_changes() -> None:
    """Only the model that changes is drawn again; what alters tables asks no others.

    Django draws all that are related to it again too, and theirs and so on, which here are nearly all. Migrations that
    ask the models themselves are given all of them anew, as they are by Django when it put some off.
    """
    from django.db.migrations.state import ProjectState

    def only_this(state: Any, app_label: str, model_name: str, delay: bool = False) -> set[tuple[str, str]]:
        state.is_delayed = True
        return {(app_label, model_name)}

    ProjectState._find_reload_model = only_this  # type: ignore[attr-defined]


def ends_of_the_line(loader: Any) -> list[tuple[str, str]]:
    """The last migration of each app, without those that stand for others."""
    return [node for node in loader.graph.leaf_nodes() if node not in loader.replacements]


def walked() -> list[tuple[str, bool, bool]]:
    """Like `migrate` for each step, but with one picture of the models that grows along the way: to draw it anew for
    every step costs more with every migration there is."""
    from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.loader import MigrationLoader

    from crm.exclusivity import guard

    executor = MigrationExecutor(connection)
    executor.loader = MigrationLoader(connection, replace_migrations=False)
    executor.recorder.ensure_schema()
    state, found = executor.loader.project_state(()), []
    for step in executor.migration_plan(ends_of_the_line(executor.loader)):
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
    draw_only_what_changes()
    Path(sys.argv[1]).write_text(json.dumps(walked()))
