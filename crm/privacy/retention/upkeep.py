"""Once a day, as soon as the day begins where the house is; what is much is taken in several looks."""

import datetime as dt
from collections.abc import Mapping

from crm.privacy.models import RetentionRun
from crm.privacy.retention.rules import in_force, today
from crm.privacy.retention.running import follow
from crm.reminders.tick import upkeep


@upkeep("retention", order=900)
def keep_no_longer(now: dt.datetime) -> Mapping[str, int]:
    """Two short questions when everything has been looked through today."""
    on = today(now)
    done = set(RetentionRun.objects.of_day(on).finished().values_list("key", flat=True))
    gone = {keeping.key: follow(keeping, on, now) for keeping in in_force(on) if keeping.key not in done}
    return {key: number for key, number in gone.items() if number}
