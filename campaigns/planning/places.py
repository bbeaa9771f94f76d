"""Places that planning offers to the rooms above it."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from campaigns.planning.models.budget import Commitment, commits
from campaigns.planning.models.told import Told
from crm.base.places import Place
from crm.portal.registry import Asking
from crm.timeline.record import Actor

if TYPE_CHECKING:
    from campaigns.planning.models.campaign import Campaign
    from campaigns.planning.models.collaboration import Collaboration
    from campaigns.planning.models.deliverable import Deliverable

__all__ = [
    "Came",
    "Commitment",
    "Part",
    "StillOpen",
    "approval_held_because",
    "card_marks",
    "card_rides",
    "card_work",
    "commits",
    "copied",
    "draft_came",
    "draft_lead",
    "draft_page",
    "her_part",
    "holds_approval",
    "post_quoted",
    "post_went_out",
    "review_page",
    "still_open_of",
    "taken_down",
    "use_days",
    "work_moved",
    "wrapped_facts",
]


@dataclass(frozen=True)
class Part:
    """One part of her page about a campaign: a template and what it shows, which is called `part` there.

    Beside it the template has `visit`, `frame`, `card` and `campaign`.
    """

    template: str
    context: dict[str, Any] = field(default_factory=dict)


her_part: "Place[Callable[[Collaboration, Asking], Part | None]]" = Place("her_part")
"""`@her_part("invitation", order=10)`: function(collaboration, asking) -> `Part`, or None to stay away.

Her page about one campaign is put together from these: the invitation, the brief, the contract, what she makes.
"""

holds_approval: "Place[Callable[[Deliverable], str]]" = Place("holds_approval")
"""`@holds_approval("brief")`: function(deliverable) -> why it may not be approved now, in words that say what to do; empty
when nothing speaks against it. Handing in a draft is never held."""

post_went_out: "Place[Callable[[Deliverable, str, dt.datetime, Actor], None]]" = Place("post_went_out")
"""`@post_went_out("live")`: function(deliverable, verb, at, actor), under the lock of its card, when something was posted, its
address or screenshot came, or that was taken back; `verb` is what the story calls it."""

OUT_VERBS = frozenset({"deliverable.published", "deliverable.link", "deliverable.proof", "deliverable.reopened"})

post_quoted: "Place[Callable[[Deliverable, str, dt.datetime, Actor], None]]" = Place("post_quoted")
"""`@post_quoted("live")`: function(deliverable, caption, at, actor), when somebody says what stands under the post."""


work_moved: "Place[Callable[[Deliverable, dt.datetime, Actor], None]]" = Place("work_moved")
"""`@work_moved("quota")`: function(deliverable, at, actor), under the lock of its card, when it took a step, was posted on another
day than was known, or was taken down; before anybody else follows."""


also_noted: "Place[Callable[[Campaign, Happened, dt.datetime], None]]" = Place("also_noted")
"""`@also_noted("results")`: function(campaign, what happened, at), in the transaction that told it in the story: something
beside the campaign may have moved its figures."""


@dataclass(frozen=True)
class Happened:
    """What happened, by a word of ours, from when to when, and in whose words."""

    kind: str
    first_on: dt.date
    last_on: dt.date | None
    words: str


def tell_of_work(deliverable: "Deliverable", at: dt.datetime, actor: Actor) -> None:
    """Let whoever counts it follow."""
    for placed in work_moved.all():
        placed.call(deliverable, at, actor)


taken_down: "Place[Callable[[Deliverable], bool]]" = Place("taken_down")
"""`@taken_down("live")`: function(deliverable) -> whether it is posted and went offline before its time."""

draft_lead: "Place[Callable[[Campaign], int]]" = Place("draft_lead")
"""`@draft_lead("policy")`: function(campaign) -> how many days before the post a draft has to be here."""

A_WEEK = 7


def tell_of_post(deliverable: "Deliverable", verb: str, at: dt.datetime, actor: Actor) -> None:
    """Let the rooms above follow a post that went out, or never did."""
    for placed in post_went_out.all() if verb in OUT_VERBS else ():
        placed.call(deliverable, verb, at, actor)


@dataclass(frozen=True)
class Came:
    """A draft as it was told of. `carries` is what a room above handed in with it; None when somebody only said so."""

    at: dt.datetime
    actor: Actor
    draft_url: str = ""
    told: Told = field(default_factory=Told)
    carries: Any = None


draft_came: "Place[Callable[[Deliverable, Came], None]]" = Place("draft_came")
"""`@draft_came("versions")`: function(deliverable, came), while its card is held and it has just become submitted; `drafts` is
the number of this one."""

review_page: "Place[Callable[[Sequence[Deliverable]], dict[int, int]]]" = Place("review_page")
"""`@review_page("reviews")`: function(deliverables) -> {deliverable id: the version whose page says how it stands}."""


def tell_caption(deliverable: "Deliverable", caption: str, at: dt.datetime, actor: Actor) -> None:
    """Let the rooms above hear what stands under a post, where somebody said so."""
    for placed in post_quoted.all() if caption.strip() else ():
        placed.call(deliverable, caption, at, actor)


draft_page: "Place[Callable[[Deliverable, Asking], tuple[str, Any] | None]]" = Place("draft_page")
"""`@draft_page("versions")`: function(deliverable, asking) -> the name of her page where a draft is handed in and the words that
lead there; its arguments are the visit and the deliverable. None where nothing is to be handed in."""


def draft_page_of(deliverable: "Deliverable", asking: Asking) -> dict[str, Any]:
    """The page of a task about a draft; nothing for a colleague, who has a page of her own."""
    found = (placed.call(deliverable, asking) for placed in draft_page.all() if asking.contact is not None)
    return next(({"page": one[0], "page_label": one[1]} for one in found if one is not None), {})


card_marks: "Place[Callable[[Sequence[Collaboration], dt.datetime], dict[int, list[Any]]]]" = Place("card_marks")
"""`@card_marks("invitation")`: function(collaborations, now) -> {collaboration id: marks for its card}; one query for all."""


card_rides: Place[Callable[[], Mapping[str, Any]]] = Place("card_rides")
"""`@card_rides("brief")`: function() -> {name: expression}, what the marks of a room above are made of: the one query of a
board brings it along on each row, so that the marks ask nothing. Rows from elsewhere come without."""

card_work: Place[Callable[[], Any]] = Place("card_work")
"""`@card_work("codes", icon="ticket-perforated")`: function() -> `Bulk`, one more thing that is done to many cards of a
board: its words, its form, what it will do, and how it is done."""


copied: Place[Callable[["Campaign", "Campaign", dt.datetime, Actor], Any]] = Place("copied")
"""`@copied("brief")`: function(old, new, at, actor), called in the transaction that copies a campaign: a room above brings its
own part over, and nothing of what happened."""


use_days: "Place[Callable[[Collaboration], int | None]]" = Place("use_days")
"""`@use_days("brief")`: function(collaboration) -> how many days she uses the product before anything is posted, or None.
Asked when what she waits for has come (domain rule 4.5.5)."""


@dataclass(frozen=True)
class StillOpen:
    """What is left of an item of a campaign's end, in a few words, and where it is settled; without words it is done."""

    words: str = ""
    url: str = ""


wrapped_facts: "Place[Callable[[Campaign], StillOpen | None]]" = Place("wrapped_facts")
"""`@wrapped_facts("samples")`: function(campaign) -> how the item of that code (`WrapUpItem`) stands when a campaign ends, or None
where nothing is known of it and somebody ticks it."""


def draft_lead_of(campaign: "Campaign") -> int:
    """A week where nobody says otherwise."""
    return max((placed.call(campaign) for placed in draft_lead.all()), default=A_WEEK)


def is_taken_down(deliverable: "Deliverable") -> bool:
    return any(placed.call(deliverable) for placed in taken_down.all())


def still_open_of(campaign: "Campaign") -> dict[str, StillOpen]:
    """What the rooms above know of a campaign's end, by the code of the item."""
    told = {placed.key: placed.call(campaign) for placed in wrapped_facts.all()}
    return {code: known for code, known in told.items() if known is not None}


def use_days_of(card: "Collaboration") -> int | None:
    """The longest time anybody asks for; None where nobody does."""
    return max((days for placed in use_days.all() if (days := placed.call(card))), default=None)


def approval_held_because(deliverable: "Deliverable") -> str:
    """Everything that speaks against approving it, in one sentence after the other."""
    return " ".join(why for placed in holds_approval.all() if (why := placed.call(deliverable)))


def rides_from_above() -> dict[str, Any]:
    """What the rooms above want on each row of a board."""
    return {name: wanted for placed in card_rides.all() for name, wanted in placed.call().items()}


def marks_from_above(cards: "Sequence[Collaboration]", now: dt.datetime) -> dict[int, list[Any]]:
    """What the rooms above say of each card, in their order."""
    found: dict[int, list[Any]] = {}
    for placed in card_marks.all() if cards else ():
        for pk, marks in placed.call(cards, now).items():
            found.setdefault(pk, []).extend(marks)
    return found


def reviewed_on(made: "Sequence[Deliverable]") -> dict[int, int]:
    """Of each deliverable the version that is looked at on a page of its own."""
    return {pk: version for placed in review_page.all() for pk, version in placed.call(made).items()}
