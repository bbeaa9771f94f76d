"""What the clock does about platforms: when something is due a worker is called; the tick itself asks nobody."""

import datetime as dt
from collections.abc import Mapping

from campaigns.results.fetching import instagram, youtube  # noqa: F401 - they put themselves among the providers
from campaigns.results.fetching.due import questions
from campaigns.results.fetching.health import platforms_said
from campaigns.results.fetching.providers import switched_on
from campaigns.results.fetching.tasks import fetch_figures
from crm.base.places import told_by_readyz
from crm.outbox.tasks import call_on_commit
from crm.reminders.tick import upkeep


@upkeep("platforms")
def look(now: dt.datetime) -> Mapping[str, int]:
    """Nothing at all while no key is set."""
    on = switched_on()
    if not on or next(questions(on, now), None) is None:
        return {}
    call_on_commit(fetch_figures)
    return {"rung": 1}


@told_by_readyz("platforms")
def ready(now: dt.datetime) -> tuple[bool, str]:
    """Which are on, and how they do; one that fails keeps nobody from working."""
    return True, platforms_said(now)
