"""What ambassador deals offer to rooms above: they hear of periods, and tell what only they know."""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from djmoney.money import Money

from crm.ambassadors.models import AmbassadorDeal, DealPeriod
from crm.base.places import Place

if TYPE_CHECKING:
    from crm.team.models import User

period_opened: Place[Callable[[DealPeriod, dt.datetime], None]] = Place("period_opened")
"""`@period_opened("planning")`: function(period, now), in the transaction in which it began, after what is owed in it is
known. Asked again after anything that changes what it owes; doing it twice does nothing twice."""

period_closed: Place[Callable[[DealPeriod, dt.datetime], None]] = Place("period_closed")
"""`@period_closed("planning")`: function(period, now), in the transaction that closed or dropped it."""

our_lateness: Place[Callable[[DealPeriod], Sequence[str]]] = Place("our_lateness")
"""`@our_lateness("planning")`: function(period) -> sentences on what came late from the brand in that period: samples, answers
to drafts. Read before posts are let go and before a period is closed; nothing follows from it by itself."""

Shown = tuple[str, dict[str, Any]] | None
deal_panel: Place[Callable[[AmbassadorDeal, "User", dt.datetime], Shown]] = Place("deal_panel")
"""`@deal_panel("posts", order=10)`: function(deal, user, now) -> (template name, context) for the page of a deal, or None to
stay away. In a fixed number of queries; the template is a card."""


@dataclass(frozen=True)
class Planned:
    """How many posts have a card of their own with a day that has not passed: by (period, quota), and by make-good."""

    posts: Mapping[tuple[int, int], int] = field(default_factory=dict)
    make_goods: Mapping[int, int] = field(default_factory=dict)


planned_ahead: Place[Callable[[Collection[int], Collection[int], dt.datetime], Planned]] = Place("planned_ahead")
"""`@planned_ahead("planning")`: function(ids of periods, ids of make-goods, now) -> Planned. What has a card is asked for by
its own reminders, so the reminder of what a period owes speaks to her of the rest alone."""


@dataclass(frozen=True)
class DealHint:
    """What was agreed with somebody before, as first values of a deal: from where, how many of which format, the fee."""

    ref: str
    label: str
    formats: Sequence[tuple[int, int]] = ()
    fee: Any = None


deal_hints: Place[Callable[[int, int], Sequence[DealHint]]] = Place("deal_hints")
"""`@deal_hints("planning")`: function(person's id, brand's id) -> what was agreed between them, newest first. Asked while a
deal with her is written down."""

code_owner: Place[Callable[[int, Collection[str]], Mapping[str, int]]] = Place("code_owner")
"""`@code_owner("tracking")`: function(brand's id, codes) -> {code: id of the deal it is of}; codes nobody knows are left out.
What is asked is written in small letters, and so is what is answered."""


@dataclass(frozen=True)
class Owed:
    """Something that is settled when a deal ends: what it is called, what it is worth, and where it comes from."""

    ref: str
    label: str
    amount: Money
    how: str = ""


unpaid_work: Place[Callable[[AmbassadorDeal, dt.date], Iterable[Owed]]] = Place("unpaid_work")
"""`@unpaid_work("planning")`: function(deal, last day) -> work of hers that was approved, is paid apart from the retainer, and
is not paid yet."""

loans_out: Place[Callable[[AmbassadorDeal], Iterable[Owed]]] = Place("loans_out")
"""`@loans_out("samples")`: function(deal) -> what the brand lent her and has not got back, with what it is worth."""
