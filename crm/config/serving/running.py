"""Whether parts of Mitra run on this machine: each holds a lock for as long as it lives, whatever ends it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NAME = "running.lock"
OF_SERVE = "serve.lock"


def stay_locked(var: Path) -> int:
    """Share the lock from here on; a process this one turns into, and its children, keep it."""
    var.mkdir(parents=True, exist_ok=True)
    lock = os.open(var / NAME, os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(lock, fcntl.LOCK_SH)
    os.set_inheritable(lock, True)
    return lock


@contextmanager
def nobody_runs(var: Path) -> Iterator[bool]:
    """Whether no part ran, and, if so, that none can start inside: it waits for the lock."""
    locks = [os.open(var / name, os.O_RDWR | os.O_CREAT, 0o600) for name in (NAME, OF_SERVE)]
    try:
        for lock in locks:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        for lock in locks:
            os.close(lock)
