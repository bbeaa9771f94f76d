"""Who answers for somebody who is away, as far as reminders are concerned. Derived: nothing is rewritten."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from crm.base.zones import local_date
from crm.reminders.registry import Due
from crm.team.leaves import stand_ins

Key = TypeVar("Key")


def answered_by_deputies(found: Mapping[Key, Due], now: dt.datetime) -> dict[Key, Due]:
    """The same dues; where their owner is away today, messages come from her deputy and are answered to her."""
    away = stand_ins()
    if not away.by_user:
        return dict(found)
    answering = {key: away.of(due.owner_id, local_date(now, due.zone), due.brand_id) for key, due in found.items()}
    signed = {
        key: {"owner": str(deputy), "owner_phone": str(deputy.phone or ""), "owner_email": deputy.email}
        for key, deputy in answering.items()
        if deputy is not None
    }
    return {
        key: replace(due, facts={**due.facts, **signed[key]}) if key in signed else due for key, due in found.items()
    }
