"""Child processes that never outlive us: the kernel ends them with their parent, also after SIGKILL."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def dies_with_parent(by: signal.Signals) -> Callable[[], None]:
    """For `preexec_fn`: ask the kernel to send `by` to the child when its parent is gone."""
    parent = os.getpid()

    def ask() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, int(by))
            if os.getppid() != parent:  # it died before we could ask
                os._exit(1)

    return ask


def spawn(
    argv: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    output: int | IO[Any] | None = None,
    user: str | None = None,
    cwd: Path | None = None,
    keep: Sequence[int] = (),
    by: signal.Signals = signal.SIGTERM,
) -> "subprocess.Popen[bytes]":
    """Start a child in a process group of its own, so that ^C on the terminal reaches only us.

    Call it from the main thread: the kernel watches the thread that forked, not the process.
    """
    return subprocess.Popen(
        [str(word) for word in argv],
        env=dict(env) if env is not None else None,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        cwd=cwd,
        user=user,
        extra_groups=[] if user else None,
        start_new_session=True,
        pass_fds=tuple(keep),
        preexec_fn=dies_with_parent(by),
    )


def stop(children: Iterable["subprocess.Popen[bytes]"], *, by: signal.Signals = signal.SIGTERM, within: float) -> None:
    """Ask all at once, wait together, then end what is left of their process groups."""
    family = list(children)
    for child in family:
        if child.poll() is None:
            child.send_signal(by)
    deadline = time.monotonic() + within
    for child in family:
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.wait(max(0.0, deadline - time.monotonic()))
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
