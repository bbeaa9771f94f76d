"""What waits, in words: for colleagues with the planned day, for her without a day that does not hold."""

import datetime as dt
from collections.abc import Iterable

from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.planning.models import Deliverable, DeliverableHold
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
    return f"{after_words(max(hold.days_after or 0 for hold in waiting))}, {planned}"


def after_words(days: int | None) -> str:
    """“5 days after the parcel”, or only after it: without a day, for none holds yet."""
    if not days:
        return _("after the parcel")
    return ngettext("%(n)d day after the parcel", "%(n)d days after the parcel", days) % {"n": days}


after_in_words = lazy(after_words, str)


def waits_days(row: Deliverable) -> int | None:
    """How many days after the parcel it is due, as the row brought it along, else asked."""
    if "waits_days" in row.__dict__:
        known: int | None = row.__dict__["waits_days"]
        return known
    return max((hold.days_after or 0 for hold in row.holds.open()), default=0) or None


def _first_on(hold: DeliverableHold) -> dt.date:
    row = hold.deliverable
    return (row.draft_due_on if row.is_draft_open else None) or row.post_due_on
