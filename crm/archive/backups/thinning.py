"""Which backups of the nights stay: the newest of the last days, weeks and months; never fewer than the last good one."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from crm.archive.backups.writing import remove
from crm.archive.models import BackupRun

Bucket = Callable[[dt.date], Any]
BUCKETS: tuple[Bucket, ...] = (
    lambda day: day,
    lambda day: day.isocalendar()[:2],
    lambda day: (day.year, day.month),
)


def staying(nights: Sequence[dt.date], keep: Sequence[int]) -> set[dt.date]:
    """Of these nights the ones that stay: the newest of each of the last `keep` days, weeks and months that have one."""
    newest_first = sorted(nights, reverse=True)
    kept = set(newest_first[:1])
    for bucket, number in zip(BUCKETS, keep, strict=True):
        newest: dict[Any, dt.date] = {}
        for night in newest_first:
            newest.setdefault(bucket(night), night)
        kept.update(list(newest.values())[:number])
    return kept


def thin_out(folder: Path, keep: Sequence[int], now: dt.datetime) -> int:
    """Remove what the settings no longer keep, and note what somebody took away; backups made by hand are not touched.

    The last one that was brought back for a look stays, however old: it is the one known to work.
    """
    nights = BackupRun.objects.good().nightly()
    for run in nights.newest_first():
        if run.is_in(folder) and not Path(run.place).exists():
            run.take_away(now)
    here = [run for run in nights.newest_first() if run.is_in(folder)]
    kept = staying([run.night_on for run in here if run.night_on], keep)
    known_to_work = BackupRun.objects.verified().newest_first().values_list("pk", flat=True).first()
    too_old = [run for run in here if run.night_on not in kept and run.pk != known_to_work]
    for run in too_old:
        remove(Path(run.place))
        run.take_away(now)
    return len(too_old)
