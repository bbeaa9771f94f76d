"""What reminders tell the outbox: their messages, what is no longer true, and what becomes a task for a person."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from django.db import transaction

from crm.outbox.checks import (
    after_failure,
    after_hand_over,
    after_skip,
    after_take_back,
    freshen,
    no_address,
    refuse_sending,
)
from crm.outbox.models import Email
from crm.outbox.reasons import reason
from crm.preferences.places import after_withdrawal
from crm.preferences.queries import wishes_of
from crm.reminders import letters, reasons  # noqa: F401  letters declares the messages
from crm.reminders.by_hand import is_by_hand
from crm.reminders.for_people import ask_to_stop, tell_failure, tell_no_address
from crm.reminders.holds import holds_on
from crm.reminders.models import Reminder
from crm.reminders.moments import is_still_true
from crm.reminders.plan import dues_about, why_not_true
from crm.reminders.planner import day_and_offset
from crm.reminders.registry import Due
from crm.reminders.wishes import is_unwanted
from crm.reminders.writing import Ask, letter_about

REWRITTEN = ("name", "context", "subject", "text", "html", "body_hash", "wording_version", "subject_refs", "urgent")
"""What changes when a line of a digest is no longer true. Its key and Message-ID stay: it is the same message."""


@refuse_sending("reminders")
def no_longer_true(emails: Sequence[Email], now: dt.datetime) -> dict[int, str]:
    """Messages of which nothing is true any more: settled, moved, on hold, too late, or said again by a newer one."""
    lines = _lines_of([email.pk for email in emails])
    untrue = _untrue([row for rows in lines.values() for row in rows], now)
    return {email_id: untrue[rows[0].pk] for email_id, rows in lines.items() if all(row.pk in untrue for row in rows)}


@freshen("reminders")
def without_what_is_settled(emails: Sequence[Email], now: dt.datetime) -> None:
    """A digest of which some lines are no longer true is written anew without them."""
    lines = {email_id: rows for email_id, rows in _lines_of([email.pk for email in emails]).items() if len(rows) > 1}
    rows = [row for some in lines.values() for row in some]
    if not rows:
        return
    found = dues_about(rows, now)
    untrue = _untrue(rows, now, found)
    for email in emails:
        mine = lines.get(email.pk, [])
        kept = [Ask(row, found[row.kind, row.subject]) for row in mine if row.pk not in untrue]
        if kept and len(kept) < len(mine):
            _write_anew(email, kept, {row.pk: untrue[row.pk] for row in mine if row.pk in untrue}, now)


def _lines_of(email_ids: Collection[int]) -> dict[int, list[Reminder]]:
    """The reminders each of these messages says."""
    lines: dict[int, list[Reminder]] = defaultdict(list)
    rows = Reminder.objects.mailed().filter(email__in=email_ids)
    for row in rows.select_related("rule", "contact").order_by("pk"):
        lines[row.email_id or 0].append(row)
    return lines


def _untrue(
    rows: Sequence[Reminder], now: dt.datetime, found: Mapping[tuple[str, str], Due] | None = None
) -> dict[int, str]:
    """Those of these reminders that must not be said any more, with the reason."""
    found = dues_about(rows, now) if found is None else found
    newer, waiting = _replaced(rows), holds_on(found.values(), now)
    wishes = wishes_of({row.contact_id for row in rows})
    verdicts = {
        row.pk: _why_untrue(row, found.get((row.kind, row.subject)), newer, now)
        or (waiting[row.subject].why if row.subject in waiting else "")
        or (reason(reasons.SWITCHED_OFF) if is_unwanted(row.rule, row.recipient, wishes.get(row.contact_id)) else "")
        or (reason(reasons.OTHER_WAY) if row.contact.is_mailable and is_by_hand(row.contact) else "")
        for row in rows
    }
    return {pk: why for pk, why in verdicts.items() if why}


def _why_untrue(row: Reminder, due: Due | None, newer: set[int], now: dt.datetime) -> str:
    why = why_not_true(row, due)
    if not why and due and not is_still_true(day_and_offset(row.due_key)[1], due, now):
        return reason(reasons.TOO_LATE)
    return why or (reason(reasons.SUPERSEDED) if row.pk in newer else "")


def _replaced(rows: Sequence[Reminder]) -> set[int]:
    """Those of these reminders to which a newer one of the same chain is already in the outbox."""
    mailed = Reminder.objects.mailed().filter(subject__in={row.subject for row in rows}).select_related("rule")
    chains: dict[tuple[int, str, str], list[Reminder]] = defaultdict(list)
    for row in mailed:
        chains[row.chain].append(row)
    newest = {max(chain, key=lambda row: (row.send_at, row.pk)).pk for chain in chains.values()}
    return {row.pk for row in rows} - newest


def _write_anew(email: Email, kept: Sequence[Ask], dropped: Mapping[int, str], now: dt.datetime) -> None:
    """The same message with the lines that are left; the places of the others are free again."""
    fresh = letter_about(kept, now)
    words = {name: getattr(fresh, name) for name in REWRITTEN}
    with transaction.atomic():
        if not Email.objects.filter(pk=email.pk).reword(now, token=email.lease_token, **words):
            return
        for pk, why in dropped.items():
            Reminder.objects.filter(pk=pk).unmail(why, now)
    for name, value in words.items():
        setattr(email, name, value)


@after_skip("reminders")
def free_their_places(skipped: Mapping[int, str], now: dt.datetime) -> None:
    """A reminder whose message was not sent after all may be planned again, should it become true again.

    Of several lines each has its own reason: one may be over for good while another only waits.
    """
    lines = _lines_of(skipped)
    own = _untrue([row for rows in lines.values() if len(rows) > 1 for row in rows], now)
    for email_id, rows in lines.items():
        for row in rows:
            Reminder.objects.filter(pk=row.pk).unmail(own.get(row.pk, skipped[email_id]), now)


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
