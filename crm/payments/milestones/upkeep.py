"""What only the calendar meets: a day that has come, a post that has stayed online long enough. Asked at every tick."""

import datetime as dt
from collections.abc import Mapping

from django.db.models import Max, Min

from crm.base.models import Organisation
from crm.base.windows import months_later
from crm.base.zones import local_date
from crm.contracts.models import Contract
from crm.payments.milestones.meeting import look
from crm.payments.milestones.statements import close_month
from crm.payments.models import CommissionStatement, LedgerLine, Milestone
from crm.reminders.models import Beat
from crm.reminders.tick import remember, upkeep
from crm.timeline.record import SYSTEM

BEAT, MONTHS = "milestones", "commission months"
AN_HOUR = dt.timedelta(hours=1)
A_DAY = dt.timedelta(days=1)


@upkeep("milestones")
def meet_by_day(now: dt.datetime) -> Mapping[str, int]:
    """Each contract once an hour however often this is asked; days missed are made up for, with their own days."""
    if Beat.objects.filter(name=BEAT, rang_at__gt=now - AN_HOUR).exists():
        return {}
    remember(BEAT, now, {})
    near = now.date() + A_DAY
    waiting = Milestone.objects.waiting().by_calendar(near)
    rows = Contract.objects.filter(pk__in=waiting.values("contract")).making_due()
    made = sum(len(look(contract, at=now, actor=SYSTEM)) for contract in rows.order_by("pk"))
    return {"due": made} if made else {}


@upkeep("commission months")
def close_months(now: dt.datetime) -> Mapping[str, int]:
    """Months that are over where the house is get their statements, the oldest first, however many were missed."""
    if Beat.objects.filter(name=MONTHS, rang_at__gt=now - AN_HOUR).exists():
        return {}
    remember(MONTHS, now, {})
    open_on = local_date(now, Organisation.load().zone).replace(day=1)
    made = sum(len(close_month(month_on, at=now)) for month_on in months_to_close(open_on))
    return {"statements": made} if made else {}


def months_to_close(open_on: dt.date) -> list[dt.date]:
    """From the first month after the last statement, or in which anything was earned, to the one before this."""
    last = CommissionStatement.objects.aggregate(on=Max("month_on"))["on"]
    earned = LedgerLine.objects.commissions().filter(due_on__isnull=True).aggregate(on=Min("on"))["on"]
    if last is None and earned is None:
        return []
    first_on = months_later(last, 1) if last else earned.replace(day=1)
    found = []
    while first_on < open_on:
        found.append(first_on)
        first_on = months_later(first_on, 1)
    return found
