"""Whether this code has prepared this database already: migrations take seconds, a stamp takes milliseconds."""

import hashlib
import sys
from collections.abc import Mapping
from pathlib import Path

from crm.config.serving.children import spawn, stop

SOURCES = ("crm/**/*.py", "campaigns/**/*.py", "requirements.txt")


def fingerprint(base: Path, *words: str) -> str:
    """Of the code as it lies on disk (size and time of each file) and of what else matters, such as the database."""
    digest = hashlib.sha256("\0".join([sys.version, *words]).encode())
    for pattern in SOURCES:
        for path in sorted(base.glob(pattern)):
            found = path.stat()
            digest.update(f"{path.relative_to(base)} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def prepare(base: Path, var: Path, env: Mapping[str, str], *, database: str, demo: bool) -> bool:
    """Run `manage.py prepare` unless the stamp says it was done. True when it ran; SystemExit when it failed."""
    stamp, now = var / "prepared.stamp", fingerprint(base, database, str(demo))
    file = Path(database)
    if file.is_absolute() and file.exists() and stamp.exists() and stamp.read_text() == now:
        return False
    child = spawn([sys.executable, "manage.py", "prepare"], env=env, cwd=base)
    try:
        code = child.wait()
    finally:
        stop([child], within=10)
    if code:
        raise SystemExit("Mitra could not be prepared; nothing was started. The message above says why.")
    stamp.write_text(now)
    return True
