"""Putting a batch of a message into the outbox, or onto somebody's list of what to write by hand."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.bulk import insert, update
from crm.base.models import Organisation
from crm.messages import reasons
from crm.messages.models import Message, MessageLine
from crm.messages.places import Member
from crm.messages.whom import Verdict, judge
from crm.messages.words import composed
from crm.outbox.compose import insert_once
from crm.outbox.models import Contact, Email, EmailFile
from crm.outbox.reasons import reason
from crm.reminders.models import Todo
from crm.reminders.todos import leave_todo, settle_todo
from crm.timeline.models import Entry
from crm.timeline.record import Actor, entry, record_many

Outcome = MessageLine.Outcome
BY_HAND = "message:"
WRITE = _("Write to %(name)s on WhatsApp: %(subject)s")
CALL = _("Call %(name)s: %(subject)s")
CHANGED = ("outcome", "why", "send_at", "email_id", "todo_id")


def send_batch(message: Message, lines: Sequence[MessageLine], *, now: dt.datetime, actor: Actor) -> None:
    """Each line that is to get it gets it now, if that is still right; exactly those that were shown, nobody else."""
    waiting = [line for line in lines if line.outcome == Outcome.GETS]
    members = {line.place: Member(line.influencer_ref, line.subject) for line in waiting}
    verdicts = {
        (one.place, one.contact.pk if one.contact else None): one for one in judge(message, list(members.items()), now)
    }
    subjects = {
        line.pk: _send(message, line, verdicts.get((line.place, line.contact_id)) or _nobody(verdicts, line), now)
        for line in waiting
    }
    enclose(message, {line.email_id for line in waiting if line.email_id})
    update(MessageLine, CHANGED, [(line.pk, *(getattr(line, name) for name in CHANGED)) for line in waiting])
    record_many([_told(message, line, subjects[line.pk], now, actor) for line in waiting if subjects[line.pk]])


def enclose(message: Message, emails: Collection[int]) -> None:
    """The message's files travel with these e-mails; with one that was written before they do already."""
    files = list(message.files.values_list("file_id", flat=True))
    if not files or not emails:
        return
    there = set(EmailFile.objects.filter(email__among=emails).values_list("email_id", "file_id"))
    pairs = [(email, file) for email in sorted(emails) for file in files if (email, file) not in there]
    insert(EmailFile, ("email_id", "file_id"), pairs)


def _nobody(verdicts: dict[tuple[int, int | None], Verdict], line: MessageLine) -> Verdict | None:
    """Why nobody gets it about her any more, where that is so."""
    return verdicts.get((line.place, None))


def _send(message: Message, line: MessageLine, verdict: Verdict | None, now: dt.datetime) -> str:
    """Put one into the outbox, or onto the writer's list; its subject, or nothing when she does not get it."""
    if verdict is None or verdict.contact is None or verdict.refused:
        refused = verdict.refused if verdict else reason(reasons.OTHER_CONTACT)
        line.outcome, line.why, line.send_at = Outcome.LEFT_OUT, refused, None
        return ""
    line.send_at, line.why = verdict.send_at, verdict.why
    email = composed(message, verdict, verdict.contact, now)
    if line.channel != Contact.Prefers.EMAIL:
        line.todo_id, line.outcome = leave_task(message, line, email.subject, now), Outcome.BY_HAND
        return email.subject
    kept = insert_once(email)
    line.email_id, line.outcome = kept.pk, Outcome.WRITTEN
    if kept.influencer_ref != line.influencer_ref:
        line.why = reason(reasons.SAME_WORDS, name=_name_of(message, kept))
    return kept.subject


def _name_of(message: Message, email: Email) -> str:
    other = message.lines.filter(influencer_ref=email.influencer_ref or 0).first()
    return other.label if other else ""


def leave_task(message: Message, line: MessageLine, subject: str, now: dt.datetime) -> int | None:
    """A task for the writer instead of a message; one open for each line, however often it is tried."""
    owner, key = message.started_by, f"{BY_HAND}{line.pk}"
    words = CALL if line.channel == Contact.Prefers.CALL else WRITE
    leave_todo(
        key,
        words,
        language=owner.language if owner else Organisation.load().language,
        params={"name": line.contact.name if line.contact else line.label, "subject": subject},
        kind=Todo.Kind.MESSAGE,
        due_at=line.send_at or now,
        owner=owner,
        influencer_ref=line.influencer_ref,
        influencer_label=line.label,
        brand_ref=message.brand_ref,
        subject=line.subject,
        url=reverse("message-by-hand", args=[line.pk]),
    )
    return Todo.objects.filter(key=key).order_by("-pk").values_list("pk", flat=True).first()


def _told(message: Message, line: MessageLine, subject: str, at: dt.datetime, actor: Actor) -> Entry:
    """The line in the story of the person, and of the work it is about."""
    by_hand = line.outcome == Outcome.BY_HAND
    said = _("Is to write “%(subject)s” to %(name)s by hand") if by_hand else _("Wrote “%(subject)s” to %(name)s")
    told = entry(
        "message.by_hand" if by_hand else "message.written",
        said,
        at=at,
        actor=actor,
        subject=message,
        params={"subject": subject, "name": line.contact.name if line.contact else line.label},
        influencer=line.influencer_ref,
        brand=message.brand_ref,
    )
    if line.subject:
        told.subject, told.subject_label = line.subject, line.label
    return told


def call_off_waiting(message: Message, *, now: dt.datetime, actor: Actor) -> int:
    """What waits in the outbox does not leave, what waits for a colleague is closed; how many that were."""
    why = reason(reasons.CALLED_OFF, who=actor.label)
    lines = list(message.lines.getting().select_related("todo", "contact"))
    waiting = {line.email_id for line in lines if line.email_id}
    stopped = Email.objects.stop_waiting(waiting, why, now=now)
    off = [line for line in lines if _is_off(line, stopped, now)]
    update(MessageLine, ("outcome", "why"), [(line.pk, Outcome.CALLED_OFF, why) for line in off])
    record_many([_called_off(message, line, now, actor) for line in off if line.outcome != Outcome.GETS])
    return len(off)


def _is_off(line: MessageLine, stopped: frozenset[int], now: dt.datetime) -> bool:
    if line.outcome == Outcome.BY_HAND:
        return line.todo is not None and settle_todo(line.todo, by=None, at=now)
    return line.outcome == Outcome.GETS or line.email_id in stopped


def _called_off(message: Message, line: MessageLine, at: dt.datetime, actor: Actor) -> Entry:
    told = entry(
        "message.called_off",
        _("“%(subject)s” to %(name)s was called off before it left"),
        at=at,
        actor=actor,
        subject=message,
        params={"subject": str(message), "name": line.contact.name if line.contact else line.label},
        influencer=line.influencer_ref,
        brand=message.brand_ref,
    )
    if line.subject:
        told.subject, told.subject_label = line.subject, line.label
    return told
