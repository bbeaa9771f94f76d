"""How a round of the clock came out, part by part: what was planned, what was written, what left, and the round itself."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from crm.base.outcomes import Outcome, came_out
from crm.outbox.models import Email
from crm.outbox.reasons import reason

STAGES = {"planned": "planner", "written": "writer", "sent": "sender"}
WORKER = "worker-"
NOTHING_LEFT = _("Nothing could be handed over. Messages that wait for the mail server: %(count)s.")
FORGOTTEN_AFTER = dt.timedelta(days=7)


def tell_outcomes(said: Mapping[str, Mapping[str, Any]], now: dt.datetime) -> None:
    """One outcome a stage, and one of the whole round: it came out well when no stage broke."""
    broke = {name: str(done["broke"]) for name, done in said.items() if "broke" in done}
    with transaction.atomic():
        for stage, name in STAGES.items():
            _tell(stage, name, said[stage], now)
        came_out("tick", now, why="; ".join(f"{name}: {why}" for name, why in broke.items()))


def _tell(stage: str, name: str, done: Mapping[str, Any], now: dt.datetime) -> None:
    why = str(done.get("broke", ""))
    if stage == "sent" and not why:
        if done.get("put off") and not done.get("sent"):
            why = reason(NOTHING_LEFT, count=done["put off"])
        elif not done.get("sent") and _waits_for_server():
            return
    came_out(name, now, why=why, **{key: value for key, value in done.items() if key != "broke"})


def _waits_for_server() -> bool:
    """Nothing to do is not the same as doing well while messages wait for their next try."""
    return Outcome.objects.bad().filter(name="sender").exists() and Email.objects.waiting().tried().exists()


def worker_seen(host: str, now: dt.datetime) -> None:
    """Which machine's worker did this round; those nobody has seen for a week are forgotten."""
    came_out(f"{WORKER}{slugify(host)[:30] or 'here'}", now)
    Outcome.objects.filter(name__startswith=WORKER, ok_at__lt=now - FORGOTTEN_AFTER).delete()
