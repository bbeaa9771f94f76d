"""Why something was, or was not, sent: every step of every rule about a due thing, in plain words."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from crm.base.formats import when_zone
from crm.base.models import Organisation
from crm.base.places import ids_of_person
from crm.outbox.checks import barred_people
from crm.outbox.kinds import KINDS
from crm.outbox.models import Email
from crm.outbox.reasons import in_words
from crm.reminders.holds import Hold, holds_on
from crm.reminders.models import Reminder, Rule, RuleStep
from crm.reminders.moments import Hours, leaves_at
from crm.reminders.pauses import with_pauses
from crm.reminders.plan import dues_about, house_hours, people_of
from crm.reminders.planner import People, due_key
from crm.reminders.registry import Asked, Due, due, dues
from crm.reminders.wishes import is_unwanted

if TYPE_CHECKING:
    from crm.team.models import User

LOOK_BACK = dt.timedelta(days=180)
LOOK_AHEAD = dt.timedelta(days=120)
MOST = 400

PAUSED_RULE = _("Not planned: this rule is switched off.")
NOBODY = _("Not planned: there is nobody to write to.")
BEFORE_ENTERED = _("Not planned: the day was entered after this would have left.")
OVER_WHEN_ENTERED = _("Not planned: the day was over already when it was entered.")
OUT_OF_DATE = _("Not planned: this rule is not valid at that time.")
SWITCHED_OFF = _("Not planned: she switched these reminders off on her page.")
LATER = _("Not planned yet: that happens closer to the day.")
SOON = _("Planned at the next look, within a minute.")
STOPPED = _("Not planned: %(why)s")
MAIL_PAUSED = _("Waits: outgoing mail is paused.")
NO_ADDRESS = _("Waits: there is no e-mail address that works. A task on Today asks for one.")
WAITS_UNTIL = _("%(why)s It waits until %(at)s.")
LEAVING = _("Waits: it leaves at the next look, within a minute.")


@dataclass(frozen=True)
class Verdict:
    """What became of one step for one recipient."""

    at: dt.datetime
    label: Any
    to: str
    tone: str
    said: str
    email_id: int | None = None


@dataclass(frozen=True)
class Story:
    """Everything about one due thing."""

    title: Any
    kind: Any
    who: str
    due_at: dt.datetime | None
    url: str
    verdicts: list[Verdict]


def stories_about(subject: str, user: "User", now: dt.datetime) -> list[Story]:
    """The stories of one thing: a draft, a post, an address may all be due of one deliverable."""
    pk = subject.rpartition(":")[2]
    if not pk.isascii() or not pk.isdigit() or len(pk) > 18:
        return []
    found = [one for one in dues(Asked(now=now, user=user, subjects=[int(pk)])) if one.subject == subject]
    rows = list(rows_for(user).filter(subject=subject)[:MOST])
    return list(tell(found, rows, now))


def stories_of_person(influencer_id: int, user: "User", now: dt.datetime) -> list[Story]:
    """The stories of everything a person was or will be asked."""
    asked = Asked(now=now, user=user, from_at=now - LOOK_BACK, to_at=now + LOOK_AHEAD)
    open_now = [one for one in dues(asked) if one.influencer_id == influencer_id]
    rows = list(rows_for(user).filter(influencer_ref__in=ids_of_person(influencer_id))[:MOST])
    seen = {(one.kind, one.subject) for one in open_now}
    settled = [one for key, one in dues_about(rows, now).items() if key not in seen]
    return list(tell([*open_now, *settled], rows, now))


def rows_for(user: "User") -> Any:
    mine = Reminder.objects.visible_to(user).select_related("contact", "email")
    said = Count("email__reminders", filter=Q(email__reminders__state=Reminder.State.MAILED))
    return mine.annotate(together=said).order_by("-send_at", "-id")


def tell(found: Iterable[Due], rows: Iterable[Reminder], now: dt.datetime) -> Iterator[Story]:
    """One story for each due thing that has steps or rows, the soonest last moment first."""
    found = with_pauses(found, now)
    of_due: dict[tuple[str, str], list[Reminder]] = defaultdict(list)
    for row in rows:
        of_due[row.kind, row.subject].append(row)
    steps = list(RuleStep.objects.select_related("rule"))
    people, hours, waiting = people_of(found), house_hours(), holds_on(found, now)
    barred = barred_people({one.influencer_id for one in found if one.influencer_id}, now)
    known, is_paused = set(), Organisation.load().mail_paused_at is not None
    for one in sorted(found, key=lambda due: due.due_at, reverse=True):
        known.add((one.kind, one.subject))
        mine = of_due[one.kind, one.subject]
        hold = waiting.get(one.subject)
        verdicts = [_of_row(row, now, is_paused=is_paused, hold=hold) for row in mine]
        why = str(one.stopped_why) or in_words(barred.get(one.influencer_id or 0, ""))
        verdicts += _never_planned(one, mine, steps, people, hours, why, now)
        if verdicts:
            yield _story(one.title, one, verdicts)
    for (kind, subject), mine in of_due.items():
        if (kind, subject) not in known and mine:
            told = [_of_row(row, now, is_paused=is_paused) for row in mine]
            yield Story(subject, _label(kind), "", None, "", sorted(told, key=_moment))


def _story(title: Any, one: Due, verdicts: list[Verdict]) -> Story:
    return Story(title, _label(one.kind), one.influencer_label, one.due_at, one.url, sorted(verdicts, key=_moment))


def _moment(verdict: Verdict) -> dt.datetime:
    return verdict.at


def _label(kind: str) -> Any:
    return due[kind].words.get("label", kind) if kind in due else kind


def _of_row(row: Reminder, now: dt.datetime, *, is_paused: bool, hold: Hold | None = None) -> Verdict:
    """What became of a planned reminder; once it is a message, what became of the message."""
    state, email = Reminder.State(row.state), row.email
    if email is None or state != Reminder.State.MAILED:
        tone = {Reminder.State.QUEUED: "info", Reminder.State.SKIPPED: "warn"}.get(state, "")
        held = hold.why if hold and state == Reminder.State.QUEUED and row.send_at <= hold.until_at else ""
        said = in_words(held) or said_of(row, now, is_paused=is_paused) or str(state.label)
    else:
        tone = _TONES.get(email.state, "info")
        said = " ".join(part for part in (_said_of(email, is_paused=is_paused), _together(row)) if part)
    return Verdict(row.send_at, _message(row.email_name), row.contact.name, tone, said, row.email_id)


def said_of(row: Reminder, now: dt.datetime, *, is_paused: bool) -> str:
    """Why a reminder was not sent or waits; empty while its moment simply lies ahead."""
    if row.state != Reminder.State.QUEUED:
        return in_words(row.why)
    if row.waits_until is not None and row.waits_until > now:
        return str(WAITS_UNTIL) % {"why": in_words(row.why), "at": when_zone(row.waits_until, row.contact.zone)}
    return waits_for(row, now, is_paused=is_paused)


def _together(row: Reminder) -> str:
    """With how many others it was said in one message."""
    others = getattr(row, "together", 1) - 1
    words = ngettext(
        "Said in one message with %(number)d other thing.", "Said in one message with %(number)d other things.", others
    )
    return words % {"number": others} if others > 0 else ""


def waits_for(row: Reminder, now: dt.datetime, *, is_paused: bool) -> str:
    """What a planned reminder waits for whose moment has come; empty while its moment lies ahead."""
    if row.state != Reminder.State.QUEUED or row.send_at > now:
        return ""
    if is_paused:
        return str(MAIL_PAUSED)
    return str(LEAVING if row.contact.is_mailable else NO_ADDRESS)


_TONES: dict[str, str] = {
    Email.State.SENT: "ok",
    Email.State.FAILED: "bad",
    Email.State.UNKNOWN: "warn",
    Email.State.SKIPPED: "",
}


def _said_of(email: Email, *, is_paused: bool) -> str:
    waits = str(MAIL_PAUSED) if is_paused and email.state == Email.State.QUEUED else ""
    why = waits or in_words(email.why)
    return f"{email.get_state_display()}. {why}" if why else str(email.get_state_display())


def _message(name: str) -> Any:
    kind = KINDS.get(name)
    return kind.label if kind else name


def _never_planned(
    one: Due,
    rows: Iterable[Reminder],
    steps: Iterable[RuleStep],
    people: People,
    hours: Hours,
    why: str,
    now: dt.datetime,
) -> Iterator[Verdict]:
    """The steps that have no row for this deadline, with the reason."""
    there = {(row.rule_id, row.due_key, row.contact_id) for row in rows if row.state != Reminder.State.VOID}
    for step in steps:
        if step.rule.kind != one.kind:
            continue
        key, contacts = due_key(one, step), people.contacts_for(step.recipient, one)
        if not contacts:
            yield _missing(one, step, one.zone, hours, str(NOBODY), now)
        for contact in contacts:
            zone = people.zones[contact]
            at = leaves_at(step, one, zone, hours, now=now)
            if (step.rule_id, key, people.answering(contact, one, at)) not in there:
                is_off = is_unwanted(step.rule, step.recipient, people.wishes.get(contact))
                said = str(SWITCHED_OFF) if is_off else _reason(one, step.rule, at, why, now)
                yield _missing(one, step, zone, hours, said, now)


def _missing(one: Due, step: RuleStep, zone: str, hours: Hours, said: str, now: dt.datetime) -> Verdict:
    at = leaves_at(step, one, zone, hours, now=now)
    return Verdict(at, _message(step.email_name), str(step.get_recipient_display()), "", said)


def _reason(one: Due, rule: Rule, at: dt.datetime, why: str, now: dt.datetime) -> str:
    if not rule.is_active:
        return str(PAUSED_RULE)
    if not rule.is_valid_on(now.date()):
        return str(OUT_OF_DATE)
    if why:
        return str(STOPPED) % {"why": why}
    if one.was_over:
        return str(OVER_WHEN_ENTERED)
    if one.born_at is not None and at < one.born_at:
        return str(BEFORE_ENTERED)
    return str(LATER if at > now + dt.timedelta(days=7) else SOON)
