"""`python -m crm.config.serving`, also `manage.py serve`: everything in one foreground command.

This process stays small on purpose: it reads the settings and never loads Django's apps.
"""

import argparse
import contextlib
import fcntl
import http
import http.client
import importlib
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "crm.config.settings")

from crm.config.serving import broker, parts, sink
from crm.config.serving.prepared import prepare
from crm.config.serving.supervisor import Part, Stopping, Supervisor, ask_to_stop, on_signals, program, tell

FIRST_PORT = 8000
DEMO_CAST = "campaigns.management.demo.cast"


def is_free(host: str, port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        with contextlib.suppress(OSError):
            listener.bind((host, port))
            return True
    return False


def chosen_port(host: str, wanted: int | None) -> int:
    """The port asked for, or the first free one from 8000 on."""
    if wanted is not None:
        if is_free(host, wanted):
            return wanted
        raise SystemExit(f"Port {wanted} is taken by another program. Choose another one with --port.")
    free = next((port for port in range(FIRST_PORT, FIRST_PORT + 50) if is_free(host, port)), None)
    if free is None:
        raise SystemExit("No free port between 8000 and 8049. Choose one with --port.")
    return free


@contextlib.contextmanager
def only_one(var: Path) -> Iterator[Path]:
    """One supervisor per data folder; the file says who and where, for the next one who tries."""
    path = var / "serve.lock"
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise SystemExit(f"Mitra runs already: {lock.read().strip() or 'it is just starting'}") from None
        yield path


def answers(host: str, port: int) -> bool:
    """Whether the web server serves. A redirect or a refused host name is an answer, too."""
    line = http.client.HTTPConnection(host, port, timeout=5)
    with contextlib.closing(line), contextlib.suppress(OSError, http.client.HTTPException):
        line.request("GET", "/healthz")
        return line.getresponse().status < http.HTTPStatus.INTERNAL_SERVER_ERROR
    return False


def embedded(path: Path, server: "subprocess.Popen[bytes] | None") -> Part:
    return Part("broker", lambda: broker.start(path), child=server)


def sign_in_lines() -> list[str]:
    """Who can be signed in as in the demo."""
    with contextlib.suppress(ModuleNotFoundError):
        cast = importlib.import_module(DEMO_CAST)
        roles = ", ".join(colleague.role for colleague in cast.COLLEAGUES)
        example = next(colleague.email for colleague in cast.COLLEAGUES if colleague.role == "coordinator")
        return [
            f"  Sign in    one click on the sign-in page: {roles}",
            f"             or type {example} and {cast.PASSWORD_HINT}",
        ]
    return []


def welcome(address: str, seconds: float, *, demo: bool, database: str, bell: broker.Doorbell, logs: Path) -> str:
    lines = [f"Mitra is ready after {seconds:.1f} s: {address}/", ""]
    if demo:
        lines += [*sign_in_lines(), f"  Mailbox    {address}/demo/mailbox/ (no message leaves this machine)"]
    lines += [f"  Data       {database}", f"  Queue      {bell.said}", f"  Logs       {logs}", ""]
    if bell.env.get("CELERY_BROKER_URL") == "filesystem://":
        lines += [f"  Warning: {broker.WARNING}", ""]
    return "\n".join([*lines, "Ctrl-C ends everything; the data stays for the next start."])


def run(host: str, port: int | None, start: float) -> None:
    from django.conf import settings

    var, base = Path(settings.VAR_DIR), Path(settings.BASE_DIR)
    database, logs = str(settings.DATABASE["NAME"]), var / "log"
    with contextlib.ExitStack() as stack:
        lock = stack.enter_context(only_one(var))
        port = chosen_port(host, port)
        near = "127.0.0.1" if host == "0.0.0.0" else host  # noqa: S104
        address = os.environ.get("BASE_URL") or f"http://{near}:{port}"
        lock.write_text(f"{address} (process {os.getpid()})\n")
        env = {**os.environ, "BASE_URL": address}
        if settings.DEMO and not os.environ.get("EMAIL_URL"):
            env["EMAIL_URL"] = stack.enter_context(sink.letterbox(var / "mailbox"))
        tell("Starting Mitra ...")
        prepare(base, var, env, database=database, demo=settings.DEMO)
        bell, server = broker.ring(var, settings.GIVEN_BROKER_URL)
        env |= bell.env
        family = [
            *([embedded(bell.socket, server)] if bell.socket else []),
            program("web", parts.web(host, port, reload=settings.DEBUG), env, logs),
            program("worker", parts.worker(with_beat=True), env, logs),
        ]
        supervisor = stack.enter_context(Supervisor(family, say=tell))
        supervisor.until_ready(lambda: answers(near, port))
        seconds = time.monotonic() - start
        tell(welcome(address, seconds, demo=settings.DEMO, database=database, bell=bell, logs=logs))
        supervisor.watch()


def main() -> None:
    start = time.monotonic()
    words = argparse.ArgumentParser(prog="manage.py serve", description=__doc__)
    words.add_argument("--host", default="127.0.0.1", help="the address to listen on (default: this machine only)")
    words.add_argument("--port", type=int, help="the port (default: the first free one from 8000)")
    asked = words.parse_args()
    from django.core.exceptions import ImproperlyConfigured

    on_signals(ask_to_stop)
    try:
        run(asked.host, asked.port, start)
    except Stopping:
        tell("\nMitra has ended. Everything is kept.")
    except (ImproperlyConfigured, broker.BrokerUnreachable) as error:
        raise SystemExit(str(error)) from None


if __name__ == "__main__":
    main()
