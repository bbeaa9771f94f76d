"""What the inbox tells the reminders: about what an answer waits to be read."""

import datetime as dt
from collections.abc import Collection, Mapping

from crm.base.models import Organisation
from crm.base.zones import local_date
from crm.inbox import reasons
from crm.inbox.models import AnswerHold
from crm.outbox.reasons import reason
from crm.reminders.holds import Hold, held

CHUNK = 500


@held("answers by mail")
def answers_waiting(subjects: Collection[str], now: dt.datetime) -> Mapping[str, Hold]:
    """The longest running hold of each of these things and people."""
    found: dict[str, Hold] = {}
    zone = Organisation.load().zone
    running = AnswerHold.objects.running(now).select_related("mail").order_by("until_at")
    if len(subjects) <= CHUNK:
        running = running.filter(subject__in=subjects)
    for row in running:
        if row.subject in subjects:
            day = local_date(row.until_at, zone).isoformat()
            found[row.subject] = Hold(row.until_at, reason(reasons.ANSWERED, name=row.mail.sender, day=day))
    return found
