"""When a message is tried again."""

import datetime as dt

MOST_TRIES = 8
WAITS = [1, 5, 15, 60, 120, 240, 360]  # minutes after the first, second ... try: 1 minute to 6 hours


def next_try(attempts: int, now: dt.datetime) -> dt.datetime | None:
    """When to try after so many tries, or None when it is time to give up."""
    if attempts >= MOST_TRIES:
        return None
    return now + dt.timedelta(minutes=WAITS[max(attempts, 1) - 1])
