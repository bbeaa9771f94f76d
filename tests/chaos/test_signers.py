"""The small version of `make chaos-signers` on a SQLite file; what PostgreSQL does with a crowd is asked in the suite."""

import json
import subprocess
import sys

import pytest

from tests.chaos.signers import ROOT

pytestmark = [pytest.mark.integration, pytest.mark.clocked]


def test_one_signer_wins_each_round_and_a_killed_one_leaves_nothing_half_done() -> None:
    words = ["--database", "sqlite", "--signers", "16", "--rounds", "10", "--pairs", "1000"]
    words += ["--control-rounds", "10", "--control-share", "0.5"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.chaos.signers", "--json", "--kills", "4", *words],
        cwd=ROOT, capture_output=True, text=True, timeout=500, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert (found["one_winner"], found["raised"]) == (10, {"PromiseRefused": 150})
    assert found["control_double"] >= 5
    assert (found["pairs_odd"], found["half_agreed"], found["lost"], found["clashes"]) == (0, 0, 0, 0)
