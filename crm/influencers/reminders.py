"""What the engine must know about people: who may not be written to, when they want quiet, and whose tier has moved."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from crm.influencers.actions.tiers import keep_tiers
from crm.influencers.models import DayOff, Influencer
from crm.outbox.checks import barred
from crm.outbox.reasons import BARRED, reason
from crm.reminders.registry import quiet_days
from crm.reminders.tick import upkeep


@barred("do_not_contact")
def do_not_contact(influencer_ids: Collection[int], now: dt.datetime) -> dict[int, str]:
    """People who asked not to be contacted, for now or for good, and whoever goes on as one of them."""
    if not influencer_ids:
        return {}
    why = reason(BARRED)
    people = Influencer.objects.barred_from_contact(now).order_by()
    merged = Influencer.objects.filter(merged_into__in=people).order_by()
    barred = people.values_list("pk", flat=True).union(merged.values_list("pk", flat=True))
    return {pk: why for pk in barred if pk in influencer_ids}


@quiet_days("days_off")
def days_off(influencer_ids: Collection[int]) -> dict[int, Collection[dt.date]]:
    """Every day of every period a person told us she is away."""
    found: dict[int, set[dt.date]] = defaultdict(set)
    for person, start_on, end_on in DayOff.objects.values_list("influencer_id", "start_on", "end_on"):
        if person in influencer_ids:
            found[person] |= {start_on + dt.timedelta(days=day) for day in range((end_on - start_on).days + 1)}
    return dict(found)


upkeep("tiers")(keep_tiers)
