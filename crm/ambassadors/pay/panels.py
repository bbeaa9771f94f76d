"""Parts of a contract's money that wait for a period hear that it is closed."""

import datetime as dt

from crm.ambassadors.models import DealPeriod
from crm.ambassadors.places import period_closed
from crm.payments.milestones.meeting import meet
from crm.payments.models import Milestone
from crm.timeline.record import SYSTEM


@period_closed("milestones")
def meet_period(period: DealPeriod, now: dt.datetime) -> None:
    """A period that was dropped meets nothing."""
    if period.closed_at is not None:
        contract, trigger = period.deal.contract, Milestone.Trigger.PERIOD_CLOSED
        meet(trigger, contract=contract, on=period.last_on, at=now, actor=SYSTEM, period=period.number)
