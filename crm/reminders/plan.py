"""Keeping the table of reminders in step with what is due. Nothing that was sent is ever touched."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from crm.base.inserts import insert_missing
from crm.base.models import Holiday, Organisation
from crm.outbox.checks import barred_people
from crm.outbox.models import Contact
from crm.outbox.reasons import reason
from crm.preferences.queries import wishes_of
from crm.reminders import reasons
from crm.reminders.for_people import ask_for_contacts
from crm.reminders.holds import with_holds
from crm.reminders.models import Reminder, ReminderQuerySet, RuleStep
from crm.reminders.moments import Hours
from crm.reminders.pauses import with_pauses
from crm.reminders.planner import Key, People, Wanted, day_and_offset, unreachable, wanted_reminders
from crm.reminders.registry import Asked, Due, days_off_of, dues, kinds_with_rows
from crm.reminders.wishes import is_unwanted
from crm.team.leaves import stand_ins
from crm.team.models import Role, User

ONCE = "(contact_id, rule_id, subject, due_key) WHERE NOT (state = 'void')"
LOOK_AHEAD = dt.timedelta(days=10)


class Standing(NamedTuple):
    """A reminder that occupies its place: as much of the row as planning compares."""

    contact_id: int
    rule_id: int
    subject: str
    due_key: str
    pk: int
    state: str
    send_at: dt.datetime
    due_at: dt.datetime
    email_name: str
    influencer_ref: int | None
    waits_until: dt.datetime | None
    why: str

    @property
    def key(self) -> Key:
        return self[:4]


def plan(now: dt.datetime) -> Counter[str]:
    """Add the reminders that follow from what is due, take back those that no longer do; returns what changed.

    Running it again changes nothing. Safe to run any number of times at once. The number of queries depends on what
    changed, never on how much is due.
    """
    steps = active_steps(now)
    found = due_now(steps, now)
    hours = house_hours()
    wanted = {one.key: one for one in wanted_reminders(found, steps, people_of(found), hours, now)}
    standing = standing_rows(found)
    report = Counter(added=_add([one for key, one in wanted.items() if key not in standing], now))
    report += _follow(wanted, standing, now)
    report["taken back"] = _take_back(wanted, steps, now)
    report["nobody to ask"] = ask_for_contacts(unreachable(found, steps, hours, now), now)
    return +report


def active_steps(now: dt.datetime) -> list[RuleStep]:
    """The steps of every rule that is switched on and valid today."""
    steps = RuleStep.objects.select_related("rule").filter(rule__is_active=True)
    return [step for step in steps if step.rule.is_valid_on(now.date())]


def due_now(steps: Sequence[RuleStep], now: dt.datetime) -> list[Due]:
    """Everything open that a rule speaks of, however late, as far ahead as the earliest step needs."""
    if not steps:
        return []
    kinds = kinds_with_rows({step.rule.kind for step in steps})
    found = list(dues(Asked(now=now, to_at=now + looks_ahead(steps)), kinds))
    barred = barred_people({due.influencer_id for due in found if due.influencer_id}, now)
    free = with_pauses((due for due in found if due.influencer_id not in barred), now)
    return with_holds([due for due in free if not due.stopped_why], now)


def looks_ahead(steps: Sequence[RuleStep]) -> dt.timedelta:
    """As far as the earliest of these steps needs."""
    earliest = max((-step.offset for step in steps if step.unit == RuleStep.Unit.DAYS), default=0)
    return LOOK_AHEAD + dt.timedelta(days=max(earliest, 0))


def house_hours() -> Hours:
    house = Organisation.load()
    return Hours(house.remind_at, house.quiet_from, house.quiet_until, Holiday.objects.free_days(house.country))


def people_of(found: Collection[Due]) -> People:
    """Everybody these dues may be told to, in a fixed number of queries."""
    managers = User.objects.active().filter(role=Role.MANAGER).order_by("pk")
    manager_ids = tuple(managers.values_list("pk", flat=True))
    named = {user for due in found for user in (*due.colleague_ids, *due.manager_ids)}
    users = {due.owner_id for due in found} | named | set(manager_ids)
    colleagues = User.objects.active().filter(pk__in=users - {None}, contact__isnull=False)
    contact_of = dict(colleagues.values_list("pk", "contact_id"))
    contacts = {contact for due in found for contact in (*due.contact_ids, *due.copy_ids)} | set(contact_of.values())
    zones = dict(Contact.objects.filter(pk__among=sorted(contacts)).values_list("pk", "zone"))
    away = days_off_of({due.influencer_id for due in found if due.influencer_id})
    return People(zones, contact_of, manager_ids, away, wishes_of(contacts), stand_ins())


def standing_rows(found: Iterable[Due]) -> dict[Key, Standing]:
    """The reminders about these dues that occupy their place."""
    rows = Reminder.objects.standing().filter(subject__among=sorted({due.subject for due in found}))
    return {row.key: row for row in map(Standing._make, rows.values_list(*Standing._fields))}


def _add(missing: Sequence[Wanted], now: dt.datetime) -> int:
    """Insert what is missing. What passed while it was on hold is kept as not sent: no burst when work goes on."""
    passed = [one for one in missing if one.send_at <= now and not one.why]
    held = _held_before(passed)
    for one in passed:
        if one.key in held:
            one.why = reason(reasons.MISSED_ON_HOLD)
        elif one.step.rule.edited_at is not None and one.send_at < one.step.rule.edited_at:
            one.why = reason(reasons.BEFORE_RULE)
    return insert_missing([one.row() for one in missing], ONCE)


def _held_before(passed: Sequence[Wanted]) -> set[Key]:
    """Those among these that were taken back because of a pause."""
    if not passed:
        return set()
    held = str(reason(reasons.HELD)).partition("%")[0]
    rows = Reminder.objects.filter(state=Reminder.State.VOID, why__startswith=held)
    held_rows = rows.filter(subject__among=sorted({one.due.subject for one in passed}))
    return set(held_rows.values_list("contact_id", "rule_id", "subject", "due_key"))


def _follow(wanted: dict[Key, Wanted], standing: dict[Key, Standing], now: dt.datetime) -> Counter[str]:
    """Bring waiting reminders to the moment and the person they have now; set aside those a newer one replaced."""
    skipped: dict[str, list[int]] = defaultdict(list)
    moved: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)
    for key, row in standing.items():
        one = wanted.get(key)
        if one is None or row.state != Reminder.State.QUEUED:
            continue
        if one.why:
            skipped[(reasons.had_no_room(row.why) if row.waits_until else "") or one.why].append(row.pk)
        elif changes := _changes(row, one):
            moved[changes].append(row.pk)
    return Counter(
        {
            "not sent": sum(_waiting(pks).skip(why, now) for why, pks in skipped.items()),
            "moved": sum(_waiting(pks).update(**dict(changes), updated_at=now) for changes, pks in moved.items()),
        }
    )


def _waiting(pks: Collection[int]) -> ReminderQuerySet:
    return Reminder.objects.queued().filter(pk__among=pks)


def _changes(row: Standing, one: Wanted) -> tuple[tuple[str, Any], ...]:
    """The columns in which a waiting reminder is no longer what it should be; the same for many when a day moves."""
    fresh = (
        ("send_at", row.send_at, one.send_at),
        ("due_at", row.due_at, one.due.due_at),
        ("email_name", row.email_name, one.step.email_name),
        ("influencer_ref", row.influencer_ref, one.due.influencer_id),
    )
    return tuple((name, new) for name, old, new in fresh if old != new)


def _take_back(wanted: Mapping[Key, Wanted], steps: Sequence[RuleStep], now: dt.datetime) -> int:
    """Void waiting reminders that no longer follow from anything, each with its reason."""
    queued = Reminder.objects.queued().values_list("contact_id", "rule_id", "subject", "due_key", "pk")
    stale = [pk for *key, pk in queued.iterator() if tuple(key) not in wanted]
    if not stale:
        return 0
    by_reason: dict[str, list[int]] = defaultdict(list)
    for pk, why in reasons_to_take_back(list(_waiting(stale)), steps, now).items():
        if why:
            by_reason[why].append(pk)
    return sum(_waiting(pks).void(why, now) for why, pks in by_reason.items())


def reasons_to_take_back(rows: Sequence[Reminder], steps: Sequence[RuleStep], now: dt.datetime) -> dict[int, str]:
    """Why each of these reminders no longer follows from anything; empty when it does, only further ahead."""
    found = dues_about(rows, now)
    barred = barred_people({row.influencer_ref for row in rows if row.influencer_ref}, now)
    rules = {(step.rule_id, f"{step.offset:+d}{step.unit[0]}/{step.recipient}") for step in steps}
    unwanted, people = _switched_off(rows, steps), people_of(found.values())
    return {
        row.pk: unwanted.get(row.pk) or _why(row, found.get((row.kind, row.subject)), people, barred, rules)
        for row in rows
    }


def _switched_off(rows: Sequence[Reminder], steps: Sequence[RuleStep]) -> dict[int, str]:
    """The reminders she switched off since they were planned."""
    rule_of = {step.rule_id: step.rule for step in steps}
    wishes = wishes_of({row.contact_id for row in rows})
    return {
        row.pk: reason(reasons.SWITCHED_OFF)
        for row in rows
        if row.rule_id in rule_of and is_unwanted(rule_of[row.rule_id], row.recipient, wishes.get(row.contact_id))
    }


def _why(row: Reminder, due: Due | None, people: People, barred: dict[int, str], rules: set[tuple[int, str]]) -> str:
    if row.influencer_ref in barred:
        return barred[row.influencer_ref]
    not_true = why_not_true(row, due)
    if not_true or due is None:
        return not_true
    if (row.rule_id, row.due_key.partition("/")[2]) not in rules:
        return reason(reasons.RULE_CHANGED)
    if due.was_over:
        return reason(reasons.ENTERED_OVER)
    if due.born_at is not None and row.send_at < due.born_at:
        return reason(reasons.ENTERED_LATER)
    if row.contact_id not in people.contacts_for(row.recipient, due):
        return reason(reasons.OTHER_RECIPIENT)
    return ""


def why_not_true(row: Reminder, due: Due | None) -> str:
    """Why what a reminder says is no longer so, or empty when it still is."""
    if due is None:
        return reason(reasons.GONE)
    if due.stopped_why:
        return reason(reasons.HELD, why=_english(due.stopped_why)) if due.on_hold else reason(due.stopped_why)
    if due.due_on != day_and_offset(row.due_key)[0]:
        return reason(reasons.MOVED, day=due.due_on.isoformat())
    return ""


def _english(sentence: object) -> str:
    return reason(sentence).partition("\t")[0]


def dues_about(rows: Iterable[Reminder], now: dt.datetime) -> dict[tuple[str, str], Due]:
    """The dues these reminders are about, settled or not, by kind and subject."""
    subjects: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        subjects[row.kind].add(int(row.subject.rpartition(":")[2]))
    found: dict[tuple[str, str], Due] = {}
    for kind, ids in subjects.items():
        about = with_pauses(dues(Asked(now=now, subjects=sorted(ids)), {kind}), now)
        found |= {(due.kind, due.subject): due for due in about}
    return found
