"""What stays in memory for good is looked at once: the collector of a process that answers pages has better things to do."""

import gc

YOUNG, MIDDLE, OLD = 20_000, 20, 50
"""A page makes tens of thousands of objects and lets go of them by counting; with Python's own 700 each page of a list was
searched a dozen times, and a report of thousands of posts spent a third of its time there."""


def settle() -> None:
    """What was loaded so far is never searched again, nor copied by a child that only looks at it; the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, MIDDLE, OLD)
