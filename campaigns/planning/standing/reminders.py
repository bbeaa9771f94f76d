"""Posts of ambassadors follow their deals: when a period opens, when it closes, and at every tick for whatever was missed."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

import structlog
from django.db import OperationalError

from campaigns.planning.standing import counting, queries, telling  # noqa: F401  put themselves into their places
from campaigns.planning.standing.behind import behind
from campaigns.planning.standing.campaign import follow_days_of_all
from campaigns.planning.standing.pausing import follow_pauses
from campaigns.planning.standing.planning import keep_posts
from crm.ambassadors.models import DealPeriod
from crm.ambassadors.places import period_closed, period_opened
from crm.exclusivity.gate import Busy
from crm.reminders.tick import upkeep

log = structlog.get_logger(__name__)
AT_ONCE = 500
AFTER_DEALS = 120


@period_opened("planning")
def plan_posts(period: DealPeriod, now: dt.datetime) -> None:
    """It began, or owes something else."""
    keep_posts(period, at=now)


@period_closed("planning")
def close_posts(period: DealPeriod, now: dt.datetime) -> None:
    """What is still owed elsewhere goes on there, the rest is let go."""
    keep_posts(period, at=now)


@upkeep("standing campaigns", order=AFTER_DEALS)
def keep_standing(now: dt.datetime) -> Mapping[str, int]:
    """Whatever fell behind, oldest periods first; the days of standing campaigns; reminders of deals that rest."""
    done: Counter[str] = Counter()
    for period in behind()[:AT_ONCE]:
        done[_caught_up(period, now)] += 1
    done["days"] += follow_days_of_all(at=now)
    done["reminders"] += follow_pauses(now)
    return +done


def _caught_up(period: DealPeriod, now: dt.datetime) -> str:
    """One period in a transaction of its own. One that breaks keeps none of the others back."""
    try:
        keep_posts(period, at=now)
    except (Busy, OperationalError):
        return "busy"  # somebody else is at it; the next tick takes it up
    except Exception:
        log.exception("standing_period_broke", period=period.pk)
        return "broke"
    return "periods"
