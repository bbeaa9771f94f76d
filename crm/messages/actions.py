"""A message's steps: write it, look through everybody, send it, call it off."""

import datetime as dt
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from crm.base.bulk import insert, insert_objects
from crm.inbox.actions import answered
from crm.influencers.models import Influencer
from crm.messages.fields import title_for
from crm.messages.files import forget_files
from crm.messages.models import Message, MessageLine
from crm.messages.places import Member, message_audience
from crm.messages.sending import call_off_waiting, send_batch
from crm.messages.whom import judge
from crm.outbox.tasks import ring_on_commit
from crm.timeline.record import SYSTEM, Actor
from crm.timeline.runs import take_up
from crm.timeline.work import Work, carry_or_stop

if TYPE_CHECKING:
    from django.http import QueryDict

    from crm.team.models import User

MOST = 10_000
SIZE = 100
AT_ONCE = 150
"""Up to so many people the work is done while the writer waits."""


class TooMany(Exception):
    """More people than one message takes; nothing was kept."""


class Nobody(Exception):
    """Nobody was chosen, or nobody of them is there any more; nothing was kept."""


def write(message: Message, asked: "QueryDict", *, user: "User", now: dt.datetime) -> Message:
    """Keep a message and fix whom it goes to, once and here. The same key twice is one message.

    Raises `TooMany` or `Nobody`, and then keeps nothing.
    """
    audience = message_audience[message.audience].call()
    whom = audience.whom(asked, user, now)
    members = list(audience.members(asked, user, now)[: MOST + 1]) if whom else []
    if whom is None or not members:
        raise Nobody
    if len(members) > MOST:
        raise TooMany
    message.audience_label, message.brand_ref, message.answers = whom.label[:200], whom.brand_ref, whom.answers
    message.started_by, message.total = user, len(members)
    message.title = title_for(message, audience.facts(members[:1], now).get(members[0], {}), user)
    try:
        with transaction.atomic():
            message.save(force_insert=True)
            _place(message, members)
    except IntegrityError:
        there = Message.objects.visible_to(user).filter(key=message.key).first()
        if there is None:
            raise
        return there
    return message


def _place(message: Message, members: Sequence[Member]) -> None:
    names = dict(
        Influencer.objects.filter(pk__among=[member.person for member in members]).values_list("pk", "stage_name")
    )
    rows = [
        (place, member.person, member.subject, names.get(member.person, "")[:160])
        for place, member in enumerate(members, 1)
    ]
    insert(MessageLine, ("place", "influencer_ref", "subject", "label"), rows, alike={"message_id": message.pk})


def change(message: Message, *, now: dt.datetime, actor: Actor) -> None:
    """Keep other words, or another time, and look through everybody anew. Raises TransitionRefused."""
    first = message.lines.order_by("place", "pk").first()
    if first is not None and message.started_by is not None:
        member = Member(first.influencer_ref, first.subject)
        facts = message_audience[message.audience].call().facts([member], now)
        message.title = title_for(message, facts.get(member, {}), message.started_by)
    with transaction.atomic():
        message.check_again(at=now, actor=actor)
        message.save(update_fields=[*WORDS, "title", "updated_at"])


WORDS = (
    "mail_class", "topic", "with_page", "subject_id", "text_id", "subject_en", "text_en", "template",
    "template_version", "day_on", "leave_on", "leave_clock", "zone", "is_urgent",
)  # fmt: skip


def send(message: Message, *, by: "User", at: dt.datetime) -> None:
    """Send what was shown; a mail it answers has its answer then. Raises TransitionRefused."""
    with transaction.atomic():
        message.confirm(at=at, actor=Actor.user(by))
        if message.answers is not None:
            answered(message.answers, by=by, at=at)


def carry_on(message_id: int, *, now: dt.datetime) -> None:
    """Take a message as far as it goes without a person. Safe to call twice at once, and for messages long gone."""
    message = Message.objects.filter(pk=message_id).select_related("started_by", "answers").first()
    if message is not None and message.is_under_way:
        carry_or_stop(message, work_on(message, now=now).carry, partial(_stop, now=now))


def take_up_stalled(now: dt.datetime) -> int:
    """Go on with messages whose worker died or was never called; how many there were."""
    return take_up(Message.objects.stalled(now), carry_on, now=now)


def work_on(message: Message, *, now: dt.datetime) -> Work[Message]:
    """Look through everybody, or put everybody's message into the outbox, whichever is next."""
    actor = Actor.of(message.started_by)
    look = message.is_checking
    do = _look_through if look else partial(send_batch, actor=actor)
    return Work(
        Message.Status.CHECKING if look else Message.Status.CONFIRMED,
        batch=lambda locked, _last: _batch(locked, do, now),
        end=lambda locked: _end(locked, look=look, now=now, actor=actor),
    )


def _batch(message: Message, do: Callable[..., None], now: dt.datetime) -> int:
    last = message.cursor + SIZE
    lines = list(message.lines.within(message.cursor, last).select_related("contact"))
    if not lines:
        return 0
    do(message, lines, now=now)
    message.reach(cursor=lines[-1].place)
    return lines[-1].place


def _end(message: Message, *, look: bool, now: dt.datetime, actor: Actor) -> None:
    counts = message.lines.counts()
    if look:
        message.checked(counts, at=now, actor=actor)
    else:
        message.finish(counts, at=now, actor=actor)
        ring_on_commit()


def _stop(message: Message, _error: Exception, *, now: dt.datetime) -> None:
    why = _("Something unexpected happened. Nobody gets it twice; continue, or tell your admin.")
    message.stop(why, at=now, actor=SYSTEM)


def _look_through(message: Message, lines: Sequence[MessageLine], *, now: dt.datetime) -> None:
    """Everybody of these places judged anew; what an earlier look said of them goes."""
    members = {line.place: Member(line.influencer_ref, line.subject) for line in lines}
    verdicts = judge(message, list(members.items()), now)
    message.lines.filter(place__in=members).delete()
    insert_objects([verdict.line(message) for verdict in verdicts])


def call_off(message: Message, *, now: dt.datetime, actor: Actor) -> int:
    """What has not left does not leave; how many that were. Raises TransitionRefused when nothing was sent yet."""
    with transaction.atomic():
        message.call_off(at=now, actor=actor)
        stopped = call_off_waiting(message, now=now, actor=actor)
        Message.objects.filter(pk=message.pk).update(counts=message.lines.counts())
    return stopped


def discard(message: Message, *, now: dt.datetime, actor: Actor) -> None:
    """Forget a message nobody sent, with its lines and files. Raises TransitionRefused."""
    with transaction.atomic():
        message.discard(at=now, actor=actor)
        forget_files(message)
        message.lines.all().delete()


def go_on(message: Message, *, now: dt.datetime, actor: Actor) -> None:
    """Let what stopped go on where it was. Raises TransitionRefused."""
    if message.has_stopped and message.confirmed_at is None:
        message.check_again(at=now, actor=actor)
    elif message.has_stopped:
        message.confirm(at=now, actor=actor)
