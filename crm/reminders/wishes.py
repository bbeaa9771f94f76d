"""How a person's own wishes move her reminders: together on her day of the week, and without what she never promised.

What was agreed cannot be switched off, only gathered; what cannot wait for her day leaves when it must.
"""

import datetime as dt
from collections.abc import Collection

from crm.base.windows import is_working_day
from crm.base.zones import local_date, local_instant
from crm.preferences.models import ReminderWish
from crm.reminders.models import Recipient, Rule, RuleStep
from crm.reminders.registry import Due

WEEK = 7


def is_unwanted(rule: Rule, recipient: str, wish: ReminderWish | None) -> bool:
    """Whether she switched this off: only what she did not promise can be."""
    return wish is not None and wish.only_binding and recipient == Recipient.INFLUENCER and not rule.is_binding


def on_her_day(
    at: dt.datetime,
    step: RuleStep,
    due: Due,
    zone: str,
    remind_at: dt.time,
    free: Collection[dt.date],
    wish: ReminderWish,
) -> dt.datetime:
    """The moment on her day of the week: the next one, or the one before when that would be too late.

    A day before she wished it, or before the deadline was entered, is none: then the reminder keeps its moment.
    """
    if wish.pace != ReminderWish.Pace.WEEKLY or not _waits(step):
        return at
    on = local_date(at, zone)
    later = local_instant(_working(on + dt.timedelta(days=(wish.weekday - on.weekday()) % WEEK), free), remind_at, zone)
    if step.offset > 0 or later < due.due_at:
        return later
    earlier = on - dt.timedelta(days=(on.weekday() - wish.weekday) % WEEK)
    moment = local_instant(earlier, remind_at, zone)
    is_known = moment >= wish.updated_at and (due.born_at is None or moment >= due.born_at)
    return moment if is_known and is_working_day(earlier, frozenset(free)) else at


def _waits(step: RuleStep) -> bool:
    """What is counted in hours, belongs to its very day or is urgent keeps its moment."""
    is_daily = step.unit == RuleStep.Unit.DAYS and step.moves_for_days_off
    return is_daily and step.recipient == Recipient.INFLUENCER and not step.rule.is_urgent


def _working(on: dt.date, free: Collection[dt.date]) -> dt.date:
    days = (on + dt.timedelta(days=number) for number in range(WEEK))
    return next((day for day in days if is_working_day(day, frozenset(free))), on)
