"""Posts of ambassadors follow their deals: when a period opens, when it closes, and at every tick for whatever was missed."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from campaigns.planning.models import Campaign
from campaigns.planning.standing import counting, queries  # noqa: F401  put themselves into their places
from campaigns.planning.standing.behind import behind
from campaigns.planning.standing.campaign import follow_days
from campaigns.planning.standing.pausing import follow_pauses
from campaigns.planning.standing.planning import keep_posts
from crm.ambassadors.models import DealPeriod
from crm.ambassadors.places import period_closed, period_opened
from crm.reminders.tick import upkeep

AT_ONCE = 500


@period_opened("planning")
def plan_posts(period: DealPeriod, now: dt.datetime) -> None:
    """It began, or owes something else."""
    keep_posts(period, at=now)


@period_closed("planning")
def close_posts(period: DealPeriod, now: dt.datetime) -> None:
    """What is still owed elsewhere goes on there, the rest is let go."""
    keep_posts(period, at=now)


@upkeep("standing campaigns", order=110)
def keep_standing(now: dt.datetime) -> Mapping[str, int]:
    """Whatever fell behind, oldest periods first; the days of standing campaigns; reminders of deals that rest."""
    done: Counter[str] = Counter()
    for period in behind()[:AT_ONCE]:
        keep_posts(period, at=now)
        done["periods"] += 1
    for campaign in Campaign.objects.of_programs().live().select_related("program", "brand", "owner").order_by("pk"):
        done["days"] += follow_days(campaign, at=now)
    done["reminders"] += follow_pauses(now)
    return +done
