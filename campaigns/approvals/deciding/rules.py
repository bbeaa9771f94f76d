"""Who may say something, and when it settles a stage: the table of docs/approvals.md as functions, without a database."""

from collections.abc import Collection
from dataclasses import dataclass

from campaigns.approvals.models import ReviewDecision, ReviewStage

APPROVE = ReviewDecision.Verdict.APPROVE
Key = tuple[str, int]


@dataclass(frozen=True)
class Voice:
    """Whose word it is: a colleague's, or a guest's. A colleague has a contact, too: a decision maker is named by it."""

    user_id: int | None = None
    contact_id: int | None = None

    @property
    def key(self) -> Key:
        """The same for everything one person says."""
        return ("user", self.user_id) if self.user_id is not None else ("guest", self.contact_id or 0)


@dataclass(frozen=True)
class Seats:
    """Who is asked at one stage: ids of colleagues who still work here, contacts of guests, and whose word alone counts."""

    role: str = ReviewStage.Role.COORDINATOR.value
    quorum: str = ReviewStage.Quorum.ANY.value
    people: frozenset[int] = frozenset()
    guests: frozenset[int] = frozenset()
    decider: int | None = None

    @property
    def names(self) -> frozenset[Key]:
        return frozenset({("user", pk) for pk in self.people} | {("guest", pk) for pk in self.guests})

    @property
    def is_everybodys(self) -> bool:
        """Nobody is named at the coordinator's stage: whoever may review at all."""
        return self.role == ReviewStage.Role.COORDINATOR and not self.names and self.decider is None

    @property
    def is_empty(self) -> bool:
        """Nobody is left to answer: managers step in."""
        return not self.names and self.decider is None and not self.is_everybodys


def may_speak(seats: Seats, voice: Voice, *, steps_in: bool = False) -> bool:
    """Whether this voice is asked here. `steps_in`: a manager, where nobody who is named is left."""
    if voice.contact_id is not None and voice.contact_id == seats.decider:
        return True
    if voice.key in seats.names:
        return True
    if voice.user_id is None:
        return False
    return seats.is_everybodys or (seats.is_empty and steps_in)


def settles(seats: Seats, verdict: str, voice: Voice, said_yes: Collection[Key]) -> bool:
    """Whether this ends the stage. With a decision maker only her word does, the others advise; a no or changes of anybody
    else's end it at once; a yes when one is enough, or when all who are named said it of this version."""
    if seats.decider is not None:
        return voice.contact_id == seats.decider
    if verdict != APPROVE or seats.quorum == ReviewStage.Quorum.ANY:
        return True
    return seats.names <= {*said_yes, voice.key}


def is_own_work(by_user: int | None, channel: str, by_contact: int | None, voice: Voice) -> bool:
    """Whether this voice would say yes to what it made.

    A colleague who passed on what she sent by chat made nothing: the channel says so, and so does the story.
    """
    made_here = voice.user_id is not None and voice.user_id == by_user and not channel
    return made_here or (voice.contact_id is not None and voice.contact_id == by_contact)
