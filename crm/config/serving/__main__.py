"""`python -m crm.config.serving`, also `manage.py serve`: everything in one foreground command.

Reads the settings, prepares the database, then turns into the small process of watch.py, which needs neither.
"""

import argparse
import fcntl
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")

from crm.config.serving.door import opened
from crm.config.serving.prepared import prepare
from crm.config.serving.supervisor import Stopping, ask_to_stop, on_signals, tell
from crm.config.serving.watch import Plan

EVERYWHERE = "0.0.0.0"  # noqa: S104 - compared with, never listened on by itself


def only_one(var: Path) -> int:
    """One supervisor per data folder: a lock that lasts as long as this process, under whatever name.

    The file says who and where, for the next one who tries.
    """
    lock = os.open(var / "serve.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        there = os.read(lock, 500).decode().strip()
        raise SystemExit(f"Mitra runs already: {there or 'it is just starting'}") from None
    os.set_inheritable(lock, True)
    return lock


def planned(host: str, port: int | None, start: float) -> Plan:
    """Lock, port, database: everything that has to be in order before the first child starts."""
    from django.conf import settings

    var = Path(settings.VAR_DIR).resolve()
    lock = only_one(var)
    port, door = opened(host, port)
    near = "127.0.0.1" if host == EVERYWHERE else host
    address = os.environ.get("BASE_URL") or f"http://{near}:{port}"
    os.truncate(lock, 0)
    os.write(lock, f"{address} (process {os.getpid()})\n".encode())
    database = str(settings.DATABASE["NAME"])
    tell("Starting Mitra ...")
    env = {**os.environ, "BASE_URL": address}  # the demo's mails carry links, and its port is only known here
    prepare(Path(settings.BASE_DIR), var, env, database=database, demo=settings.DEMO)
    return Plan(
        host=host,
        near=near,
        port=port,
        door=door,
        address=address,
        var=str(var),
        database=database,
        given_broker=settings.GIVEN_BROKER_URL,
        has_mail="EMAIL_URL" in os.environ,
        demo=settings.DEMO,
        debug=settings.DEBUG,
        start=start,
    )


def main() -> None:
    start = time.monotonic()
    words = argparse.ArgumentParser(prog="manage.py serve", description="Runs everything in one foreground command.")
    words.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
    words.add_argument("--port", type=int, help="the port (default: the first free one from 8000)")
    asked = words.parse_args()
    from django.core.exceptions import ImproperlyConfigured

    on_signals(ask_to_stop)
    try:
        plan = planned(asked.host, asked.port, start)
    except Stopping:
        raise SystemExit("Stopped before anything was started.") from None
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from None
    os.execv(sys.executable, [sys.executable, "-m", "crm.config.serving.watch", plan.packed()])  # noqa: S606


if __name__ == "__main__":
    main()
