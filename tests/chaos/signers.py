"""Everybody signs the same person at the same moment, and processes that sign are killed: nobody is promised twice.

    python -m tests.chaos.signers [--signers 64] [--rounds 1000] [--control-rounds 30] [--pairs 100000] [--kills 20]
                                  [--database both|postgres|sqlite] [--json]

Four things on each database: at the gate exactly one signer wins each round and the others are refused; without the gate
and the guard several win (the control); counting, predicate and guard agree about random pairs; and a deal whose process
was killed with -9 is agreed whole or not at all. Leaves with 1 when one of them does not hold.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SLOWEST = 2.0  # seconds in which 99 of 100 signers know


@dataclass
class Outcome:
    """What came of it on one database."""

    database: str
    signers: int
    rounds: int = 0
    one_winner: int = 0
    raised: dict[str, int] = field(default_factory=dict)
    p99: float = 0
    control_rounds: int = 0
    control_share: float = 0.9
    control_double: int = 0
    pairs: int = 0
    pairs_meeting: int = 0
    pairs_odd: int = 0
    kills: int = 0
    killed_inside: int = 0
    half_agreed: int = 0
    lost: int = 0
    clashes: int = 0
    seconds: float = 0

    @property
    def is_kept(self) -> bool:
        refused = {"PromiseRefused": self.rounds * (self.signers - 1)} if self.rounds else {}
        return (
            self.one_winner == self.rounds
            and self.raised == refused
            and self.control_double >= self.control_share * self.control_rounds
            and self.pairs_odd == self.half_agreed == self.lost == self.clashes == 0
        )

    def __str__(self) -> str:
        slow = "" if self.p99 < SLOWEST else f" (slower than {SLOWEST:.0f} s)"
        return (
            f"{self.database}, {self.seconds:.0f} s\n"
            f"  {self.signers} signers, {self.rounds} rounds: one winner in {self.one_winner}, raised {self.raised}, "
            f"p99 {self.p99:.2f} s{slow}, clashes {self.clashes}\n"
            f"  control without the gate and the guard: several winners in {self.control_double} of {self.control_rounds}\n"
            f"  {self.pairs} random pairs, {self.pairs_meeting} of them meet: counting, predicate and guard disagree about "
            f"{self.pairs_odd}\n"
            f"  {self.kills} signing processes killed, {self.killed_inside} in the middle of a deal: half agreed "
            f"{self.half_agreed}, lost after they were told {self.lost}\n"
            f"  {'All promises kept.' if self.is_kept else 'A PROMISE IS BROKEN.'}"
        )


def rehearse(words: argparse.Namespace) -> Outcome:
    """All of it, on the database this process was started for."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from crm.exclusivity.clashes import guarded_clashes
    from tests.chaos import killing
    from tests.crm.exclusivity.pairs import compared

    call_command("migrate", verbosity=0)
    began = time.monotonic()
    outcome = Outcome(connection.vendor, words.signers, control_share=words.control_share)
    run_races(words, outcome)
    counted, odd = compared(words.seed, words.pairs)
    outcome.pairs, outcome.pairs_meeting, outcome.pairs_odd = words.pairs, counted[True], len(odd)
    for bar, work in odd[:3]:
        print(bar, work, sep="\n", file=sys.stderr)
    found = killing.kill_signers(words.kills)
    outcome.kills, outcome.killed_inside = words.kills, found.inside
    outcome.half_agreed, outcome.lost = found.half, found.lost
    outcome.clashes += len(guarded_clashes())
    outcome.seconds = time.monotonic() - began
    return outcome


def run_races(words: argparse.Namespace, outcome: Outcome) -> None:
    """The race at the gate, and the control without gate and guard."""
    from django.db import connection

    from crm.exclusivity import guard
    from crm.exclusivity.clashes import guarded_clashes
    from crm.exclusivity.models import Claim
    from tests.chaos.signing import Deal, Market, race

    market = Market.opened(words.signers)
    found = race(market, words.rounds, Deal.sign)
    outcome.rounds, outcome.one_winner = words.rounds, found.one_each
    outcome.raised, outcome.p99 = dict(found.raised), found.p99
    outcome.clashes = len(guarded_clashes())
    Claim.objects.all().delete()
    guard.remove(connection)
    outcome.control_rounds = words.control_rounds
    outcome.control_double = race(market, words.control_rounds, Deal.sign_carelessly).several
    Claim.objects.all().delete()
    guard.install(connection)


def run_on(database: str, words: list[str], folder: str) -> bool:
    """In a process of its own; whether everything held."""
    env = {
        **os.environ, "DATABASE_URL": database, "MITRA_VAR": folder, "MITRA_READ_DOTENV": "0",
        "DJANGO_SETTINGS_MODULE": "crm.config.settings", "MITRA_ALLOW_PLACEHOLDER": "1", "LOG_LEVEL": "ERROR",
    }  # fmt: skip
    argv = [sys.executable, "-m", "tests.chaos.signers", "--inside", *words]
    return subprocess.run(argv, env=env, cwd=ROOT, check=False).returncode == 0


def asked() -> argparse.Namespace:
    words = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    words.add_argument("--signers", type=int, default=64)
    words.add_argument("--rounds", type=int, default=1000)
    words.add_argument("--control-rounds", type=int, default=30)
    words.add_argument(
        "--control-share", type=float, default=0.9, help="of the control's rounds must have several winners"
    )
    words.add_argument("--pairs", type=int, default=100_000)
    words.add_argument("--seed", type=int, default=5)
    words.add_argument("--kills", type=int, default=20)
    words.add_argument("--database", choices=["both", "postgres", "sqlite"], default="both")
    words.add_argument("--json", action="store_true")
    words.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return words.parse_args()


def main() -> None:
    words = asked()
    if words.inside:
        outcome = rehearse(words)
        print(json.dumps(asdict(outcome)) if words.json else outcome, flush=True)
        sys.exit(0 if outcome.is_kept else 1)
    from scripts.test_services import postgres
    from tests import ready

    well = True
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mitra-signers-", dir="/tmp"))
        if words.database != "sqlite":
            address = stack.enter_context(postgres(durable=True))
            well = run_on(address, sys.argv[1:], folder) if address else words.database == "both"
        if words.database != "postgres":
            ready.copy_to(Path(folder) / "signers.sqlite3")
            well = run_on(f"sqlite:///{folder}/signers.sqlite3", sys.argv[1:], folder) and well
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
