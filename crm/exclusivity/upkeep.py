"""What the tick does for exclusivity: closes what is over, and looks again once a day at everybody who is barred."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from crm.base.zones import local_date
from crm.exclusivity.catching_up import catch_up
from crm.exclusivity.gate import hold
from crm.exclusivity.looking import look_again
from crm.exclusivity.models import BreachCase, Clause, ClauseStretch, Finding
from crm.exclusivity.terms import Standing
from crm.reminders.models import Beat
from crm.reminders.tick import remember, upkeep
from crm.timeline.record import SYSTEM
from crm.timeline.transitions import TransitionRefused

EVERY = dt.timedelta(hours=20)
AT_ONCE = 200
NAME = "exclusivity"


@upkeep(NAME)
def keep(now: dt.datetime) -> Mapping[str, int]:
    """Ends clauses whose last certain day is over; once a day every finding is looked at anew. Safe to repeat."""
    report: Counter[str] = Counter(ended=close_ended(now), curing=let_days_run(now))
    if not Beat.objects.filter(name=NAME, rang_at__gt=now - EVERY).exists():
        report += look_at_everybody(now)
        remember(NAME, now, dict(report))
    return +report


def close_ended(now: dt.datetime) -> int:
    """Clauses in force of which no window is open or still to come; how many there were."""
    open_windows = ClauseStretch.objects.filter(clause=OuterRef("pk")).filter(
        Q(end_at__isnull=True) | Q(end_at__gt=now) | Q(is_provisional=True)
    )
    over = Clause.objects.in_force().filter(~Exists(open_windows), stretches__isnull=False).distinct()
    ended: list[int] = []
    for clause in over.select_related("brand")[:AT_ONCE]:
        try:
            clause.stand(Standing.ENDED, at=now, actor=SYSTEM)
        except TransitionRefused:
            continue  # somebody took it away meanwhile
        ended.append(clause.influencer_id)
    with transaction.atomic():
        look_again(sorted(hold(ended)), now)
    return len(ended)


def let_days_run(now: dt.datetime) -> int:
    """From the day after she was told, her days to put it right run; how many cases that begins for."""
    begun = 0
    for case in BreachCase.objects.told_before(now).select_related("brand")[:AT_ONCE]:
        if case.notified_at is None or local_date(case.notified_at, case.zone) >= local_date(now, case.zone):
            continue
        try:
            case.go(BreachCase.Status.CURE_PERIOD, at=now, actor=SYSTEM)
        except TransitionRefused:
            continue  # somebody settled it meanwhile
        begun += 1
    return begun


def look_at_everybody(now: dt.datetime) -> Counter[str]:
    """Look again at everybody who is barred or has an open finding, some people at a time: first their windows, which may
    hang on days that changed unseen, then what meets.
    """
    barred = Clause.objects.speaking().values_list("influencer_id", flat=True)
    found = Finding.objects.unsettled().values_list("influencer_id", flat=True)
    people = sorted({*barred, *found})
    report: Counter[str] = Counter()
    for first in range(0, len(people), AT_ONCE):
        with transaction.atomic():
            some = people[first : first + AT_ONCE]
            report["moved"] += catch_up(some, now)
            report += look_again(some, now)
    return report
