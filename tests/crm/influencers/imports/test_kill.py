"""An import whose process is killed in the middle, for real: it goes on behind the last batch and doubles nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests import ready

ROOT = Path(__file__).parents[4]
ROWS = 3_500
"""Three batches of a thousand and a half one: one before the kill, and some for the two who go on."""

START = "import os, sys; sys.path.insert(0, '.'); import django; django.setup(); "
IMPORTS = (
    "from django.utils import timezone; from crm.influencers.imports import actions, queries; "
    "from crm.influencers.models import *; from crm.timeline.models import Entry; "
    "from crm.timeline.record import SYSTEM; "
)
TAKE = (
    "from pathlib import Path; now = timezone.now(); "
    "run, table = actions.take('big.csv', Path(sys.argv[1]).read_bytes(), user=None, now=now); "
    "actions.choose_columns(run, queries.columns_of(run), counted_at=now, replaces_known=False, now=now, actor=SYSTEM)"
)
CARRY_ON = "actions.carry_on(ImportRun.objects.get().pk, now=timezone.now())"
TAKE_BACK = "ImportRun.objects.get().take_back(by=None, at=timezone.now(), actor=SYSTEM)"
CONFIRM = "ImportRun.objects.get().confirm(at=timezone.now(), actor=SYSTEM)"
STATE = (
    "SELECT status, cursor, (SELECT COUNT(*) FROM crm_influencer), (SELECT COUNT(*) FROM crm_socialaccount), "
    "(SELECT COUNT(*) FROM crm_metricsnapshot), (SELECT COUNT(*) FROM crm_entry WHERE influencer_id IS NOT NULL), "
    "(SELECT COUNT(*) FROM crm_importrow WHERE written_at IS NOT NULL) FROM crm_importrun"
)


@pytest.fixture
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """A database of its own that another process can open, on whatever the suite runs on."""
    name = f"killed_{os.getpid()}"
    url = f"sqlite:///{tmp_path}/killed.sqlite3"
    if connection.vendor == "postgresql":
        is_copy = bool(template := ready.template())
        _on_server(f"CREATE DATABASE {name}{template}")
        url = _address(name)
    else:
        is_copy = ready.copy_to(tmp_path / "killed.sqlite3")
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "crm.config.settings",
        "DATABASE_URL": url,
        "KILLED_DATABASE": name,
        "MITRA_VAR": str(tmp_path),
        "MITRA_ALLOW_PLACEHOLDER": "1",
    }
    try:
        if not is_copy:
            migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
            subprocess.run(migrate, cwd=ROOT, env=env, check=True, timeout=200)
        yield env
    finally:
        if connection.vendor == "postgresql":
            _on_server(f"DROP DATABASE {name} WITH (FORCE)")


def _address(name: str) -> str:
    """The suite's server with another database, as DATABASE_URL says it; a socket's folder stands in the path."""
    server = connection.settings_dict
    if server["HOST"].startswith("/"):
        return f"postgres://{server['USER']}@/{server['HOST']}/{name}"
    return f"postgres://{server['USER']}:{server['PASSWORD']}@{server['HOST']}:{server['PORT'] or 5432}/{name}"


def _on_server(statement: str) -> None:
    with connection._nodb_cursor() as cursor:  # type: ignore[attr-defined]
        cursor.execute(statement)


def python(environment: dict[str, str], code: str, *words: str) -> str:
    command = [sys.executable, "-c", START + IMPORTS + code, *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def kill_once(
    environment: dict[str, str], has_moved: Callable[[], bool], code: str = START + IMPORTS + CARRY_ON
) -> None:
    """Let a process carry the run on and kill it as soon as it has got somewhere."""
    worker = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 180
    while worker.poll() is None and not has_moved():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert worker.poll() is None, "the worker ended before it could be killed"
    worker.send_signal(signal.SIGKILL)
    worker.wait()


class Watch:
    """Looks at the run from outside, without a Django of its own."""

    def __init__(self, environment: dict[str, str], question: str = STATE) -> None:
        self._environment, self._question = environment, question
        self.seen = self.state()[1]

    def state(self) -> tuple[str, int, int, int, int, int, int]:
        """Status, cursor, people, accounts, snapshots, entries about people, rows written."""
        if connection.vendor == "postgresql":
            server = connection.settings_dict
            name = self._environment["KILLED_DATABASE"]
            with psycopg.connect(
                host=server["HOST"], user=server["USER"], password=server["PASSWORD"], dbname=name
            ) as there:
                found = there.execute(self._question).fetchone()
        else:
            path = self._environment["DATABASE_URL"].removeprefix("sqlite:///")
            with closing(sqlite3.connect(path, timeout=20)) as file:
                found = file.execute(self._question).fetchone()
        assert found is not None
        return tuple(found)

    def has_moved(self) -> bool:
        return self.state()[1] > self.seen


def big_file(path: Path) -> Path:
    lines = [f"Orang {n},@orang.{n},{n + 1000},Malang" for n in range(ROWS)]
    path.write_text("Nama,Akun IG,Followers,Kota\n" + "\n".join(lines) + "\n")
    return path


@pytest.mark.integration
@pytest.mark.django_db
def test_a_killed_import_goes_on_without_losing_or_doubling_anybody(
    environment: dict[str, str], tmp_path: Path
) -> None:
    python(environment, TAKE, str(big_file(tmp_path / "big.csv")))

    watch = Watch(environment)
    kill_once(environment, watch.has_moved)
    assert watch.state() == ("uploaded", watch.state()[1], 0, 0, 0, 0, 0)

    python(environment, f"{CARRY_ON}; {CONFIRM}")
    watch = Watch(environment)
    assert watch.state() == ("confirmed", 0, 0, 0, 0, 0, 0)
    kill_once(environment, watch.has_moved)
    cursor = watch.state()[1]
    assert 0 < cursor < ROWS + 1
    # Row n + 1 of the file is person n: everything up to the cursor is there, once, and nothing beyond it.
    assert watch.state() == ("confirmed", cursor, *[cursor - 1] * 5)

    two = [
        subprocess.Popen([sys.executable, "-c", START + IMPORTS + CARRY_ON], cwd=ROOT, env=environment)
        for _n in range(2)
    ]
    assert [worker.wait(timeout=120) for worker in two] == [0, 0]
    assert watch.state() == ("done", ROWS + 1, *[ROWS] * 5)


BACK = (
    "SELECT status, (SELECT COUNT(*) FROM crm_importrow WHERE taken_back_at IS NOT NULL), "
    "(SELECT COUNT(*) FROM crm_influencer), (SELECT COUNT(*) FROM crm_socialaccount), "
    "(SELECT COUNT(*) FROM crm_metricsnapshot), "
    "(SELECT COUNT(*) FROM crm_entry WHERE verb = 'influencer.removed'), "
    "(SELECT COUNT(DISTINCT influencer_id) FROM crm_entry WHERE verb = 'influencer.removed') FROM crm_importrun"
)


@pytest.mark.integration
@pytest.mark.django_db
def test_taking_back_that_is_killed_goes_on_and_takes_nothing_back_twice(
    environment: dict[str, str], tmp_path: Path
) -> None:
    whole = f"{TAKE}; {CARRY_ON}; {CONFIRM}; {CARRY_ON}; {TAKE_BACK}"
    python(environment, whole, str(big_file(tmp_path / "big.csv")))
    watch = Watch(environment, BACK)
    assert watch.state() == ("undoing", 0, *[ROWS] * 3, 0, 0)

    kill_once(environment, watch.has_moved)
    gone = watch.state()[1]
    assert 0 < gone < ROWS
    # Whole batches are gone, with one line in each story, and the others stand untouched.
    assert watch.state() == ("undoing", gone, *[ROWS - gone] * 3, gone, gone)

    two = [
        subprocess.Popen([sys.executable, "-c", START + IMPORTS + CARRY_ON], cwd=ROOT, env=environment)
        for _n in range(2)
    ]
    assert [worker.wait(timeout=120) for worker in two] == [0, 0]
    assert watch.state() == ("undone", ROWS, 0, 0, 0, ROWS, ROWS)
