"""An answer came: what still waits to ask about it goes in the same transaction, not with the next look of the clock."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection

from crm.outbox.checks import refused, tell_skipped
from crm.outbox.models import Email
from crm.reminders.by_hand import take_back
from crm.reminders.models import Reminder
from crm.reminders.plan import dues_about, why_not_true


def stop_asking(subjects: Collection[str], now: dt.datetime) -> int:
    """Take back every reminder, waiting mail and task to pass on whose question is answered; returns how many.

    What is still true stays: a question of hers, or the wish for another day, stops nothing.
    """
    waiting = list(Reminder.objects.queued().filter(subject__in=subjects))
    found = dues_about(waiting, now)
    by_reason: dict[str, list[int]] = defaultdict(list)
    for row in waiting:
        why = why_not_true(row, found.get((row.kind, row.subject)))
        if why:
            by_reason[why].append(row.pk)
    stopped = sum(Reminder.objects.filter(pk__in=ids).void(why, now) for why, ids in by_reason.items())
    return stopped + _keep_back(subjects, now) + take_back(now, subjects).get("closed", 0)


def _keep_back(subjects: Collection[str], now: dt.datetime) -> int:
    """Mails that wait in the outbox, say for quiet hours to end, and have nothing true left to say."""
    about = Reminder.objects.mailed().filter(subject__in=subjects, email__state=Email.State.QUEUED)
    mails = list(Email.objects.waiting().filter(pk__in=about.values("email_id")).select_related("contact"))
    untrue = refused(mails, now) if mails else {}
    kept = {pk: why for pk, why in untrue.items() if Email.objects.filter(pk=pk).keep_back(why, now)}
    tell_skipped(kept, now)
    return len(kept)
