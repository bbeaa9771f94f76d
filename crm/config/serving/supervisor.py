"""Starts the parts, watches them, starts again what fell, and ends them all."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crm.config.serving.children import spawn, stop

PATIENCE = 120.0
LONGEST_PAUSE = 30.0
BIGGEST_LOG = 5_000_000


def log_file(folder: Path, name: str) -> Path:
    """The part's log; a big one is put aside once."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.log"
    if path.exists() and path.stat().st_size > BIGGEST_LOG:
        path.replace(path.with_suffix(".log.1"))
    return path


def last_words(path: Path, lines: int = 5) -> str:
    said = path.read_text(errors="replace").splitlines() if path.exists() else []
    return "\n".join(f"    {line}" for line in said[-lines:])


@dataclass
class Part:
    """One child process that is to run as long as we do."""

    name: str
    begin: Callable[[], "subprocess.Popen[bytes] | None"]
    log: Path | None = None
    child: "subprocess.Popen[bytes] | None" = None
    falls: int = 0
    again_at: float = field(default=0.0)

    def start(self) -> None:
        self.child = self.begin()

    def mind(self, now: float) -> str | None:
        """Look after the child once: what to tell the person, or None."""
        if self.child is None:
            if now >= self.again_at:
                self.again_at = now + 1
                self.start()
            return None
        code = self.child.poll()
        if code is None:
            return None
        stop([self.child], within=0)
        self.falls += 1
        pause = min(LONGEST_PAUSE, 0.5 * 2 ** min(self.falls, 8)) if self.falls > 1 else 0.0
        self.child, self.again_at = None, now + pause
        words = f"\n{last_words(self.log)}" if self.log else ""
        return f"{self.name} ended ({code}); starting it again{f' in {pause:.0f} s' if pause else ''}.{words}"


def program(name: str, argv: Sequence[str], env: Mapping[str, str], logs: Path, *, keep: Sequence[int] = ()) -> Part:
    """A part that is a plain command writing to its own log."""
    log = log_file(logs, name)

    def begin() -> "subprocess.Popen[bytes]":
        with log.open("ab") as lines:
            return spawn(argv, env=env, output=lines, keep=keep)

    return Part(name, begin, log)


class Stopping(BaseException):
    """A signal asked us to end."""


def ask_to_stop(*_: object) -> None:
    raise Stopping


def on_signals(action: Any) -> None:
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, action)


class Supervisor:
    """Runs parts in the order given and ends them in the reverse one. Call everything from the main thread."""

    def __init__(self, parts: Iterable[Part], *, say: Callable[[str], None]) -> None:
        self.parts = list(parts)
        self.say = say

    def __enter__(self) -> "Supervisor":
        for part in self.parts:
            if part.child is None:
                part.start()
        return self

    def __exit__(self, *_: object) -> None:
        on_signals(signal.SIG_IGN)
        running = [part.child for part in reversed(self.parts) if part.child is not None]
        # The broker is first in and last out: the worker still talks to it while it says goodbye.
        stop(running[:-1], within=15)
        stop(running[-1:], within=5)

    def watch_once(self) -> None:
        now = time.monotonic()
        for part in self.parts:
            said = part.mind(now)
            if said:
                self.say(said)

    def until_ready(self, is_ready: Callable[[], bool]) -> None:
        """Returns once `is_ready`; ends with the last lines of the logs when it takes far too long."""
        deadline = time.monotonic() + PATIENCE
        while not is_ready():
            self.watch_once()
            if time.monotonic() > deadline:
                words = "\n".join(f"  {part.name}:\n{last_words(part.log)}" for part in self.parts if part.log)
                raise SystemExit(f"Mitra did not come up within {PATIENCE:.0f} s. The logs end with:\n{words}")
            time.sleep(0.05)

    def watch(self) -> None:
        while True:
            self.watch_once()
            time.sleep(0.2)


def tell(text: str) -> None:
    print(text, file=sys.stdout, flush=True)  # noqa: T201
