"""Once a day, as soon as the day begins where the house is; what is much is taken in several looks."""

import datetime as dt
from collections.abc import Mapping

from crm.base.outcomes import came_out
from crm.privacy.models import RetentionRun
from crm.privacy.retention.rules import in_force, today
from crm.privacy.retention.running import follow
from crm.reminders.tick import upkeep

OUTCOME = "retention"


@upkeep("retention", order=900)
def keep_no_longer(now: dt.datetime) -> Mapping[str, int]:
    """Two short questions when everything has been looked through today."""
    on = today(now)
    done = set(RetentionRun.objects.of_day(on).finished().values_list("key", flat=True))
    left = [keeping for keeping in in_force(on) if keeping.key not in done]
    gone = {keeping.key: follow(keeping, on, now) for keeping in left}
    if left:
        _tell(on, now)
    return {key: number for key, number in gone.items() if number}


def _tell(on: dt.date, now: dt.datetime) -> None:
    """How the day came out, once every rule was looked through."""
    runs = RetentionRun.objects.of_day(on)
    if not runs.exclude(pk__in=runs.finished()).exists():
        broke = runs.broken().first()
        came_out(OUTCOME, now, why=f"{broke.key}: {broke.trouble}" if broke else "", gone=sum(run.gone for run in runs))
