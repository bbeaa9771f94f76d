"""What the calendar does about money and ends of deals nobody looks at any more: orders become due, and how it ended is noted.

Asked at every tick, and two short questions when there is nothing to do.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from crm.ambassadors.models import AmbassadorDeal, Sale
from crm.ambassadors.pay.commissions import mature
from crm.ambassadors.pay.ending import note_end
from crm.ambassadors.schedule.ends import how_it_ended
from crm.reminders.tick import upkeep
from crm.timeline.record import SYSTEM

AT_ONCE = 500
A_DAY = dt.timedelta(days=1)


@upkeep("ambassador money")
def look(now: dt.datetime) -> Mapping[str, int]:
    """Also of deals that are over: their orders mature, and what is to be seen to afterwards is listed."""
    report: Counter[str] = Counter()
    near = now.date() + A_DAY
    ripe = Sale.objects.ripe(near).order_by().values("deal").distinct()
    for deal in AmbassadorDeal.objects.filter(pk__in=ripe).with_contract().order_by("pk")[:AT_ONCE]:
        report["matured"] += mature(deal, now=now)
    for deal in AmbassadorDeal.objects.over_unnoted(near).with_contract().order_by("pk")[:AT_ONCE]:
        report["ended"] += note_end(deal, how_it_ended(deal), at=now, actor=SYSTEM) is not None
    return +report
