"""What the clock keeps in order about files that are handed in."""

import datetime as dt
from collections.abc import Mapping

from campaigns.approvals.handing.keeping_files import remove_old_files
from campaigns.approvals.handing.uploads import sweep
from crm.reminders.tick import upkeep


@upkeep("drafts")
def keep_drafts(now: dt.datetime) -> Mapping[str, int]:
    """Parts nobody finishes are swept, and files of what was posted long ago removed."""
    done = {"parts": sweep(now), "files of drafts": remove_old_files(now)}
    return {name: number for name, number in done.items() if number}
