"""Everything but the tests. Runs all checks, shows what failed, and fails if any did.

make check                           all of them
python scripts/check.py types lint   only these
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PY = sys.executable

PLAIN = {"MITRA_READ_DOTENV": "0", "MITRA_ALLOW_PLACEHOLDER": "1", "MITRA_VAR": str(ROOT / "var" / "check")}
PRODUCTION = {
    "MITRA_READ_DOTENV": "0",
    "MITRA_VAR": PLAIN["MITRA_VAR"],
    "SECRET_KEY": "a-long-key-that-only-the-deployment-check-sees-0123456789-abcdefghij",
    "BASE_URL": "https://mitra.example",
    "ALLOWED_HOSTS": "mitra.example",
    "DATABASE_URL": "postgres://mitra:secret@db.example/mitra",
    "REDIS_URL": "redis://redis.example/0",
    "EMAIL_URL": "smtp+tls://mitra:secret@smtp.example:587",
    "DEFAULT_FROM_EMAIL": "mitra@mitra.example",
    "BEHIND_PROXY": "1",
}
OURS = (
    "DATABASE_URL",
    "REDIS_URL",
    "CELERY_BROKER_URL",
    "EMAIL_URL",
    "SECRET_KEY",
    "BASE_URL",
    "MITRA_DEMO",
    "MITRA_DEBUG",
)


def templates() -> list[str]:
    words = ["git", "ls-files", "templates/*.html"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True)
    return listed.stdout.split()


def checks() -> dict[str, tuple[list[str], dict[str, str]]]:
    pages = templates()
    manage = [PY, "-W", "error::DeprecationWarning:crm", "manage.py"]
    return {
        "format": ([str(BIN / "ruff"), "format", "--check", "--quiet", "."], {}),
        "lint": ([str(BIN / "ruff"), "check", "--quiet", "."], {}),
        "indent": ([str(BIN / "djhtml"), "--check", "--tabwidth", "2", *pages], {}),
        "templates": ([str(BIN / "djade"), "--check", "--target-version", "5.2", *pages], {}),
        "types": ([str(BIN / "mypy"), "crm", "campaigns", "scripts", "manage.py"], PLAIN),
        "arrows": ([str(BIN / "lint-imports")], PLAIN),
        "migrations": ([*manage, "makemigrations", "--check", "--dry-run"], PLAIN),
        "translations": ([PY, "scripts/check_translations.py"], PLAIN),
        "vendored": ([PY, "scripts/vendor_check.py"], {}),
        "deploy": ([*manage, "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    }


def passes(name: str, argv: list[str], extra: dict[str, str]) -> bool:
    env = {key: value for key, value in os.environ.items() if key not in OURS} | extra
    start = time.monotonic()
    done = subprocess.run(
        argv, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    print(f"{'ok    ' if done.returncode == 0 else 'FAILED'} {name:<13}{time.monotonic() - start:5.1f} s", flush=True)
    if done.returncode:
        print((done.stdout + done.stderr).rstrip(), flush=True)
    return done.returncode == 0


def main(wanted: list[str]) -> int:
    every = checks()
    strange = [name for name in wanted if name not in every]
    if strange:
        raise SystemExit(f"No such check: {', '.join(strange)}. There are: {', '.join(every)}.")
    results = [passes(name, *every[name]) for name in (wanted or every)]
    return 0 if all(results) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
