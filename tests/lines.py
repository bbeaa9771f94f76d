"""What the log would hold: every line as it is written, in both forms, from the most talkative level on."""

import io
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from crm.config.logs import WithoutKeys, line_formatter


class Lines:
    """Text and JSON side by side."""

    def __init__(self) -> None:
        self.text, self.json = io.StringIO(), io.StringIO()

    def events(self, **having: Any) -> list[dict[str, Any]]:
        found = [json.loads(line) for line in self.json.getvalue().splitlines()]
        return [event for event in found if having.items() <= event.items()]

    def everything(self) -> str:
        return self.text.getvalue() + self.json.getvalue()


@contextmanager
def written_lines(level: int = logging.DEBUG) -> Iterator[Lines]:
    """Handlers as the settings make them, at the root, with every logger of ours and others let through."""
    lines, root = Lines(), logging.getLogger()
    handlers = []
    for stream, json_lines in ((lines.text, False), (lines.json, True)):
        handler = logging.StreamHandler(stream)
        handler.setFormatter(line_formatter(json_lines=json_lines))
        handler.addFilter(WithoutKeys())
        handlers.append(handler)
        root.addHandler(handler)
    before = root.level
    root.setLevel(level)
    try:
        yield lines
    finally:
        root.setLevel(before)
        for handler in handlers:
            root.removeHandler(handler)
