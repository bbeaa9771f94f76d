"""The command lines of web, worker and beat: the same whether they run alone or under `manage.py serve`."""

import os
import sys
from pathlib import Path

THREADS = 8


def web(bind: str, *, reload: bool = False) -> list[str]:
    """Binds host:port, or takes over fd://N, a socket that listens already.

    One process with threads is enough for SQLite and a small team; WEB_CONCURRENCY asks for more.
    """
    argv = [sys.executable, "-m", "gunicorn", "crm.config.wsgi:application", "--bind", bind]
    argv += [
        "--worker-class",
        "gthread",
        "--threads",
        str(THREADS),
        "--workers",
        os.environ.get("WEB_CONCURRENCY", "1"),
    ]
    argv += ["--timeout", "60", "--graceful-timeout", "10", "--keep-alive", "5", "--log-level", "warning"]
    argv += ["--no-control-socket", "--logger-class", "crm.config.serving.server_lines.ServerLines"]
    if Path("/dev/shm").is_dir():  # noqa: S108 - a heartbeat file on a disk can stall the worker
        argv += ["--worker-tmp-dir", "/dev/shm"]  # noqa: S108
    return argv + (["--reload"] if reload else [])


def worker(*, is_small: bool = False) -> list[str]:
    """A worker with processes; the small one has threads and the clock in it, for half the memory."""
    argv = [*celery(), "worker", "--loglevel", "WARNING", "--concurrency", os.environ.get("WORKER_CONCURRENCY", "2")]
    argv += ["--without-gossip", "--without-mingle"]
    return argv + (["--beat", "--pool", "threads"] if is_small else [])


def beat() -> list[str]:
    return [*celery(), "beat", "--loglevel", "WARNING", "--pidfile", ""]


def celery() -> list[str]:
    # As root Celery warns about itself at every start; deploy/ runs it as a user of its own.
    quiet = ["-W", "ignore::UserWarning:celery.platforms"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [sys.executable, *quiet, "-m", "celery", "-A", "crm", "--quiet"]
