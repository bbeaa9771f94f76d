"""What waits, in words: for colleagues with the planned day, for her without a day that does not hold."""

import datetime as dt
from collections.abc import Iterable

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.planning.models import DeliverableHold
from crm.base.formats import day_words


def _days(n: int) -> str:
    return ngettext("%(n)d day", "%(n)d days", n) % {"n": n}


days_in_words = lazy(_days, str)
"""“3 days”, in the language of whoever reads."""


def hold_words(holds: Iterable[DeliverableHold]) -> str:
    """“5 days after the parcel”, “after the parcel, planned for 3 Dec”; empty where nothing is waited for."""
    waiting = [hold for hold in holds if hold.lifted_at is None]
    if not waiting:
        return ""
    planned = _("planned for %(day)s") % {"day": day_words(_first_on(waiting[0]), "brief")}
    return f"{her_words(waiting)}, {planned}"


def her_words(holds: Iterable[DeliverableHold]) -> str:
    """The same without a day: what she reads."""
    waiting = [hold for hold in holds if hold.lifted_at is None]
    if not waiting:
        return ""
    longest = max((hold.days_after or 0 for hold in waiting), default=0)
    if longest:
        return ngettext("%(n)d day after the parcel", "%(n)d days after the parcel", longest) % {"n": longest}
    return _("after the parcel")


def _first_on(hold: DeliverableHold) -> dt.date:
    row = hold.deliverable
    return (row.draft_due_on if row.is_draft_open else None) or row.post_due_on
