"""What ambassador deals offer to rooms above: they hear of periods, and tell what only they know."""

import datetime as dt
from collections.abc import Callable

from crm.ambassadors.models import DealPeriod
from crm.base.places import Place

period_opened: Place[Callable[[DealPeriod, dt.datetime], None]] = Place("period_opened")
"""`@period_opened("planning")`: function(period, now), in the transaction in which it began, after what is owed in it is
known. Asked again after anything that changes what it owes; doing it twice does nothing twice."""

period_closed: Place[Callable[[DealPeriod, dt.datetime], None]] = Place("period_closed")
"""`@period_closed("planning")`: function(period, now), in the transaction that closed or dropped it."""
