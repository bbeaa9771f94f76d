"""An answer reaches whom it concerns: the story, Today, the colleague who asked, and the reminders that wait."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from crm.base.models import Organisation
from crm.base.zones import end_of_day, local_date
from crm.inbox.matching import Match
from crm.inbox.models import AnswerHold, InboundMail
from crm.outbox.compose import enqueue
from crm.outbox.tasks import ring_on_commit
from crm.reminders.models import Cap, Todo
from crm.reminders.todos import leave_todo
from crm.timeline.models import Channel
from crm.timeline.record import Actor, entry, record_many

WAIT = dt.timedelta(hours=24)
LONGEST_QUOTE = 2_000


def deliver(mail: InboundMail, found: Match, *, by: Actor, at: dt.datetime) -> None:
    """Tell everybody whom this mail concerns, in one transaction. Raises TransitionRefused once it is sorted."""
    with transaction.atomic():
        if found.contact is not None:
            found.contact.hold()  # so that two mails at once count each other
        columns = known_of(mail, found)
        mail.deliver(by=by, at=at, quote=mail.text[:LONGEST_QUOTE], **columns)
        hold(mail, found.held_subjects, by=by, at=at)
        leave_task(mail, at)
        tell_owner(mail, by, at)
        _tell_the_thing(mail, by, at)
        ring_on_commit()


def known_of(mail: InboundMail, found: Match) -> dict[str, Any]:
    """The columns a match fills. The row carries them at once, so that its sentence can name her."""
    kind = InboundMail.Kind.REPLY if found.parent is not None else mail.kind
    if mail.kind not in (InboundMail.Kind.OTHER, InboundMail.Kind.REPLY):
        kind = mail.kind
    columns = {
        "kind": kind,
        "found_by": found.found_by,
        "parent": found.parent,
        "contact": found.contact,
        "influencer_ref": found.influencer_id,
        "influencer_label": found.influencer_label,
        "brand_ref": found.brand_id,
        "owner_id": found.owner_id,
        "subject_refs": found.subjects,
    }
    for name, value in columns.items():
        setattr(mail, name, value)
    return columns


def hold(mail: InboundMail, subjects: list[str], *, by: Actor, at: dt.datetime) -> None:
    """Reminders about these wait a day. A mail that is put elsewhere holds only what it is about now.

    Who a mail says it is from proves nothing: it holds the same thing a few times by itself, then a colleague is asked.
    """
    mail.holds.exclude(subject__in=subjects).delete()
    most = Cap.objects.in_force(at.date()).get(Cap.Scope.HOLD) if by.user_id is None else None
    for subject in subjects:
        before = AnswerHold.objects.untouched(subject).exclude(mail=mail).count()
        if most is not None and before >= most:
            ask_to_look(mail, subject, before + 1, at)
        else:
            AnswerHold.objects.get_or_create(
                mail=mail, subject=subject, defaults={"brand_ref": mail.brand_ref, "until_at": at + WAIT}
            )


def ask_to_look(mail: InboundMail, subject: str, count: int, at: dt.datetime) -> None:
    """Reminders go on although mail keeps coming: one open task for each thing says so."""
    owner, house = mail.owner, Organisation.load()
    leave_todo(
        f"held:{subject}",
        _("%(name)s wrote %(count)s times and nobody has looked yet. Reminders go on: read the mail."),
        language=owner.language if owner else house.language,
        params={"name": mail.sender, "count": count},
        kind=Todo.Kind.CHECK,
        owner=owner,
        due_at=at,
        influencer_ref=mail.influencer_ref,
        influencer_label=mail.influencer_label,
        brand_ref=mail.brand_ref,
        subject=subject,
        url=reverse("inbox-mail", args=[mail.pk]),
    )


def task_key(mail: InboundMail) -> str:
    return f"inbound:{mail.pk}"


def leave_task(mail: InboundMail, at: dt.datetime) -> None:
    """The task on Today. What was written stands there only behind the wall of its brand."""
    owner = mail.owner
    words = _("Answered by e-mail: %(subject)s") if mail.brand_ref else _("Wrote an e-mail. Read it.")
    zone = owner.zone if owner else Organisation.load().zone
    leave_todo(
        task_key(mail),
        words,
        language=owner.language if owner else Organisation.load().language,
        params={"subject": mail.subject or mail.sender},
        kind=Todo.Kind.REPLY,
        owner=owner,
        due_at=end_of_day(local_date(at, zone), zone),
        quote=mail.text[:LONGEST_QUOTE] if mail.brand_ref else "",
        influencer_ref=mail.influencer_ref,
        influencer_label=mail.influencer_label,
        brand_ref=mail.brand_ref,
        subject=(mail.subject_refs or [""])[0],
        url=reverse("inbox-mail", args=[mail.pk]),
    )


def tell_owner(mail: InboundMail, by: Actor, at: dt.datetime) -> None:
    """A message to the colleague who answers for it, unless she put the mail there herself."""
    owner = mail.owner
    if owner is None or owner.contact is None or owner.pk == by.user_id:
        return
    enqueue(
        "reply_arrived",
        to=owner.contact,
        key=f"inbound/{mail.pk}/{owner.pk}",
        at=at,
        context={
            "person": mail.sender,
            "heading": mail.subject or _("(no subject)"),
            "words": mail.text[:LONGEST_QUOTE] or _("(no words)"),
            "url": settings.BASE_URL + reverse("inbox-mail", args=[mail.pk]),
        },
        influencer_ref=None,
        brand_ref=mail.brand_ref,
        thread=task_key(mail),
    )


def _tell_the_thing(mail: InboundMail, by: Actor, at: dt.datetime) -> None:
    """The same words in the story of the thing it is about, beside that of the person."""
    if not mail.subject_refs or not mail.brand_ref:
        return
    told = entry(
        "email.received",
        _("%(name)s wrote “%(subject)s”"),
        params={"name": mail.sender, "subject": mail.subject},
        at=at,
        actor=by,
        brand=mail.brand_ref,
        channel=Channel.EMAIL,
        quote=mail.text[:LONGEST_QUOTE],
    )
    told.subject, told.subject_label = mail.subject_refs[0], mail.subject[:200]
    record_many([told])
