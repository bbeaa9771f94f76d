"""A small number for each living process, so that counts outlive a process and files stay few."""

import fcntl
import os
from itertools import count
from pathlib import Path


class Slot:
    """The lowest number that no other living process holds in this folder; the kernel gives it back with the process.

    By process ids a worker that renews its children would leave a file behind for each of them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = self.pid = 0
        self.line: int | None = None

    def __call__(self) -> int:
        if self.pid != os.getpid():
            self._take()
        return self.number

    def _take(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for number in count():
            line = os.open(self.folder / f"{number}.lock", os.O_CREAT | os.O_RDWR, 0o600)
            try:
                fcntl.flock(line, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                os.close(line)
                continue
            self.let_go()
            self.line, self.number, self.pid = line, number, os.getpid()
            return

    def let_go(self) -> None:
        """Close the line held so far. After a fork it is the parent's, which goes on holding it there."""
        if self.line is not None:
            os.close(self.line)
        self.line, self.pid = None, 0
