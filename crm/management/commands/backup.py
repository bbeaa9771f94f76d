"""`manage.py backup FOLDER`: the database as one file, while everything runs."""

import os
import subprocess
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone


class Command(BaseCommand):
    help = "Writes the database into a new file in the folder. Uploads in media/ are yours to copy beside it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="where the file goes; made when it is not there")

    def handle(self, *, folder: Path, **_options: Any) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(f"{folder} cannot be a folder for backups: {error.strerror}.") from None
        stem = f"mitra-{timezone.now():%Y%m%d-%H%M%S}"
        write = {"sqlite": vacuumed, "postgresql": dumped}[connection.vendor]
        written = write(folder.resolve(), stem)
        written.chmod(0o600)
        self.stdout.write(f"{written} ({written.stat().st_size / 1e6:.1f} MB)")


def vacuumed(folder: Path, stem: str) -> Path:
    """A plain copy of a database in use may be broken; this one is whole."""
    target = folder / f"{stem}.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])
    return target


def dumped(folder: Path, stem: str) -> Path:
    target, facts = folder / f"{stem}.dump", connection.settings_dict
    env = {**os.environ, "PGPASSWORD": str(facts["PASSWORD"])}
    named = {"--host": facts["HOST"], "--port": facts["PORT"], "--username": facts["USER"], "--dbname": facts["NAME"]}
    words = [f"{option}={value}" for option, value in named.items() if value]
    try:
        subprocess.run(["pg_dump", "--format=custom", f"--file={target}", *words], env=env, check=True)
    except FileNotFoundError:
        raise CommandError("pg_dump is not installed: install the package postgresql-client.") from None
    except subprocess.CalledProcessError as error:
        raise CommandError(f"pg_dump failed ({error.returncode}); its message is above.") from None
    return target
