"""No migration is missing; each app has one line of them; each has a name somebody chose."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

APPS = ("crm", "campaigns")


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    return MigrationLoader(None)


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    said = StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=said)
    assert said.getvalue() == "No changes detected\n"


@pytest.mark.parametrize("app", APPS)
def test_migrations_are_one_line(loader: MigrationLoader, app: str) -> None:
    line = sorted(
        name for label, name in loader.disk_migrations if label == app and (label, name) not in loader.replacements
    )
    numbers = [int(name[:4]) for name in line]
    assert numbers == list(range(1, len(line) + 1))
    parents = [
        [parent for label, parent in loader.disk_migrations[app, name].dependencies if label == app] for name in line
    ]
    assert parents == [[], *([before] for before in line[:-1])]


@pytest.mark.parametrize("app", APPS)
def test_every_migration_has_a_name_somebody_chose(loader: MigrationLoader, app: str) -> None:
    names = [name for label, name in loader.disk_migrations if label == app]
    assert [name for name in names if re.search(r"_auto_|_and_more|_alter_\w+_and", name)] == []


def test_crm_depends_on_no_migration_of_campaigns(loader: MigrationLoader) -> None:
    upward = [
        name
        for (label, name), migration in loader.disk_migrations.items()
        if label == "crm" and any(app == "campaigns" for app, _ in migration.dependencies)
    ]
    assert upward == []


@pytest.mark.django_db
def test_the_test_database_came_from_the_migrations() -> None:
    applied = MigrationRecorder(connection).applied_migrations()
    assert {app for app, _name in applied} >= set(APPS)
