"""Places that briefs offer to whoever has to follow them."""

import datetime as dt
from collections.abc import Callable

from campaigns.briefs.models import BriefVersion
from crm.base.places import Place
from crm.timeline.record import Actor

brief_released: Place[Callable[[BriefVersion, dt.datetime, Actor], None]] = Place("brief_released")
"""`@brief_released("acceptance")`: function(version, at, actor), called in the transaction that released it."""
