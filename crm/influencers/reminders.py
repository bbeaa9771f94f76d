"""What the engine must know about people: who may not be written to, when they want quiet, and whose tier has moved."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping

from crm.base.places import one_person
from crm.base.zones import local_date
from crm.influencers.actions.barred import tell_bars_that_end
from crm.influencers.actions.guardians import ask_about_guardians
from crm.influencers.actions.pauses import quiet_of
from crm.influencers.actions.tiers import keep_tiers
from crm.influencers.alikes.sweep import sweep
from crm.influencers.merging.actions import gather_late
from crm.influencers.models import DayOff, Influencer, ReminderPause
from crm.outbox.checks import barred
from crm.outbox.reasons import BARRED, reason
from crm.reminders.models import Beat
from crm.reminders.pauses import Quiet, paused
from crm.reminders.registry import quiet_days
from crm.reminders.tick import remember, upkeep


@barred("do_not_contact")
def do_not_contact(influencer_ids: Collection[int], now: dt.datetime) -> dict[int, str]:
    """People who asked not to be contacted, for now or for good, and whoever goes on as one of them."""
    if not influencer_ids:
        return {}
    why = reason(BARRED)
    # West of here the last day still runs: ask for one day more, then look at each one's own calendar.
    people = Influencer.objects.barred_from_contact(now - dt.timedelta(days=1)).order_by()
    merged = Influencer.objects.filter(merged_into__in=people).order_by()
    until, zone = "do_not_contact_until", "zone"
    rows = people.values_list("pk", until, zone).union(
        merged.values_list("pk", f"merged_into__{until}", f"merged_into__{zone}")
    )
    still = (pk for pk, last_on, where in rows if last_on is None or last_on >= local_date(now, where))
    return {pk: why for pk in still if pk in influencer_ids}


@quiet_days("days_off")
def days_off(influencer_ids: Collection[int]) -> dict[int, Collection[dt.date]]:
    """Every day of every period a person told us she is away."""
    found: dict[int, set[dt.date]] = defaultdict(set)
    for person, start_on, end_on in DayOff.objects.values_list("influencer_id", "start_on", "end_on"):
        if person in influencer_ids:
            found[person] |= {start_on + dt.timedelta(days=day) for day in range((end_on - start_on).days + 1)}
    return dict(found)


@paused("people")
def reminders_paused(influencer_ids: Collection[int], now: dt.datetime) -> dict[int, Quiet]:
    """Whoever is, or was, left in peace for a while, and whoever goes on as one of them."""
    pauses: dict[int, list[ReminderPause]] = defaultdict(list)
    for pause in ReminderPause.objects.select_related("influencer").order_by("pk"):
        pauses[pause.influencer_id].append(pause)
    if not pauses:
        return {}
    merged = Influencer.objects.filter(merged_into__in=list(pauses)).values_list("pk", "merged_into")
    stands_for = {pk: pk for pk in pauses} | {pk: into for pk, into in merged if into is not None}
    return {pk: quiet_of(pauses[other], now) for pk, other in stands_for.items() if pk in influencer_ids}


upkeep("tiers")(keep_tiers)
upkeep("guardians")(ask_about_guardians)
upkeep("bars that end")(tell_bars_that_end)


@one_person("merged")
def merged_into(person: int) -> list[int]:
    """Whoever goes on as this person."""
    return list(Influencer.objects.merged_into_person(person).values_list("pk", flat=True))


LOOKS_EVERY = dt.timedelta(hours=1)


@upkeep("look_alikes")
def keep_look_alikes(now: dt.datetime) -> Mapping[str, int]:
    """Everybody is compared with everybody now and then; in between a person's own page looks for herself."""
    if Beat.objects.filter(name="look_alikes", rang_at__gt=now - LOOKS_EVERY).exists():
        return {}
    found = sweep(now)
    remember("look_alikes", now, dict(found))
    return found


@upkeep("merged")
def keep_merged(now: dt.datetime) -> Mapping[str, int]:
    """What somebody wrote to a person at the very second she was merged goes where everything else of hers went."""
    gathered = gather_late(now)
    return {"gathered": gathered} if gathered else {}
