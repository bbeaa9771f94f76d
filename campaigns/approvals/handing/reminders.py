"""What the clock does for what is handed in: ideas that are due, and files that are kept in order."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext_lazy as _

from campaigns.approvals.handing.idea_dues import KIND, idea_dues
from campaigns.approvals.handing.uploads import sweep
from crm.reminders.registry import Asked, Due, due
from crm.reminders.tick import upkeep


@due(KIND, label=_("Ideas"), of="campaigns.ApprovalPolicy", order=8)
def ideas(asked: Asked) -> Iterator[Due]:
    """An idea is due so many days before its draft, until it arrives."""
    return idea_dues(asked)


@upkeep("drafts")
def keep_drafts(now: dt.datetime) -> Mapping[str, int]:
    """Parts nobody finishes are swept."""
    swept = sweep(now)
    return {"parts": swept} if swept else {}
