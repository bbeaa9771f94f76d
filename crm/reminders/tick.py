"""One look at everything that may be due: plan, write, send. Anybody may ask for it, any number of times at once."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import structlog

from crm.base.places import Place
from crm.base.statistics import learn
from crm.outbox.delivery import Clock, send_due
from crm.reminders.by_hand import take_back
from crm.reminders.mailing import mail_due
from crm.reminders.models import Beat
from crm.reminders.outcomes import tell_outcomes
from crm.reminders.plan import plan

log = structlog.get_logger(__name__)

upkeep: Place[Callable[[dt.datetime], Mapping[str, int]]] = Place("upkeep")
"""`@upkeep("tiers")`: function(now) -> what was done; asked at every tick, and cheap when there is nothing to do."""

upkeep("by hand")(take_back)


def tick(clock: Clock) -> dict[str, Any]:
    """Plan, write and send what is due, then upkeep. A stage that breaks is told and never keeps the next from running."""
    now = clock()
    said: dict[str, Any] = {
        "planned": _told("planned", lambda: plan(now)),
        "written": _told("written", lambda: mail_due(now)),
        "sent": _told("sent", lambda: send_due(clock)),
    }
    kept = {placed.key: _told(placed.key, partial(placed.call, now)) for placed in upkeep.all()}
    said |= {name: done for name, done in kept.items() if done}
    remember("tick", now, said)
    tell_outcomes(said, now)
    return said


def _told(name: str, stage: Callable[[], Mapping[str, int]]) -> dict[str, Any]:
    """What a stage came to."""
    try:
        return dict(stage())
    except Exception as error:
        log.exception("tick_stage_broke", stage=name)
        return {"broke": f"{type(error).__name__}: {error}"[:300]}


def remember(name: str, at: dt.datetime, said: dict[str, Any]) -> None:
    """When this last ran and what came of it, for the health page."""
    Beat.objects.update_or_create(name=name, defaults={"rang_at": at, "said": said})


LEARNS_EVERY = dt.timedelta(minutes=15)


@upkeep("statistics")
def keep_statistics(now: dt.datetime) -> Mapping[str, int]:
    """Now and then the database looks at how its tables have grown; nothing worth telling."""
    if not Beat.objects.filter(name="statistics", rang_at__gt=now - LEARNS_EVERY).exists() and learn():
        remember("statistics", now, {})
    return {}
