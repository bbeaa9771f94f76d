"""What the tick does for exports: calls a worker for those that stand still, removes those that are over."""

import datetime as dt
from collections.abc import Mapping

from crm.archive.everything.asking import clear
from crm.archive.everything.tasks import ring
from crm.archive.models import ExportRun
from crm.reminders.tick import upkeep


@upkeep("exports")
def keep(now: dt.datetime) -> Mapping[str, int]:
    """Safe to repeat: who is rung for an export somebody is at leaves it alone."""
    stalled = list(ExportRun.objects.stalled(now).filter(started_at__lt=now - dt.timedelta(minutes=1)))
    for run in stalled:
        ring(run)
    report = {"rung": len(stalled), "cleared": clear(now)}
    return {name: number for name, number in report.items() if number}
