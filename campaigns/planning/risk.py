"""What may go wrong in a campaign, counted: the more people, the more chances of mishap (domain rule R1-47)."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from campaigns.planning.cards import Card
from crm.base.formats import percent
from crm.exclusivity.models import Finding
from crm.reminders.models import Todo
from crm.timeline.record import subject_of

if TYPE_CHECKING:
    from crm.team.models import User


@dataclass(frozen=True)
class Sort:
    """One sort of open issue: its words, and which cards have it."""

    code: str
    label: Any
    has: Callable[[Card], bool]


SORTS = (
    Sort("late", _("late"), lambda card: card.is_late),
    Sort("held", _("offers held"), lambda card: bool(card.holds)),
    Sort("asked", _("questions waiting"), lambda card: Todo.Kind.QUESTION in card.asks),
    Sort("conflict", _("conflicts open"), lambda card: card.has_conflict),
    Sort("unreachable", _("without an address"), lambda card: not card.has_address),
    Sort("over", _("over the budget"), lambda card: bool(card.collaboration.over_budget_because)),
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
    label: Any
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
    counted = [Counted(sort.code, sort.label, sum(sort.has(card) for card in going)) for sort in SORTS]
    return Risk([sort for sort in counted if sort.count], len(going))


def with_conflicts(cards: Sequence[Card], user: "User") -> list[Card]:
    """The cards, those whose work meets somebody's promise told apart; one query."""
    refs = {ref: card.collaboration.pk for card in cards if not card.collaboration.is_off for ref in works_of(card)}
    found = Finding.objects.visible_to(user).unsettled().worse_than_a_remark().of_people(
        {card.collaboration.influencer_id for card in cards}
    )  # fmt: skip
    hit = {refs[ref] for ref in found.values_list("engagement_ref", flat=True) if ref in refs} if refs else set()
    return [replace(card, has_conflict=True) if card.collaboration.pk in hit else card for card in cards]


def works_of(card: Card) -> Collection[str]:
    """Under which references promises know what she does here."""
    return [subject_of(card.collaboration), *(subject_of(row) for row in card.made)]
