"""The campaign board: seven columns of cards, what went off, and the figures above, in five queries."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.planning.marks import Mark, marks_of
from campaigns.planning.models import Campaign, Collaboration, Deliverable
from crm.base.formats import count_short, day_words, money_short
from crm.base.zones import local_date
from crm.influencers.models import Representation
from crm.outbox.models import Contact
from crm.reminders.models import Todo
from crm.timeline.record import subject_of

if TYPE_CHECKING:
    from crm.team.models import User

LANE_SHOWN = 40
ASKED = (Todo.Kind.QUESTION, Todo.Kind.MORE_TIME, Todo.Kind.NOT_THIS_TIME)

TONES = {"agreed": "accent", "making": "accent", "review": "info", "posting": "accent", "done": "ok", "off": ""}

Sums = dict[str, Decimal]
"""Amounts by currency; currencies are never added up."""


@dataclass(frozen=True)
class Look:
    """What somebody wants to see of a board."""

    mine: bool = False
    late: bool = False
    waiting: bool = False
    platform: str = ""

    def fits(self, card: "Card", user: "User") -> bool:
        return (
            (not self.mine or card.collaboration.influencer.owner_id == user.pk)
            and (not self.late or card.is_late)
            and (not self.waiting or card.needs_us)
            and (not self.platform or self.platform in card.platforms)
        )


@dataclass
class Card:
    """One person's part as the board shows it."""

    collaboration: Collaboration
    made: list[Deliverable]
    now: dt.datetime
    has_address: bool
    asks: Collection[str]
    campaign_zone: str

    @property
    def url(self) -> str:
        return reverse("collaboration", args=[self.collaboration.pk])

    @property
    def move_url(self) -> str:
        return reverse("collaboration-put", args=[self.collaboration.pk])

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
        person = self.collaboration.influencer
        parts = [f"@{person.main_handle}" if person.main_handle else ""]
        parts.append(count_short(person.followers) if person.followers is not None else "")
        return ", ".join(part for part in parts if part)

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
        open_rows = [row for row in self.standing if row.is_unposted]
        return min(open_rows, key=lambda row: (row.next_due_on or row.post_due_on, row.pk), default=None)

    @cached_property
    def is_late(self) -> bool:
        return self.next_due is not None and self.next_due.is_late(self.now)

    @property
    def needs_us(self) -> bool:
        """A draft or an answer of hers waits for somebody here."""
        return bool(self.asks) or any(row.status == Deliverable.Status.SUBMITTED for row in self.standing)

    @property
    def when(self) -> str:
        row = self.next_due
        if row is None or row.next_due_on is None:
            return self.fee
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


@dataclass
class Lane:
    """One column with what it holds in numbers."""

    stage: str
    label: Any
    cards: list[Card] = field(default_factory=list)

    @property
    def shown(self) -> list[Card]:
        return self.cards[:LANE_SHOWN]

    @property
    def more(self) -> int:
        return max(0, len(self.cards) - LANE_SHOWN)

    @property
    def sum(self) -> str:
        return written(fees(self.cards))

    @property
    def css(self) -> str:
        return {"making": "c-work", "review": "c-work", "posting": "c-work", "done": "c-done"}.get(self.stage, "")

    @property
    def hint(self) -> str:
        """How cards come into an empty column."""
        return {
            "shortlist": _("Add people you would like to ask."),
            "review": _("Cards come here by themselves when a draft arrives."),
            "posting": _("Cards come here by themselves when all drafts are approved."),
            "done": _("Cards come here by themselves when everything is posted."),
        }.get(self.stage, _("Nobody here."))


@dataclass
class Board:
    """Everything a campaign's page shows."""

    campaign: Campaign
    cards: list[Card]
    shown: list[Card]
    now: dt.datetime

    @cached_property
    def lanes(self) -> list[Lane]:
        lanes = {stage: Lane(stage, Collaboration.Status(stage).label) for stage in Collaboration.COLUMNS}
        for card in self.shown:
            if not card.collaboration.is_off:
                lanes[card.collaboration.status].cards.append(card)
        return list(lanes.values())

    @cached_property
    def off(self) -> list[Card]:
        return [card for card in self.shown if card.collaboration.is_off]

    @property
    def shown_going(self) -> list[Card]:
        return [card for card in self.shown if not card.collaboration.is_off]

    def table(self, column: str) -> list[Card]:
        """The cards as rows in board order; those of one column when one is named."""
        order = [*Collaboration.COLUMNS, Collaboration.Status.OFF]
        rows = [card for card in self.shown if column not in order or card.collaboration.status == column]
        return sorted(rows, key=lambda card: order.index(card.collaboration.status))

    @property
    def off_summary(self) -> str:
        """2 × Too dear, No answer: why people are not going ahead."""
        counted = Counter(card.collaboration.off_why for card in self.off if card.collaboration.off_why)
        return ", ".join(f"{count} × {why}" if count > 1 else why for why, count in counted.most_common(4))

    @property
    def going(self) -> list[Card]:
        return [card for card in self.cards if not card.collaboration.is_off]

    @property
    def late_count(self) -> int:
        return sum(card.is_late for card in self.cards)

    @property
    def waiting_count(self) -> int:
        return sum(card.needs_us for card in self.cards)

    @property
    def platforms(self) -> list[tuple[str, str]]:
        """Platforms somebody on this board works on: what the filter offers."""
        found = {row.format.platform.code: row.format.platform.name for card in self.cards for row in card.standing}
        for card in self.cards:
            home = card.collaboration.influencer.main_platform
            if home is not None and not card.standing:
                found[home.code] = home.name
        return sorted(found.items(), key=lambda pair: pair[1])


def board_of(campaign: Campaign, user: "User", now: dt.datetime, look: Look) -> Board:
    """The board of one campaign as one colleague wants to see it."""
    rows = list(
        campaign.collaborations.select_related("influencer__main_platform").order_by("influencer__name_key", "pk")
    )
    for row in rows:
        row.campaign = campaign
    cards = cards_of(rows, now)
    return Board(campaign, cards, [card for card in cards if look.fits(card, user)], now)


def cards_of(rows: Sequence[Collaboration], now: dt.datetime) -> list[Card]:
    """Cards with what they need, in three queries more whatever their number; their campaigns are at hand already."""
    made = made_by(rows)
    people = {row.influencer_id for row in rows}
    reachable = with_address(people)
    asks = open_asks(made, people)
    return [
        Card(row, made[row.pk], now, row.influencer_id in reachable, asks[row.pk], row.campaign.zone) for row in rows
    ]


def made_by(rows: Iterable[Collaboration]) -> dict[int, list[Deliverable]]:
    made: dict[int, list[Deliverable]] = defaultdict(list)
    wanted = Deliverable.objects.filter(collaboration__in=[row.pk for row in rows])
    for deliverable in wanted.select_related("format__platform", "account").order_by("post_due_on", "pk"):
        made[deliverable.collaboration_id].append(deliverable)
    return made


def with_address(people: Collection[int]) -> set[int]:
    """Who of these people can be written to."""
    mailable = Representation.objects.receiving().filter(
        influencer_id__in=people, contact__email_state=Contact.EmailState.OK
    )
    return set(mailable.exclude(contact__email="").values_list("influencer_id", flat=True))


def open_asks(made: dict[int, list[Deliverable]], people: Collection[int]) -> dict[int, set[str]]:
    """What she asked and nobody has answered yet, by collaboration."""
    card_of = {subject_of(row): pk for pk, rows in made.items() for row in rows}
    found: dict[int, set[str]] = defaultdict(set)
    todos = Todo.objects.open().filter(kind__in=ASKED, influencer_ref__in=people)
    for subject, kind in todos.values_list("subject", "kind"):
        if subject in card_of:
            found[card_of[subject]].add(kind)
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
