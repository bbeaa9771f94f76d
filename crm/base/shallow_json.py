"""JSON that somebody typed: as deep as anything here is, and no deeper."""

import json
from typing import Any

DEEPEST = 16
"""Lists in lists: no column of ours comes near, and whatever writes or shows one again walks down as deep."""


class ShallowDecoder(json.JSONDecoder):
    """Refuses what is nested deeper than DEEPEST as it refuses what is no JSON: with JSONDecodeError."""

    def decode(self, s: str, *args: Any, **kwargs: Any) -> Any:
        try:
            said = super().decode(s, *args, **kwargs)
        except RecursionError:
            raise json.JSONDecodeError("Nested too deeply", s, 0) from None
        layer = [said]
        for _ in range(DEEPEST):
            layer = [inner for one in layer for inner in _inside(one)]
        if layer:
            raise json.JSONDecodeError("Nested too deeply", s, 0)
        return said


def _inside(said: Any) -> list[Any]:
    if isinstance(said, dict):
        return list(said.values())
    return said if isinstance(said, list) else []
