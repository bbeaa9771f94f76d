"""Writes the short way of each app anew: one migration for an empty database, in place of the whole line until today.

    make short-way          when the newest migrations will not change any more

A house keeps in its database that it took each step of the line, whichever way it came, so a longer short way may take
the place of another at any time. tests/test_two_ways.py walks both.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import django
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ModelState
from django.db.migrations.writer import MigrationWriter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

APPS = ("crm", "campaigns")
MORE = {"crm": ["0002_people_search"], "campaigns": []}
"""Steps of the line that make what no model tells. The others that are not about models change rows, and find none."""


def line_of(loader: MigrationLoader, app: str) -> list[str]:
    own = {name for label, name in loader.disk_migrations if label == app}
    return sorted(own - {name for label, name in loader.replacements if label == app})


def created(model: ModelState) -> CreateModel:
    options = {name: value for name, value in model.options.items() if value not in ([], set())}
    return CreateModel(model.name, [*model.fields.items()], options, model.bases, model.managers)


def short_way(loader: MigrationLoader, app: str) -> Migration:
    from crm.base.migrating import CreateModelsAtOnce

    line = line_of(loader, app)
    steps = [loader.disk_migrations[app, name] for name in line]
    models = loader.project_state((app, line[-1])).models
    needed = sorted(
        {needs for step in steps for needs in step.dependencies if needs[0] != app and type(needs) is tuple}
    )
    create = CreateModelsAtOnce([created(model) for (label, _name), model in models.items() if label == app])
    said = {
        "initial": True,
        "replaces": [(app, name) for name in line],
        "dependencies": [*dict(needed).items()],  # of each app the last
        "operations": [create, *(more for step in steps if step.name in MORE[app] for more in step.operations)],
    }
    way: Migration = type("Migration", (Migration,), said)(f"0001_squashed_{line[-1]}", app)
    return way


def main() -> None:
    loader = MigrationLoader(None, replace_migrations=False)
    for app in APPS:
        way, folder = short_way(loader, app), ROOT / app / "migrations"
        written = MigrationWriter(way, include_header=False).as_string()
        for former in folder.glob("0001_squashed_*.py"):
            former.unlink()
        path = folder / f"{way.name}.py"
        path.write_text(written.lstrip())
        print(f"· {path.relative_to(ROOT)}: {len(way.replaces)} steps in one")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")
    os.environ.setdefault("MITRA_ALLOW_PLACEHOLDER", "1")
    django.setup()
    main()
