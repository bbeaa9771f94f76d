"""What makes the interpreter faster for ten thousand tests, and changes nothing they see.

Collecting garbage: what was imported and collected stays to the end, so it is put out of sight once instead of being
looked through again and again; a run that ends in minutes need not look for cycles as often as a server.

The stack: CPython takes frames in pieces of 16 kB from the operating system, and gives a piece back as soon as the call
that needed it returns. A loop whose calls happen to cross such an edge asks the system each time round. One wide frame
at the bottom makes the first piece large enough for everything above it.
"""

import gc
import types
from collections.abc import Callable
from typing import Any

import pytest

SLOTS = 17_000
"""Of eight bytes: more than half of a piece of 256 kB, so that piece is taken and the rest of it is free."""


def look_for_cycles_seldom() -> None:
    gc.set_threshold(50_000, 20, 20)


def forget_what_stays() -> None:
    gc.collect()
    gc.freeze()


def _called(function: Callable[..., Any], *words: Any) -> Any:
    return function(*words)


on_a_wide_stack = types.FunctionType(_called.__code__.replace(co_stacksize=SLOTS), globals(), "on_a_wide_stack")


def run(item: pytest.Item, nextitem: pytest.Item | None) -> Any:
    """The test as pytest runs it."""
    runner: Any = item.config.pluginmanager.get_plugin("runner")
    return on_a_wide_stack(runner.pytest_runtest_protocol, item, nextitem)
