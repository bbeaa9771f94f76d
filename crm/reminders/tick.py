"""One look at everything that may be due: plan, write, send. Anybody may ask for it, any number of times at once."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any

import structlog

from crm.outbox.delivery import Clock, send_due
from crm.reminders.mailing import mail_due
from crm.reminders.models import Beat
from crm.reminders.plan import plan

log = structlog.get_logger(__name__)


def tick(clock: Clock) -> dict[str, Any]:
    """Plan, write and send what is due. A stage that breaks is told and never keeps the next from running."""
    now = clock()
    said: dict[str, Any] = {}
    stages: dict[str, Callable[[], Counter[str]]] = {
        "planned": lambda: plan(now),
        "written": lambda: mail_due(now),
        "sent": lambda: send_due(clock),
    }
    for name, stage in stages.items():
        try:
            said[name] = dict(stage())
        except Exception as error:
            log.exception("tick_stage_broke", stage=name)
            said[name] = {"broke": f"{type(error).__name__}: {error}"[:300]}
    remember("tick", now, said)
    return said


def remember(name: str, at: dt.datetime, said: dict[str, Any]) -> None:
    """When this last ran and what came of it, for the health page."""
    Beat.objects.update_or_create(name=name, defaults={"rang_at": at, "said": said})
