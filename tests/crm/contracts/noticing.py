"""Giving notice in one line."""

import datetime as dt
from typing import Any

from crm.contracts.actions.noticing import note_notice
from crm.contracts.models import Contract, Notice
from crm.timeline.record import Actor


def give_notice(contract: Contract, on: dt.date, *, at: dt.datetime, actor: Actor, **fields: Any) -> Notice:
    """Ours, that it does not go on, sent on that day."""
    usual = {"kind": Notice.Kind.NON_RENEWAL, "given_by": Notice.From.US, "sent_on": on}
    return note_notice(contract, **{**usual, **fields}, at=at, actor=actor)
