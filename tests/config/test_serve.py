"""`manage.py serve` as a person meets it: one command, one address, nothing left behind."""

import contextlib
import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from django.conf import settings

from crm.config.serving.broker import socket_for
from crm.config.serving.sink import free_port

pytestmark = [pytest.mark.integration, pytest.mark.clocked]

READY = re.compile(r"Mitra is ready after [\d.]+ s: (http://127\.0\.0\.1:(\d+))/")
LOGS = ("web", "worker")
PLENTY = 300.0
"""A first start walks an empty database through every migration and writes the demo: long on a busy machine."""


def until(true: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.1)
    return true()


def family(var: Path) -> dict[int, str]:
    """Every living process of the installation in this folder, id to command line.

    They carry the folder in their environment; the broker writes its title over that, but names its socket there.
    """
    mark, path, found = f"\0MITRA_VAR={var}\0".encode(), str(socket_for(var)), {}
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            is_ours = path in words or mark in b"\0" + (process / "environ").read_bytes()
            if words and is_ours:  # a zombie has no words
                found[int(process.name)] = words
    return found


def pid_of(var: Path, word: str) -> int:
    """The eldest process with this word in its command line."""
    return min(pid for pid, words in family(var).items() if word in words)


class Served:
    """One running `serve`, started as make does."""

    def __init__(self, var: Path, *words: str) -> None:
        self.var, self.said = var, var / "said"
        ours = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "EMAIL_URL", "BASE_URL", "SECRET_KEY")
        env = {name: value for name, value in os.environ.items() if name not in ours}
        env |= {
            "MITRA_VAR": str(var),
            "MITRA_DEMO": "1",
            "MITRA_READ_DOTENV": "0",
            "PYTHONUNBUFFERED": "1",
            "LOG_JSON": "true",
        }
        with self.said.open("wb") as out:
            argv = [sys.executable, "-m", "crm.config.serving", *words]
            self.process = subprocess.Popen(
                argv, cwd=settings.BASE_DIR, env=env, stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )

    @property
    def text(self) -> str:
        return self.said.read_text()

    def ready(self) -> int:
        """The port, once it says it is ready."""
        assert until(lambda: bool(READY.search(self.text)) or self.process.poll() is not None, PLENTY), self.text
        found = READY.search(self.text)
        assert found, self.text
        return int(found.group(2))

    def end(self, by: signal.Signals) -> int:
        self.process.send_signal(by)
        return self.process.wait(timeout=30)


def status(port: int, path: str, headers: dict[str, str] | None = None) -> int | None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.closing(line), contextlib.suppress(OSError, http.client.HTTPException):
        line.request("GET", path, headers=headers or {})
        return line.getresponse().status
    return None


def lines_of(var: Path, name: str) -> list[str]:
    """A part's log without Celery's goodbye, which it says from within a signal and past every logger."""
    lines = (var / "log" / f"{name}.log").read_text().splitlines()
    return [line for line in lines if line and not line.startswith("worker: ")]


def count(var: Path, table: str) -> int:
    with contextlib.closing(sqlite3.connect(var / "mitra.sqlite3")) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608


@pytest.fixture(scope="module")
def var(demo_folder: Path) -> Path:
    """A data folder that every start of this file shares, as one installation."""
    return demo_folder


@pytest.fixture
def serve(var: Path) -> Iterator[Callable[..., Served]]:
    started: list[Served] = []

    def begin(*words: str) -> Served:
        started.append(Served(var, *words))
        return started[-1]

    yield begin
    for served in started:
        if served.process.poll() is None:
            served.end(signal.SIGTERM)
    for pid in family(var):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def letters(var: Path) -> Iterator[str]:
    """The plain text of every message in the demo's mailbox."""
    for path in (var / "mailbox").glob("*.eml"):
        body = message_from_bytes(path.read_bytes(), policy=default).get_body(("plain",))
        assert body is not None
        yield body.get_content()


def test_one_command_brings_everything_up_and_ctrl_c_ends_it_all(serve: Callable[..., Served], var: Path) -> None:
    served = serve("--port", str(free_port()))  # not the one links lead to by default
    port = served.ready()
    assert status(port, "/nowhere/", {"X-Request-ID": "proxy-0001"}) == 404
    print(READY.search(served.text))
    assert [status(port, path) for path in ("/healthz", "/readyz", "/accounts/login/", "/demo/mailbox/")] == [200] * 4
    assert f"Mailbox    http://127.0.0.1:{port}/demo/mailbox/" in served.text
    parts = "\n".join(family(var).values())
    assert [word in parts for word in ("gunicorn", "celery", "unixsocket")] == [True, True, True]
    leads_to = {found for text in letters(var) for found in re.findall(r"http://[^/]+/p/", text)}
    assert leads_to == {f"http://127.0.0.1:{port}/p/"}
    assert served.end(signal.SIGINT) == 0
    assert served.text.endswith("Mitra has ended. Everything is kept.\n")
    assert family(var) == {}
    said = {name: [json.loads(line) for line in lines_of(var, name)] for name in LOGS}
    assert ("Not Found: /nowhere/", "proxy-0001") in {(line["event"], line.get("request_id")) for line in said["web"]}
    assert [name for name in LOGS if any({"event", "level", "timestamp"} - line.keys() for line in said[name])] == []


def test_a_second_start_keeps_the_data_and_prepares_nothing_again(serve: Callable[..., Served], var: Path) -> None:
    served = serve()
    served.ready()
    served.end(signal.SIGTERM)
    before = {table: count(var, table) for table in ("crm_user", "crm_influencer", "crm_organisation")}
    prepared_at = (var / "prepared.stamp").stat().st_mtime_ns
    again = serve()
    again.ready()
    assert {table: count(var, table) for table in before} == before
    assert before["crm_user"] >= 6
    assert (var / "prepared.stamp").stat().st_mtime_ns == prepared_at


def test_a_killed_supervisor_leaves_no_orphan(serve: Callable[..., Served], var: Path) -> None:
    served = serve()
    served.ready()
    assert until(lambda: sum("celery" in words for words in family(var).values()) >= 2, PLENTY)
    assert served.end(signal.SIGKILL) == -signal.SIGKILL
    # A worker in the middle of its first round ends that round.
    assert until(lambda: family(var) == {}, PLENTY), family(var)


def test_a_part_that_falls_is_started_again(serve: Callable[..., Served], var: Path) -> None:
    served = serve()
    port = served.ready()
    for name, word in (("web", "gunicorn"), ("worker", "celery"), ("broker", "unixsocket")):
        fallen = pid_of(var, word)
        os.kill(fallen, signal.SIGKILL)
        assert until(lambda: f"{name} ended (-9); starting it again." in served.text, 10), served.text  # noqa: B023
        assert until(lambda: any(word in words and pid != fallen for pid, words in family(var).items()), PLENTY)  # noqa: B023
        assert until(lambda: status(port, "/readyz") == 200, 30)


def test_a_second_serve_on_the_same_data_is_refused_and_names_the_first(serve: Callable[..., Served]) -> None:
    first = serve()
    port = first.ready()
    answer = subprocess.run(
        [sys.executable, "-m", "crm.config.serving"], env=env_of(first), capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert answer.stderr == f"Mitra runs already: http://127.0.0.1:{port} (process {first.process.pid})\n"
    assert status(port, "/healthz") == 200


def env_of(served: Served) -> dict[str, str]:
    pairs = Path(f"/proc/{served.process.pid}/environ").read_bytes().decode().split("\0")
    return dict(pair.split("=", 1) for pair in pairs if "=" in pair)


def test_a_port_that_is_taken_is_refused_with_a_way_out(serve: Callable[..., Served], var: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        served = serve("--port", str(port))
        assert served.process.wait(timeout=PLENTY) == 1
    assert served.text == f"Port {port} is taken by another program. Choose another one with --port.\n"
    assert family(var) == {}


def test_production_without_a_secret_is_refused_in_one_sentence(tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "MITRA_VAR": str(tmp_path), "MITRA_READ_DOTENV": "0"}
    answer = subprocess.run(
        [sys.executable, "-m", "crm.config.serving"], env=env, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 1
    assert answer.stderr.startswith("SECRET_KEY is not set.")
    assert "Traceback" not in answer.stderr
