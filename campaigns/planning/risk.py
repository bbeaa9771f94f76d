"""What may go wrong in a campaign, counted: the more people, the more chances of mishap (domain rule R1-47)."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import CharField, Value
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.planning.cards import CONFLICT, Card
from campaigns.planning.models import Collaboration
from crm.base.formats import percent
from crm.exclusivity.models import Finding
from crm.reminders.models import Todo

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from crm.team.models import User


@dataclass(frozen=True)
class Sort:
    """One sort of open issue: its words for so many, and which cards have it."""

    code: str
    said: Callable[[int], str]
    has: Callable[[Card], bool]


SORTS = (
    Sort("late", lambda many: _("late"), lambda card: card.is_late),
    Sort("held", lambda many: ngettext("offer held", "offers held", many), lambda card: bool(card.holds)),
    Sort(
        "asked",
        lambda many: ngettext("question waiting", "questions waiting", many),
        lambda card: Todo.Kind.QUESTION in card.asks,
    ),
    Sort("conflict", lambda many: ngettext("conflict open", "conflicts open", many), lambda card: card.has_conflict),
    Sort("unreachable", lambda many: _("without an address"), lambda card: not card.has_address),
    Sort("over", lambda many: _("over the budget"), lambda card: bool(card.collaboration.over_budget_because)),
)


def has_issue(code: str, card: Card) -> bool:
    """Whether a card has an issue of this sort; a sort nobody knows narrows nothing."""
    return next((sort.has(card) for sort in SORTS if sort.code == code and not card.collaboration.is_off), code == "")


def sort_called(code: str) -> str:
    """The sort somebody asked to see, if there is one of that name."""
    return code if any(sort.code == code for sort in SORTS) else ""


@dataclass(frozen=True)
class Counted:
    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Risk:
    """Open issues, what they are, and how many that is for each person."""

    sorts: Sequence[Counted]
    people: int

    @property
    def issues(self) -> int:
        return sum(sort.count for sort in self.sorts)

    @property
    def share(self) -> str:
        """Open issues for each hundred people, as a share."""
        return percent(self.issues / self.people, digits=0) if self.people else ""


def risk_of(cards: Sequence[Card]) -> Risk:
    """The counter of a board, from the cards at hand: it asks the database nothing."""
    going = [card for card in cards if not card.collaboration.is_off]
    counted = [(sort, sum(sort.has(card) for card in going)) for sort in SORTS]
    return Risk([Counted(sort.code, sort.said(count), count) for sort, count in counted if count], len(going))


def conflicts_seen_by(user: "User", rows: Iterable[Collaboration]) -> "QuerySet[Finding, tuple[str, str]]":
    """Which work of these people meets somebody's promise: pairs of (the work, conflict), for the query of open questions."""
    people = {row.influencer_id for row in rows}
    found = Finding.objects.visible_to(user).unsettled().worse_than_a_remark().of_people(people).order_by()
    return found.values_list("engagement_ref", Value(CONFLICT, output_field=CharField()))
