"""Whose turn it is at a step, read from the database."""

from campaigns.approvals.deciding.refusals import NotYourTurn
from campaigns.approvals.deciding.rules import Seats, Voice, is_own_work, may_speak
from campaigns.approvals.models import Review, ReviewStep
from crm.outbox.models import Contact
from crm.team.models import User

Who = User | Contact
"""A colleague, or a guest by her or his contact."""


def voice_of(who: Who) -> Voice:
    return Voice(who.pk, who.contact_id) if isinstance(who, User) else Voice(None, who.pk)


def label_of(who: Who) -> str:
    return who.get_short_name() if isinstance(who, User) else who.name


def seats_of(step: ReviewStep) -> Seats:
    """Who is asked there; colleagues who left do not count. Nothing is asked where the step was read with its people."""
    people = frozenset(user.pk for user in step.people.all() if user.is_active)
    guests = frozenset(guest.pk for guest in step.guests.all())
    return Seats(step.role, step.quorum, people, guests, step.decider_id)


def step_for(review: Review) -> ReviewStep | None:
    """The step whose turn it is; of what is decided the last one that said something."""
    steps = sorted(review.steps.all(), key=lambda step: step.position)
    for step in steps:
        if step.state == ReviewStep.State.OPEN:
            return step
    ended = [step for step in steps if step.state != ReviewStep.State.WAITING]
    return ended[-1] if ended else None


def is_asked(step: ReviewStep, who: Who) -> bool:
    """Whether this step waits for this colleague or guest."""
    steps_in = isinstance(who, User) and who.has_perm("campaigns.change_policy")
    return may_speak(seats_of(step), voice_of(who), steps_in=steps_in)


def made_it(review: Review, who: Who) -> bool:
    """Whether a yes would be to her or his own work."""
    version = review.version
    return is_own_work(version.by_user, version.channel, version.contact_id, voice_of(who))


def guest_called(review: Review, step: ReviewStep, name: str) -> Contact:
    """The guest of this step a colleague speaks for; NotYourTurn where nobody of that name is asked."""
    asked: list[Contact] = [*step.guests.all(), *([step.decider] if step.decider is not None else [])]
    for guest in asked:
        if guest.name.casefold() == name.strip().casefold():
            return guest
    raise NotYourTurn(review)
