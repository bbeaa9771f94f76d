"""Cards: one person's part in a campaign with everything a board, a table or a panel shows of it."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.planning.marks import Mark, marks_of
from campaigns.planning.models import Collaboration, Deliverable
from campaigns.planning.models.waiting import is_held
from campaigns.planning.papers import Paper, papers_of
from campaigns.planning.places import marks_from_above
from campaigns.planning.waiting.words import after_words
from crm.base.formats import count_short, day_words, money_short
from crm.base.zones import local_date
from crm.influencers.models import Representation
from crm.influencers.places import Badge, Offer, OfferHold, holds_of
from crm.influencers.queries.guardians import may_be_minor
from crm.outbox.models import Contact
from crm.reminders.models import Todo
from crm.timeline.record import subject_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

CONFLICT = "conflict"
"""Beside what she asked: her work meets somebody's promise."""
ASKED = (Todo.Kind.QUESTION, Todo.Kind.MORE_TIME, Todo.Kind.NOT_THIS_TIME)

TONES = {"agreed": "accent", "making": "accent", "review": "info", "posting": "accent", "done": "ok", "off": ""}

Pairs: TypeAlias = "QuerySet[Any, tuple[str, str]]"
Sums = dict[str, Decimal]
"""Amounts by currency; currencies are never added up."""


@dataclass
class Card:
    """One person's part as the board shows it."""

    collaboration: Collaboration
    made: list[Deliverable]
    now: dt.datetime
    has_address: bool
    asks: Collection[str]
    campaign_zone: str
    holds: Sequence[OfferHold] = ()
    badges: Sequence[Badge] = ()
    paper: Paper | None = None
    has_conflict: bool = False
    brought: Sequence[Mark] = ()  # marks of the rooms above

    @property
    def url(self) -> str:
        return reverse("collaboration", args=[self.collaboration.pk])

    @property
    def move_url(self) -> str:
        return reverse("collaboration-put", args=[self.collaboration.pk])

    @property
    def told_url(self) -> str:
        """Where a colleague notes what she said, this card in mind; the board is the way back."""
        card = self.collaboration
        asked = {"about": subject_of(card), "next": reverse("campaign", args=[card.campaign_id])}
        return f"{reverse('told-me', args=[card.influencer_id])}?{urlencode(asked)}"

    @property
    def choices(self) -> list[tuple[str, Any]]:
        return self.collaboration.may_go_to

    @property
    def drag_choices(self) -> list[tuple[str, Any]]:
        """Columns a drag or the card's own choice may lead to; going off asks why on a page of its own."""
        return self.choices

    @property
    def tone(self) -> str:
        """The colour family of the column's pill."""
        return TONES.get(self.collaboration.status, "")

    @property
    def name(self) -> str:
        return self.collaboration.influencer.stage_name

    @property
    def handle(self) -> str:
        return f"@{person.main_handle}" if (person := self.collaboration.influencer).main_handle else ""

    @property
    def size(self) -> str:
        """How many follow her."""
        followers = self.collaboration.influencer.followers
        return count_short(followers) if followers is not None else ""

    @property
    def known_as(self) -> str:
        return ", ".join(filter(None, (self.handle, self.size)))

    @cached_property
    def standing(self) -> list[Deliverable]:
        return [row for row in self.made if row.status != Deliverable.Status.DROPPED]

    @cached_property
    def platforms(self) -> set[str]:
        """Where something is made for this campaign; where she is at home while nothing is planned."""
        home = self.collaboration.influencer.main_platform
        return {row.format.platform.code for row in self.standing} or ({home.code} if home else set())

    @property
    def what(self) -> str:
        """Reel, 2 × Story: what she makes; a platform is named where it is not her main one."""
        home = self.collaboration.influencer.main_platform_id
        by_platform: dict[str, Counter[str]] = defaultdict(Counter)
        for row in self.standing:
            away = "" if row.format.platform_id == home else row.format.platform.name
            by_platform[away][row.format.name] += 1
        return "; ".join(
            (f"{platform}: " if platform else "")
            + ", ".join(f"{count} × {name}" if count > 1 else name for name, count in counted.items())
            for platform, counted in by_platform.items()
        )

    @cached_property
    def next_due(self) -> Deliverable | None:
        """What is expected of her first, once she has said yes."""
        if not self.collaboration.is_promised:
            return None
        open_rows = [row for row in self.standing if row.is_unposted and not is_held(row)]
        return min(open_rows, key=lambda row: (row.next_due_on or row.post_due_on, row.pk), default=None)

    @cached_property
    def is_waiting(self) -> bool:
        """Something of hers needs a parcel that is not there."""
        return any(row.is_unposted and is_held(row) for row in self.standing)

    @cached_property
    def is_late(self) -> bool:
        return self.next_due is not None and self.next_due.is_late(self.now)

    @property
    def needs_us(self) -> bool:
        """A draft or an answer of hers waits for somebody here."""
        drafts = any(row.status == Deliverable.Status.SUBMITTED for row in self.standing)
        return drafts or bool(self.asks) or any(mark.waits_for == "us" for mark in self.brought)

    @property
    def waits_for_her(self) -> bool:
        """We said or sent something and she has not answered."""
        return any(mark.waits_for == "her" for mark in self.brought)

    @property
    def when(self) -> str:
        row = self.next_due
        if row is None or row.next_due_on is None:
            return after_words(None) if self.is_waiting and self.collaboration.is_promised else self.fee
        if self.is_late:
            days = row.days_late(self.now)
            return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}
        if row.next_due_on == local_date(self.now, row.zone):
            return _("today")
        return day_words(row.next_due_on, "brief")

    @property
    def when_tone(self) -> str:
        return "bad" if self.is_late else ""

    @property
    def fee(self) -> str:
        return money_short(self.collaboration.fee) if self.collaboration.fee is not None else ""

    @property
    def posted(self) -> int:
        return sum(row.status == Deliverable.Status.PUBLISHED for row in self.standing)

    @cached_property
    def marks(self) -> list[Mark]:
        return marks_of(self)


def cards_of(rows: Sequence[Collaboration], now: dt.datetime, beside: "Pairs | None" = None) -> list[Card]:
    """Cards with what they need, in a fixed number of queries more; their campaigns are at hand already.

    `beside` are open conflicts as pairs of (work, conflict), asked together with what people asked.
    """
    made = made_by(rows)
    people = {row.influencer_id for row in rows}
    reachable = reachable_of(rows)
    asks = open_asks(rows, made, people, beside)
    held, papers, brought = holds_by_card(rows, now), papers_of(rows, now), marks_from_above(rows, now)
    return [
        Card(
            row, made[row.pk], now, row.influencer_id in reachable, asks[row.pk] - {CONFLICT}, row.campaign.zone, held[row.pk],
            paper=papers.get(row.pk), has_conflict=CONFLICT in asks[row.pk], brought=brought.get(row.pk, ()),
        )
        for row in rows
    ]  # fmt: skip


def holds_by_card(rows: Iterable[Collaboration], now: dt.datetime) -> dict[int, list[OfferHold]]:
    """What keeps each offer from being agreed; nothing for those who said yes or are off the board."""
    held: dict[int, list[OfferHold]] = defaultdict(list)
    waiting = [row for row in rows if not (row.is_promised or row.is_off)]
    found = holds_of([_offer(row, now) for row in waiting], now) if waiting else {}
    held.update({row.pk: found.get(row.influencer_id, []) for row in waiting})
    return held


def _offer(row: Collaboration, now: dt.datetime) -> Offer:
    return Offer(row.influencer_id, row.fee, may_be_minor(row.influencer.birth_on, now))


def made_by(rows: Iterable[Collaboration]) -> dict[int, list[Deliverable]]:
    made: dict[int, list[Deliverable]] = defaultdict(list)
    wanted = Deliverable.objects.filter(collaboration__in=[row.pk for row in rows])
    for deliverable in (
        wanted.knowing_holds().select_related("format__platform", "account").order_by("post_due_on", "pk")
    ):
        made[deliverable.collaboration_id].append(deliverable)
    return made


def with_address(people: Collection[int]) -> set[int]:
    """Who of these people can be written to."""
    return set(mailable().filter(influencer_id__in=people).values_list("influencer_id", flat=True))


def mailable() -> "QuerySet[Representation]":
    """Who stands for somebody and has an address that works."""
    receiving = Representation.objects.receiving().filter(contact__email_state=Contact.EmailState.OK)
    return receiving.exclude(contact__email="")


def reachable_of(rows: Sequence[Collaboration]) -> set[int]:
    """Who can be written to: as the rows brought it along, else asked."""
    if rows and all(hasattr(row, "is_reachable") for row in rows):
        return {row.influencer_id for row in rows if getattr(row, "is_reachable")}  # noqa: B009  an annotation
    return with_address({row.influencer_id for row in rows})


def open_asks(
    rows: Sequence[Collaboration], made: dict[int, list[Deliverable]], people: Collection[int], beside: "Pairs | None"
) -> dict[int, set[str]]:
    """What she asked and nobody has answered yet, and where her work meets a promise, by collaboration. One query."""
    card_of = {subject_of(row): pk for pk, works in made.items() for row in works}
    meets = {**card_of, **{subject_of(row): row.pk for row in rows}}
    off = {row.pk for row in rows if row.is_off}
    todos = Todo.objects.open().filter(kind__in=ASKED, influencer_ref__in=people).order_by()
    pairs = todos.values_list("subject", "kind")
    found: dict[int, set[str]] = defaultdict(set)
    for subject, kind in pairs if beside is None else pairs.union(beside, all=True):
        pk = (meets if kind == CONFLICT else card_of).get(subject)
        if pk is not None and not (kind == CONFLICT and pk in off):
            found[pk].add(kind)
    return found


def fees(cards: Iterable[Card]) -> Sums:
    sums: Sums = defaultdict(Decimal)
    for card in cards:
        fee = card.collaboration.fee
        if fee is not None:
            sums[str(fee.currency)] += fee.amount
    return sums


def written(sums: Sums) -> str:
    """Rp31 jt + US$500."""
    return " + ".join(money_short(amount, currency) for currency, amount in sorted(sums.items()) if amount)
