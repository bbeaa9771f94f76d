"""Several people at the same moment, each on a connection of their own."""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.db import connections

PATIENCE = 120  # seconds


def let_go(threads: Sequence[threading.Thread]) -> None:
    """Start them and wait until each has ended: one that still runs would hold the tables that are emptied next."""
    for thread in threads:
        thread.start()
    until = time.monotonic() + PATIENCE
    for thread in threads:
        thread.join(max(until - time.monotonic(), 0))
    assert [thread.name for thread in threads if thread.is_alive()] == []


def together(*acts: Callable[[], Any]) -> list[str]:
    """Run at once, each on its own connection; the names of what was raised, sorted."""
    start = threading.Barrier(len(acts))
    raised: list[str] = []

    def run(act: Callable[[], Any]) -> None:
        start.wait()
        try:
            act()
        except Exception as error:
            raised.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    let_go(threads)
    return sorted(raised)
