"""The small version of `make chaos-hosts`: hosts of our own, one of which dies, and a queue that falls silent."""

import json
import shutil
import subprocess
import sys

import pytest

from scripts.test_services import postgres_bin
from tests.chaos.hosts import ROOT
from tests.chaos.network import why_not

pytestmark = [
    pytest.mark.integration,
    pytest.mark.clocked,
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed"),
    pytest.mark.skipif(postgres_bin() is None, reason="PostgreSQL is not installed"),
]
SOON = "-c tcp_keepalives_idle=1 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=2 -c tcp_user_timeout=2000"
"""What takes a minute in a house takes three seconds here."""


def test_a_worker_host_dies_and_the_queue_falls_silent_and_everything_leaves_once_or_says_so() -> None:
    if reason := why_not():
        pytest.skip(reason)
    words = ["--reminders", "150", "--silence", "8", "--delay", "0.05", f"--session-options={SOON}", "--patience", "60"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos.hosts", "--json", *words],
        cwd=ROOT, capture_output=True, text=True, timeout=500, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    print(done.stderr, found)
    assert (found["lost"], found["unflagged"], found["refused"], found["kills"]) == (0, 0, 0, 1)
    assert found["duplicated"] <= found["bound"]
    assert (found["reminders"], found["states"]) == (150 + found["forms"], {"sent": found["reminders"]})
    assert found["forms"] >= 3
