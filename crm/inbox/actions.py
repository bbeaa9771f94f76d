"""What colleagues decide about a mail: whom it is about, that nothing is left to do, that it concerns nobody."""

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction

from crm.base.text import one_line
from crm.inbox import reasons
from crm.inbox.delivering import deliver, task_key
from crm.inbox.matching import Match
from crm.inbox.models import AnswerHold, InboundMail
from crm.outbox.reasons import reason
from crm.reminders.models import Todo
from crm.reminders.registry import Due
from crm.reminders.todos import settle_todo
from crm.timeline.record import Actor

if TYPE_CHECKING:
    from crm.influencers.models import Influencer
    from crm.team.models import User

LONGER = dt.timedelta(hours=24)


def put_under(mail: InboundMail, person: "Influencer", due: Due | None, *, by: "User", at: dt.datetime) -> None:
    """It is about this person, and about this thing of hers: told as if it had been found by itself.

    Raises TransitionRefused when it was sorted meanwhile.
    """
    found = Match(
        found_by=InboundMail.FoundBy.HAND,
        parent=mail.parent,
        contact=mail.contact,
        influencer_id=person.pk,
        influencer_label=one_line(person.stage_name, 160),
        brand_id=mail.brand_ref,
        owner_id=by.pk,
    )
    if due is not None:
        found = replace(found, subjects=[due.subject], brand_id=due.brand_id, owner_id=due.owner_id or by.pk)
    deliver(mail, found, by=Actor.user(by), at=at)


def note(mail: InboundMail, *, by: "User", at: dt.datetime) -> None:
    """It was read and nothing is left to do: its task is settled, and reminders go on as they would have.

    Raises TransitionRefused when somebody was faster.
    """
    with transaction.atomic():
        mail.file(by=Actor.user(by), at=at)
        _settle_tasks(mail, by, at)
        for hold in AnswerHold.objects.running(at).filter(mail=mail):
            hold.end(until_at=at, by=Actor.user(by), at=at)


def answered(mail: InboundMail, *, by: "User", at: dt.datetime) -> None:
    """What it said was entered through the very task it was about. Nothing happens when it was filed meanwhile."""
    with transaction.atomic():
        locked = InboundMail.objects.select_for_update().get(pk=mail.pk)
        if locked.state == InboundMail.State.DELIVERED:
            locked.file(by=Actor.user(by), at=at)
        _settle_tasks(locked, by, at)


def set_aside(mail: InboundMail, *, by: "User", at: dt.datetime) -> None:
    """It concerns nobody. Raises TransitionRefused when it was sorted meanwhile."""
    mail.set_aside(reason(reasons.SET_ASIDE, who=by.get_short_name()), by=Actor.user(by), at=at)


def take_back(mail: InboundMail, *, by: "User", at: dt.datetime) -> None:
    """Back into the tray: it was set aside too soon, or is about somebody else. Nothing waits for it any more.

    Raises TransitionRefused when it lies there already.
    """
    with transaction.atomic():
        mail.leave_in_tray(reason(reasons.TAKEN_BACK, who=by.get_short_name()), by=Actor.user(by), at=at)
        _settle_tasks(mail, by, at)
        release(mail, by=by, at=at)


def release(mail: InboundMail, *, by: "User", at: dt.datetime) -> int:
    """Reminders need not wait any longer; how many holds ended."""
    with transaction.atomic():
        running = list(AnswerHold.objects.running(at).filter(mail=mail).select_related("mail"))
        return sum(hold.end(until_at=at, by=Actor.user(by), at=at) for hold in running)


def prolong(mail: InboundMail, *, by: "User", at: dt.datetime) -> int:
    """Reminders wait a day from now; how many holds that moves."""
    with transaction.atomic():
        known = list(AnswerHold.objects.filter(mail=mail).select_related("mail"))
        return sum(hold.end(until_at=at + LONGER, by=Actor.user(by), at=at) for hold in known)


def _settle_tasks(mail: InboundMail, by: "User", at: dt.datetime) -> None:
    for todo in Todo.objects.open().filter(key=task_key(mail)):
        settle_todo(todo, by=by, at=at)
