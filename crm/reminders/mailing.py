"""Due reminders become messages in the outbox, in one transaction each; their words are written then."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import structlog
from django.db import transaction

from crm.base.models import Organisation
from crm.outbox.checks import tell_skipped
from crm.outbox.compose import insert_once
from crm.outbox.models import Email
from crm.outbox.reasons import reason
from crm.reminders import reasons
from crm.reminders.by_hand import is_by_hand, leave_to_hand
from crm.reminders.caps import Calendar, NoRoom, Pair, has_room, hold, over_item_cap, rooms_for, said_already
from crm.reminders.for_people import ask_for_address
from crm.reminders.holds import holds_on
from crm.reminders.models import Reminder
from crm.reminders.plan import dues_about, why_not_true
from crm.reminders.standing_in import answered_by_deputies
from crm.reminders.writing import Ask, letter_about

log = structlog.get_logger(__name__)

AT_ONCE = 200


class NoLongerWaiting(Exception):
    """Somebody else mailed or took back the reminder in the meantime."""


def mail_due(now: dt.datetime) -> Counter[str]:
    """Put the messages of all due reminders into the outbox; returns how many reminders ended how.

    While outgoing mail is paused reminders wait, so that only the newest of each chain leaves afterwards.
    """
    report: Counter[str] = Counter()
    if Organisation.load().mail_paused_at:
        return report
    for batch in _batches(now):
        report += mail(batch, now)
    return report


def _batches(now: dt.datetime) -> Iterator[list[Reminder]]:
    """The due rows of so many contacts at a time, never parting what one contact may hear at once."""
    after = 0
    due = Reminder.objects.due(now).with_room(now)
    contacts = due.order_by("contact_id").values_list("contact_id", flat=True).distinct()
    while some := list(contacts.filter(contact_id__gt=after)[:AT_ONCE]):
        yield list(due.filter(contact_id__in=some).select_related("contact", "rule").order_by("pk"))
        after = some[-1]


def mail(rows: Sequence[Reminder], now: dt.datetime) -> Counter[str]:
    """Mail these reminders. A message that cannot be written never blocks the others; it stays, and is tried again."""
    report: Counter[str] = Counter()
    calendar = Calendar.on(now)
    asks = list(_not_too_often(_still_true(rows, now), calendar, report, now))
    for group in _groups(asks):
        _let_go(group, calendar, report, now)
    return report


def _still_true(rows: Sequence[Reminder], now: dt.datetime) -> Iterator[Ask]:
    """What may still be said; the planner takes back the rest with its reason, or moves it."""
    found = answered_by_deputies(dues_about(rows, now), now)
    waiting = holds_on(found.values(), now)
    for row in rows:
        due = found.get((row.kind, row.subject))
        if due is not None and not why_not_true(row, due) and row.subject not in waiting:
            yield Ask(row, due)


def _not_too_often(asks: Iterable[Ask], calendar: Calendar, report: Counter[str], now: dt.datetime) -> Iterator[Ask]:
    """What was not said often enough already; the rest is not sent, with the cap as the reason."""
    asks = list(asks)
    said = said_already([ask.row for ask in asks])
    for ask in asks:
        why = over_item_cap(ask.row, said, calendar.most)
        if why:
            report["not sent"] += Reminder.objects.filter(pk=ask.row.pk).skip(why, now)
        else:
            yield ask


def _pair(ask: Ask) -> Pair:
    return ask.row.contact_id, ask.row.influencer_ref


def _groups(asks: Iterable[Ask]) -> list[list[Ask]]:
    """What goes into one message each, whoever waits longest first."""
    groups: dict[tuple[Any, ...], list[Ask]] = defaultdict(list)
    for ask in asks:
        groups[ask.group].append(ask)
    return sorted(groups.values(), key=lambda group: min((ask.row.send_at, ask.row.pk) for ask in group))


def _is_urgent(group: Sequence[Ask]) -> bool:
    return any(ask.row.is_urgent for ask in group)


def _set_aside(group: Sequence[Ask], calendar: Calendar, now: dt.datetime) -> int:
    """They wait for the next day with room."""
    room = rooms_for([_pair(group[0])], now, calendar)[_pair(group[0])]
    return Reminder.objects.filter(pk__in=[ask.row.pk for ask in group]).wait(room.may_go_at, room.why, now)


def _let_go(group: Sequence[Ask], calendar: Calendar, report: Counter[str], now: dt.datetime) -> None:
    """One group into the outbox, or to a colleague, or into a task about the missing address."""
    contact = group[0].row.contact
    by_hand = is_by_hand(contact)
    if not by_hand and not contact.is_mailable:
        report["address asked for"] += sum(ask_for_address(ask.row, ask.due, now) for ask in group)
        return
    try:
        if by_hand:
            report["to pass on"] += leave_to_hand(group, calendar, now)
        else:
            mail_group(group, now, calendar)
            report["mailed"] += len(group)
    except NoRoom:
        report["waits"] += _set_aside(group, calendar, now)
    except NoLongerWaiting:
        return
    except Exception:
        log.exception("reminder_cannot_be_mailed", reminders=[ask.row.pk for ask in group])
        report["broken"] += len(group)


def mail_group(group: Sequence[Ask], now: dt.datetime, calendar: Calendar | None = None) -> Email:
    """Write the message, then insert it and mark its reminders, all or nothing; the contact is held while it counts.

    Raises NoRoom and NoLongerWaiting.
    """
    calendar = calendar or Calendar.on(now)
    email = letter_about(group, now)
    with transaction.atomic():
        hold(email.contact)
        _call_back_replaced(group, now)
        if not _is_urgent(group) and not has_room(_pair(group[0]), calendar, now):
            raise NoRoom
        kept = insert_once(email)
        if Reminder.objects.filter(pk__in=[ask.row.pk for ask in group]).mail(kept, now) != len(group):
            raise NoLongerWaiting
    return kept


def _call_back_replaced(group: Sequence[Ask], now: dt.datetime) -> None:
    """Messages still in the outbox of which every line is about to be said anew do not leave."""
    chains = {ask.row.chain for ask in group}
    waiting = Reminder.objects.mailed().filter(contact=group[0].row.contact, email__state=Email.State.QUEUED)
    lines: dict[int, list[Reminder]] = defaultdict(list)
    for row in waiting.select_related("rule"):
        lines[row.email_id or 0].append(row)
    replaced = [email for email, rows in lines.items() if all(row.chain in chains for row in rows)]
    why = reason(reasons.SUPERSEDED)
    for email in replaced:
        if Email.objects.filter(pk=email).call_back(why, now):
            tell_skipped({email: why}, now)
