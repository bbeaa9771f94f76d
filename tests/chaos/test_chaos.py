"""The small version of `make chaos`: real worker processes killed with -9, a real broker, a real SMTP server."""

import json
import shutil
import subprocess
import sys

import pytest

from tests.chaos.run import ROOT

pytestmark = [
    pytest.mark.integration,
    pytest.mark.clocked,
    pytest.mark.skipif(shutil.which("redis-server") is None, reason="redis-server is not installed"),
]


def chaos(*words: str) -> dict[str, int]:
    """One run in processes of its own; whatever it printed is shown when it breaks a promise."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos.run", "--json", *words],
        cwd=ROOT, capture_output=True, text=True, timeout=500, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    found: dict[str, int] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_killed_workers_broker_and_mail_faults_lose_nothing_and_every_duplicate_says_so() -> None:
    found = chaos(
        "--database", "sqlite", "--reminders", "90", "--kills", "3", "--workers", "2", "--broker-restarts", "1",
        "--delay", "0.05", "--pause", "0.3", "1", "--fault-rate", "0.03",
    )  # fmt: skip
    assert (found["reminders"], found["arrived"] + found["held"] >= 90) == (90, True)
    assert (found["lost"], found["unflagged"], found["kills"], found["broker_restarts"]) == (0, 0, 3, 1)
    assert found["duplicated"] <= found["bound"]


def test_with_the_policy_hold_nothing_arrives_twice_and_every_doubt_is_listed() -> None:
    found = chaos(
        "--database", "sqlite", "--reminders", "60", "--kills", "2", "--workers", "2", "--broker-restarts", "0",
        "--delay", "0.05", "--pause", "0.3", "1", "--fault-rate", "0.05", "--policy", "hold",
    )  # fmt: skip
    assert (found["lost"], found["duplicated"]) == (0, 0)
    assert found["held"] == found["flagged"] == 60 - found["states"].get("sent", 0)  # type: ignore[attr-defined]


def test_a_provider_that_knows_messages_again_delivers_nothing_twice_from_two_hosts() -> None:
    found = chaos(
        "--database", "sqlite", "--reminders", "60", "--kills", "2", "--workers", "2", "--hosts", "2",
        "--broker-restarts", "0", "--delay", "0.05", "--pause", "0.3", "1", "--fault-rate", "0.05", "--knows-keys",
    )  # fmt: skip
    assert (found["lost"], found["duplicated"], found["flagged"], found["arrived"]) == (0, 0, 0, 60)
