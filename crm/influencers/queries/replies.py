"""How long her answers to our messages take, computed from our own rows: what was sent, and what she said about it."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from django.db.models import Q

from crm.influencers.models import Influencer, Representation
from crm.outbox.models import Email
from crm.team.models import User
from crm.timeline.models import Channel, Entry

FEWEST = 3
"""Below this many answers a median says nothing."""
SOON = dt.timedelta(days=1)
LAST_MAILS = 200
LAST_ANSWERS = 20

Moment = tuple[str, dt.datetime]


@dataclass(frozen=True)
class Promptness:
    """The median time from a message to her answer, over so many answers; None below three. `soon` came within a day."""

    median: dt.timedelta | None
    answers: int
    soon: int = 0

    @property
    def missing(self) -> int:
        """How many more answers make a median."""
        return max(0, FEWEST - self.answers)


def promptness_of(person: Influencer, user: User) -> Promptness:
    """How fast she answers, as far as the colleague may see what was asked. Two queries.

    A question is open from the first message about a thing until she says something about it: on her page, or told to a
    colleague, who may write it down a little later. Reminders in between do not start the clock again.
    """
    asked = list(_asked(person, user))
    said = list(_said(person, user, {about for about, _at in asked}))
    return promptness(asked, said)


def promptness(asked: Iterable[Moment], said: Iterable[Moment]) -> Promptness:
    """The median over her latest answers. Pure: what was asked about which thing when, and what she said."""
    answered = sorted(_pairs(asked, said))[-LAST_ANSWERS:]
    waits = [wait for _at, wait in answered]
    soon = sum(wait <= SOON for wait in waits)
    if len(waits) < FEWEST:
        return Promptness(None, len(waits), soon)
    return Promptness(dt.timedelta(seconds=median(wait.total_seconds() for wait in waits)), len(waits), soon)


def _pairs(asked: Iterable[Moment], said: Iterable[Moment]) -> Iterator[tuple[dt.datetime, dt.timedelta]]:
    """Each answer with the time it took, by the moment it came."""
    events = sorted([(at, 0, about) for about, at in asked] + [(at, 1, about) for about, at in said])
    open_since: dict[str, dt.datetime] = {}
    for at, is_answer, about in events:
        if not is_answer:
            open_since.setdefault(about, at)
        elif about in open_since:
            yield at, at - open_since.pop(about)


def _asked(person: Influencer, user: User) -> Iterator[Moment]:
    contacts = Representation.objects.filter(influencer=person).values("contact")
    mails = Email.objects.visible_to(user).filter(
        contact__in=contacts, influencer_ref=person.pk, state=Email.State.SENT, sent_at__isnull=False
    )
    for mail in mails.order_by("-sent_at").only("sent_at", "subject_refs")[:LAST_MAILS]:
        if mail.sent_at is not None:
            yield from ((about, mail.sent_at) for about in mail.subject_refs)


def _said(person: Influencer, user: User, about: set[str]) -> Iterator[Moment]:
    hers = Q(actor_kind=Entry.ActorKind.CONTACT) | ~Q(channel=Channel.MITRA)
    entries = Entry.objects.visible_to(user).story_of(person.pk).filter(hers, subject__in=about)
    yield from entries.order_by("at").values_list("subject", "at") if about else ()
