"""Ten thousand presses of every form, and every role's page of every address: no answer is a 500, and nobody sees what is not his.

    python -m tests.chaos.fuzzing [--presses 10000] [--seed N]

The suite does the same with a thousand presses and half of the pages. Without a seed of its own every run looks elsewhere; the
seed is printed, so that a failure comes again. Leaves with pytest's code.
"""

import argparse
import os
import secrets
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--presses", type=int, default=10_000)
    asked.add_argument("--seed", type=int, default=secrets.randbelow(10**8))
    words = asked.parse_args()
    print(f"{words.presses} presses with seed {words.seed}", flush=True)
    env = os.environ | {"MITRA_FUZZ": str(words.presses), "MITRA_FUZZ_SEED": str(words.seed), "MITRA_MATRIX": "full"}
    argv = [sys.executable, "-m", "pytest", "tests/test_forms_fuzzed.py", "tests/test_permissions.py", "-q", "-s"]
    return subprocess.run([*argv, "-p", "no:cacheprovider"], cwd=ROOT, env=env, check=False).returncode


if __name__ == "__main__":
    raise SystemExit(main())
