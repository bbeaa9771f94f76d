"""A measurement on both databases, each in a process of its own: a private durable PostgreSQL, and a SQLite file."""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def measured_on_both(module: str, about: str | None, measure: Callable[[int, int], None], *, rows: int) -> None:
    """What the benchmark's `main` is: `measure(rows, rounds)` runs on an empty database of its own."""
    options = _options(about, rows)
    if options.inside:
        _inside(measure, options)
        return
    from scripts.test_services import postgres

    with tempfile.TemporaryDirectory(prefix="mitra-bench-", dir="/tmp") as folder, postgres(durable=True) as database:
        for address in filter(None, (database, f"sqlite:///{folder}/bench.sqlite3")):
            _run_on(address, module, options, folder)


def _options(about: str | None, rows: int) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=rows)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _inside(measure: Callable[[int, int], None], options: argparse.Namespace) -> None:
    """The measurement on the database this process was started for."""
    from django.db import connection

    name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        measure(options.rows, options.rounds)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


def _run_on(database: str, module: str, options: argparse.Namespace, folder: str) -> None:
    env = {
        **os.environ, "DATABASE_URL": database, "MITRA_VAR": folder, "MITRA_READ_DOTENV": "0",
        "MITRA_ALLOW_PLACEHOLDER": "1", "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    words = ["--inside", "--rows", str(options.rows), "--rounds", str(options.rounds)]
    subprocess.run([sys.executable, "-m", module, *words], env=env, cwd=ROOT, check=True)
