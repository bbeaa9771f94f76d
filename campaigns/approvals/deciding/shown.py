"""What the page of a version shows of its decision: the stages in a row, what each said, and what may be said now."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from campaigns.approvals.deciding.forms import DecisionForm
from campaigns.approvals.deciding.opening import campaign_of
from campaigns.approvals.deciding.policies import Policy, policy_of
from campaigns.approvals.deciding.queries import may_decide, speaks_for_guest
from campaigns.approvals.deciding.seats import made_it
from campaigns.approvals.models import Review, ReviewDecision, ReviewStep
from crm.team.models import User

TONES = {"waiting": "mute", "open": "info", "passed": "ok", "stopped": "warn"}


@dataclass(frozen=True)
class Turn:
    """One stage: who is asked, how far it is, and what was said."""

    step: ReviewStep
    names: Sequence[str]
    said: Sequence[ReviewDecision]

    @property
    def tone(self) -> str:
        return TONES[self.step.state]

    @property
    def who(self) -> str:
        """Names where somebody is named, else that anybody may."""
        return ", ".join(self.names) or _("Whoever looks after it")


@dataclass(frozen=True)
class Deciding:
    """Everything decision.html shows."""

    review: Review
    turns: Sequence[Turn]
    policy: Policy
    form: DecisionForm | None = None
    held_why: str = ""
    may_withdraw: bool = False

    @property
    def rounds(self) -> str:
        """Which round it is, of how many that were agreed."""
        most = self.policy.max_rounds
        said = {"round": self.review.round, "most": most}
        if self.review.round > most:
            return ngettext("Round %(round)d, %(most)d agreed", "Round %(round)d, %(most)d agreed", most) % said
        return _("Round %(round)d of %(most)d agreed") % said

    @property
    def late(self) -> str:
        """How late the answer was, once it is there."""
        hours = self.review.late_hours
        return ngettext("Answered %(n)d hour late", "Answered %(n)d hours late", hours) % {"n": hours} if hours else ""


def for_review(review: Review, user: User, now: dt.datetime) -> Deciding:
    """What this colleague sees of it; `now` is only what the clock shows beside it. At most eight queries."""
    steps = ReviewStep.objects.select_related("decider").prefetch_related(
        "people", "guests", Prefetch("decisions", ReviewDecision.objects.order_by("at", "pk"))
    )
    row = Review.objects.with_card().prefetch_related(Prefetch("steps", steps)).get(pk=review.pk)
    policy = policy_of(campaign_of(row))
    speaks = may_decide(row, user) or speaks_for_guest(row, user)
    form = (
        DecisionForm(review=row, policy=policy, may_go_on=user.has_perm("campaigns.approve_anyway")) if speaks else None
    )
    return Deciding(
        row,
        [turn_of(step) for step in row.steps.all()],
        policy,
        form,
        held_because(row, user) if speaks else "",
        user.has_perm("campaigns.review") and row.status in Review.MOVES["withdrawn"],
    )


def turn_of(step: ReviewStep) -> Turn:
    names = [user.get_short_name() for user in step.people.all() if user.is_active]
    names += [guest.name for guest in step.guests.all()]
    if step.decider is not None and step.decider.name not in names:
        names.append(step.decider.name)
    return Turn(step, names, list(step.decisions.all()))


def held_because(review: Review, user: User) -> str:
    """Why a yes is not possible now; empty when it is."""
    if made_it(review, user):
        return _("You handed this in yourself. Somebody else has to say yes to it.")
    if not review.holds:
        return ""
    said = ngettext(
        "Approve is held by %(n)d check; a manager may waive it with a reason.",
        "Approve is held by %(n)d checks; a manager may waive them with a reason.",
        review.holds,
    )
    return said % {"n": review.holds}


def bound(review: Deciding, data: Any, user: User) -> DecisionForm:
    """The form as it was sent."""
    return DecisionForm(
        data, review=review.review, policy=review.policy, may_go_on=user.has_perm("campaigns.approve_anyway")
    )
