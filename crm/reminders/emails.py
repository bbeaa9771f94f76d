"""What reminders tell the outbox: their messages, what is no longer true, and what becomes a task for a person."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from crm.outbox.checks import after_failure, after_hand_over, after_skip, after_take_back, no_address, refuse_sending
from crm.outbox.models import Email
from crm.outbox.reasons import reason
from crm.preferences.places import after_withdrawal
from crm.preferences.queries import wishes_of
from crm.reminders import letters, reasons  # noqa: F401  letters declares the messages
from crm.reminders.for_people import ask_to_stop, tell_failure, tell_no_address
from crm.reminders.holds import holds_on
from crm.reminders.models import Reminder
from crm.reminders.moments import is_still_true
from crm.reminders.plan import dues_about, why_not_true
from crm.reminders.planner import day_and_offset
from crm.reminders.wishes import is_unwanted


@refuse_sending("reminders")
def no_longer_true(emails: Sequence[Email], now: dt.datetime) -> dict[int, str]:
    """Messages of reminders whose thing is settled, moved, on hold, too late, or said again by a newer one."""
    rows = list(Reminder.objects.mailed().filter(email__in=[email.pk for email in emails]).select_related("rule"))
    found = dues_about(rows, now)
    newer, waiting = _replaced(rows), holds_on(found.values(), now)
    wishes = wishes_of({row.contact_id for row in rows})
    refused: dict[int, str] = {}
    for row in rows:
        due = found.get((row.kind, row.subject))
        why = why_not_true(row, due)
        if not why and due and not is_still_true(day_and_offset(row.due_key)[1], due.due_at, now):
            why = reason(reasons.TOO_LATE)
        if not why and row.pk in newer:
            why = reason(reasons.SUPERSEDED)
        if not why and row.subject in waiting:
            why = waiting[row.subject].why
        if not why and is_unwanted(row.rule, row.recipient, wishes.get(row.contact_id)):
            why = reason(reasons.SWITCHED_OFF)
        if why and row.email_id is not None:
            refused[row.email_id] = why
    return refused


def _replaced(rows: Sequence[Reminder]) -> set[int]:
    """Those of these reminders to which a newer one of the same chain is already in the outbox."""
    mailed = Reminder.objects.mailed().filter(subject__in={row.subject for row in rows}).select_related("rule")
    chains: dict[tuple[int, str, str], list[Reminder]] = defaultdict(list)
    for row in mailed:
        chains[row.contact_id, row.subject, row.rule.series or row.rule.code].append(row)
    newest = {max(chain, key=lambda row: (row.send_at, row.pk)).pk for chain in chains.values()}
    return {row.pk for row in rows} - newest


@after_skip("reminders")
def free_their_places(skipped: Mapping[int, str], now: dt.datetime) -> None:
    """A reminder whose message was not sent after all may be planned again, should it become true again."""
    for email_id, why in skipped.items():
        Reminder.objects.filter(email_id=email_id).unmail(why, now)


@after_hand_over("reminders")
def follow_the_hand(mail: Email | None, row: Email, now: dt.datetime) -> None:
    """Reminders whose mail made way belong to what was passed on instead."""
    if mail is not None:
        Reminder.objects.mailed().filter(email=mail).update(email=row, updated_at=now)


@after_take_back("reminders")
def follow_back(row: Email, mail: Email | None, now: dt.datetime) -> None:
    """They go back to the mail that waits again; without one their place is free, and they are planned anew."""
    told = Reminder.objects.mailed().filter(email=row)
    if mail is not None:
        told.update(email=mail, updated_at=now)
    else:
        told.unmail(row.why, now)


after_failure("tasks")(tell_failure)
no_address("tasks")(tell_no_address)
after_withdrawal("task")(ask_to_stop)
