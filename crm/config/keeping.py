"""How the house keeps copies of itself, and whom it tells that it is well: settings of one subject."""

import datetime as dt
import os
import shlex
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from crm.config.reading import Env

CLOCK = "tick"


@dataclass(frozen=True)
class Backups:
    """`folder` None: nobody makes any by himself. `keep`: of the nights, the newest of so many days, weeks, months."""

    folder: Path | None = None
    at: dt.time = dt.time(2, 0)
    keep: tuple[int, int, int] = (7, 4, 12)
    after: tuple[str, ...] = ()


def backups(env: Env) -> Backups:
    """Where they go, at which hour of the house, how many stay, and what is run with each new one."""
    folder, at = env.str("BACKUP_DIR", default=""), env.str("BACKUP_AT", default="02:00")
    keep = env.list("BACKUP_KEEP", default=["7", "4", "12"])
    try:
        days, weeks, months = (int(one) for one in keep)
        hour = dt.time.fromisoformat(at)
    except ValueError:
        said = f"{at!r} and {','.join(keep)!r}"
        raise ImproperlyConfigured(
            f"BACKUP_AT is an hour as 02:00, BACKUP_KEEP three numbers as 7,4,12: not {said}."
        ) from None
    after = tuple(shlex.split(env.str("BACKUP_AFTER", default="")))
    return Backups(Path(folder).absolute() if folder else None, hour, (max(days, 1), weeks, months), after)


def heartbeats(env: Env) -> dict[str, str]:
    """Which address hears that which part came out well: HEARTBEAT_URL the clock, HEARTBEAT_URL_BACKUP the backup."""
    given = {
        name.removeprefix("HEARTBEAT_URL_"): value
        for name, value in os.environ.items()
        if name.startswith("HEARTBEAT_URL_")
    }
    urls = {name.lower().replace("_", "-"): url.strip() for name, url in given.items()} | {
        CLOCK: env.str("HEARTBEAT_URL", default="")
    }
    return {name: url for name, url in urls.items() if url}
