"""Private services for the tests: a throw-away PostgreSQL and Redis, started here and stopped here."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from crm.config.serving.children import spawn, stop

SHELL = "chromium-headless-shell"
PACKAGES = {
    "postgresql": "PostgreSQL", "redis-server": "Redis", SHELL: "Chromium", "dovecot-imapd": "Dovecot",
    "nginx-light": "nginx", "iproute2": "ip (network namespaces)",
}  # fmt: skip
BROWSERS = (SHELL, "chromium", "chromium-browser", "google-chrome")
"""The first that is there. The shell is the same engine without the windows nobody sees, for half the work."""


def postgres_bin() -> Path | None:
    """The folder with `initdb` and `postgres`; Debian keeps them off PATH."""
    on_path = shutil.which("initdb")
    homes = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    homes += [Path(on_path).resolve().parent] if on_path else []
    return next((home for home in homes if (home / "initdb").exists() and (home / "postgres").exists()), None)


def dovecot_bin() -> Path | None:
    """Debian keeps it where only root looks."""
    return next((path for path in (Path("/usr/sbin/dovecot"), Path("/usr/local/sbin/dovecot")) if path.exists()), None)


def where_root_looks(name: str) -> str | None:
    """Debian keeps servers and what changes the network off an ordinary PATH."""
    return shutil.which(name, path=os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"]))


def chromium() -> str | None:
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def missing_packages() -> list[str]:
    found = {
        "postgresql": postgres_bin() is not None,
        "redis-server": bool(shutil.which("redis-server") or shutil.which("valkey-server")),
        SHELL: bool(shutil.which(SHELL)),
        "dovecot-imapd": dovecot_bin() is not None,
        "nginx-light": where_root_looks("nginx") is not None,
        "iproute2": where_root_looks("ip") is not None,
    }
    return [name for name, is_there in found.items() if not is_there]


def install_missing() -> None:
    """On a bare Debian or Ubuntu, as root: fetch what is missing. Elsewhere say what the tests will go without."""
    wanted = missing_packages()
    if not wanted:
        return
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print(f"· Installing {', '.join(wanted)} (once)", flush=True)
        # RUNLEVEL=1 keeps the packages from starting services of their own.
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
        apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
        # One after the other: a name that is not known here would keep the others away.
        for words in (["update"], *(["install", "-y", "--no-install-recommends", name] for name in wanted)):
            with contextlib.suppress(subprocess.TimeoutExpired):
                subprocess.run([*apt, *words], env=env, input=b"", stdout=subprocess.DEVNULL, timeout=600, check=False)
    for name in sorted(set(missing_packages()) - ({SHELL} if chromium() else set())):
        print(f"! {PACKAGES[name]} is not installed ({name}): the tests that need it are skipped.", flush=True)


def unprivileged() -> str | None:
    """PostgreSQL refuses to run as root: the name to run it under then."""
    if os.geteuid() != 0:
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody") if name in names)


def wait_until(ready: Callable[[], bool], what: str, seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > deadline:
            raise SystemExit(f"{what} did not start within {seconds:.0f} s.")
        time.sleep(0.05)


@contextlib.contextmanager
def postgres(*, durable: bool = False, inside: Sequence[str] = (), listens: str = "") -> Iterator[str | None]:
    """The address of a private PostgreSQL, or None where it is not installed. It keeps nothing afterwards; a durable one
    commits like one in production until then. `inside` are words that start it elsewhere, as another user; there it may
    listen on an address whose neighbours it believes."""
    home = postgres_bin()
    if home is None:
        yield None
        return
    folder = Path(tempfile.mkdtemp(prefix="mitra-pg-", dir="/tmp"))  # a socket path must be short
    user = unprivileged()
    if user:
        shutil.chown(folder, user)
    data, log = folder / "data", folder / "log"
    words = [home / "initdb", "-D", data, "-U", "mitra", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    group = {"user": user, "extra_groups": []} if user else {}
    made = subprocess.run([str(word) for word in words], capture_output=True, cwd=folder, **group)  # type: ignore[call-overload]
    server = None
    try:
        if made.returncode:
            raise SystemExit(f"initdb failed: {made.stderr.decode(errors='replace').strip()}")
        flags = {
            "listen_addresses": "", "unix_socket_directories": folder, "max_connections": 300, "fsync": "off",
            "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "2GB", "shared_buffers": "256MB",
        }  # fmt: skip
        if durable:
            flags |= {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
        if listens:
            flags |= {"listen_addresses": listens}
            with (data / "pg_hba.conf").open("a") as rules:
                rules.write("host all all samenet trust\n")
        options = [word for name, value in flags.items() for word in ("-c", f"{name}={value}")]
        started: list[str | Path] = [*inside, home / "postgres", "-D", data, *options]
        with log.open("wb") as lines:
            server = spawn(started, output=lines, user=None if inside else user, cwd=folder, by=signal.SIGQUIT)
        state = data / "postmaster.pid"
        wait_until(lambda: state.exists() and state.read_text().split()[-1:] == ["ready"], "PostgreSQL")
        yield f"postgres://mitra@/{folder}/postgres"
    finally:
        if server:
            stop([server], by=signal.SIGINT, within=20)
        shutil.rmtree(folder, ignore_errors=True)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as line:
        line.sendall(b"PING\r\n")
        return line.recv(7) == b"+PONG\r\n"
    return False


@contextlib.contextmanager
def redis() -> Iterator[str | None]:
    """The address of a private Redis, or None where it is not installed."""
    binary = shutil.which("redis-server") or shutil.which("valkey-server")
    if binary is None:
        yield None
        return
    port = free_port()
    words = [binary, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    server = spawn(words, output=subprocess.DEVNULL)
    try:
        wait_until(lambda: answers(port), "Redis")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        stop([server], within=5)
