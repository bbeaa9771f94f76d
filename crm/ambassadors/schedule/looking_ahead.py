"""By when somebody has to look at a deal so that a decision still comes in time. Plain days."""

import datetime as dt

from crm.base.windows import notice_deadline

LEAD_DAYS = 14


def review_due(end_on: dt.date, *, days: int = 0, months: int = 0, lead: int = LEAD_DAYS) -> dt.date:
    """So many days before the last day for notice: looked at later, a decision could not stop a renewal any more."""
    return notice_deadline(end_on, days=days, months=months) - dt.timedelta(days=lead)
