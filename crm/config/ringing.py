"""What the clock rings for: each once a minute, and never twice in a queue that stands still."""

from typing import Any

MINUTE, EXPIRES = 60.0, 55
RINGS = (
    "crm.read_mailbox",
    "crm.take_up_imports",
    "crm.take_up_bulk_runs",
    "crm.take_up_intakes",
    "crm.take_up_messages",
    "crm.keep_backups",
    "crm.tell_outside",
)


def schedule(tick: float) -> dict[str, dict[str, Any]]:
    """CELERY_BEAT_SCHEDULE; `tick` is how many seconds lie between two looks at what is due."""
    every = {"crm.tick": tick, **dict.fromkeys(RINGS, MINUTE)}
    return {
        task.removeprefix("crm.").replace("_", "-"): {"task": task, "schedule": one, "options": {"expires": EXPIRES}}
        for task, one in every.items()
    }
