"""Everything one collaboration's page shows: what is made, what was said, what was sent."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from campaigns.planning.cards import Card, cards_of
from campaigns.planning.client_prices import margin_words
from campaigns.planning.models import Collaboration, Deliverable, Pillar
from campaigns.planning.models.waiting import has_waited
from campaigns.planning.places import reviewed_on
from campaigns.planning.portal import FEATURE, answers_for
from campaigns.planning.promise_page import Promises, promises_of
from campaigns.planning.waiting.shown import Following, following
from crm.outbox.models import Email
from crm.portal.registry import Answer
from crm.reminders.models import Recipient, Reminder, Todo
from crm.timeline.models import Entry
from crm.timeline.queries import Line, lines_of
from crm.timeline.queries import Page as Story
from crm.timeline.record import subject_of

if TYPE_CHECKING:
    from crm.team.models import User

STORY_SHOWN = 60
MAILS_SHOWN = 12
PLANNED_SHOWN = 4


@dataclass(frozen=True)
class Told:
    """One "told me" button: what she may have said, and where a colleague notes it."""

    answer: Answer
    url: str


@dataclass(frozen=True)
class Making:
    """One deliverable on the page, with what can be done about it."""

    row: Deliverable
    told: list[Told]
    is_late: bool
    days_late: int
    follows: Following | None = None
    version: int | None = None  # what is looked at on its own page

    @property
    def first(self) -> Told | None:
        return self.told[0] if self.told else None

    @property
    def others(self) -> list[Told]:
        return self.told[1:]

    @property
    def may_reopen(self) -> bool:
        return self.row.status in (Deliverable.Status.PUBLISHED, Deliverable.Status.DROPPED)


@dataclass(frozen=True)
class Message:
    """Something that was sent or will be."""

    title: Any
    to: str
    at: dt.datetime
    state: Any
    tone: str = ""
    url: str = ""
    pass_url: str = ""  # where a colleague passes it on by WhatsApp


@dataclass(frozen=True)
class Page:
    card: Card
    making: list[Making]
    dropped: list[Making]
    story: Story
    messages: list[Message]
    more_planned: int
    todos: list[Todo]
    promises: Promises
    pillars: list[Pillar]
    now: dt.datetime

    @property
    def told_url(self) -> str:
        """Where a colleague notes what she said; this page is the way back."""
        card = self.card.collaboration
        asked = {"about": subject_of(card), "next": self.card.url}
        return f"{reverse('told-me', args=[card.influencer_id])}?{urlencode(asked)}"

    @property
    def columns(self) -> list[tuple[str, Any]]:
        """Where people may put this card, "not going ahead" aside: that one asks why."""
        return [(to, label) for to, label in self.card.choices if to != Collaboration.Status.OFF]

    @property
    def margin(self) -> str:
        return margin_words(self.card.collaboration)

    @property
    def may_go_off(self) -> bool:
        return not self.card.collaboration.is_off


def page_of(collaboration: Collaboration, user: "User", now: dt.datetime) -> Page:
    """The page, in a fixed number of queries."""
    (card,) = cards_of([collaboration], now)
    for row in card.made:
        row.collaboration = collaboration
    follows = followings(card.made, now)
    looked_at = reviewed_on(card.made)
    makings = [making_of(row, now, user, follows.get(row.pk), looked_at.get(row.pk)) for row in card.made]
    subjects = [subject_of(collaboration), *(subject_of(row) for row in card.made)]
    planned = planned_about({subject_of(row): str(row) for row in card.made})
    return Page(
        card=card,
        making=[making for making in makings if making.row.status != Deliverable.Status.DROPPED],
        dropped=[making for making in makings if making.row.status == Deliverable.Status.DROPPED],
        story=story_about(subjects, user),
        messages=[*planned[:PLANNED_SHOWN], *emails_about(collaboration, subjects)],
        more_planned=max(0, len(planned) - PLANNED_SHOWN),
        todos=list(Todo.objects.open().visible_to(user).filter(subject__in=subjects).select_related("owner")),
        promises=promises_of(collaboration, card.made, user, now),
        pillars=list(collaboration.campaign.pillars.all()),
        now=now,
    )


def story_about(subjects: list[str], user: "User") -> Story:
    """What happened here; the whole story of the person stands on her own page."""
    entries = Entry.objects.visible_to(user).filter(subject__in=subjects).select_related("file")
    lines = lines_of(list(entries.newest_first()[:STORY_SHOWN]), user.zone)
    return Story([told_once(line) for line in lines], older="")


def told_once(line: Line) -> Line:
    """A move says where to in its sentence already."""
    return replace(line, changes=()) if set(line.entry.changes) == {"status"} else line


def followings(made: Sequence[Deliverable], now: dt.datetime) -> dict[int, Following]:
    """What waits for a parcel or moved by one; nothing is asked where nothing ever waited."""
    return following(made, now) if any(has_waited(row) for row in made) else {}


def making_of(
    row: Deliverable, now: dt.datetime, user: "User", follows: Following | None = None, version: int | None = None
) -> Making:
    card = row.collaboration
    told: list[Told] = []
    if card.campaign.is_live and card.is_promised and card.paused_at is None and is_open(row):
        here = reverse("collaboration", args=[card.pk])
        for answer in answers_for(row, is_hers=False):
            address = reverse("told-answer", args=[card.influencer_id, FEATURE, row.pk, answer.code])
            told.append(Told(answer, f"{address}?next={here}"))
    return Making(row, told, row.is_late(now), row.days_late(now), follows, version)


def is_open(row: Deliverable) -> bool:
    return row.is_unposted or row.lacks_link or row.lacks_proof


def emails_about(collaboration: Collaboration, subjects: list[str]) -> list[Message]:
    """Messages that left or failed, whose reminders name this work; newest first."""
    reminded = Reminder.objects.filter(subject__in=subjects, email__isnull=False).values("email_id")
    hers = Q(influencer_ref=collaboration.influencer_id, brand_ref=collaboration.campaign.brand_id)
    mails = Email.objects.filter(Q(pk__in=reminded) & hers).select_related("contact").newest_first()
    return [
        Message(
            mail.subject,
            mail.contact.name,
            mail.sent_at or mail.send_at,
            mail.get_state_display(),
            TONES.get(mail.state, ""),
            reverse("outbox-email", args=[mail.pk]),
            reverse("outbox-pass-on", args=[mail.pk]) if mail.is_to_partner and not mail.is_handed_over else "",
        )
        for mail in mails[:MAILS_SHOWN]
    ]


TONES: dict[str, str] = {Email.State.SENT: "ok", Email.State.FAILED: "bad", Email.State.UNKNOWN: "warn"}


def planned_about(names: dict[str, str]) -> list[Message]:
    """Reminders that wait for their moment, soonest first."""
    waiting = Reminder.objects.queued().filter(subject__in=names).select_related("contact", "rule")
    return [
        Message(
            f"{row.rule.label}: {names[row.subject]}",
            row.contact.name,
            row.send_at,
            row.get_state_display(),
            pass_url=reverse("by-hand", args=[row.pk]) if row.recipient == Recipient.INFLUENCER else "",
        )
        for row in waiting.order_by("send_at", "pk")
    ]
